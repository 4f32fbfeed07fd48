package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.Hold.State;
import dev.unkai.cloud.evidence.Hold.Thing;
import dev.unkai.cloud.evidence.store.HoldStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Evidence holds (16.1.7): a security officer makes one, which is in force at once; a second one confirms it. To end it early takes two as well. What
 * keeps held things from going is in the database itself (V810), where every way of deletion comes by.
 */
@Component
public class Holds {
    public static final String KIND = "evidence/hold";
    /** Wakes what tells the other processes. */
    static final String CHANNEL = "evidence_hold";

    private final Transactions transactions;
    private final HoldStore store;
    private final Clock clock;

    Holds(Transactions transactions, HoldStore store, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.clock = clock;
    }

    /**
     * What is to be held.
     *
     * @param project whose; null where logs and backups of the provider are held alone
     * @param things none where {@code everything} is held
     * @param endsAt null: until it is ended
     */
    public record Wanted(
            String reference,
            @Nullable String project,
            boolean everything,
            List<Thing> things,
            String reason,
            String authority,
            boolean mayTell,
            @Nullable Instant endsAt) {}

    /** Newest first, 500 at most, by words in case number, reason, authority, customer and things. */
    public List<Hold> list(Caller caller, HoldStore.Search search) {
        return transactions.asCaller(caller, db -> store.list(db, search));
    }

    public Hold show(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> store.find(db, id).orElseThrow(Holds::unknown));
    }

    /** From the commit on nothing of it goes, in every process. */
    public Hold make(Caller caller, Wanted wanted) {
        People.refuseDelegated(caller);
        if (wanted.endsAt() != null && !wanted.endsAt().isAfter(clock.instant())) {
            throw Refusal.invalid("\"endsAt\" lies in the past.");
        }
        UUID id = UUID.randomUUID();
        return transactions.asCaller(caller, db -> {
            store.awaitDeletions(db);
            List<Thing> named = new LinkedHashSet<>(wanted.things())
                    .stream().map(thing -> known(db, wanted.project(), thing)).toList();
            store.insert(db, id, wanted, named, People.of(caller));
            Hold made = held(db, id);
            record(db, caller, "evidence-hold/make", made);
            db.wake(CHANNEL);
            return made;
        });
    }

    private Thing known(Db db, @Nullable String project, Thing thing) {
        if (thing.kind().table().isEmpty()) {
            return thing;
        }
        if (project == null) {
            throw Refusal.invalid("Name the customer's project whose things are to be held.");
        }
        return store.named(db, project, thing)
                .orElseThrow(() ->
                        Refusal.invalid("The project has no " + thing.kind().wireName() + " " + thing.id() + "."));
    }

    /** The second person agrees that it is held. */
    public Hold confirm(Caller caller, UUID id) {
        People.refuseDelegated(caller);
        return transactions.asCaller(caller, db -> {
            Hold hold = held(db, id);
            if (hold.state() != State.PROVISIONAL) {
                throw Refusal.conflict(
                        hold.state().inForce()
                                ? "The hold is confirmed already."
                                : "The hold has ended. Make a new one if it is still needed.");
            }
            if (hold.made().id().equals(caller.user())) {
                throw Refusal.forbidden("Nobody confirms his own hold. Ask a second security officer.");
            }
            store.confirm(db, id, People.of(caller));
            return changed(db, caller, "evidence-hold/confirm", id);
        });
    }

    /**
     * Asks for its end, or agrees to what another officer has asked for. One that is not confirmed yet ends at once: it is taken back, or refused
     * by the second person.
     */
    public Hold end(Caller caller, UUID id, String reason) {
        People.refuseDelegated(caller);
        return transactions.asCaller(caller, db -> {
            Hold hold = held(db, id);
            Person asked = hold.endAsked();
            if (!hold.state().inForce()) {
                throw Refusal.conflict("The hold has ended already.");
            }
            if (hold.state() == State.PROVISIONAL) {
                store.askEnd(db, id, People.of(caller), reason);
                store.end(db, id, People.of(caller));
                return changed(db, caller, "evidence-hold/end", id);
            }
            if (asked == null) {
                store.askEnd(db, id, People.of(caller), reason);
                return changed(db, caller, "evidence-hold/ask-end", id);
            }
            if (asked.id().equals(caller.user())) {
                throw Refusal.forbidden(
                        "You have asked for the end of this hold. A second security officer has to agree.");
            }
            store.end(db, id, People.of(caller));
            return changed(db, caller, "evidence-hold/end", id);
        });
    }

    /** It shall not end after all. */
    public Hold keep(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            if (held(db, id).state() != State.ENDING) {
                throw Refusal.conflict("Nobody has asked for the end of this hold.");
            }
            store.keep(db, id);
            return changed(db, caller, "evidence-hold/keep", id);
        });
    }

    /** From now on the customer may know of it; what was done so far stands in the provider's history alone. */
    public Hold open(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            if (held(db, id).mayTell()) {
                throw Refusal.conflict("The customer may know of this hold already.");
            }
            store.open(db, id);
            return changed(db, caller, "evidence-hold/open", id);
        });
    }

    private Hold changed(Db db, Caller caller, String action, UUID id) {
        Hold now = held(db, id);
        record(db, caller, action, now);
        db.wake(CHANNEL);
        return now;
    }

    private Hold held(Db db, UUID id) {
        return store.lock(db, id).orElseThrow(Holds::unknown);
    }

    private static Refusal unknown() {
        return Refusal.notFound("There is no such hold.");
    }

    private void record(Db db, Caller caller, String action, Hold about) {
        db.record(CadfEvent.by(caller, action, target(about), clock.instant()).with(facts(about)));
    }

    static CadfEvent.Target target(Hold about) {
        return new CadfEvent.Target(about.id().toString(), KIND, about.reference(), about.history());
    }

    static Map<String, String> facts(Hold about) {
        Map<String, String> facts = new HashMap<>();
        facts.put("reason", about.reason());
        facts.put("authority", about.authority());
        facts.put("customer", about.project() == null ? "" : about.project());
        facts.put("ends_at", about.endsAt() == null ? "" : about.endsAt().toString());
        facts.put(
                "things",
                about.everything()
                        ? "everything"
                        : about.things().stream()
                                .map(thing -> thing.kind().wireName() + " " + thing.id())
                                .collect(Collectors.joining(", ")));
        if (about.endReason() != null) {
            facts.put("end_reason", about.endReason());
        }
        return facts;
    }
}
