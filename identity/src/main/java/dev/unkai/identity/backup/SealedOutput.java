package dev.unkai.identity.backup;

import dev.unkai.base.seal.KeySeal;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** Writes a sealed file ({@link SealedFormat}). Only {@link #finish} makes it whole: what is closed before reads as cut short. */
final class SealedOutput extends OutputStream {
    private final OutputStream out;
    private final byte[] header;
    private final SecretKey key;
    private final byte[] chunk = new byte[SealedFormat.CHUNK_BYTES];
    private int filled;
    private long number;

    SealedOutput(OutputStream out, KeySeal seal) throws IOException {
        byte[] salt = new byte[SealedFormat.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        this.out = out;
        this.header = SealedFormat.header(seal, salt);
        this.key = SealedFormat.key(seal, salt);
        out.write(header);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == chunk.length) {
                seal(false);
            }
            int part = Math.min(left, chunk.length - filled);
            System.arraycopy(bytes, from, chunk, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    void finish() throws IOException {
        seal(true);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void seal(boolean last) throws IOException {
        try {
            Cipher cipher = SealedFormat.cipher(Cipher.ENCRYPT_MODE, key, header, number, last);
            out.write(cipher.doFinal(chunk, 0, filled));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A backup could not be sealed", e);
        }
        number++;
        filled = 0;
    }
}
