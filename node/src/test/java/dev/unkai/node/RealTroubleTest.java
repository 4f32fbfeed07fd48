package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A real guest over what goes wrong around it: its process, its node, its host, libvirt, the disk, the cloud. */
class RealTroubleTest extends OneRealHost {
    @Test
    void aGuestThatSwitchesItselfOffStaysOffOverARestartOfTheNode() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);
        cloud.open(session("serial", guest, ConsoleKind.SERIAL, 0));
        await().atMost(SOON).until(() -> cloud.console("serial").isOpen());

        cloud.console("serial").type("q");

        await().atMost(SOON).until(() -> cloud.of(guest.getId()).getStoppedByGuest());
        assertThat(host.domains()).isEmpty();

        restart();
        await().atMost(SOON)
                .until(() ->
                        cloud.hostReport.getPlanGeneration() == cloud.plan().getGeneration());
        assertThat(cloud.of(guest.getId()).getStoppedByGuest()).isTrue();
        assertThat(host.domains()).isEmpty();

        cloud.put(guest.toBuilder().setGeneration(2).build());
        awaitUp(guest, 2);
    }

    @Test
    void aGuestWhoseProcessDiesIsStartedAgain() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);

        Commands.run("kill", "-9", Long.toString(host.qemuPid(guest.getId())));

        awaitUp(guest, 2);
        assertThat(cloud.of(guest.getId()).getStoppedByGuest()).isFalse();
    }

    /** A signal ends QEMU as when the host goes down; that is no wish of the guest, so it comes back. */
    @Test
    void aGuestEndedByItsHostIsStartedAgain() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);

        Commands.run("kill", "-TERM", Long.toString(host.qemuPid(guest.getId())));

        awaitUp(guest, 2);
        assertThat(cloud.of(guest.getId()).getStoppedByGuest()).isFalse();
    }

    @Test
    void killedAtAnyMomentItLosesNothingAndStartsNothingTwice() throws Exception {
        Random random = new Random(7);
        List<Guest> guests = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            guests.add(guest().build());
        }
        for (int round = 0; round < 6; round++) {
            cloud.put(guests.get(round));
            if (round > 2) {
                cloud.remove(guests.get(round - 3).getId());
            }
            // not a wait for something: the moment of death is to be any
            Thread.onSpinWait();
            long until = System.nanoTime() + random.nextInt(1200) * 1_000_000L;
            while (System.nanoTime() < until) {
                Thread.yield();
            }
            restart();
        }

        List<String> wanted = guests.subList(3, 6).stream().map(Guest::getId).toList();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(wanted).allMatch(id -> cloud.stateOf(id) == GuestState.RUNNING);
            assertThat(host.domains())
                    .containsExactlyInAnyOrderElementsOf(
                            wanted.stream().map(id -> "unkai-" + id).toList());
            assertThat(host.bridgePorts()).hasSize(3);
            assertThat(list("guests")).hasSize(3);
            assertThat(list("trash")).isEmpty();
        });
        // one start in each log: a second instance, or a needless restart, would have said so again
        for (Guest guest : guests.subList(3, 6)) {
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(count(serialLog(guest), "guest is up")).isEqualTo(1));
        }
    }

    @Test
    void goesOnByTheKeptPlanWhileTheCloudIsAway() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);
        int port = cloud.port();
        await().atMost(SOON).until(() -> Files.exists(node.state().resolve("plan")));

        // as when the host restarts while the cloud is away
        node.kill();
        cloud.close();
        host.virsh("destroy", "unkai-" + guest.getId());
        node.start();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(count(serialLog(guest), "guest is up")).isEqualTo(2));

        cloud = new FakeCloud(certificates.issue("cloud"), port);
        disk = cloud.image("boot-sector", BootSectorGuest.image(), "raw", 1);
        cloud.put(guest);
        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.RUNNING);
        assertThat(count(serialLog(guest), "guest is up")).isEqualTo(2);
    }

    @Test
    void healsWhenLibvirtComesBack() throws Exception {
        Guest first = guest().build();
        cloud.put(first);
        awaitUp(first, 1);
        host.killLibvirtd();

        Guest second = guest().build();
        cloud.put(second);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(cloud.of(second.getId()).getFault()).contains("libvirt"));
        assertThat(cloud.stateOf(first.getId())).isEqualTo(GuestState.RUNNING);

        host.startLibvirtd();
        awaitUp(second, 1);
        assertThat(cloud.of(second.getId()).getFault()).isEmpty();
        assertThat(count(serialLog(first), "guest is up")).isEqualTo(1);
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsSpace() throws Exception {
        node.close();
        place = Files.createDirectories(small.resolve("n"));
        node = new NodeProcess(place, host.libvirtUri(), cloud.port(), certificates.issue("node"));
        Path filler = Files.write(small.resolve("filler"), new byte[16 << 20]);
        node.start();
        Guest guest = guest().build();

        cloud.put(guest);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cloud.of(guest.getId()).getFault())
                        .isEqualTo("The host's disk is full. The server goes on as soon as there is space."));
        Files.delete(filler);

        awaitUp(guest, 1);
        assertThat(cloud.of(guest.getId()).getFault()).isEmpty();
    }

    @Test
    void takesPortsOffThatARestartOfTheHostLeftBehind() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);
        host.leavePortBehind("vnet99", UUID.randomUUID().toString());
        assertThat(host.bridgePorts()).hasSize(2);

        restart();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(host.bridgePorts()).hasSize(1).doesNotContain("vnet99"));
    }

    @Test
    void refusesAPeerThatIsNotTheCloud() throws Exception {
        Guest guest = guest().build();
        node.kill();
        int port = cloud.port();
        cloud.close();
        // a certificate of the same authority, but another host's
        try (FakeCloud impostor = new FakeCloud(certificates.issue("other-node"), port)) {
            impostor.put(guest);
            node.start();
            await().atMost(SOON).untilAsserted(() -> assertThat(node.log()).contains("Connected to libvirt"));
            await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> impostor.attachments.get() == 0);
        }
        cloud = new FakeCloud(certificates.issue("cloud"), port);
        await().atMost(SOON).until(() -> cloud.attachments.get() > 0);
        assertThat(host.domains()).isEmpty();
    }
}
