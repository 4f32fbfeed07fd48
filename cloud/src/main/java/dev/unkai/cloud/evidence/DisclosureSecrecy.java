package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.evidence.Disclosure.State;
import dev.unkai.cloud.evidence.store.SecrecyStore;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * That a customer is not told of a request before a day (0075): two officers decide it, each step stands in the provider's history and in the register, and it ends by itself. What it
 * lets be done is one thing: memory and disk of a package for this very request, without an access in the customer's history; {@link SecrecyEnds} tells that history afterwards.
 */
@Component
public class DisclosureSecrecy {
    static final String CHANNEL = "disclosure_secrecy";

    private static final EnumSet<State> OVER = EnumSet.of(State.REFUSED, State.CLOSED, State.WITHDRAWN);

    private final DisclosureSteps steps;
    private final SecrecyStore store;
    private final Clock clock;

    DisclosureSecrecy(DisclosureSteps steps, SecrecyStore store, Clock clock) {
        this.steps = steps;
        this.store = store;
        this.clock = clock;
    }

    /** @param ground the order or the law that forbids to tell, with its date */
    public Disclosure ask(Caller caller, UUID id, Instant until, String ground) {
        People.refuseDelegated(caller);
        Instant now = clock.instant();
        if (!until.isAfter(now) || until.isAfter(now.plus(Secrecy.LONGEST))) {
            throw Refusal.invalid("\"until\" has to be a time within the next " + Secrecy.LONGEST.toDays()
                    + " days. A longer period takes another decision when this one ends.");
        }
        return steps.take(caller, id, "disclosure/ask-secrecy", DisclosureSecrecy::requireOpen, (db, before) -> {
            if (store.of(db, id).stream().anyMatch(one -> one.waits(now))) {
                throw Refusal.conflict(
                        "Somebody has asked for that already. A second security officer agrees or takes it back.");
            }
            store.ask(db, id, until, ground, People.of(caller));
            return Map.of("until", until.toString(), "ground", ground);
        });
    }

    private static void requireOpen(Disclosure before) {
        if (before.mayTell()) {
            throw Refusal.conflict(
                    "The customer may be told of this request. If that is no longer so, change it first, with the reason.");
        }
        if (OVER.contains(before.state())) {
            throw Refusal.conflict("The request is " + before.state().wireName() + ".");
        }
    }

    /** The second person agrees; in force with the commit. */
    public Disclosure agree(Caller caller, UUID id) {
        People.refuseDelegated(caller);
        return steps.take(caller, id, "disclosure/agree-secrecy", DisclosureSecrecy::requireOpen, (db, before) -> {
            Secrecy wanted = store.of(db, id).stream()
                    .filter(one -> one.waits(clock.instant()))
                    .findFirst()
                    .orElseThrow(() -> Refusal.conflict("Nobody has asked that the customer is not told."));
            if (wanted.asked().id().equals(caller.user())) {
                throw Refusal.forbidden("Nobody agrees to his own wish. Ask a second security officer.");
            }
            store.agree(db, wanted.id(), People.of(caller));
            return Map.of("until", wanted.until().toString(), "ground", wanted.ground());
        });
    }

    /** Ends it before its day, or takes back what nobody has agreed to; what is owed to the customer's history comes into it within seconds. */
    public Disclosure end(Caller caller, UUID id, String reason) {
        People.refuseDelegated(caller);
        return steps.take(caller, id, "disclosure/end-secrecy", _ -> {}, (db, before) -> {
            Instant now = clock.instant();
            if (store.of(db, id).stream().noneMatch(one -> one.waits(now) || one.isInForce(now))) {
                throw Refusal.conflict("Nothing forbids to tell the customer for a time.");
            }
            store.end(db, id, People.of(caller), reason);
            db.wake(CHANNEL);
            return Map.of("reason", reason);
        });
    }

    /**
     * Whether memory and disk for this request may be secured without an access in the customer's history: two have decided to grant the request, two that the customer is not
     * told for a time, and the caller is one of these. Throws a Refusal where a period is in force and the rest is not so.
     */
    boolean covers(Db db, Caller caller, Disclosure request) {
        Instant now = clock.instant();
        List<Secrecy> inForce = store.of(db, request.id()).stream()
                .filter(one -> one.isInForce(now))
                .toList();
        if (inForce.isEmpty()) {
            return false;
        }
        if (request.state() != State.GRANTED && request.state() != State.PARTLY) {
            throw Refusal.conflict(
                    request.reference() + " is " + request.state().wireName()
                            + ". Memory and disk are secured for a request that two security officers have decided to grant.");
        }
        if (inForce.stream().noneMatch(one -> one.isKnownTo(caller.user()))) {
            throw Refusal.forbidden("The customer is not told of " + request.reference()
                    + " for a time. Only the officers who have decided that secure memory and disk for it.");
        }
        return true;
    }
}
