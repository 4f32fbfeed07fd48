package dev.unkai.identity.viewing;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Records that a view as customer is over where nobody has ended it: its time has passed, its viewer logged out, or he lost the right. Its token is worth nothing
 * from then on by itself; here it is told. Rows are kept for as long as a token of theirs could be.
 */
@Component
final class ViewingEnds implements Reconciler {
    private static final Duration KEPT = Duration.ofDays(1);

    private final Transactions transactions;
    private final ViewingStore store;
    private final Clock clock;

    ViewingEnds(Transactions transactions, ViewingStore store, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "viewing-ends";
    }

    @Override
    public String channel() {
        return "viewing";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean step() {
        return transactions.<Boolean>asSystem(db -> {
            Instant now = clock.instant();
            List<Viewing> over = store.over(db, now);
            for (Viewing viewing : over) {
                store.end(db, viewing.id(), now).ifPresent(ended -> db.record(ViewingEvents.over(ended, now)));
            }
            db.sql("delete from viewing where ended_at is not null and ends_at < ?")
                    .param(Timestamp.from(now.minus(KEPT)))
                    .update();
            return !over.isEmpty();
        });
    }
}
