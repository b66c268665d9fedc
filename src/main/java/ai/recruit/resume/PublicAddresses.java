package ai.recruit.resume;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets a channel connect to public addresses only. It looks at the address that is being connected to, not at a name, so
 * neither a redirect nor a name that resolves differently the second time gets around it.
 */
@ChannelHandler.Sharable
final class PublicAddresses extends ChannelOutboundHandlerAdapter {

    /** Everything that is not the public internet (the IANA registries of special-purpose addresses). */
    private static final List<IpSubnetFilterRule> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(PublicAddresses::network)
            .toList();

    private static final IpSubnetFilterRule NAT64 = network("64:ff9b::/96");
    private static final IpSubnetFilterRule SIX_TO_FOUR = network("2002::/16");
    private static final int SIX_TO_FOUR_START = 2;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
    private static final int IPV4_LENGTH = 4;

    private final List<IpSubnetFilterRule> allowed;

    /** @param allowed networks that may be connected to besides the public ones, as {@code 10.1.0.0/16} */
    PublicAddresses(List<String> allowed) {
        this.allowed = allowed.stream().map(PublicAddresses::network).toList();
    }

    /** An attempt to connect to an address that is not public. */
    static final class NotPublic extends java.net.ConnectException {

        private static final long serialVersionUID = 1L;

        NotPublic() {
            super("The address is not public");
        }
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        if (remote instanceof InetSocketAddress address && allows(address)) {
            context.connect(remote, local, promise);
        } else {
            promise.setFailure(new NotPublic());
        }
    }

    boolean allows(InetSocketAddress address) {
        return !address.isUnresolved()
                && (matches(allowed, address) || (!matches(SPECIAL, address) && !hidesSpecial(address)));
    }

    /** IPv6 addresses that lead to an IPv4 address are judged by that one. */
    private boolean hidesSpecial(InetSocketAddress address) {
        if (!(address.getAddress() instanceof Inet6Address)) {
            return false;
        }
        byte[] bytes = address.getAddress().getAddress();
        if (NAT64.matches(address) || isMapped(bytes)) {
            return !allows(ipv4(bytes, bytes.length - IPV4_LENGTH));
        }
        return SIX_TO_FOUR.matches(address) && !allows(ipv4(bytes, SIX_TO_FOUR_START));
    }

    /** Of the form {@code ::ffff:127.0.0.1}, which Java's own parser would have made an IPv4 address of. */
    private static boolean isMapped(byte[] bytes) {
        return Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
    }

    private static InetSocketAddress ipv4(byte[] bytes, int from) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4_LENGTH)), 0);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean matches(List<IpSubnetFilterRule> networks, InetSocketAddress address) {
        return networks.stream().anyMatch(network -> network.matches(address));
    }

    private static IpSubnetFilterRule network(String text) {
        String[] parts = text.strip().split("/", 2);
        return new IpSubnetFilterRule(
                parts[0],
                Integer.parseInt(parts.length == 2 ? parts[1] : parts[0].contains(":") ? "128" : "32"),
                IpFilterRuleType.ACCEPT);
    }
}
