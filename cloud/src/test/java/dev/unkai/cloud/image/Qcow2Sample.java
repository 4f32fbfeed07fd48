package dev.unkai.cloud.image;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Writes small qcow2 files byte by byte, sound ones and ones that lie. */
public final class Qcow2Sample {
    /** Bytes of a cluster. */
    public static final int CLUSTER = 1 << 16;

    private final ByteBuffer file = ByteBuffer.allocate(6 * CLUSTER);

    private Qcow2Sample() {}

    /** A disk of 64 MiB with one cluster of data: header, reference table, reference block, L1, L2, data. */
    public static Qcow2Sample sound() {
        Qcow2Sample sample = new Qcow2Sample();
        ByteBuffer file = sample.file;
        file.putInt(0, 0x514649fb);
        file.putInt(4, 3);
        file.putInt(20, 16);
        file.putLong(24, 64L << 20);
        file.putInt(36, 1);
        file.putLong(40, 3L * CLUSTER);
        file.putLong(48, CLUSTER);
        file.putInt(56, 1);
        file.putInt(96, 4);
        file.putInt(100, 104);
        file.putLong(CLUSTER, 2L * CLUSTER);
        for (int cluster = 0; cluster < 6; cluster++) {
            file.putShort(2 * CLUSTER + 2 * cluster, (short) 1);
        }
        file.putLong(3 * CLUSTER, 4L * CLUSTER | 1L << 63);
        file.putLong(4 * CLUSTER, 5L * CLUSTER | 1L << 63);
        file.put(5 * CLUSTER, (byte) 42);
        return sample;
    }

    /** The same with some bytes changed. */
    public Qcow2Sample with(Consumer<ByteBuffer> change) {
        change.accept(file);
        return this;
    }

    public byte[] bytes() {
        return file.array().clone();
    }
}
