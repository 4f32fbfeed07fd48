package dev.unkai.cloud.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * How long the events of each class are kept (12.4.1), for the provider's people. The ledger decides and records it; what is here is who may ask.
 */
@RestController
@ServiceApi
@RequestMapping("/service/v1/history/retention")
final class RetentionController {
    private static final List<String> CLASSES = List.of("access", "security", "platform", "operation");
    private static final int LEAST_DAYS = 30;
    private static final int MOST_DAYS = 36_500;
    private static final int LONGEST = 1_000;

    private final LedgerReader ledger;

    RetentionController(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /** @param days from now on; what is older goes within hours, unless it is held */
    record Wanted(
            @Needed @Nullable Integer days,
            @Needed @Nullable String reason) {}

    /** How each class is kept. */
    record Listing(List<Kept> classes) {}

    /**
     * How one class of events is kept.
     *
     * @param oldest when its oldest event that is there was received; null: there is none
     * @param nextDrop when its oldest month goes, unless it is held
     * @param held ids of the evidence holds on some of it
     */
    record Kept(
            @JsonProperty("class") @OneOf({"access", "security", "platform", "operation"})
            String about,

            int days,
            int leastDays,
            @Nullable Instant oldest,
            @Nullable Instant nextDrop,
            List<String> held) {}

    /** How long the events of each class are kept. */
    @Shape(Listing.class)
    @Allow("history:retention:show")
    @GetMapping
    JsonNode all(Caller caller) {
        return ledger.retention();
    }

    /** Keeps the events of a class for so many days from now on. */
    @Shape(Listing.class)
    @Allow("history:retention:change")
    @PutMapping("/{about}")
    JsonNode keep(Caller caller, @PathVariable String about, @RequestBody Wanted wanted) {
        if (!CLASSES.contains(about)) {
            throw Refusal.notFound(
                    "There is no such class of events. The classes are: " + String.join(", ", CLASSES) + ".");
        }
        if (wanted.days() == null || wanted.days() < LEAST_DAYS || wanted.days() > MOST_DAYS) {
            throw Refusal.invalid("\"days\" is a number from " + LEAST_DAYS + " to " + MOST_DAYS + ".");
        }
        if (wanted.reason() == null
                || wanted.reason().isBlank()
                || wanted.reason().length() > LONGEST) {
            throw Refusal.invalid("\"reason\" is 1 to " + LONGEST + " characters.");
        }
        return ledger.keep(
                about, wanted.days(), wanted.reason(), caller.token().userName() + " (" + caller.user() + ")");
    }
}
