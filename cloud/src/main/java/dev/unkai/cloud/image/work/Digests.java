package dev.unkai.cloud.image.work;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Both checksums of a stream of bytes: MD5, which clients compare, and SHA-512, which Unkai relies on. */
final class Digests {
    private final MessageDigest md5 = digest("MD5");
    private final MessageDigest sha512 = digest("SHA-512");

    /** @param md5 and {@code sha512} in hexadecimal */
    record Result(String md5, String sha512) {}

    void add(byte[] buffer, int length) {
        md5.update(buffer, 0, length);
        sha512.update(buffer, 0, length);
    }

    Result result() {
        HexFormat hex = HexFormat.of();
        return new Result(hex.formatHex(md5.digest()), hex.formatHex(sha512.digest()));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no " + algorithm, e);
        }
    }
}
