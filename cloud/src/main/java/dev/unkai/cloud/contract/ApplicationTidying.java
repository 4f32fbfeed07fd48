package dev.unkai.cloud.contract;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.contract.Application.State;
import dev.unkai.cloud.contract.store.ApplicationStore;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Applications that nobody goes on with: what was not verified goes after two days, what nobody agreed to lapses, what was declined goes after a year. */
@Component
final class ApplicationTidying implements Reconciler {
    /** How long the applicant may think about the texts. */
    static final Duration PATIENCE = Duration.ofDays(30);

    /** Longer than its link lasts, and long enough to count for the limits. */
    private static final Duration UNVERIFIED = Duration.ofDays(2);

    private static final Duration DECLINED = Duration.ofDays(365);

    private final Transactions transactions;
    private final ApplicationStore store;
    private final Clock clock;

    ApplicationTidying(Transactions transactions, ApplicationStore store, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "old applications";
    }

    @Override
    public String channel() {
        return "application";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(10);
    }

    @Override
    public boolean step() {
        return transactions.asSystem(this::tidy);
    }

    private boolean tidy(Db db) {
        Instant now = clock.instant();
        boolean some = false;
        for (Application application : store.resting(db, State.APPROVED, now.minus(PATIENCE))) {
            store.state(db, application.id(), State.LAPSED, now);
            store.step(db, application.id(), "lapsed", null, now);
            record(db, "disable", application, now);
            some = true;
        }
        some |= delete(db, State.UNVERIFIED, now.minus(UNVERIFIED), now);
        for (State declined : new State[] {State.REFUSED, State.WITHDRAWN, State.LAPSED}) {
            some |= delete(db, declined, now.minus(DECLINED), now);
        }
        return some;
    }

    private boolean delete(Db db, State state, Instant before, Instant now) {
        var old = store.resting(db, state, before);
        for (Application application : old) {
            store.delete(db, application.id());
            record(db, "delete", application, now);
        }
        return !old.isEmpty();
    }

    private static void record(Db db, String action, Application application, Instant now) {
        db.record(CadfEvent.bySystem("cloud", action, Applications.target(application), now, null));
    }
}
