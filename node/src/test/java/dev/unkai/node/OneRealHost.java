package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Firmware;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Nic;
import dev.unkai.wire.node.Power;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real node process with real libvirt, QEMU and Open vSwitch; only the cloud is the test's. */
abstract class OneRealHost {
    static final Duration SOON = Duration.ofSeconds(40);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;

    static Path small;
    static PrivateHost host;
    static TestCertificates certificates;

    FakeCloud cloud;
    NodeProcess node;
    Path place;
    Disk disk;

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

    void restart() throws Exception {
        node.kill();
        node.start();
    }

    /** Waits until the guest has said so many times, on its serial port, that it is up, and the node has reported it. */
    void awaitUp(Guest guest, int times) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(cloud.stateOf(guest.getId())).isEqualTo(GuestState.RUNNING);
            assertThat(count(serialLog(guest), "guest is up")).isEqualTo(times);
        });
    }

    static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    static ConsoleSession session(String id, Guest guest, ConsoleKind kind, int lines) {
        return ConsoleSession.newBuilder()
                .setId(id)
                .setGuestId(guest.getId())
                .setKind(kind)
                .setLogLines(lines)
                .build();
    }

    List<String> list(String name) throws Exception {
        try (var entries = Files.list(node.state().resolve(name))) {
            return entries.map(Path::toString).toList();
        }
    }

    String serialLog(Guest guest) throws Exception {
        Path log = node.state().resolve("guests").resolve(guest.getId()).resolve("serial.log");
        return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    }

    Guest.Builder guest() {
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

    static Nic nic() {
        Random random = new Random();
        return Nic.newBuilder()
                .setPortId(UUID.randomUUID().toString())
                .setMac("fa:16:3e:%02x:%02x:%02x"
                        .formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256)))
                .setMtu(1442)
                .build();
    }
}
