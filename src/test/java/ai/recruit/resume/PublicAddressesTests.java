package ai.recruit.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTests {

    private final PublicAddresses guard = new PublicAddresses(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::7f00:1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2002:c0a8:101::1",
                "2001:db8::1",
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(guard.allows(new InetSocketAddress(address, 80))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.128.0.1",
                "169.253.0.1",
                "2606:4700::1111",
                "64:ff9b::808:808",
                "2002:808:808::1",
            })
    void allowsThePublicInternet(String address) {
        assertThat(guard.allows(new InetSocketAddress(address, 80))).isTrue();
    }

    @Test
    void allowsNetworksThatTheOperatorNames() {
        PublicAddresses open = new PublicAddresses(List.of("10.1.0.0/16", "127.0.0.2"));
        assertThat(open.allows(new InetSocketAddress("10.1.2.3", 80))).isTrue();
        assertThat(open.allows(new InetSocketAddress("10.2.0.1", 80))).isFalse();
        assertThat(open.allows(new InetSocketAddress("127.0.0.2", 80))).isTrue();
        assertThat(open.allows(new InetSocketAddress("127.0.0.1", 80))).isFalse();
    }

    /** Java's own parser makes an IPv4 address of such a literal; Netty's does not. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, false", "169.254.169.254, false", "10.0.0.1, false", "8.8.8.8, true"})
    void judgesMappedAddressesByTheirIpv4Address(String ipv4, boolean allowed) throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(InetAddress.getByName(ipv4).getAddress(), 0, mapped, 12, 4);
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(guard.allows(new InetSocketAddress(address, 80))).isEqualTo(allowed);
    }

    @Test
    void refusesWhatIsNotResolved() {
        assertThat(guard.allows(InetSocketAddress.createUnresolved("example.org", 80)))
                .isFalse();
    }
}
