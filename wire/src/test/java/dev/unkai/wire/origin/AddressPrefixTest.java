package dev.unkai.wire.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "198.51.100.0/24, 198.51.100.255, true",
        "198.51.100.0/24, 198.51.101.0, false",
        "198.51.100.7, 198.51.100.7, true",
        "198.51.100.7, 198.51.100.8, false",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 203.0.113.1, false",
        "2001:db8:1::/48, 2001:db8:1:ffff::9, true",
        "2001:db8:1::/48, 2001:db8:2::9, false",
        "2001:db8::/65, 2001:db8:0:0:7fff::, true",
        "2001:db8::/65, 2001:db8:0:0:8000::, false",
        "2001:db8::1/128, 2001:db8::1%eth0, true",
        "198.51.100.0/24, ::ffff:198.51.100.9, true",
        "::ffff:198.51.100.0/120, 198.51.100.9, true",
        "::ffff:198.51.100.0/120, 198.51.101.9, false",
    })
    void holdsTheAddressesBelowIt(String prefix, String address, boolean held) {
        assertThat(AddressPrefix.parse(prefix)
                        .orElseThrow()
                        .contains(IpAddress.parse(address).orElseThrow()))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "198.51.100.0/33",
                "198.51.100.0/-1",
                "198.51.100.0/",
                "198.51.100/24",
                "198.51.100.07",
                "0x7f.0.0.1",
                "198.51.100.256",
                "localhost",
                "2001:db8::/129",
                "2001:db8:::1",
                "[::1]",
                "::ffff:198.51.100.0/24",
                "198.51.100.1%eth0",
                "1.2.3.4/24/24",
                "１.2.3.4"
            })
    void isNotReadFromAnythingElse(String text) {
        assertThat(AddressPrefix.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7/24, 198.51.100.0/24, false",
        "198.51.100.7, 198.51.100.7/32, true",
        "2001:DB8:0:0:1::/80, 2001:db8:0:0:1::/80, true",
        "::ffff:198.51.100.7, 198.51.100.7/32, true",
        "::1, ::1/128, true",
        "::/0, ::/0, true"
    })
    void isWrittenInOneWayAndKnowsWhetherMoreWasSaid(String text, String written, boolean exact) {
        AddressPrefix prefix = AddressPrefix.parse(text).orElseThrow();

        assertThat(prefix).hasToString(written);
        assertThat(prefix.isExact(text)).isEqualTo(exact);
    }

    @Test
    void knowsTheMachineItself() {
        assertThat(IpAddress.parse("127.0.0.1").orElseThrow().isLoopback()).isTrue();
        assertThat(IpAddress.parse("::ffff:127.8.8.8").orElseThrow().isLoopback())
                .isTrue();
        assertThat(IpAddress.parse("0:0:0:0:0:0:0:1").orElseThrow().isLoopback())
                .isTrue();
        assertThat(IpAddress.parse("128.0.0.1").orElseThrow().isLoopback()).isFalse();
        assertThat(IpAddress.parse("::2").orElseThrow().isLoopback()).isFalse();
    }
}
