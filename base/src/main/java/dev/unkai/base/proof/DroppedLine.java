package dev.unkai.base.proof;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The line of an event that was dropped when it had been kept long enough: {@code {"place":p,"dropped":"class/month","hash":"…","proof":["…"]}}. It shows that there
 * was one and that its place is no other's; not what it said.
 *
 * @param month the class and month with which it went
 * @param hash of its leaf
 */
public record DroppedLine(long place, String month, byte[] hash, List<byte[]> proof) {
    private static final Pattern MONTH = Pattern.compile("[a-z]{1,32}/[0-9]{4}-[0-9]{2}");

    /** Whether it looks like one rather than like an event's. */
    static boolean looksLike(String line) {
        int at = line.indexOf(',');
        return at > 0 && line.startsWith(",\"dropped\":", at);
    }

    /** Throws IllegalArgumentException when it is not such a line. */
    public static DroppedLine parse(String line) {
        try {
            JsonNode json = HistoryHead.JSON.readTree(line);
            HistoryHead.names(json, "place", "dropped", "hash", "proof");
            String month = json.path("dropped").stringValue("");
            if (!MONTH.matcher(month).matches()) {
                throw new IllegalArgumentException("no class and month");
            }
            return new DroppedLine(
                    HistoryHead.number(json.path("place")),
                    month,
                    HistoryHead.bytes(json.path("hash")),
                    HistoryHead.path(json.path("proof")));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Whether that head vouches for its place. */
    public boolean isIn(SignedHead head) {
        return MerkleProof.includes(head.root(), head.size(), place, hash, proof);
    }
}
