package dev.unkai.base.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What is published each minute, whether anything happened or not: a root over all heads signed since the round before, filled up with random leaves
 * and in an order by chance, so that it tells nobody how many customers there are or how much they do.
 *
 * @param previous the {@link #hash} of the round before, {@link SignedHead#NONE} for the first
 */
public record Round(long number, byte[] root, Instant time, byte[] previous, byte[] signature) {
    private static final String FORM = "unkai-round/1";

    public static Round sign(long number, byte[] root, Instant time, byte[] previous, SignedHead.Signer signer) {
        return new Round(number, root, time, previous, signer.sign(text(number, root, time, previous)));
    }

    /** The leaf by which a round holds a head; the random nonce hides which head it is from all who were not told. */
    public static byte[] leaf(byte[] nonce, SignedHead head) {
        return Sha256.leaf(nonce, head.text());
    }

    public byte[] text() {
        return text(number, root, time, previous);
    }

    /** What the following round names as its predecessor. */
    public byte[] hash() {
        return Sha256.of(text(), signature);
    }

    private static byte[] text(long number, byte[] root, Instant time, byte[] previous) {
        HexFormat hex = HexFormat.of();
        return String.join(
                        "\n",
                        FORM,
                        String.valueOf(number),
                        hex.formatHex(root),
                        String.valueOf(EventLeaf.micros(time)),
                        hex.formatHex(previous),
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
