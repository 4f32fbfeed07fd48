package dev.unkai.identity.backup;

import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.backup.BackupTrouble.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** Reads a sealed file ({@link SealedFormat}). Gives no byte that is not authentic; throws {@link BackupTrouble} at the first that is not. */
final class SealedInput extends InputStream {
    private static final int SEALED_CHUNK = SealedFormat.CHUNK_BYTES + SealedFormat.TAG_BYTES;

    private final InputStream in;
    private final byte[] header;
    private final SecretKey key;
    private byte[] ahead;
    private byte[] chunk = new byte[0];
    private int taken;
    private long number;
    private boolean ended;

    SealedInput(InputStream in, KeySeal seal) throws IOException {
        this.in = in;
        this.header = in.readNBytes(SealedFormat.HEADER_BYTES);
        int magic = SealedFormat.MAGIC.length;
        if (header.length < SealedFormat.HEADER_BYTES
                || !Arrays.equals(header, 0, magic, SealedFormat.MAGIC, 0, magic)) {
            throw new BackupTrouble(Kind.NO_BACKUP, "The file is no backup of identity. Nothing was changed.");
        }
        int mark = magic + SealedFormat.SALT_BYTES;
        if (!Arrays.equals(Arrays.copyOfRange(header, mark, header.length), SealedFormat.mark(seal))) {
            throw new BackupTrouble(
                    Kind.OTHER_KEY,
                    "The backup was made under another key file. Nothing was changed; restore it with the key file of the"
                            + " installation that made it.");
        }
        this.key = SealedFormat.key(seal, Arrays.copyOfRange(header, magic, mark));
        this.ahead = in.readNBytes(SEALED_CHUNK);
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, chunk.length - taken);
        System.arraycopy(chunk, taken, bytes, offset, part);
        taken += part;
        return part;
    }

    @Override
    public int available() {
        return chunk.length - taken;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        while (taken == chunk.length) {
            if (ended) {
                return false;
            }
            byte[] sealed = ahead;
            ahead = in.readNBytes(SEALED_CHUNK);
            ended = ahead.length == 0;
            chunk = open(sealed);
            taken = 0;
        }
        return true;
    }

    private byte[] open(byte[] sealed) throws BackupTrouble {
        try {
            return SealedFormat.cipher(Cipher.DECRYPT_MODE, key, header, number++, ended)
                    .doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw BackupTrouble.damaged("it was cut short or changed after it was made");
        }
    }
}
