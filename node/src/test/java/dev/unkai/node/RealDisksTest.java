package dev.unkai.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.node.guest.QcowOverlay;
import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.Capture;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.EvidenceCapture;
import dev.unkai.wire.node.EvidenceKind;
import dev.unkai.wire.node.Firmware;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Rescue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a real guest's disk and memory go through: another boot disk, another size, copies for images and as evidence. */
class RealDisksTest extends OneRealHost {
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
}
