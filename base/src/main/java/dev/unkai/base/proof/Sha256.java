package dev.unkai.base.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of a Merkle tree (RFC 9162 section 2.1.1): leaves and inner nodes can never be taken for each other. */
public final class Sha256 {
    public static final int BYTES = 32;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Sha256() {}

    /** The root of a tree without leaves, too. */
    public static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    public static byte[] leaf(byte[] entry) {
        MessageDigest digest = digest();
        digest.update(LEAF);
        return digest.digest(entry);
    }

    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = digest();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
