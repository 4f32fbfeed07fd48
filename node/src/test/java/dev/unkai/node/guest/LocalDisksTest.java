package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.node.Commands;
import dev.unkai.node.LongWork;
import dev.unkai.node.host.QemuImg;
import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.LocalDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The disks that a guest has beside its own: how they begin, and what becomes of them when it is rebuilt or resized. */
class LocalDisksTest extends OneGuest {
    @Test
    void beginWithAFileSystemOrAsSwapAndLastOverReboots() throws Exception {
        settle(guest().addLocalDisks(ephemeral()).addLocalDisks(swap()));

        assertThat(reconciler.report().getFault()).isEmpty();
        assertThat(content(file("ephemeral0", 0)))
                .contains("LABEL=\"ephemeral0\"")
                .contains("TYPE=\"ext4\"");
        assertThat(content(file("swap", 0))).contains("TYPE=\"swap\"");
        assertThat(QcowOverlay.virtualSize(file("ephemeral0", 0), "qcow2")).isEqualTo(64L << 20);
        assertThat(Files.size(file("ephemeral0", 0))).isLessThan(16L << 20);
        byte[] written = written(file("ephemeral0", 0));

        reconciler = restarted();
        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .addLocalDisks(ephemeral())
                .addLocalDisks(swap()));

        assertThat(hypervisor.find(id).orElseThrow().boot()).isEqualTo(1);
        assertThat(Files.readAllBytes(file("ephemeral0", 0))).isEqualTo(written);
        try (var left = Files.list(files.directory(id).path())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .filteredOn(name -> name.contains("next") || name.contains("raw"))
                    .isEmpty();
        }
    }

    @Test
    void aRebuiltGuestHasNewOnesUnlessTheyAreToStay() throws Exception {
        settle(guest().addLocalDisks(ephemeral()).addLocalDisks(swap()));
        byte[] written = written(file("ephemeral0", 0));

        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setDisk(disk().setEdition(1))
                .addLocalDisks(ephemeral())
                .addLocalDisks(swap().setEdition(1)));

        assertThat(Files.readAllBytes(file("ephemeral0", 0))).isEqualTo(written);
        assertThat(file("swap", 0)).doesNotExist();

        settle(guest().setGeneration(3)
                .setBoot(2)
                .setBootKind(BootKind.HARD)
                .setDisk(disk().setEdition(2))
                .addLocalDisks(ephemeral().setEdition(2)));

        assertThat(file("ephemeral0", 0)).doesNotExist();
        assertThat(content(file("ephemeral0", 2))).contains("TYPE=\"ext4\"");
        assertThat(file("swap", 1)).doesNotExist();
    }

    @Test
    void aResizedOneIsACopyThatTheOldOneComesBackFor() throws Exception {
        settle(guest().addLocalDisks(ephemeral()));
        byte[] written = written(file("ephemeral0", 0));
        LocalDisk.Builder grown =
                ephemeral().setSizeMib(96).setEdition(1).setCopyOf(0).addKept(0);

        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setDisk(disk().setEdition(1).setCopyOf(0).addKept(0))
                .addLocalDisks(grown)
                .addLocalDisks(ephemeral().setName("ephemeral1").setEdition(1).setCopyOf(0)));

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(QcowOverlay.virtualSize(file("ephemeral0", 1), "qcow2")).isEqualTo(96L << 20);
        assertThat(content(file("ephemeral0", 1))).contains("LABEL=\"ephemeral0\"");
        assertThat(content(file("ephemeral1", 1))).contains("LABEL=\"ephemeral1\"");

        settle(guest().setGeneration(3).setBoot(2).setBootKind(BootKind.HARD).addLocalDisks(ephemeral()));

        assertThat(Files.readAllBytes(file("ephemeral0", 0))).isEqualTo(written);
        assertThat(file("ephemeral0", 1)).doesNotExist();
        assertThat(file("ephemeral1", 1)).doesNotExist();
    }

    @Test
    void aCopyOfOneThatIsLostIsAFaultAndNotAnEmptyDisk() throws Exception {
        settle(guest().addLocalDisks(ephemeral()));

        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .addLocalDisks(ephemeral().setEdition(7).setCopyOf(6).addKept(0)));

        assertThat(reconciler.report().getFault())
                .contains("local-ephemeral0-6.qcow2")
                .contains("not on the host");
        assertThat(file("ephemeral0", 7)).doesNotExist();
    }

    @Test
    void whatACrashCutOffIsMadeAnew() throws Exception {
        Files.createDirectories(files.directory(id).path());
        Files.write(files.directory(id).path().resolve("local-ephemeral0.qcow2.next"), new byte[3]);
        Files.write(files.directory(id).path().resolve("local-gone1.qcow2.next.raw"), new byte[3]);

        settle(guest().addLocalDisks(ephemeral().setFormat("ext3")));

        assertThat(content(file("ephemeral0", 0))).contains("TYPE=\"ext3\"");
        assertThat(files.directory(id).path().resolve("local-gone1.qcow2.next.raw"))
                .doesNotExist();
    }

    @Test
    void whoMakesTheNextOnesBeginsOnceTheLastAreDoneAndIsNotThereBefore() throws Exception {
        List<Thread> begun = new ArrayList<>();
        LongWork held = new HeldWork(begun);
        LocalDisks disks = new LocalDisks(id, files, new QemuImg(), held);

        CompletableFuture<Boolean> first = disks.ready(List.of(swap().build()));
        CompletableFuture<Boolean> second = disks.ready(List.of(ephemeral().build()));

        assertThat(begun).hasSize(1);
        begun.getFirst().run();
        assertThat(first).isCompletedWithValue(true);
        assertThat(begun).hasSize(2);
        assertThat(second).isNotDone();
        begun.getLast().run();
        assertThat(second).isCompletedWithValue(true);
        assertThat(file("ephemeral0", 0)).exists();
    }

    /** Its threads go on when the test runs them. */
    private record HeldWork(List<Thread> begun) implements LongWork {
        @Override
        public Thread thread(String name, Runnable work) {
            Thread thread = new Thread(work, name) {
                @Override
                public void start() {
                    // the test's own thread does the work
                }
            };
            begun.add(thread);
            return thread;
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            LongWork.ON_THREADS.sleep(time);
        }

        @Override
        public long nanoTime() {
            return LongWork.ON_THREADS.nanoTime();
        }
    }

    @Test
    void aFileSystemThatTheHostCannotMakeAndANameThatIsAPathAreFaults() throws Exception {
        settle(guest().addLocalDisks(ephemeral().setFormat("zfs")));
        assertThat(reconciler.report().getFault()).contains("cannot make the file system zfs");

        settle(guest().addLocalDisks(ephemeral().setName("../../etc/x")));
        assertThat(reconciler.report().getFault()).contains("names a disk");
        assertThat(hypervisor.find(id)).isEmpty();
    }

    private Path file(String name, long edition) {
        return files.directory(id).localDisk(name, edition);
    }

    private static LocalDisk.Builder ephemeral() {
        return LocalDisk.newBuilder().setName("ephemeral0").setSizeMib(64).setFormat("ext4");
    }

    private static LocalDisk.Builder swap() {
        return LocalDisk.newBuilder().setName("swap").setSizeMib(32).setFormat("swap");
    }

    /** What blkid says of it. */
    private String content(Path disk) {
        Path raw = state.resolve("raw");
        Commands.run("qemu-img", "convert", "-f", "qcow2", "-O", "raw", disk.toString(), raw.toString());
        return Commands.run("/sbin/blkid", "-p", raw.toString());
    }

    /** The bytes of a disk that the guest has written to. */
    private static byte[] written(Path disk) throws Exception {
        Commands.run("qemu-io", "-f", "qcow2", "-c", "write -P 0x5a 1M 64k", disk.toString());
        return Files.readAllBytes(disk);
    }
}
