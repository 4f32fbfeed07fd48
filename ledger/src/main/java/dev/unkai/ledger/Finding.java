package dev.unkai.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found. It is told in the languages of the service from {@code message} and {@code facts}; one that was stored by an earlier version has its English sentence alone.
 *
 * @param log or the source, or {@code rounds} or {@code clock}
 * @param place in the log, position of the source or number of the round; null for the clock
 * @param sentence in English
 * @param sentenceJa in Japanese, or null
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Finding(
        Instant found,
        String kind,
        String log,
        @Nullable Long place,
        @Nullable String message,
        Map<String, String> facts,
        String sentence,
        @Nullable String sentenceJa) {
    Finding {
        facts = Map.copyOf(facts);
    }
}
