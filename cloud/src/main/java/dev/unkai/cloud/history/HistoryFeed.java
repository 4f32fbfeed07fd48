package dev.unkai.cloud.history;

import dev.unkai.base.proof.EventLeaf;
import dev.unkai.base.proof.LedgerKey;
import dev.unkai.base.proof.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A history in the order in which it happened, for who hands it on, and the rounds that are published. While the ledger does not answer, all of it is a refusal. */
@Component
public class HistoryFeed {
    private final LedgerReader ledger;

    HistoryFeed(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /**
     * An event at its place.
     *
     * @param json its text, byte by byte as it is hashed
     */
    public record Fed(String log, long place, Instant received, String json) {
        /** The hash of its leaf in the tree of that history, in hexadecimal. */
        public String hash() {
            return HexFormat.of().formatHex(new EventLeaf(log, place, received, json).hash());
        }
    }

    /** The place that the next event of that history will have. */
    public long end(String log) {
        List<JsonNode> newest = ledger.events(log, Wanted.EVERYTHING, null, 1);
        return newest.isEmpty() ? 0 : newest.getFirst().path("place").longValue() + 1;
    }

    /**
     * The events from one place up to, and without, another, in their order; without those that are not kept any more.
     *
     * @param end at most 1,000 places after {@code from}
     */
    public List<Fed> read(String log, long from, long end) {
        List<Fed> events = new ArrayList<>();
        if (end > from) {
            for (JsonNode stored : ledger.events(log, Wanted.EVERYTHING, end, Math.toIntExact(end - from))) {
                long place = stored.path("place").longValue();
                if (place >= from) {
                    events.add(new Fed(
                            log,
                            place,
                            Instant.parse(stored.path("received").asString()),
                            stored.path("json").asString()));
                }
            }
        }
        Collections.reverse(events);
        return events;
    }

    /**
     * A published round.
     *
     * @param root in hexadecimal
     * @param signature base64
     * @param key SHA-256 of the signing key's DER form, in hexadecimal
     */
    public record Published(long number, Instant time, String root, String signature, String key) {}

    /** The newest round; empty before the first. Throws Refusal unavailable. */
    public Optional<Published> newestRound() {
        JsonNode round = ledger.rounds(null, 1).path(0);
        if (round.isMissingNode()) {
            return Optional.empty();
        }
        byte[] key = Sha256.of(LedgerKey.parse(ledger.key()).key().getEncoded());
        return Optional.of(new Published(
                round.path("number").longValue(),
                Instant.parse(round.path("time").asString()),
                HexFormat.of()
                        .formatHex(Base64.getDecoder().decode(round.path("root").asString())),
                round.path("signature").asString(),
                HexFormat.of().formatHex(key)));
    }
}
