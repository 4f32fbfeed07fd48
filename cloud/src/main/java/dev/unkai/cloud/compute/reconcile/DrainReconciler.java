package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.hosts.Drains;
import dev.unkai.cloud.hosts.Drains.Drain;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Hosts that are to be empty and are not → their guests' moves, one host at a time; several processes share the hosts by row locks. */
@Component
class DrainReconciler implements Reconciler {
    /** Seconds between two looks at a host whose guests are on their way, or cannot go. */
    private static final double LOOK = 1;

    /** Seconds between two looks at an empty one: a guest that was kept there to come back may have done so. */
    private static final double LOOK_AT_EMPTY = 5;

    private final Transactions transactions;
    private final Drains drains;
    private final DrainSteps steps;
    private final Clock clock;

    DrainReconciler(Transactions transactions, Drains drains, DrainSteps steps, Clock clock) {
        this.transactions = transactions;
        this.drains = drains;
        this.steps = steps;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "hosts to be emptied";
    }

    @Override
    public String channel() {
        return Drains.WAKE;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean step() {
        return transactions.asSystem(db -> {
            Optional<Drain> due = drains.due(db);
            due.ifPresent(drain -> next(db, drain));
            return due.isPresent();
        });
    }

    private void next(Db db, Drain drain) {
        DrainSteps.Step step = steps.next(db, drain);
        boolean empty = step == DrainSteps.Step.EMPTY;
        if (drains.empty(db, drain.id(), empty) && empty) {
            db.record(CadfEvent.bySystem(
                    "cloud",
                    "drain/emptied",
                    new CadfEvent.Target(drain.hostId().toString(), "compute/host", drain.hostName(), null),
                    clock.instant(),
                    null));
        }
        drains.lookAgain(
                db,
                drain.id(),
                switch (step) {
                    case BEGUN -> 0;
                    case WAITS -> LOOK;
                    case EMPTY -> LOOK_AT_EMPTY;
                });
    }
}
