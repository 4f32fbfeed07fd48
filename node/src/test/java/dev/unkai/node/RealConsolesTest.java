package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Power;
import org.junit.jupiter.api.Test;

/** Whoever has the right sees a real guest's screen and serial port, and what it uses. */
class RealConsolesTest extends OneRealHost {
    @Test
    void relaysConsolesAndTheLog() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);

        cloud.open(session("serial", guest, ConsoleKind.SERIAL, 0));
        await().atMost(SOON).until(() -> cloud.console("serial").isOpen());
        cloud.console("serial").type("hello");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cloud.console("serial").text()).contains("hello"));

        cloud.open(session("vnc", guest, ConsoleKind.VNC, 0));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cloud.console("vnc").text()).startsWith("RFB 003.008"));

        cloud.open(session("log", guest, ConsoleKind.LOG, 10));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(cloud.console("log").text()).contains("guest is up");
            assertThat(cloud.console("log").ended).isTrue();
        });

        cloud.open(session("counters", guest, ConsoleKind.COUNTERS, 0));
        await().atMost(SOON).until(() -> cloud.console("counters").ended);
        assertThat(cloud.console("counters").fault).isEmpty();
        GuestCounters used = GuestCounters.parseFrom(
                cloud.console("counters").text().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(used.getMemoryKib()).isEqualTo(guest.getMemoryMib() * 1024);
        assertThat(used.getProcessorNanosList())
                .hasSize(guest.getVcpus())
                .allSatisfy(nanos -> assertThat(nanos).isPositive());
        assertThat(used.getDisks(0).getDevice()).isEqualTo("vda");
        assertThat(used.getDisks(0).getReadBytes()).as(used.toString()).isPositive();
        assertThat(used.getNicsList())
                .as(used.toString())
                .hasSize(guest.getNicsCount())
                .allSatisfy(nic -> assertThat(nic.hasReceivedBytes()).isTrue());
        assertThat(cloud.hostReport.getUptime()).contains("load average");

        cloud.closeSession("vnc");
        await().atMost(SOON).until(() -> cloud.console("vnc").ended);
        assertThat(cloud.console("serial").ended).isFalse();
    }

    @Test
    void aConsoleOfAGuestThatDoesNotRunSaysSo() throws Exception {
        Guest guest = guest().setPower(Power.OFF).build();
        cloud.put(guest);
        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.STOPPED);

        cloud.open(session("vnc", guest, ConsoleKind.VNC, 0));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cloud.console("vnc").fault).contains("not running"));
    }

    @Test
    void theNewestSerialConsoleTakesOver() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);
        cloud.open(session("first", guest, ConsoleKind.SERIAL, 0));
        await().atMost(SOON).until(() -> cloud.console("first").isOpen());
        cloud.console("first").type("1");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cloud.console("first").text()).contains("1"));

        cloud.open(session("second", guest, ConsoleKind.SERIAL, 0));
        await().atMost(SOON).until(() -> cloud.console("second").isOpen());
        cloud.console("second").type("2");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cloud.console("second").text()).contains("2"));
        assertThat(cloud.console("first").ended).isTrue();
        assertThat(cloud.console("first").fault).contains("another place");
    }
}
