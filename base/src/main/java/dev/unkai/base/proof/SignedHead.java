package dev.unkai.base.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What the ledger vouches for: at that time, that log had so many events with that root (a signed tree head, RFC 9162 section 4.10, with a text
 * of our own that {@code openssl pkeyutl -verify} can check).
 *
 * @param previous the {@link #hash} of the log's head before, {@link #NONE} for the first
 * @param signature Ed25519 (RFC 8032) of the text
 */
public record SignedHead(String log, long size, byte[] root, Instant time, byte[] previous, byte[] signature) {
    /** What the first of a chain names as its predecessor. */
    public static final byte[] NONE = new byte[Sha256.BYTES];

    private static final String FORM = "unkai-head/1";

    /** Signs a head. */
    @FunctionalInterface
    public interface Signer {
        byte[] sign(byte[] text);
    }

    public static SignedHead sign(String log, long size, byte[] root, Instant time, byte[] previous, Signer signer) {
        return new SignedHead(log, size, root, time, previous, signer.sign(text(log, size, root, time, previous)));
    }

    /** What is signed: six lines of text, hashes in hexadecimal, the time in microseconds since 1970. */
    public byte[] text() {
        return text(log, size, root, time, previous);
    }

    /** What the following head names as its predecessor: over text and signature, so that one signature vouches for all before it. */
    public byte[] hash() {
        return Sha256.of(text(), signature);
    }

    private static byte[] text(String log, long size, byte[] root, Instant time, byte[] previous) {
        HexFormat hex = HexFormat.of();
        return String.join(
                        "\n",
                        FORM,
                        log,
                        String.valueOf(size),
                        hex.formatHex(root),
                        String.valueOf(EventLeaf.micros(time)),
                        hex.formatHex(previous),
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
