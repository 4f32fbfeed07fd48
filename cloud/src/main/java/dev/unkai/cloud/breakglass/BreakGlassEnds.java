package dev.unkai.cloud.breakglass;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.breakglass.BreakGlassEvents.Step;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says in the customer's history that an access has ended by itself, or that one to a host runs on which its first server has just come, and alarms while its review is due. The access itself ends without this, by the
 * time.
 */
@Component
class BreakGlassEnds implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(BreakGlassEnds.class);
    /** How long a review may wait before somebody is reminded, and how often from then on is in the query. */
    private static final Duration TIME_TO_REVIEW = Duration.ofHours(24);

    private final Transactions transactions;
    private final BreakGlassStore store;
    private final HostGrants hosts;
    private final BreakGlassEvents events;
    private final HostLogIns logIns;

    BreakGlassEnds(
            Transactions transactions,
            BreakGlassStore store,
            HostGrants hosts,
            BreakGlassEvents events,
            HostLogIns logIns) {
        this.transactions = transactions;
        this.store = store;
        this.hosts = hosts;
        this.events = events;
        this.logIns = logIns;
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
            logIns.remind(db);
            hosts.running(db).forEach(one -> events.recordToNewcomers(db, one));
            for (BreakGlassCase ended : store.endedUnsaid(db)) {
                events.recordBySystem(
                        db,
                        Step.END,
                        ended,
                        Map.of("operator", ended.requested().name()));
            }
            for (BreakGlassCase late : store.overdue(db, TIME_TO_REVIEW)) {
                log.error(
                        "ALARM the break-glass access {} of {} to {} ended at {} and waits for its review",
                        late.id(),
                        late.requested().name(),
                        late.subject().name(),
                        late.endsAt());
                events.recordBySystem(
                        db,
                        Step.OVERDUE,
                        late,
                        Map.of("operator", late.requested().name()));
            }
        });
        return false;
    }
}
