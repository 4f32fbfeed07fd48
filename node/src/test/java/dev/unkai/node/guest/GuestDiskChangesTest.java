package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.Capture;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Power;
import dev.unkai.wire.node.Rescue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Where a guest's disk comes from, and what becomes of it when the guest is rebuilt, resized, rescued or stored. */
class GuestDiskChangesTest extends OneGuest {
    @Test
    void aRescuedGuestBootsFromAnotherDiskAndThenFromItsOwnAgain() throws Exception {
        settle(guest());
        Path own = files.directory(id).disk();
        Path rescue = files.directory(id).rescueDisk();

        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setRescue(Rescue.newBuilder().setDisk(disk())));
        assertThat(rescue).exists();
        assertThat(own).exists();
        assertThat(files.basesInUse()).hasSize(1);
        assertThat(hypervisor.find(id).orElseThrow().boot()).isEqualTo(1);

        settle(guest().setGeneration(3).setBoot(2).setBootKind(BootKind.HARD));
        assertThat(rescue).doesNotExist();
        assertThat(own).exists();
        assertThat(hypervisor.done)
                .containsExactly("start " + id, "destroy " + id, "start " + id, "destroy " + id, "start " + id);
    }

    @Test
    void aFullDiskIsSaidInWords() throws Exception {
        hypervisor.refuse("internal error: process exited: qemu-system-x86_64: No space left on device");

        settle(guest());

        assertThat(reconciler.report().getFault())
                .isEqualTo("The host's disk is full. The server goes on as soon as there is space.");
    }

    @Test
    void aCorruptImageIsFetchedOnceMoreThenAFault() throws Exception {
        sent = new byte[] {1, 2, 3};
        settle(guest());
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.FAULTY);
        assertThat(reconciler.report().getFault()).contains("corrupt");

        sent = image;
        settle(guest());

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void anImageThatDoesNotComeIsAFaultThatHeals() throws Exception {
        fetchFailure = new IOException("the cloud did not send it (UNAVAILABLE)");
        settle(guest());
        assertThat(reconciler.report().getFault()).contains("image cannot be fetched");

        fetchFailure = null;
        settle(guest());

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void anImageLargerThanTheDiskIsAFault() throws Exception {
        image = QcowImage.ofVirtualSize(3L << 30);
        sent = image;

        settle(guest().setDisk(disk().setImageFormat("qcow2").setSizeGib(1)));

        assertThat(reconciler.report().getFault())
                .contains("needs a disk of 3 GiB")
                .contains("larger flavor");
    }

    @Test
    void rebuildsTheGuestOnANewDisk() throws Exception {
        settle(guest());
        byte[] old = written(0);

        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.HARD).setDisk(disk().setEdition(1)));

        assertThat(hypervisor.done).containsExactly("start " + id, "destroy " + id, "start " + id);
        assertThat(files.directory(id).disk(0)).doesNotExist();
        assertThat(Files.readAllBytes(files.directory(id).disk(1))).isNotEqualTo(old);
    }

    @Test
    void rebuildsAGuestThatIsOffWithoutStartingIt() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.OFF));

        settle(guest().setGeneration(3).setPower(Power.OFF).setDisk(disk().setEdition(1)));

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
        assertThat(reconciler.report().getGeneration()).isEqualTo(3);
        assertThat(files.directory(id).disk(0)).doesNotExist();
        assertThat(files.directory(id).disk(1)).exists();
        assertThat(hypervisor.find(id)).isEmpty();
    }

    @Test
    void aResizedDiskStartsAsACopyAndTheOldOneComesBackUntouched() throws Exception {
        settle(guest().setDisk(disk().setSizeGib(1)));
        byte[] old = written(0);
        Disk.Builder grown = disk().setSizeGib(2).setEdition(1).setCopyOf(0).addKept(0);

        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.HARD).setDisk(grown));

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(QcowOverlay.virtualSize(files.directory(id).disk(1), "qcow2"))
                .isEqualTo(2L << 30);
        assertThat(Files.readAllBytes(files.directory(id).disk(0))).isEqualTo(old);

        Disk.Builder back = disk().setSizeGib(1);
        settle(guest().setGeneration(3).setBoot(2).setBootKind(BootKind.HARD).setDisk(back));

        assertThat(Files.readAllBytes(files.directory(id).disk(0))).isEqualTo(old);
        assertThat(files.directory(id).disk(1)).doesNotExist();
    }

    @Test
    void theOldDiskGoesWhenTheNewSizeIsConfirmed() throws Exception {
        settle(guest().setDisk(disk().setSizeGib(1)));
        Disk.Builder grown = disk().setSizeGib(2).setEdition(1).setCopyOf(0);
        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setDisk(grown.clone().addKept(0)));
        assertThat(files.directory(id).disk(0)).exists();

        settle(guest().setGeneration(3).setBoot(1).setBootKind(BootKind.HARD).setDisk(grown));

        assertThat(files.directory(id).disk(0)).doesNotExist();
        assertThat(files.directory(id).disk(1)).exists();
        assertThat(hypervisor.done.stream().filter(("start " + id)::equals)).hasSize(2);
    }

    @Test
    void aCopyThatWasCutOffByACrashIsMadeAnew() throws Exception {
        settle(guest().setDisk(disk().setSizeGib(1)));
        Files.write(files.directory(id).path().resolve("disk-1.qcow2.next"), new byte[3]);
        reconciler = restarted();

        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setDisk(disk().setSizeGib(2).setEdition(1).setCopyOf(0).addKept(0)));

        assertThat(reconciler.report().getFault()).isEmpty();
        assertThat(QcowOverlay.virtualSize(files.directory(id).disk(1), "qcow2"))
                .isEqualTo(2L << 30);
    }

    @Test
    void aGuestThatNeverRanIsResizedOnToAFreshDisk() throws Exception {
        settle(guest().setPower(Power.OFF).setDisk(disk().setSizeGib(1)));
        assertThat(files.hasDisk(id)).isFalse();

        settle(guest().setGeneration(2)
                .setPower(Power.OFF)
                .setDisk(disk().setSizeGib(2).setEdition(1).setCopyOf(0).addKept(0)));
        assertThat(reconciler.report().getFault()).isEmpty();
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
        assertThat(QcowOverlay.virtualSize(files.directory(id).disk(1), "qcow2"))
                .isEqualTo(2L << 30);

        settle(guest().setGeneration(3).setDisk(disk().setSizeGib(1))); // reverted and started
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(QcowOverlay.virtualSize(files.directory(id).disk(0), "qcow2"))
                .isEqualTo(1L << 30);
        assertThat(files.directory(id).disk(1)).doesNotExist();
    }

    @Test
    void aDiskIsNotMadeAfreshWhenOnlyTheOneToCopyIsGone() throws Exception {
        settle(guest().setPower(Power.OFF).setDisk(disk().setSizeGib(1).setEdition(1)));

        settle(guest().setGeneration(2)
                .setPower(Power.OFF)
                .setDisk(disk().setSizeGib(2).setEdition(3).setCopyOf(2).addKept(1)));

        assertThat(reconciler.report().getFault()).contains("to be a copy of");
        assertThat(files.hasDisk(id, 3)).isFalse();
    }

    @Test
    void anImageOfAGuestThatIsOffIsMadeBeforeTheGuestMayStart() throws Exception {
        Capture capture =
                Capture.newBuilder().setId(UUID.randomUUID().toString()).build();
        stored.open = new CountDownLatch(1);
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.OFF).addCaptures(capture));

        want(guest().setGeneration(3).addCaptures(capture));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            reconciler.step();
            return reconciler.report().getState() == GuestState.RUNNING;
        });
        assertThat(Files.list(state.resolve("captures")))
                .allMatch(file -> !file.toString().endsWith(".part"));
        stored.open.countDown();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stored.sizes).containsKey(capture.getId()));
        settle(guest().setGeneration(4));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(state.resolve("captures")).isEmptyDirectory());
    }

    @Test
    void anImageOfAGuestThatNeverRanIsMadeOfItsFreshDisk() throws Exception {
        Capture capture =
                Capture.newBuilder().setId(UUID.randomUUID().toString()).build();
        settle(guest().setPower(Power.OFF));
        assertThat(files.hasDisk(id)).isFalse();

        settle(guest().setGeneration(2).setPower(Power.OFF).addCaptures(capture));

        assertThat(files.hasDisk(id)).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stored.sizes).containsKey(capture.getId()));
    }

    /** The bytes of a disk that the guest has written to. */
    private byte[] written(long edition) throws Exception {
        Path disk = files.directory(id).disk(edition);
        byte[] bytes = Files.readAllBytes(disk);
        bytes[bytes.length - 1] = 99;
        Files.write(disk, bytes);
        return bytes;
    }

    /** The head of a qcow2 image, as far as its size is read. */
    private static final class QcowImage {
        static byte[] ofVirtualSize(long size) {
            return java.nio.ByteBuffer.allocate(65536)
                    .putInt(0x514649fb)
                    .putInt(3)
                    .putLong(24, size)
                    .array();
        }
    }
}
