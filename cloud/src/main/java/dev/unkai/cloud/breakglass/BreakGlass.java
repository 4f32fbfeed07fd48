package dev.unkai.cloud.breakglass;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.breakglass.BreakGlassCase.OfProject;
import dev.unkai.cloud.breakglass.BreakGlassCase.Person;
import dev.unkai.cloud.breakglass.BreakGlassCase.State;
import dev.unkai.cloud.breakglass.BreakGlassCase.Subject;
import dev.unkai.cloud.breakglass.BreakGlassEvents.Step;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Break-glass: an operator asks to act in a customer's project or on a host, a second person grants it for a time, a third one reviews what
 * was done. Each step stands in the customer's history; of a host, in that of each customer who has servers there.
 */
@Component
public class BreakGlass {
    private final Transactions transactions;
    private final BreakGlassStore store;
    private final BreakGlassSetting setting;
    private final HostGrants hosts;
    private final BreakGlassEvents events;

    BreakGlass(
            Transactions transactions,
            BreakGlassStore store,
            BreakGlassSetting setting,
            HostGrants hosts,
            BreakGlassEvents events) {
        this.transactions = transactions;
        this.store = store;
        this.setting = setting;
        this.hosts = hosts;
        this.events = events;
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
        if (project.equals(caller.project())) {
            throw Refusal.invalid("This is your own project: you need no break-glass access to it.");
        }
        return request(caller, _ -> new OfProject(project), reason, ticket, minutes);
    }

    /** @param minutes 5 to 480 */
    public BreakGlassCase request(Caller caller, UUID host, String reason, String ticket, int minutes) {
        return request(
                caller,
                db -> {
                    hosts.requireNobodysName(db, reason + " " + ticket);
                    return hosts.named(db, host);
                },
                reason,
                ticket,
                minutes);
    }

    private BreakGlassCase request(
            Caller caller, Function<Db, Subject> subject, String reason, String ticket, int minutes) {
        refuseDelegated(caller);
        UUID id = UUID.randomUUID();
        return transactions.asCaller(caller, db -> {
            store.insert(db, id, subject.apply(db), reason, ticket, minutes, person(caller));
            BreakGlassCase made = held(db, id);
            events.record(db, caller, Step.REQUEST, made, Map.of("minutes", String.valueOf(minutes)));
            return made;
        });
    }

    /** From the commit on the requester may act in the project, or on the host, in every process. */
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
            events.record(
                    db,
                    caller,
                    granted ? Step.APPROVE : Step.DECLINE,
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
            events.record(db, caller, Step.END, ended, Map.of());
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
            events.record(db, caller, Step.REVIEW, reviewed, Map.of("note", note));
            return reviewed;
        });
    }

    private BreakGlassCase held(Db db, UUID id) {
        return store.held(db, id).orElseThrow(() -> Refusal.notFound("There is no such request."));
    }

    /** What is lent to a program or to somebody else is not a person of its own. */
    static void refuseDelegated(Caller caller) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden("An application credential or a trust is no second person. Log in by password.");
        }
    }

    static Person person(Caller caller) {
        return new Person(caller.user(), caller.token().userName());
    }
}
