package dev.unkai.cloud.image.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.BitSet;

/**
 * Walks a qcow2 file's tables once and refuses pointers out of the file: an upload that lost its end is found here, not
 * by a guest. The work is bounded by the file's size, since no table may be named twice.
 */
final class Qcow2Tables {
    private static final long OFFSET = 0x00fffffffffffe00L;
    private static final long COMPRESSED = 1L << 62;

    private final FileChannel file;
    private final Qcow2Header header;
    private final long fileSize;
    private final int clusterSize;

    Qcow2Tables(FileChannel file, Qcow2Header header) throws IOException {
        this.file = file;
        this.header = header;
        this.fileSize = file.size();
        this.clusterSize = 1 << header.clusterBits();
    }

    void check() throws IOException {
        BitSet seen = new BitSet();
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        long bytes = header.l1Entries() * 8L;
        ByteBuffer table = ByteBuffer.allocate(clusterSize);
        for (long done = 0; done < bytes; done += chunk.capacity()) {
            fill(chunk, header.l1Offset() + done, (int) Math.min(chunk.capacity(), bytes - done), "first-level table");
            while (chunk.hasRemaining()) {
                long offset = chunk.getLong() & OFFSET;
                if (offset == 0) {
                    continue;
                }
                long cluster = offset >> header.clusterBits();
                if (offset % clusterSize != 0 || offset > fileSize - clusterSize || cluster > Integer.MAX_VALUE) {
                    throw Qcow2Header.damaged("first-level table");
                }
                if (seen.get((int) cluster)) {
                    throw Qcow2Header.damaged("first-level table: the same part is used twice");
                }
                seen.set((int) cluster);
                fill(table, offset, clusterSize, "second-level table");
                checkSecondLevel(table);
            }
        }
    }

    private void checkSecondLevel(ByteBuffer table) {
        int step = header.extendedL2() ? 16 : 8;
        // Compressed: the low 62 - (clusterBits - 8) bits are the offset, the rest counts sectors.
        long compressedOffset = (1L << (62 - (header.clusterBits() - 8))) - 1;
        for (int at = 0; at < clusterSize; at += step) {
            long entry = table.getLong(at);
            boolean compressed = (entry & COMPRESSED) != 0;
            long offset = entry & (compressed ? compressedOffset : OFFSET);
            if (offset >= fileSize || (!compressed && offset % clusterSize != 0)) {
                throw Qcow2Header.damaged("second-level table");
            }
        }
    }

    private void fill(ByteBuffer buffer, long offset, int length, String part) throws IOException {
        buffer.clear().limit(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                throw Qcow2Header.damaged(part);
            }
        }
        buffer.flip();
    }
}
