package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.node.guest.QcowOverlay;
import dev.unkai.wire.node.Arrival;
import dev.unkai.wire.node.Capture;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.Departure;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.LocalDisk;
import dev.unkai.wire.node.Nic;
import dev.unkai.wire.node.Power;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Guests that go from one real host to another: two nodes, two libvirts, one guest that must never run at both. */
class RealMovesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static TestCertificates certificates;
    private static PrivateHost hostA;
    private static PrivateHost hostB;

    private Side a;
    private Side b;
    private Guest guest;

    /** One host with the cloud's end of its link. */
    private static final class Side implements AutoCloseable {
        final UUID id = UUID.randomUUID();
        final PrivateHost host;
        final FakeCloud cloud;
        final NodeProcess node;

        Side(String name, PrivateHost host) throws Exception {
            this.host = host;
            this.cloud = new FakeCloud(certificates.issue("cloud"));
            Path place = directory.resolve(name + System.nanoTime() % 1_000_000);
            this.node = new NodeProcess(place, host.libvirtUri(), cloud.port(), certificates.issueHost(name, id))
                    .with("host.id", id.toString())
                    .with("host.name", name);
            node.start();
        }

        String log(Guest guest) throws Exception {
            Path log = node.state().resolve("guests").resolve(guest.getId()).resolve("serial.log");
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        }

        boolean runs(Guest guest) {
            String domains = host.virsh("list", "--state-running", "--name");
            return domains.contains("unkai-" + guest.getId());
        }

        GuestState state(Guest guest) {
            return cloud.stateOf(guest.getId());
        }

        @Override
        public void close() throws Exception {
            node.close();
            cloud.close();
        }
    }

    @BeforeAll
    static void startHosts() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        certificates = new TestCertificates(directory.resolve("pki"));
        hostA = new PrivateHost(Files.createDirectory(directory.resolve("a")));
        hostB = new PrivateHost(Files.createDirectory(directory.resolve("b")));
    }

    @AfterAll
    static void stopHosts() {
        hostA.close();
        hostB.close();
    }

    @BeforeEach
    void startNodes() throws Exception {
        a = new Side("na", hostA);
        b = new Side("nb", hostB);
        Disk disk = a.cloud.image("boot-sector", BootSectorGuest.image(), "raw", 1);
        String id = UUID.randomUUID().toString();
        guest = Guest.newBuilder()
                .setId(id)
                .setGeneration(1)
                .setProjectId("project")
                .setPower(Power.ON)
                .setVcpus(1)
                .setMemoryMib(64)
                .setDisk(disk)
                .addLocalDisks(LocalDisk.newBuilder()
                        .setName("ephemeral0")
                        .setSizeMib(64)
                        .setFormat("ext4"))
                .addLocalDisks(
                        LocalDisk.newBuilder().setName("swap").setSizeMib(16).setFormat("swap"))
                .addNics(Nic.newBuilder()
                        .setPortId(UUID.randomUUID().toString())
                        .setMac("fa:16:3e:00:00:07")
                        .setMtu(1442))
                .setConfigDrive(ConfigDrive.newBuilder().setMetaDataJson("{}"))
                .setRequestId("req-" + id)
                .build();
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        a.cloud.remove(guest.getId());
        b.cloud.remove(guest.getId());
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(hostA.domains()).isEmpty();
            assertThat(hostB.domains()).isEmpty();
            assertThat(hostB.bridgePorts()).isEmpty();
        });
        a.close();
        b.close();
    }

    private Guest arriving(String attempt) {
        return guest.toBuilder()
                .setGeneration(2)
                .setArrival(Arrival.newBuilder()
                        .setAttempt(attempt)
                        .setSourceHostId(a.id.toString())
                        .setDiskBytes(1L << 30))
                .build();
    }

    private Guest departing(String attempt) {
        await().atMost(SOON)
                .until(() ->
                        !b.cloud.of(guest.getId()).getArrival().getEndpoint().isEmpty());
        return guest.toBuilder()
                .setGeneration(2)
                .setDeparture(Departure.newBuilder()
                        .setAttempt(attempt)
                        .setTargetHostId(b.id.toString())
                        .setEndpoint(b.cloud.of(guest.getId()).getArrival().getEndpoint())
                        .setDirectory(b.cloud.of(guest.getId()).getArrival().getDirectory()))
                .build();
    }

    /** The guest has been on, and is off now, with something on its ephemeral disk. */
    private void writeBesideItsOwn() {
        Guest off = guest.toBuilder().setPower(Power.OFF).build();
        a.cloud.put(off.toBuilder()
                .setDisk(guest.getDisk())
                .addCaptures(Capture.newBuilder().setId(UUID.randomUUID().toString()))
                .build());
        await().atMost(SOON).until(() -> a.state(guest) == GuestState.STOPPED);
        io(a, "write -P 0x5a 1M 64k");
    }

    /** What was written at the one host is there at the other. */
    private void assertBesideItsOwn() {
        b.cloud.put(guest.toBuilder().setGeneration(9).setPower(Power.OFF).build());
        await().atMost(SOON).until(() -> b.state(guest) == GuestState.STOPPED);
        io(b, "read -P 0x5a 1M 64k");
    }

    private void io(Side side, String command) {
        Path disk = side.node.state().resolve("guests").resolve(guest.getId()).resolve("local-ephemeral0.qcow2");
        assertThat(Commands.run("qemu-io", "-f", "qcow2", "-c", command, disk.toString()))
                .doesNotContain("verification failed");
    }

    private void awaitUp() {
        a.cloud.put(guest);
        await().atMost(SOON).untilAsserted(() -> assertThat(a.log(guest)).contains("guest is up"));
        await().atMost(SOON).until(() -> a.state(guest) == GuestState.RUNNING);
    }

    private void assertAnswersAtTarget() {
        b.cloud.open(ConsoleSession.newBuilder()
                .setId("serial")
                .setGuestId(guest.getId())
                .setKind(ConsoleKind.SERIAL)
                .build());
        await().atMost(SOON).until(() -> b.cloud.console("serial").isOpen());
        b.cloud.console("serial").type("hello");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(b.cloud.console("serial").text()).contains("hello"));
    }

    @Test
    void aRunningGuestGoesToTheOtherHostWithoutABoot() throws Exception {
        writeBesideItsOwn();
        awaitUp();
        b.cloud.put(arriving("one"));

        a.cloud.put(departing("one"));

        await().atMost(SOON).until(() -> a.state(guest) == GuestState.DEPARTED);
        await().atMost(SOON).until(() -> b.state(guest) == GuestState.RUNNING);
        assertThat(a.runs(guest)).isFalse();
        assertThat(b.runs(guest)).isTrue();
        assertThat(a.cloud.of(guest.getId()).getDeparture().getDeparted()).isTrue();
        assertThat(a.cloud.of(guest.getId()).getDeparture().getDowntimeMillis()).isBetween(1L, 5_000L);
        assertAnswersAtTarget();
        assertThat(b.log(guest)).doesNotContain("guest is up");

        b.cloud.put(guest.toBuilder().setGeneration(3).build());
        a.cloud.remove(guest.getId());

        await().atMost(SOON).until(() -> b.cloud.of(guest.getId()).getGeneration() == 3);
        await().atMost(SOON).until(() -> a.state(guest) == GuestState.ABSENT);
        assertThat(b.runs(guest)).isTrue();
        // its disk lies on nothing there, and boots
        Path disk = b.node.state().resolve("guests").resolve(guest.getId()).resolve("disk.qcow2");
        assertThat(QcowOverlay.base(disk)).isEmpty();
        b.cloud.put(guest.toBuilder().setGeneration(4).setBoot(1).build());
        await().atMost(SOON).untilAsserted(() -> assertThat(b.log(guest)).contains("guest is up"));
        assertBesideItsOwn();
    }

    @Test
    void aPausedGuestGoesWithItsMemoryAndDoesNotWakeUpBeforeItIsTold() throws Exception {
        awaitUp();
        guest = guest.toBuilder().setPower(Power.PAUSE).build();
        a.cloud.put(guest.toBuilder().setGeneration(2).build());
        await().atMost(SOON).until(() -> a.state(guest) == GuestState.PAUSED);
        b.cloud.put(arriving("paused"));

        a.cloud.put(departing("paused"));

        await().atMost(SOON).until(() -> {
            assertThat(b.runs(guest)).isFalse();
            return a.state(guest) == GuestState.DEPARTED;
        });
        b.cloud.put(guest.toBuilder().setGeneration(3).build());
        await().atMost(SOON).until(() -> {
            assertThat(b.runs(guest)).isFalse();
            return b.state(guest) == GuestState.PAUSED;
        });
        b.cloud.put(guest.toBuilder().setGeneration(4).setPower(Power.ON).build());
        await().atMost(SOON).until(() -> b.state(guest) == GuestState.RUNNING && b.runs(guest));
        assertAnswersAtTarget();
    }

    @Test
    void aStoppedGuestsDiskGoesToTheOtherHostAndComesBackWhenTheMoveCountsNoMore() throws Exception {
        guest = guest.toBuilder().setPower(Power.OFF).build();
        Guest on = guest.toBuilder().setPower(Power.ON).build();
        a.cloud.put(on);
        await().atMost(SOON).untilAsserted(() -> assertThat(a.log(guest)).contains("guest is up"));
        a.cloud.put(guest.toBuilder().setGeneration(2).build());
        await().atMost(SOON).until(() -> a.state(guest) == GuestState.STOPPED);
        io(a, "write -P 0x5a 1M 64k");
        b.cloud.put(arriving("cold"));

        Guest gone = departing("cold");
        a.cloud.put(gone);

        await().atMost(SOON).until(() -> a.state(guest) == GuestState.DEPARTED);
        assertThat(a.runs(guest)).isFalse();
        b.cloud.put(on.toBuilder().setGeneration(3).build());
        await().atMost(SOON).untilAsserted(() -> assertThat(b.log(guest)).contains("guest is up"));
        assertBesideItsOwn();

        // the plan of before is asked again: it must not start here, until the plan says that it has come back
        a.cloud.put(on.toBuilder().setGeneration(4).build());
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> !a.runs(guest));
        b.cloud.remove(guest.getId());
        await().atMost(SOON).until(() -> b.state(guest) == GuestState.ABSENT);
        a.cloud.put(on.toBuilder().setGeneration(5).setReturned("cold").build());
        await().atMost(SOON).until(() -> a.state(guest) == GuestState.RUNNING && a.runs(guest));
    }

    @Test
    void aMoveToAHostThatDoesNotAnswerLeavesTheGuestWhereItIs() throws Exception {
        awaitUp();
        b.cloud.put(arriving("two"));
        Guest departing = departing("two");
        b.node.kill();

        a.cloud.put(departing);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                a.cloud.of(guest.getId()).getDeparture().getFailure())
                        .contains("could not be moved"));
        assertThat(a.runs(guest)).isTrue();
        assertThat(a.state(guest)).isEqualTo(GuestState.RUNNING);
        b.node.start();

        // only the host that the plan names may bring it, and only in the plan's attempt
        a.cloud.put(guest.toBuilder().setGeneration(3).build());
        b.cloud.put(arriving("three"));
        await().atMost(SOON)
                .until(() -> b.cloud.of(guest.getId()).getArrival().getAttempt().equals("three"));
        a.cloud.put(departing("wrong"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                a.cloud.of(guest.getId()).getDeparture().getAttempt())
                        .isEqualTo("wrong"));
        await().atMost(SOON)
                .until(() ->
                        !a.cloud.of(guest.getId()).getDeparture().getFailure().isEmpty());
        assertThat(hostB.domains()).isEmpty();
        assertThat(a.runs(guest)).isTrue();
    }

    @Test
    void killedAtAnyMomentItRunsAtOneHostOnly() throws Exception {
        awaitUp();
        b.cloud.put(arriving("kill"));
        a.cloud.put(departing("kill"));
        for (int round = 0; round < 4; round++) {
            // not a wait for something: the moment of death is to be any
            long until = System.nanoTime() + (200L + 350L * round) * 1_000_000L;
            while (System.nanoTime() < until) {
                assertThat(a.runs(guest) && b.runs(guest)).isFalse();
            }
            NodeProcess victim = round % 2 == 0 ? a.node : b.node;
            victim.kill();
            victim.start();
        }

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(a.runs(guest) && b.runs(guest)).isFalse();
            boolean departed = a.state(guest) == GuestState.DEPARTED;
            boolean failed =
                    !a.cloud.of(guest.getId()).getDeparture().getFailure().isEmpty();
            assertThat(departed || failed).isTrue();
            assertThat(departed ? hostA.domains().isEmpty() : a.runs(guest)).isTrue();
        });
        if (a.state(guest) == GuestState.DEPARTED) {
            b.cloud.put(guest.toBuilder().setGeneration(3).build());
            await().atMost(SOON).until(() -> b.runs(guest));
        }
        assertThat(a.log(guest)).contains("guest is up");
    }
}
