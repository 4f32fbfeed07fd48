package dev.unkai.simulation;

import dev.unkai.node.guest.QcowOverlay;
import dev.unkai.node.host.DiskTool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Disk files that are all header: what is read of a disk is true, and it holds nothing. Copying them takes its time and may fail. */
final class SimulatedDiskTool implements DiskTool {
    private static final int CLUSTER_BITS = 14;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    private static final int MAGIC = 0x514649fb;
    private static final int HEADER_LENGTH = 104;
    private static final int SIZE_AT = 24;

    /** One L1 entry names one L2 table of a cluster. */
    private static final long BYTES_PER_L1_ENTRY = (long) CLUSTER / 8 * CLUSTER;

    private final World world;
    private final Life life;
    private final SimulatedThreads threads;

    SimulatedDiskTool(World world, Life life, SimulatedThreads threads) {
        this.world = world;
        this.life = life;
        this.threads = threads;
    }

    @Override
    public void create(Path disk, long size) throws IOException {
        work("making a disk");
        Files.write(disk, header(size));
        done("making a disk");
    }

    @Override
    public void format(Path disk, long size, String format, String label) throws IOException {
        work("making a disk with a file system");
        Files.write(disk, header(size));
        done("making a disk with a file system");
    }

    @Override
    public void flatten(Path disk, Path into) throws IOException {
        long size = QcowOverlay.virtualSize(disk, "qcow2");
        work("flattening a disk");
        Files.write(into, header(size));
        done("flattening a disk");
    }

    @Override
    public void copy(Path disk, Path into) throws IOException {
        work("copying a disk");
        Files.copy(disk, into);
        done("copying a disk");
    }

    @Override
    public void grow(Path disk, long size) throws IOException {
        work("growing a disk");
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek(SIZE_AT);
            file.writeLong(size);
        }
        done("growing a disk");
    }

    private void work(String what) throws IOException {
        world.points().pass(life, "before " + what);
        if (world.chance().happens(world.faults().refusal() / 4)) {
            throw new IOException("No space left on device (by the simulation)");
        }
        if (SimulatedThreads.canWait()) {
            try {
                threads.sleep(Duration.ofMillis(world.workMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private void done(String what) {
        world.points().pass(life, "after " + what);
    }

    /** A qcow2 file (QEMU docs/interop/qcow2.txt, version 3) of which nothing is allocated: header, reference count table, L1 table. */
    private static byte[] header(long size) {
        int entries = Math.toIntExact((size + BYTES_PER_L1_ENTRY - 1) / BYTES_PER_L1_ENTRY);
        ByteBuffer file = ByteBuffer.allocate(2 * CLUSTER + (entries * 8 + CLUSTER - 1) / CLUSTER * CLUSTER);
        file.putInt(MAGIC).putInt(3).putLong(0).putInt(0);
        file.putInt(CLUSTER_BITS).putLong(size).putInt(0);
        file.putInt(entries).putLong(2L * CLUSTER);
        file.putLong(CLUSTER).putInt(1);
        file.putInt(0).putLong(0);
        file.putLong(0).putLong(0).putLong(0);
        file.putInt(4).putInt(HEADER_LENGTH);
        return file.array();
    }
}
