package dev.unkai.cloud.breakglass;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.breakglass.BreakGlassCase.Person;
import dev.unkai.cloud.breakglass.BreakGlassCase.State;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Break-glass: an operator asks to act in a customer's project, a second person grants it for a time, a third one reviews what
 * was done. Each step stands in the customer's history.
 */
@Component
public class BreakGlass {
    static final String KIND = "operation/break-glass";

    private final Transactions transactions;
    private final BreakGlassStore store;
    private final BreakGlassSetting setting;
    private final Clock clock;

    BreakGlass(Transactions transactions, BreakGlassStore store, BreakGlassSetting setting, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.setting = setting;
        this.clock = clock;
    }

    public BreakGlassSetting setting() {
        return setting;
    }

    /** Newest first, 500 at most. */
    public List<BreakGlassCase> list(Caller caller) {
        return transactions.asCaller(caller, store::list);
    }

    /** @param minutes 5 to 480 */
    public BreakGlassCase request(Caller caller, String project, String reason, String ticket, int minutes) {
        refuseDelegated(caller);
        if (project.equals(caller.project())) {
            throw Refusal.invalid("This is your own project: you need no break-glass access to it.");
        }
        UUID id = UUID.randomUUID();
        return transactions.asCaller(caller, db -> {
            store.insert(db, id, project, reason, ticket, minutes, person(caller));
            BreakGlassCase made = held(db, id);
            record(db, caller, "break-glass/request", made, Map.of("minutes", String.valueOf(minutes)));
            return made;
        });
    }

    /** From the commit on the requester may act in the project, in every process. */
    public BreakGlassCase approve(Caller caller, UUID id) {
        return decide(caller, id, true);
    }

    /** Refuses the request, or takes one's own back. */
    public BreakGlassCase decline(Caller caller, UUID id) {
        return decide(caller, id, false);
    }

    private BreakGlassCase decide(Caller caller, UUID id, boolean granted) {
        refuseDelegated(caller);
        return transactions.asCaller(caller, db -> {
            BreakGlassCase asked = held(db, id);
            if (asked.state() != State.REQUESTED) {
                throw Refusal.conflict(
                        asked.state() == State.LAPSED
                                ? "The request has lapsed: nobody approved it within a day. Ask again."
                                : "The request is decided already.");
            }
            if (granted && asked.requested().id().equals(caller.user())) {
                throw Refusal.forbidden("Nobody approves his own request. Ask a second person.");
            }
            store.decide(db, id, person(caller), granted);
            BreakGlassCase decided = held(db, id);
            record(
                    db,
                    caller,
                    granted ? "break-glass/approve" : "break-glass/decline",
                    decided,
                    granted
                            ? Map.of("operator", asked.requested().name(), "ends_at", String.valueOf(decided.endsAt()))
                            : Map.of());
            return decided;
        });
    }

    /** Ends a running access; anybody who may see it may. */
    public BreakGlassCase end(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            if (held(db, id).state() != State.RUNNING) {
                throw Refusal.conflict("The access does not run.");
            }
            store.end(db, id, person(caller));
            BreakGlassCase ended = held(db, id);
            record(db, caller, "break-glass/end", ended, Map.of());
            return ended;
        });
    }

    /** Signs that what was done was looked at. */
    public BreakGlassCase review(Caller caller, UUID id, String note) {
        refuseDelegated(caller);
        return transactions.asCaller(caller, db -> {
            BreakGlassCase over = held(db, id);
            if (over.state() != State.REVIEW_DUE) {
                throw Refusal.conflict(
                        over.state() == State.RUNNING
                                ? "The access runs still. Review it when it has ended."
                                : "There is nothing to review.");
            }
            Person decided = over.decided();
            if (over.requested().id().equals(caller.user())
                    || (decided != null && decided.id().equals(caller.user()))) {
                throw Refusal.forbidden(
                        "A third person reviews: neither who asked for the access nor who approved it.");
            }
            store.review(db, id, person(caller), note);
            BreakGlassCase reviewed = held(db, id);
            record(db, caller, "break-glass/review", reviewed, Map.of("note", note));
            return reviewed;
        });
    }

    private BreakGlassCase held(Db db, UUID id) {
        return store.held(db, id).orElseThrow(() -> Refusal.notFound("There is no such request."));
    }

    /** What is lent to a program or to somebody else is not a person of its own. */
    private static void refuseDelegated(Caller caller) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden("An application credential or a trust is no second person. Log in by password.");
        }
    }

    private static Person person(Caller caller) {
        return new Person(caller.user(), caller.token().userName());
    }

    private void record(Db db, Caller caller, String action, BreakGlassCase about, Map<String, String> more) {
        Map<String, String> facts = new java.util.HashMap<>(more);
        facts.put("reason", about.reason());
        facts.put("ticket", about.ticket());
        db.record(CadfEvent.by(caller, action, target(about), clock.instant()).with(facts));
    }

    static CadfEvent.Target target(BreakGlassCase about) {
        return new CadfEvent.Target(about.id().toString(), KIND, about.ticket(), about.project());
    }
}
