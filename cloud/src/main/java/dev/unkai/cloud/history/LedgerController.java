package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.proof.LedgerKey;
import dev.unkai.base.proof.Sha256;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.HexFormat;
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
    record Rounds(JsonNode rounds) {}

    /**
     * The key that signs heads and rounds (Ed25519).
     *
     * @param sha256 of the key's DER form, in hexadecimal, by which people compare it
     */
    record Key(String pem, String sha256) {}

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
    @Allow("ledger:audit:show")
    @GetMapping("/audit")
    JsonNode audit(Caller caller) {
        return ledger.audit();
    }
}
