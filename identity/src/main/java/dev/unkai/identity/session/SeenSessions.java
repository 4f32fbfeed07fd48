package dev.unkai.identity.session;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.web.Sightings;
import dev.unkai.web.Sightings.Sighting;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Writes down once a minute when sessions were last used, and forgets those that have ended. */
@Component
public final class SeenSessions implements Reconciler {
    private final Transactions transactions;
    private final SessionStore store;
    private final Sightings sightings;
    private final Clock clock;

    public SeenSessions(Transactions transactions, SessionStore store, Sightings sightings, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.sightings = sightings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "seen-sessions";
    }

    @Override
    public String channel() {
        return "seen-sessions";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        keep(sightings.take());
        transactions.doAsSystem(db -> store.forgetEnded(db, clock.instant()));
        return false;
    }

    void keep(List<Sighting> seen) {
        transactions.doAsSystem(db -> store.seen(db, seen, clock.instant()));
    }
}
