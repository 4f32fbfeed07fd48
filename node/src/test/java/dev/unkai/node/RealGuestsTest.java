package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.unkai.wire.node.ConfigDrive;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real node process with real libvirt, QEMU and Open vSwitch; only the cloud is the test's. */
class RealGuestsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

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
        host = new PrivateHost(directory);
    }

    @AfterAll
    static void stopHost() {
        host.close();
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
