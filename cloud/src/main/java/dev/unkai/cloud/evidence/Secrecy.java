package dev.unkai.cloud.evidence;

import dev.unkai.cloud.evidence.Hold.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a customer is not told of a request before a day.
 *
 * @param ground the order or the law that forbids to tell
 * @param agreed the second person; null: it is not in force
 * @param ended who ended it before its day, or took it back
 */
public record Secrecy(
        UUID id,
        Instant until,
        String ground,
        Person asked,
        Instant askedAt,
        @Nullable Person agreed,
        @Nullable Instant agreedAt,
        @Nullable Person ended,
        @Nullable Instant endedAt,
        @Nullable String endReason) {
    /** No period is longer; a longer one takes another decision. */
    static final Duration LONGEST = Duration.ofDays(180);

    boolean waits(Instant now) {
        return agreed == null && ended == null && until.isAfter(now);
    }

    boolean isInForce(Instant now) {
        return agreed != null && ended == null && until.isAfter(now);
    }

    boolean isKnownTo(String user) {
        return asked.id().equals(user) || agreed != null && agreed.id().equals(user);
    }
}
