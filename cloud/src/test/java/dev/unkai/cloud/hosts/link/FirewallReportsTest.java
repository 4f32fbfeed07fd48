package dev.unkai.cloud.hosts.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.cloud.network.NetworkFixture;
import dev.unkai.wire.node.FirewallLogPart;
import dev.unkai.wire.node.FirewallPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Parts of a host's log on a real database: each is taken once, whatever is repeated or fails. */
class FirewallReportsTest {
    private static final UUID HOST = UUID.randomUUID();

    private final NetworkFixture cloud = new NetworkFixture();
    private final List<Integer> taken = new ArrayList<>();
    private boolean failing;
    private final FirewallReports reports = new FirewallReports(cloud.transactions, (db, host, packets) -> {
        if (failing) {
            throw new IllegalStateException("the disk is full");
        }
        packets.forEach(packet -> taken.add(packet.destinationPort()));
    });

    @Test
    void aPartIsTakenOnceThoughItComesTwiceOrItsStoringFailed() {
        assertThat(reports.take(HOST, part("a", 0, 0))).isZero();
        assertThat(reports.take(HOST, part("a", 0, 100, 1, 2))).isEqualTo(100);
        assertThat(reports.take(HOST, part("a", 0, 100, 1, 2))).as("again").isEqualTo(100);
        assertThat(reports.take(HOST, part("a", 200, 300, 9))).as("with a gap").isEqualTo(100);

        failing = true;
        assertThatThrownBy(() -> reports.take(HOST, part("a", 100, 150, 3))).hasMessageContaining("full");
        failing = false;
        assertThat(reports.take(HOST, part("a", 100, 150, 3))).isEqualTo(150);

        assertThat(taken).containsExactly(1, 2, 3);
    }

    @Test
    void everyFileOfEveryHostHasAPositionOfItsOwn() {
        reports.take(HOST, part("b", 0, 10, 1));
        reports.take(HOST, part("c", 0, 20, 2));
        reports.take(UUID.randomUUID(), part("b", 0, 30, 3));

        assertThat(taken).containsExactly(1, 2, 3);
        assertThat(reports.take(HOST, part("b", 0, 0))).isEqualTo(10);
    }

    @Test
    void aPacketThatMakesNoSenseKeepsNoOtherBack() {
        FirewallLogPart part = part("d", 0, 10, 1).toBuilder()
                .addPackets(packet(2).setSource("'; drop table"))
                .addPackets(packet(3).setSourceMac(""))
                .addPackets(packet(4))
                .build();

        assertThat(reports.take(HOST, part)).isEqualTo(10);
        assertThat(taken).containsExactly(1, 4);
    }

    private static FirewallLogPart part(String source, long start, long end, int... ports) {
        FirewallLogPart.Builder part =
                FirewallLogPart.newBuilder().setSource(source).setStart(start).setEnd(end);
        for (int port : ports) {
            part.addPackets(packet(port));
        }
        return part.build();
    }

    private static FirewallPacket.Builder packet(int port) {
        return FirewallPacket.newBuilder()
                .setFilter("unkai-log-x")
                .setProtocol("tcp")
                .setSourceMac("fa:16:3e:00:00:01")
                .setDestinationMac("fa:16:3e:00:00:02")
                .setSource("10.0.0.1")
                .setDestination("10.0.0.2")
                .setDestinationPort(port);
    }
}
