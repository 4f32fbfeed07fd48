package dev.unkai.node.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.wire.node.FirewallPacket;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FirewallLineTest {
    static final String DROPPED =
            "2026-01-31T12:00:00.123Z|00012|acl_log(ovn_pinctrl0)|INFO|name=\"unkai-log-1\", verdict=drop,"
                    + " severity=info, direction=to-lport: tcp,vlan_tci=0x0000,dl_src=fa:16:3e:00:00:01,dl_dst=fa:16:3e:00:00:02,"
                    + "nw_src=10.0.0.1,nw_dst=10.0.0.2,nw_tos=0,nw_ecn=0,nw_ttl=64,nw_frag=no,tp_src=40000,tp_dst=22,tcp_flags=syn";

    @Test
    void aDroppedConnection() {
        FirewallPacket packet = FirewallLine.parse(DROPPED).orElseThrow();

        assertThat(packet.getFilter()).isEqualTo("unkai-log-1");
        assertThat(Instant.ofEpochMilli(packet.getAtMillis())).isEqualTo("2026-01-31T12:00:00.123Z");
        assertThat(packet.getInwards()).isTrue();
        assertThat(packet.getAccepted()).isFalse();
        assertThat(packet.getProtocol()).isEqualTo("tcp");
        assertThat(packet.getSourceMac()).isEqualTo("fa:16:3e:00:00:01");
        assertThat(packet.getSource()).isEqualTo("10.0.0.1");
        assertThat(packet.getSourcePort()).isEqualTo(40000);
        assertThat(packet.getDestination()).isEqualTo("10.0.0.2");
        assertThat(packet.getDestinationPort()).isEqualTo(22);
        assertThat(packet.hasIcmpType()).isFalse();
    }

    @Test
    void anAcceptedEchoOverIpv6() {
        FirewallPacket packet = FirewallLine.parse(
                        "2026-01-31T12:00:00.123Z|00013|acl_log(ovn_pinctrl0)|INFO|name=\"unkai-log-1\", verdict=allow,"
                                + " severity=info, direction=from-lport: icmp6,vlan_tci=0x0000,dl_src=fa:16:3e:00:00:01,"
                                + "dl_dst=fa:16:3e:00:00:02,ipv6_src=2001:db8::1,ipv6_dst=2001:db8::2,ipv6_label=0x0,nw_tos=0,"
                                + "nw_ttl=64,icmp_type=128,icmp_code=0")
                .orElseThrow();

        assertThat(packet.getInwards()).isFalse();
        assertThat(packet.getAccepted()).isTrue();
        assertThat(packet.getProtocol()).isEqualTo("icmp6");
        assertThat(packet.getDestination()).isEqualTo("2001:db8::2");
        assertThat(packet.getIcmpType()).isEqualTo(128);
        assertThat(packet.hasSourcePort()).isFalse();
    }

    @Test
    void otherLinesAreNotPackets() {
        assertThat(FirewallLine.parse("2026-01-31T12:00:00.123Z|00001|vlog|INFO|opened log file /x"))
                .isEmpty();
        assertThat(FirewallLine.parse("")).isEmpty();
        assertThat(FirewallLine.parse(DROPPED.replace("2026-01", "2026-13"))).isEmpty();
        assertThat(FirewallLine.parse(DROPPED.replace("tp_dst=22", "tp_dst=xx")))
                .isEmpty();
    }
}
