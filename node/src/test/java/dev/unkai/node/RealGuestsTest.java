package dev.unkai.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.unkai.node.guest.QcowOverlay;
import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.Capture;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.EvidenceCapture;
import dev.unkai.wire.node.EvidenceKind;
import dev.unkai.wire.node.Firmware;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Nic;
import dev.unkai.wire.node.Power;
import dev.unkai.wire.node.Rescue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real node process with real libvirt, QEMU and Open vSwitch; only the cloud is the test's. */
class RealGuestsTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static Path small;
    private static PrivateHost host;
    private static TestCertificates certificates;

    private FakeCloud cloud;
    private NodeProcess node;
    private Path place;
    private Disk disk;

    @BeforeAll
    static void startHost() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        certificates = new TestCertificates(directory.resolve("pki"));
        // barely more than the node leaves free; mounted before the host's namespaces begin, so that QEMU sees it too
        small = Files.createDirectory(directory.resolve("small"));
        Commands.run("mount", "-t", "tmpfs", "-o", "size=522m,mode=711", "tmpfs", small.toString());
        host = new PrivateHost(directory);
    }

    @AfterAll
    static void stopHost() {
        host.close();
        Commands.run("umount", "-l", small.toString());
    }

    @BeforeEach
    void startNode() throws Exception {
        place = directory.resolve("n" + System.nanoTime() % 1_000_000);
        cloud = new FakeCloud(certificates.issue("cloud"));
        node = new NodeProcess(place, host.libvirtUri(), cloud.port(), certificates.issue("node"));
        disk = cloud.image("boot-sector", BootSectorGuest.image(), "raw", 1);
        node.start();
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        cloud.remove(cloud.plan().getGuestsList().stream().map(Guest::getId).toArray(String[]::new));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(host.domains()).isEmpty();
            assertThat(host.bridgePorts()).isEmpty();
            assertThat(list("guests")).isEmpty();
            assertThat(list("trash")).isEmpty();
        });
        node.close();
        cloud.close();
    }

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
    void aRescuedGuestBootsFromTheRescueImageBesideItsOwnDisk() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);
        cloud.put(guest.toBuilder()
                .setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setRescue(Rescue.newBuilder().setDisk(disk))
                .build());
        awaitUp(guest, 2);
        assertThat(host.virsh("domblklist", "unkai-" + guest.getId()))
                .containsPattern("vda +\\S+rescue.qcow2")
                .containsPattern("vdb +\\S+disk.qcow2");

        cloud.put(guest.toBuilder()
                .setGeneration(3)
                .setBoot(2)
                .setBootKind(BootKind.HARD)
                .build());
        awaitUp(guest, 3);
        assertThat(host.virsh("domblklist", "unkai-" + guest.getId()))
                .containsPattern("vda +\\S+disk.qcow2")
                .doesNotContain("rescue");
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

    @Test
    void bootsByUefiFromAQcow2Image() throws Exception {
        Path raw = Files.write(place.resolve("image.raw"), BootSectorGuest.image());
        Path qcow = place.resolve("image.qcow2");
        Commands.run("qemu-img", "convert", "-O", "qcow2", raw.toString(), qcow.toString());
        Disk image = cloud.image("qcow", Files.readAllBytes(qcow), "qcow2", 2);
        Guest guest = guest().setFirmware(Firmware.UEFI).setDisk(image).build();

        cloud.put(guest);

        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.RUNNING);
        String disks = host.virsh("domblkinfo", "unkai-" + guest.getId(), "vda");
        assertThat(disks).contains(Long.toString(2L << 30));
        Path variables = node.state().resolve("guests").resolve(guest.getId()).resolve("nvram.fd");
        assertThat(variables).exists();
    }

    @Test
    void securesMemoryDescriptionAndClockOfARunningGuestWhichRunsOn() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);
        Map<EvidenceKind, String> ids = new EnumMap<>(EvidenceKind.class);
        Guest.Builder wanted = guest.toBuilder();
        for (EvidenceKind kind :
                List.of(EvidenceKind.EVIDENCE_MEMORY, EvidenceKind.EVIDENCE_DOMAIN, EvidenceKind.EVIDENCE_CLOCK)) {
            ids.put(kind, UUID.randomUUID().toString());
            wanted.addEvidence(EvidenceCapture.newBuilder().setId(ids.get(kind)).setKind(kind));
        }

        cloud.put(wanted.build());

        await().atMost(SOON).until(() -> cloud.captures.keySet().containsAll(ids.values()));
        byte[] memory = cloud.captures.get(ids.get(EvidenceKind.EVIDENCE_MEMORY));
        assertThat(memory).startsWith(0x7f, 'E', 'L', 'F').hasSizeGreaterThan((int) guest.getMemoryMib() << 20);
        assertThat(new String(cloud.captures.get(ids.get(EvidenceKind.EVIDENCE_DOMAIN)), UTF_8))
                .startsWith("<domain")
                .contains(guest.getId());
        assertThat(new String(cloud.captures.get(ids.get(EvidenceKind.EVIDENCE_CLOCK)), UTF_8))
                .contains("Clock of the host: 2")
                .contains("== chronyc tracking");
        assertThat(cloud.stateOf(guest.getId())).isEqualTo(GuestState.RUNNING);
        await().atMost(SOON)
                .until(() -> host.virsh("domstate", "unkai-" + guest.getId()).contains("running"));
        assertThat(count(serialLog(guest), "guest is up")).isEqualTo(1);
    }

    @Test
    void storesAnImageOfARunningGuestsDiskWithoutStoppingIt() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);
        String capture = UUID.randomUUID().toString();

        cloud.put(guest.toBuilder()
                .setGeneration(2)
                .addCaptures(Capture.newBuilder().setId(capture))
                .build());

        await().atMost(SOON).until(() -> cloud.captures.containsKey(capture));
        Path image = Files.write(place.resolve("image.qcow2"), cloud.captures.get(capture));
        assertThat(QcowOverlay.base(image)).isEmpty();
        Path raw = place.resolve("image.raw");
        Commands.run("qemu-img", "convert", "-O", "raw", image.toString(), raw.toString());
        assertThat(Files.size(raw)).isEqualTo(1L << 30);
        byte[] start = new byte[BootSectorGuest.image().length];
        try (var bytes = Files.newInputStream(raw)) {
            assertThat(bytes.readNBytes(start, 0, start.length)).isEqualTo(start.length);
        }
        assertThat(start).isEqualTo(BootSectorGuest.image());
        assertThat(cloud.captures.get(capture).length).isLessThan(4 << 20);
        assertThat(count(serialLog(guest), "guest is up")).isEqualTo(1);

        cloud.put(guest.toBuilder().setGeneration(3).build());
        await().atMost(SOON).until(() -> list("captures").isEmpty());
    }

    @Test
    void growsTheDiskOnARestartAndGoesBackToTheOldOne() throws Exception {
        Guest guest = guest().build();
        cloud.put(guest);
        awaitUp(guest, 1);

        Guest grown = guest.toBuilder()
                .setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.SOFT)
                .setVcpus(2)
                .setDisk(disk.toBuilder()
                        .setSizeGib(3)
                        .setEdition(1)
                        .setCopyOf(0)
                        .addKept(0))
                .build();
        cloud.put(grown);
        awaitUp(guest, 2);
        await().atMost(SOON).until(() -> cloud.of(guest.getId()).getGeneration() == 2);
        assertThat(host.virsh("domblkinfo", "unkai-" + guest.getId(), "vda")).contains(Long.toString(3L << 30));
        assertThat(host.virsh("vcpucount", "--live", "unkai-" + guest.getId())).isEqualToIgnoringWhitespace("2");

        cloud.put(guest.toBuilder()
                .setGeneration(3)
                .setBoot(2)
                .setBootKind(BootKind.SOFT)
                .build());
        awaitUp(guest, 3);
        assertThat(host.virsh("domblkinfo", "unkai-" + guest.getId(), "vda")).contains(Long.toString(1L << 30));
        Path files = node.state().resolve("guests").resolve(guest.getId());
        await().atMost(SOON).until(() -> !Files.exists(files.resolve("disk-1.qcow2")));
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

    private void restart() throws Exception {
        node.kill();
        node.start();
    }

    /** Waits until the guest has said so many times, on its serial port, that it is up, and the node has reported it. */
    private void awaitUp(Guest guest, int times) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(cloud.stateOf(guest.getId())).isEqualTo(GuestState.RUNNING);
            assertThat(count(serialLog(guest), "guest is up")).isEqualTo(times);
        });
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static ConsoleSession session(String id, Guest guest, ConsoleKind kind, int lines) {
        return ConsoleSession.newBuilder()
                .setId(id)
                .setGuestId(guest.getId())
                .setKind(kind)
                .setLogLines(lines)
                .build();
    }

    private List<String> list(String name) throws Exception {
        try (var entries = Files.list(node.state().resolve(name))) {
            return entries.map(Path::toString).toList();
        }
    }

    private String serialLog(Guest guest) throws Exception {
        Path log = node.state().resolve("guests").resolve(guest.getId()).resolve("serial.log");
        return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    }

    private Guest.Builder guest() {
        String id = UUID.randomUUID().toString();
        return Guest.newBuilder()
                .setId(id)
                .setGeneration(1)
                .setProjectId("project")
                .setName("a guest")
                .setPower(Power.ON)
                .setVcpus(1)
                .setMemoryMib(64)
                .setDisk(disk)
                .setFirmware(Firmware.BIOS)
                .addNics(nic())
                .setConfigDrive(ConfigDrive.newBuilder()
                        .setMetaDataJson("{\"uuid\":\"" + id + "\"}")
                        .setUserData(ByteString.copyFromUtf8("#!/bin/sh\n")))
                .setRequestId("req-" + id);
    }

    private static Nic nic() {
        Random random = new Random();
        return Nic.newBuilder()
                .setPortId(UUID.randomUUID().toString())
                .setMac("fa:16:3e:%02x:%02x:%02x"
                        .formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256)))
                .setMtu(1442)
                .build();
    }
}
