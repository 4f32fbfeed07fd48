package dev.unkai.cloud.evidence.seal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes a tar archive (POSIX.1-1988 ustar; sizes from 8 GiB on in GNU's base-256) as a stream. Only what packages need: files with short ASCII names. */
public final class TarStream {
    private static final int BLOCK = 512;
    private static final long LARGEST_OCTAL = (1L << 33) - 1;
    private static final int END = 2 * BLOCK;

    private final OutputStream out;
    private final long time;

    /** @param time that all files bear */
    public TarStream(OutputStream out, Instant time) {
        this.out = out;
        this.time = time.getEpochSecond();
    }

    /** Bytes that a file of that size takes in an archive. */
    public static long space(long size) {
        return BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Bytes that stand at the end of every archive. */
    public static long end() {
        return END;
    }

    /** @param size of what {@code bytes} yields; throws IOException when it yields less */
    public void file(String name, long size, InputStream bytes) throws IOException {
        out.write(header(name, size));
        byte[] buffer = new byte[1 << 16];
        long left = size;
        while (left > 0) {
            int n = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new IOException("The file " + name + " is shorter than it was");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
        out.write(new byte[(int) (space(size) - BLOCK - size)]);
    }

    public void finish() throws IOException {
        out.write(new byte[END]);
        out.flush();
    }

    private byte[] header(String name, long size) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        if (text.length >= 100) {
            throw new IllegalArgumentException("The name " + name + " is too long");
        }
        byte[] header = new byte[BLOCK];
        System.arraycopy(text, 0, header, 0, text.length);
        octal(header, 100, 8, 0644);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        if (size <= LARGEST_OCTAL) {
            octal(header, 124, 12, size);
        } else {
            header[124] = (byte) 0x80;
            for (int i = 0; i < 8; i++) {
                header[135 - i] = (byte) (size >>> 8 * i);
            }
        }
        octal(header, 136, 12, time);
        header[156] = '0';
        System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        return header;
    }

    private static void octal(byte[] header, int at, int length, long value) {
        String digits = String.format(java.util.Locale.ROOT, "%0" + (length - 1) + "o", value);
        System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, header, at, length - 1);
        header[at + length - 1] = 0;
    }
}
