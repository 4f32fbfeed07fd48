package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.ConfigDrive;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real guest with an ephemeral disk and swap, over a rebuild and a resize, to its end; and how it is told which device is which. */
class RealLocalDisksTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private PrivateHost host;
    private FakeCloud cloud;
    private NodeProcess node;
    private Guest guest;

    @BeforeEach
    void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        TestCertificates certificates = new TestCertificates(directory.resolve("pki"));
        host = new PrivateHost(directory);
        cloud = new FakeCloud(certificates.issue("cloud"));
        node = new NodeProcess(directory.resolve("n"), host.libvirtUri(), cloud.port(), certificates.issue("node"));
        node.start();
        String id = UUID.randomUUID().toString();
        guest = Guest.newBuilder()
                .setId(id)
                .setGeneration(1)
                .setProjectId("project")
                .setPower(Power.ON)
                .setVcpus(1)
                .setMemoryMib(64)
                .setDisk(cloud.image("boot-sector", BootSectorGuest.image(), "raw", 1).toBuilder()
                        .setTag("system"))
                .addLocalDisks(ephemeral().setTag("scratch"))
                .addLocalDisks(swap())
                .addNics(nic("fa:16:3e:00:00:07"))
                .setConfigDrive(ConfigDrive.newBuilder().setMetaDataJson("{}"))
                .setRequestId("req-" + id)
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        cloud.close();
        host.close();
    }

    @Test
    void aGuestHasItsDisksUntilItIsRemoved() throws Exception {
        cloud.put(guest);
        awaitUp(1);
        String domain = host.virsh("dumpxml", "unkai-" + guest.getId());
        assertThat(host.virsh("domblklist", "unkai-" + guest.getId()).lines().map(String::strip))
                .anyMatch(line -> line.startsWith("vdb") && line.endsWith("local-ephemeral0.qcow2"))
                .anyMatch(line -> line.startsWith("vdc") && line.endsWith("local-swap.qcow2"))
                .anyMatch(line -> line.startsWith("vdd") && line.endsWith("config.iso"));
        String drive = Files.readString(files().resolve("config.iso"), StandardCharsets.ISO_8859_1);
        assertThat(drive).contains("\"address\":\"0000:01:00.0\",\"tags\":[\"system\"]");
        assertThat(drive).contains("\"address\":\"0000:03:00.0\",\"tags\":[\"scratch\"]");
        assertThat(domain)
                .contains("<address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>")
                .contains("<address type='pci' domain='0x0000' bus='0x03' slot='0x00' function='0x0'/>");

        // a card that comes later finds room beside what has its place
        guest = guest.toBuilder()
                .setGeneration(2)
                .addNics(nic("fa:16:3e:00:00:08").toBuilder().setTag("late"))
                .build();
        cloud.put(guest);
        await().atMost(SOON).until(() -> host.bridgePorts().size() == 2);

        off(3);
        assertThat(blkid("local-ephemeral0.qcow2"))
                .contains("LABEL=\"ephemeral0\"")
                .contains("TYPE=\"ext4\"");
        assertThat(blkid("local-swap.qcow2")).contains("TYPE=\"swap\"");
        io("local-ephemeral0.qcow2", "write -P 0x5a 1M 64k");

        // resized: a larger copy, beside the old one
        guest = guest.toBuilder()
                .setGeneration(4)
                .setPower(Power.ON)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setDisk(guest.getDisk().toBuilder().setEdition(1).setCopyOf(0).addKept(0))
                .clearLocalDisks()
                .addLocalDisks(
                        ephemeral().setSizeMib(96).setEdition(1).setCopyOf(0).addKept(0))
                .addLocalDisks(swap().setEdition(1))
                .build();
        cloud.put(guest);
        awaitUp(2);
        assertThat(files().resolve("local-ephemeral0.qcow2")).exists();
        assertThat(files().resolve("local-swap.qcow2")).doesNotExist();
        off(5);
        io("local-ephemeral0-1.qcow2", "read -P 0x5a 1M 64k");
        assertThat(Commands.run(
                        "qemu-img",
                        "info",
                        files().resolve("local-ephemeral0-1.qcow2").toString()))
                .contains("96 MiB");

        cloud.remove(guest.getId());
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(cloud.stateOf(guest.getId())).isEqualTo(GuestState.ABSENT);
            assertThat(node.state().resolve("guests")).isEmptyDirectory();
            assertThat(node.state().resolve("trash")).isEmptyDirectory();
        });
    }

    private void off(long generation) {
        guest = guest.toBuilder().setGeneration(generation).setPower(Power.OFF).build();
        cloud.put(guest);
        await().atMost(SOON).until(() -> cloud.stateOf(guest.getId()) == GuestState.STOPPED);
    }

    private void awaitUp(int times) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(cloud.of(guest.getId()).getFault()).isEmpty();
            assertThat(cloud.stateOf(guest.getId())).isEqualTo(GuestState.RUNNING);
            assertThat(Files.readString(files().resolve("serial.log"), StandardCharsets.ISO_8859_1)
                            .split("guest is up", -1))
                    .hasSize(times + 1);
        });
    }

    private Path files() {
        return node.state().resolve("guests").resolve(guest.getId());
    }

    private String blkid(String file) {
        Path raw = directory.resolve("raw");
        Commands.run(
                "qemu-img",
                "convert",
                "-f",
                "qcow2",
                "-O",
                "raw",
                files().resolve(file).toString(),
                raw.toString());
        return Commands.run("/sbin/blkid", "-p", raw.toString());
    }

    /** Reads or writes the disk; fails when what is read is something else. */
    private void io(String file, String command) {
        String said = Commands.run(
                "qemu-io", "-f", "qcow2", "-c", command, files().resolve(file).toString());
        assertThat(said).doesNotContain("verification failed");
    }

    private static LocalDisk.Builder ephemeral() {
        return LocalDisk.newBuilder().setName("ephemeral0").setSizeMib(64).setFormat("ext4");
    }

    private static LocalDisk.Builder swap() {
        return LocalDisk.newBuilder().setName("swap").setSizeMib(32).setFormat("swap");
    }

    private static Nic nic(String mac) {
        return Nic.newBuilder()
                .setPortId(UUID.randomUUID().toString())
                .setMac(mac)
                .setMtu(1442)
                .build();
    }
}
