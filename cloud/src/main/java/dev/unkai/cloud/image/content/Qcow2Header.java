package dev.unkai.cloud.image.content;

import dev.unkai.base.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The header of a qcow2 file, read and judged before anything else touches the file: a file that names another file
 * (backing file, external data file) would let a customer read what lies on our hosts. Layout: QEMU docs/interop/qcow2.txt.
 *
 * @param size of the disk inside, in bytes
 * @param l1Offset where the first-level table lies, {@code l1Entries} entries of 8 bytes
 */
record Qcow2Header(int version, int clusterBits, long size, long l1Offset, int l1Entries, boolean extendedL2) {
    static final int MAGIC = 0x514649fb;

    private static final int LENGTH_V2 = 72;
    private static final int LENGTH_V3 = 104;
    private static final int LONGEST_HEADER = 4096;
    private static final long CORRUPT = 1L << 1;
    private static final long DATA_FILE = 1L << 2;
    private static final long EXTENDED_L2 = 1L << 4;
    private static final long UNDERSTOOD = 0b11111;
    private static final int EXTENSION_END = 0;
    private static final int EXTENSION_BACKING_FORMAT = 0xe2792aca;
    private static final int EXTENSION_ENCRYPTION = 0x0537be77;
    private static final int EXTENSION_DATA_FILE = 0x44415441;
    private static final long LARGEST_L1_BYTES = 32L << 20;
    private static final long LARGEST_REFCOUNT_TABLE_BYTES = 8L << 20;

    /** Whether the file begins as a qcow2 image does; whether it is a sound one, {@link #read} tells. */
    static boolean isOne(FileChannel file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
        while (start.hasRemaining() && file.read(start, start.position()) > 0) {
            // until the magic number is there or the file ends
        }
        return !start.hasRemaining() && start.getInt(0) == MAGIC;
    }

    /** Throws an invalid Refusal, whose sentence says what is wrong, unless the header is sane and self-contained. */
    static Qcow2Header read(FileChannel file, long largestDisk) throws IOException {
        long fileSize = file.size();
        ByteBuffer header = ByteBuffer.allocate((int) Math.min(fileSize, LONGEST_HEADER + (2L << 20)));
        while (header.hasRemaining() && file.read(header, header.position()) > 0) {
            // until the buffer is full or the file ends
        }
        header.flip();
        if (header.remaining() < LENGTH_V2 || header.getInt(0) != MAGIC) {
            throw Refusal.invalid("The data is not a qcow2 image. Check disk_format, or convert it with qemu-img.");
        }
        int version = header.getInt(4);
        if (version != 2 && version != 3) {
            throw Refusal.invalid("The qcow2 version " + Integer.toUnsignedString(version)
                    + " is not supported; use version 2 or 3.");
        }
        if (header.getLong(8) != 0 || header.getInt(16) != 0) {
            throw Refusal.invalid(
                    "The qcow2 image has a backing file. Flatten it with qemu-img convert and try again.");
        }
        int clusterBits = header.getInt(20);
        if (clusterBits < 9 || clusterBits > 21) {
            throw damaged("cluster size");
        }
        long size = header.getLong(24);
        if (size <= 0) {
            throw damaged("disk size");
        }
        if (size > largestDisk) {
            throw Refusal.invalid("The disk inside the image has " + gib(size) + " GiB; at most " + gib(largestDisk)
                    + " GiB are allowed.");
        }
        if (header.getInt(32) != 0) {
            throw Refusal.invalid("The qcow2 image is encrypted. Upload it without encryption.");
        }
        if (header.getInt(60) != 0) {
            throw Refusal.invalid("The qcow2 image holds snapshots. Flatten it with qemu-img convert and try again.");
        }
        long features = version == 2 ? 0 : features(header);
        long clusterSize = 1L << clusterBits;
        int l1Entries = header.getInt(36);
        long l1Offset = header.getLong(40);
        boolean extendedL2 = (features & EXTENDED_L2) != 0;
        long perTable = clusterSize * (clusterSize / (extendedL2 ? 16 : 8));
        long l1Needed = (size + perTable - 1) / perTable;
        if (l1Entries < l1Needed
                || l1Entries > LARGEST_L1_BYTES / 8
                || !within(l1Offset, l1Entries * 8L, clusterSize, fileSize)) {
            throw damaged("first-level table");
        }
        long refcountOffset = header.getLong(48);
        long refcountBytes = Integer.toUnsignedLong(header.getInt(56)) * clusterSize;
        if (refcountBytes == 0
                || refcountBytes > LARGEST_REFCOUNT_TABLE_BYTES
                || !within(refcountOffset, refcountBytes, clusterSize, fileSize)) {
            throw damaged("reference count table");
        }
        return new Qcow2Header(version, clusterBits, size, l1Offset, l1Entries, extendedL2);
    }

    private static long features(ByteBuffer header) {
        if (header.remaining() < LENGTH_V3) {
            throw damaged("header length");
        }
        long features = header.getLong(72);
        if ((features & DATA_FILE) != 0) {
            throw externalData();
        }
        if ((features & CORRUPT) != 0) {
            throw Refusal.invalid(
                    "The qcow2 image is marked as damaged. Repair it with qemu-img check -r and try again.");
        }
        if ((features & ~UNDERSTOOD) != 0) {
            throw Refusal.invalid("The qcow2 image uses features that are not supported here.");
        }
        if (header.getInt(96) < 0 || header.getInt(96) > 6) {
            throw damaged("reference count width");
        }
        int length = header.getInt(100);
        if (length < LENGTH_V3 || length % 8 != 0 || length > LONGEST_HEADER || length > header.remaining()) {
            throw damaged("header length");
        }
        extensions(header, length, 1 << Math.min(header.getInt(20), 21));
        return features;
    }

    private static void extensions(ByteBuffer header, int start, int clusterSize) {
        int end = Math.min(clusterSize, header.limit());
        int at = start;
        while (at + 8 <= end) {
            int type = header.getInt(at);
            long length = Integer.toUnsignedLong(header.getInt(at + 4));
            switch (type) {
                case EXTENSION_END -> {
                    return;
                }
                case EXTENSION_DATA_FILE -> throw externalData();
                case EXTENSION_BACKING_FORMAT ->
                    throw Refusal.invalid(
                            "The qcow2 image names a backing format. Flatten it with qemu-img convert and try again.");
                case EXTENSION_ENCRYPTION ->
                    throw Refusal.invalid("The qcow2 image is encrypted. Upload it without encryption.");
                default -> {
                    // bitmaps, feature names and others describe, they do not lead out of the file
                }
            }
            if (length > end - at - 8L) {
                throw damaged("header extensions");
            }
            at += (int) (8 + (length + 7) / 8 * 8);
        }
    }

    private static boolean within(long offset, long length, long clusterSize, long fileSize) {
        return offset > 0 && offset % clusterSize == 0 && offset <= fileSize && length <= fileSize - offset;
    }

    private static Refusal externalData() {
        return Refusal.invalid(
                "The qcow2 image keeps its data in another file. Convert it with qemu-img convert and try again.");
    }

    static Refusal damaged(String part) {
        return Refusal.invalid("The qcow2 image is damaged or incomplete (" + part
                + "). Check it with qemu-img check and upload it again.");
    }

    private static long gib(long bytes) {
        return (bytes + (1L << 30) - 1) >> 30;
    }
}
