package dev.unkai.cloud.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the last look after the renewal of a certificate.
 *
 * @param at when; null: there was none yet
 * @param next when it is tried again after a failure; null: at its usual time
 */
public record RenewalAttempt(@Nullable Instant at, @Nullable Instant next, Optional<Failure> failure) {
    /**
     * Why there is no new certificate.
     *
     * @param reason a word that stands for the sentence, such as {@code names}
     * @param values what the sentence is about, in its order
     * @param detail the sentence in English
     */
    public record Failure(String reason, List<String> values, String detail) {}
}
