package dev.unkai.base.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of a Merkle tree (RFC 9162 section 2.1.1): leaves and inner nodes can never be taken for each other. */
public final class Sha256 {
    public static final int BYTES = 32;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Sha256() {}

    /** The hash of the parts one after the other; of nothing, it is the root of a tree without leaves. */
    public static byte[] of(byte[]... parts) {
        return finish(digest(), parts);
    }

    /** The hash of a leaf whose entry is the parts one after the other. */
    public static byte[] leaf(byte[]... entry) {
        MessageDigest digest = digest();
        digest.update(LEAF);
        return finish(digest, entry);
    }

    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = digest();
        digest.update(NODE);
        return finish(digest, left, right);
    }

    private static byte[] finish(MessageDigest digest, byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
