package dev.unkai.base.proof;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * An event's entry in the journal, the tree over all histories: where it came from and which place it was given, in the ledger's own order.
 *
 * @param number in the whole ledger, from 0
 * @param source process and database that told of it
 * @param position in that source's order, from 1
 * @param hash of the event's {@link EventLeaf}
 */
public record JournalLeaf(long number, String source, long position, String log, long place, byte[] hash) {
    /** The journal's name among the logs. */
    public static final String LOG = "journal";

    private static final String FORM = "unkai-journal/1";

    public byte[] leafHash() {
        return Sha256.leaf(String.join(
                        "\n",
                        FORM,
                        String.valueOf(number),
                        source,
                        String.valueOf(position),
                        log,
                        String.valueOf(place),
                        HexFormat.of().formatHex(hash))
                .getBytes(StandardCharsets.UTF_8));
    }
}
