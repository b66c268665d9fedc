package ai.recruit.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection. Spring gives a proxy's word for it as an unresolved address, whose name may be anything
 * that a client has sent: only what is written as an IP address counts, and no name is ever looked up.
 */
final class Remote {

    private Remote() {}

    /** The IP address; null when there is none. */
    static @Nullable InetAddress of(@Nullable InetSocketAddress remote) {
        if (remote == null || remote.getAddress() != null) {
            return remote == null ? null : remote.getAddress();
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(remote.getHostString());
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            return null;
        }
    }

    /** The IP address as text, for example {@code 192.0.2.7} or {@code 2001:db8::7}; null when there is none. */
    static @Nullable String text(@Nullable InetSocketAddress remote) {
        InetAddress address = of(remote);
        return address == null ? null : NetUtil.toAddressString(address);
    }
}
