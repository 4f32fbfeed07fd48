package dev.unkai.identity.backup;

import dev.unkai.base.seal.KeySeal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * How a backup is sealed: a header of 48 bytes (magic, salt, mark of the key file), then chunks of AES-256-GCM over 64 KiB each, the
 * last one shorter. The key is one of its own for every file (HKDF over the key file and the salt), so that a chunk's number can be
 * its nonce; the nonce says besides whether the chunk is the last, and the header is authenticated with each of them. So no byte
 * can be changed, and no chunk left out, moved, repeated or cut off, unnoticed (the STREAM construction of Hoang et al., 2015).
 */
final class SealedFormat {
    static final byte[] MAGIC = "UNKAIBK1".getBytes(StandardCharsets.US_ASCII);
    static final int SALT_BYTES = 32;
    static final int MARK_BYTES = 8;
    static final int HEADER_BYTES = MAGIC.length + SALT_BYTES + MARK_BYTES;
    static final int CHUNK_BYTES = 64 * 1024;
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;

    private SealedFormat() {}

    static byte[] header(KeySeal seal, byte[] salt) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .put(salt)
                .put(mark(seal))
                .array();
    }

    static SecretKey key(KeySeal seal, byte[] salt) {
        return seal.derive(salt, "unkai identity backup");
    }

    /** Tells key files apart and nothing about the key. */
    static byte[] mark(KeySeal seal) {
        return Arrays.copyOf(
                seal.derive(new byte[0], "unkai identity backup, mark of the key file")
                        .getEncoded(),
                MARK_BYTES);
    }

    static Cipher cipher(int mode, SecretKey key, byte[] header, long number, boolean last)
            throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putLong(3, number)
                .put(NONCE_BYTES - 1, (byte) (last ? 1 : 0))
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(header);
        return cipher;
    }
}
