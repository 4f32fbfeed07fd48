package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.evidence.Disclosure.State;
import dev.unkai.cloud.evidence.store.DisclosureStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** A step of a request: its row, its line in the register and its event in the provider's history are one transaction. */
@Component
class DisclosureSteps {
    static final String KIND = "evidence/disclosure";

    private final Transactions transactions;
    private final DisclosureStore store;
    private final Clock clock;

    DisclosureSteps(Transactions transactions, DisclosureStore store, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.clock = clock;
    }

    /** Does what a step does to the row, and says what is to be noted of it. */
    interface Work {
        Map<String, String> on(Db db, Disclosure before);
    }

    /** @param check throws a Refusal where the step cannot be taken now */
    Disclosure take(Caller caller, UUID id, String action, Consumer<Disclosure> check, Work work) {
        return transactions.asCaller(caller, db -> {
            Disclosure before = store.lock(db, id).orElseThrow(DisclosureSteps::unknown);
            check.accept(before);
            return done(db, caller, id, action, work.on(db, before));
        });
    }

    Disclosure done(Db db, Caller caller, UUID id, String action, Map<String, String> facts) {
        store.note(db, id, People.of(caller), action, facts);
        Disclosure now = store.find(db, id).orElseThrow(DisclosureSteps::unknown);
        Map<String, String> told = new TreeMap<>(facts);
        told.put("customer", now.request().project());
        told.put("state", now.state().wireName());
        db.record(CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(id.toString(), KIND, now.reference(), null),
                        clock.instant())
                .with(told));
        return now;
    }

    static Consumer<Disclosure> leadingTo(State next) {
        return before -> {
            if (!before.state().leadsTo(next)) {
                throw Refusal.conflict(
                        "The request is " + before.state().wireName() + ": it cannot become " + next.wireName() + ".");
            }
        };
    }

    static Refusal unknown() {
        return Refusal.notFound("There is no such request in the register.");
    }
}
