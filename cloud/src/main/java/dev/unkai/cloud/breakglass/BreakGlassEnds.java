package dev.unkai.cloud.breakglass;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says in the customer's history that an access has ended by itself, and alarms while its review is due. The access itself ends without this, by the
 * time.
 */
@Component
class BreakGlassEnds implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(BreakGlassEnds.class);
    /** How long a review may wait before somebody is reminded, and how often from then on is in the query. */
    private static final Duration TIME_TO_REVIEW = Duration.ofHours(24);

    private final Transactions transactions;
    private final BreakGlassStore store;
    private final Clock clock;

    BreakGlassEnds(Transactions transactions, BreakGlassStore store, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "break-glass";
    }

    @Override
    public String channel() {
        return "break-glass";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean step() {
        transactions.doAsSystem(db -> {
            for (BreakGlassCase ended : store.endedUnsaid(db)) {
                db.record(
                        CadfEvent.bySystem("cloud", "break-glass/end", BreakGlass.target(ended), clock.instant(), null)
                                .with(Map.of("operator", ended.requested().name(), "reason", ended.reason())));
            }
            for (BreakGlassCase late : store.overdue(db, TIME_TO_REVIEW)) {
                log.error(
                        "ALARM the break-glass access {} of {} to project {} ended at {} and waits for its review",
                        late.id(),
                        late.requested().name(),
                        late.project(),
                        late.endsAt());
                db.record(CadfEvent.bySystem(
                                "cloud", "break-glass/overdue", BreakGlass.target(late), clock.instant(), null)
                        .with(Map.of("operator", late.requested().name())));
            }
        });
        return false;
    }
}
