package dev.unkai.base.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The line of one event: {@code {"place":p,"received":"…Z","proof":["…"],"event":…}}. The event stands last, so that its exact bytes, which are what
 * is hashed, are found without reading it.
 *
 * @param event its JSON text as the ledger stores it
 */
public record HistoryLine(long place, Instant received, List<byte[]> proof, String event) {
    private static final String EVENT = ",\"event\":";

    /** Throws IllegalArgumentException when it is not such a line. */
    public static HistoryLine parse(String line) {
        int at = line.indexOf(EVENT);
        if (at < 0 || !line.endsWith("}")) {
            throw new IllegalArgumentException("no event");
        }
        try {
            JsonNode before = HistoryHead.JSON.readTree(line.substring(0, at) + "}");
            HistoryHead.names(before, "place", "received", "proof");
            return new HistoryLine(
                    HistoryHead.number(before.path("place")),
                    HistoryHead.time(before.path("received")),
                    HistoryHead.path(before.path("proof")),
                    line.substring(at + EVENT.length(), line.length() - 1));
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Whether that head vouches for it. */
    public boolean isIn(SignedHead head) {
        byte[] hash = new EventLeaf(head.log(), place, received, event).hash();
        return MerkleProof.includes(head.root(), head.size(), place, hash, proof);
    }
}
