package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.evidence.Hold.Person;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's request for what is a customer's, from its receipt to its end.
 *
 * @param number ours, shown as {@code D-number}
 * @param mayTell whether the customer may be told
 * @param proposal what to answer, as one person proposes or, once decided, as two agreed
 * @param reason of the proposal
 * @param handedTo to whom the answer was handed; null: to nobody yet
 * @param toldAt when the customer was told
 * @param secretUntil he is not told before, as two people have decided; null: nothing forbids it for a time
 */
public record Disclosure(
        UUID id,
        long number,
        Request request,
        State state,
        boolean mayTell,
        Person recorded,
        Instant recordedAt,
        @Nullable Answer proposal,
        @Nullable String reason,
        @Nullable Person proposed,
        @Nullable Instant proposedAt,
        @Nullable Person decided,
        @Nullable Instant decidedAt,
        @Nullable UUID packageId,
        @Nullable String handedTo,
        @Nullable Instant handedAt,
        @Nullable Instant toldAt,
        @Nullable Instant secretUntil) {
    /**
     * What was asked.
     *
     * @param requester such as a court or a police station, with the person
     * @param theirNumber of their letter; may be empty
     * @param project the customer's
     * @param scope what of it, in words
     * @param from, to the time that it is about; null: open
     */
    public record Request(
            String requester,
            String theirNumber,
            Channel channel,
            Instant receivedAt,
            String legalBasis,
            String project,
            String scope,
            @Nullable Instant from,
            @Nullable Instant to) {
        /** Whether the same is asked of the same customer on the same ground: what an answer is about. */
        boolean asksTheSameAs(Request other) {
            return project.equals(other.project)
                    && legalBasis.equals(other.legalBasis)
                    && scope.equals(other.scope)
                    && Objects.equals(from, other.from)
                    && Objects.equals(to, other.to);
        }
    }

    /** The way by which a request came. */
    public enum Channel {
        LETTER,
        VISIT,
        MAIL,
        TELEPHONE,
        OTHER;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is answered. */
    public enum Answer {
        GRANTED,
        PARTLY,
        REFUSED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        State state() {
            return switch (this) {
                case GRANTED -> State.GRANTED;
                case PARTLY -> State.PARTLY;
                case REFUSED -> State.REFUSED;
            };
        }
    }

    /** Where it stands, and where it can go from there. */
    public enum State {
        RECEIVED,
        /** One person has proposed an answer; a second one has to agree. */
        PROPOSED,
        GRANTED,
        PARTLY,
        REFUSED,
        HANDED_OVER,
        CLOSED,
        /** Taken back by who had asked. */
        WITHDRAWN;

        private static final Map<State, Set<State>> NEXT = Map.of(
                RECEIVED, Set.of(PROPOSED, WITHDRAWN),
                PROPOSED, Set.of(RECEIVED, GRANTED, PARTLY, REFUSED, WITHDRAWN),
                GRANTED, Set.of(HANDED_OVER, WITHDRAWN),
                PARTLY, Set.of(HANDED_OVER, WITHDRAWN),
                REFUSED, Set.of(CLOSED),
                HANDED_OVER, Set.of(CLOSED),
                CLOSED, Set.of(),
                WITHDRAWN, Set.of());

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean leadsTo(State next) {
            return NEXT.getOrDefault(this, Set.of()).contains(next);
        }
    }

    public String reference() {
        return "D-" + number;
    }

    /** Throws a Refusal where a package of this project, of which the customer may or may not know, cannot be one for this request. */
    void requireFor(String project, boolean packageMayTell) {
        if (!project.equals(request.project())) {
            throw Refusal.invalid(reference() + " is about the project " + request.project()
                    + ", and the package about another one.");
        }
        if (packageMayTell && !mayTell) {
            throw Refusal.conflict("The customer may not be told of " + reference()
                    + ", so he may not know of a package for it either. Make the package with that.");
        }
        if (state == State.REFUSED || state == State.CLOSED || state == State.WITHDRAWN) {
            throw Refusal.conflict(reference() + " is " + state.wireName() + ": no package is added to it any more.");
        }
    }
}
