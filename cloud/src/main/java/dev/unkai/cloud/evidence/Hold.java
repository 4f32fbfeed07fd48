package dev.unkai.cloud.evidence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to stay as it is, by whose authority and until when.
 *
 * @param reference the case's number
 * @param project whose things; null for the provider's own logs and backups
 * @param everything all that the project has and will have; otherwise {@code things}
 * @param mayTell whether the customer may know of it
 * @param endsAt when it ends by itself; null: until it is ended
 * @param confirmed the second person, or null: it is in force and lapses after three days
 * @param endAsked who wants to end it, or null
 * @param ended who agreed to its end, or took it back; null also when it ended by itself
 */
public record Hold(
        UUID id,
        String reference,
        @Nullable String project,
        boolean everything,
        List<Thing> things,
        String reason,
        String authority,
        boolean mayTell,
        @Nullable Instant endsAt,
        Person made,
        Instant madeAt,
        @Nullable Person confirmed,
        @Nullable Instant confirmedAt,
        @Nullable Person endAsked,
        @Nullable Instant endAskedAt,
        @Nullable String endReason,
        @Nullable Person ended,
        @Nullable Instant endedAt,
        State state) {
    public Hold {
        things = List.copyOf(things);
    }

    /** Somebody with the name that he had then. */
    public record Person(String id, String name) {}

    /** Something that is held. */
    public record Thing(ThingKind kind, String id, @Nullable String name) {}

    /** Where it stands. */
    public enum State {
        /** In force; waits for a second person, for three days. */
        PROVISIONAL,
        IN_FORCE,
        /** In force; one person wants to end it, a second one has to agree. */
        ENDING,
        ENDED,
        /** Ended by itself, at its time. */
        OVER,
        /** Nobody confirmed it in time. */
        LAPSED;

        public boolean inForce() {
            return this == PROVISIONAL || this == IN_FORCE || this == ENDING;
        }
    }

    /** In whose history its steps stand: the customer's where he may know of it, else the provider's alone. */
    @Nullable
    String history() {
        return mayTell ? project : null;
    }
}
