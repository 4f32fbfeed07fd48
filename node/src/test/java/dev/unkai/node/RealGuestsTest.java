package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Power;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A real guest starts, stops, pauses and has its ports as the plan says. */
class RealGuestsTest extends OneRealHost {
    @Test
    void startsAGuestAndRemovesItWithoutLeftOvers() throws Exception {
        Guest guest = guest().build();

        cloud.put(guest);

        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.RUNNING);
        assertThat(cloud.of(guest.getId()).getGeneration()).isEqualTo(1);
        assertThat(host.domains()).containsExactly("unkai-" + guest.getId());
        assertThat(host.bridgePorts()).hasSize(1);
        await().atMost(SOON).untilAsserted(() -> assertThat(serialLog(guest)).contains("guest is up"));
        assertThat(Files.exists(node.readyFile())).isTrue();
        assertThat(cloud.hello.getFacts().getAcceleration()).isEqualTo("tcg");
        assertThat(cloud.hello.getFacts().getHypervisorVersion()).isNotEmpty();
        assertThat(node.log()).contains("\"request_id\":\"req-" + guest.getId() + "\"");

        cloud.remove(guest.getId());

        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.ABSENT);
        assertThat(host.domains()).isEmpty();
    }

    @Test
    void stopsStartsAndRebootsAsThePlanSays() throws Exception {
        Guest on = guest().build();
        cloud.put(on);
        awaitUp(on, 1);

        cloud.put(on.toBuilder().setGeneration(2).setPower(Power.OFF).build());
        await().atMost(SOON).until(() -> cloud.stateOf(on.getId()) == GuestState.STOPPED);
        assertThat(host.domains()).isEmpty();
        assertThat(serialLog(on)).contains("guest goes off");
        assertThat(cloud.of(on.getId()).getStoppedByGuest()).isFalse();

        cloud.put(on.toBuilder().setGeneration(3).build());
        awaitUp(on, 2);

        cloud.put(on.toBuilder()
                .setGeneration(4)
                .setBoot(1)
                .setBootKind(BootKind.SOFT)
                .build());
        awaitUp(on, 3);
        assertThat(count(serialLog(on), "guest goes off")).isEqualTo(2);

        cloud.put(on.toBuilder()
                .setGeneration(5)
                .setBoot(2)
                .setBootKind(BootKind.HARD)
                .build());
        awaitUp(on, 4);
        assertThat(count(serialLog(on), "guest goes off")).isEqualTo(2);
        await().atMost(SOON).until(() -> cloud.of(on.getId()).getGeneration() == 5);
    }

    @Test
    void aGuestGoesOnWhereItWasPausedOrSuspended() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);
        cloud.put(guest.toBuilder().setGeneration(2).setPower(Power.PAUSE).build());
        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.PAUSED);
        assertThat(host.virsh("domstate", "unkai-" + guest.getId())).contains("paused");
        cloud.put(guest.toBuilder().setGeneration(3).build());
        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.RUNNING);

        cloud.put(guest.toBuilder().setGeneration(4).setPower(Power.SUSPEND).build());
        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.SUSPENDED);
        assertThat(host.domains()).isEmpty();
        assertThat(host.bridgePorts()).isEmpty();
        node.close();
        node.start();
        cloud.put(guest.toBuilder().setGeneration(5).build());
        await().atMost(SOON)
                .until(() -> cloud.of(guest.getId()).getGeneration() == 5
                        && cloud.stateOf(guest.getId()) == GuestState.RUNNING);

        // it hears the power button, and was never started anew
        cloud.put(guest.toBuilder().setGeneration(6).setPower(Power.OFF).build());
        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.STOPPED);
        assertThat(serialLog(guest)).contains("guest goes off");
        assertThat(count(serialLog(guest), "guest is up")).isEqualTo(1);
    }

    @Test
    void plugsPortsIntoARunningGuest() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);

        Guest.Builder more = guest.toBuilder().setGeneration(2);
        for (int i = 0; i < 8; i++) {
            more.addNics(nic());
        }
        cloud.put(more.build());

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(cloud.of(guest.getId()).getGeneration()).isEqualTo(2);
            assertThat(cloud.of(guest.getId()).getFault()).isEmpty();
            assertThat(host.bridgePorts()).hasSize(9);
        });
        assertThat(count(serialLog(guest), "guest is up")).isEqualTo(1);
    }
}
