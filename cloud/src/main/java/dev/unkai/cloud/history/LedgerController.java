package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.base.proof.LedgerKey;
import dev.unkai.base.proof.Round;
import dev.unkai.base.proof.Sha256;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The ledger as everybody sees it: its public key and the rounds it has published, which tell nothing of any customer. And, for the provider, how it is. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/ledger")
final class LedgerController {
    private static final int MOST = 100;

    private final LedgerReader ledger;
    private final PublishedLedger published;

    LedgerController(LedgerReader ledger, PublishedLedger published) {
        this.ledger = ledger;
        this.published = published;
    }

    /** Rounds, newest first; hashes and signatures are base64. */
    record Rounds(@Shape(value = Round.class, list = true) JsonNode rounds) {}

    /**
     * The key that signs heads and rounds (Ed25519).
     *
     * @param sha256 of the key's DER form, in hexadecimal, by which people compare it
     */
    record Key(String pem, String sha256) {}

    /**
     * How often and when the auditor has read everything again, and what it found, newest first.
     *
     * @param lastPass null: it has not come through yet
     * @param events how many it has read
     */
    record Audit(long passes, @Nullable Instant lastPass, long events, List<Finding> findings) {}

    /**
     * Something that is not as it was written.
     *
     * @param log whose history: a project's id or {@code provider}; or {@code rounds} or {@code clock}
     * @param place in the history, or number of the round; null for the clock
     * @param message id of the message that it was written with
     * @param sentence in English
     * @param sentenceJa in Japanese; null of what an earlier version found
     */
    record Finding(
            Instant found,
            String kind,
            String log,
            @Nullable Long place,
            @Nullable String message,
            Map<String, String> facts,
            String sentence,
            @Nullable String sentenceJa) {}

    /** @param before only rounds of a lower number */
    @Allow(Allow.PUBLIC)
    @GetMapping("/rounds")
    Rounds rounds(@RequestParam(required = false) @Nullable Long before, @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("\"limit\" is a number from 1 to " + MOST + ".");
        }
        return published.answer(
                "rounds " + before + " " + limit, Rounds.class, () -> new Rounds(ledger.rounds(before, limit)));
    }

    /** The key that signs heads and rounds. */
    @Allow(Allow.PUBLIC)
    @GetMapping("/key")
    Key key() {
        return published.answer("key", Key.class, () -> {
            String pem = ledger.key();
            return new Key(
                    pem,
                    HexFormat.of()
                            .formatHex(Sha256.of(LedgerKey.parse(pem).key().getEncoded())));
        });
    }

    /** How often and when the auditor has read everything again, and what it found. */
    @Shape(Audit.class)
    @Allow("ledger:audit:show")
    @GetMapping("/audit")
    JsonNode audit(Caller caller) {
        return ledger.audit();
    }
}
