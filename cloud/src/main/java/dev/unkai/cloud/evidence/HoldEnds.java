package dev.unkai.cloud.evidence;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.evidence.store.HoldStore;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says that a hold has ended by itself, and alarms while one waits for its second person. The end itself comes without this, by the time. */
@Component
class HoldEnds implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(HoldEnds.class);

    private final Transactions transactions;
    private final HoldStore store;
    private final Clock clock;

    HoldEnds(Transactions transactions, HoldStore store, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "evidence holds that end";
    }

    @Override
    public String channel() {
        return Holds.CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        transactions.doAsSystem(db -> {
            for (Hold ended : store.endedUnsaid(db)) {
                String action = ended.state() == Hold.State.LAPSED ? "evidence-hold/lapse" : "evidence-hold/end";
                if (ended.state() == Hold.State.LAPSED) {
                    log.error(
                            "ALARM the evidence hold {} of {} was confirmed by nobody and has lapsed",
                            ended.reference(),
                            ended.made().name());
                }
                db.record(CadfEvent.bySystem("cloud", action, Holds.target(ended), clock.instant(), null)
                        .with(Holds.facts(ended)));
            }
            for (Hold late : store.unconfirmed(db)) {
                log.error(
                        "ALARM the evidence hold {} of {} waits for its confirmation by a second person since {}",
                        late.reference(),
                        late.made().name(),
                        late.madeAt());
            }
        });
        return false;
    }
}
