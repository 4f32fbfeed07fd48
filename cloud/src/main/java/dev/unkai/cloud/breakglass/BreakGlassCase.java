package dev.unkai.cloud.breakglass;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One access to a customer's project or to a host, from its request to its review.
 *
 * @param minutes how long it lasts from the approval on
 * @param decided who granted or refused it, or took it back
 * @param endsAt when it ends or has ended; null unless it was granted
 * @param ended who ended it early
 */
public record BreakGlassCase(
        UUID id,
        Subject subject,
        String reason,
        String ticket,
        int minutes,
        Person requested,
        Instant requestedAt,
        @Nullable Person decided,
        @Nullable Instant decidedAt,
        @Nullable Instant endsAt,
        @Nullable Person ended,
        @Nullable Person reviewed,
        @Nullable Instant reviewedAt,
        @Nullable String reviewNote,
        State state) {
    /** Somebody with the name that he had then. */
    public record Person(String id, String name) {}

    /** What it is for. */
    public sealed interface Subject {
        /** As people call it. */
        String name();
    }

    /** A customer's project. */
    public record OfProject(String id) implements Subject {
        @Override
        public String name() {
            return id;
        }
    }

    /** A host, with the name that it had then, and the guests on it as far as the host's work goes. */
    public record OfHost(UUID id, String name) implements Subject {}

    /** Where it stands. */
    public enum State {
        /** Waits for a second person, for a day. */
        REQUESTED,
        /** Nobody approved it in time. */
        LAPSED,
        /** Refused, or taken back. */
        DECLINED,
        RUNNING,
        /** Over; a third person has to look at what was done. */
        REVIEW_DUE,
        REVIEWED
    }
}
