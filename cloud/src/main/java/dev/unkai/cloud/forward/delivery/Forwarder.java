package dev.unkai.cloud.forward.delivery;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.forward.Destination;
import dev.unkai.cloud.forward.store.DeliveryStore;
import dev.unkai.cloud.forward.store.DeliveryStore.Leased;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Events that a destination lacks → that destination. Each on a thread of its own, so that a slow one keeps only itself; those that fail never take the
 * hands of those that work. When a process dies, the lease runs out and another sends again what was not noted as taken.
 */
@Component
public class Forwarder implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);
    private static final int AT_ONCE = 32;
    private static final int FAILING_AT_ONCE = 16;
    private static final int TAKEN_AT_ONCE = 8;
    /** Longer than a turn can be: its sending ends by itself, and so do its questions to the ledger and the database. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    private final Transactions transactions;
    private final DeliveryStore store;
    private final Turn turn;
    private final Pauses pauses;
    private final Semaphore hands = new Semaphore(AT_ONCE);
    private final Semaphore failingHands = new Semaphore(FAILING_AT_ONCE);

    Forwarder(Transactions transactions, DeliveryStore store, Turn turn, Pauses pauses) {
        this.pauses = pauses;
        this.transactions = transactions;
        this.store = store;
        this.turn = turn;
    }

    @Override
    public String name() {
        return "forwarding of histories";
    }

    @Override
    public String channel() {
        return Destination.CHANNEL;
    }

    @Override
    public Duration period() {
        return pauses.look();
    }

    @Override
    public boolean step() {
        boolean some = take(hands, false);
        return take(failingHands, true) || some;
    }

    private boolean take(Semaphore free, boolean failing) {
        int wanted = 0;
        while (wanted < TAKEN_AT_ONCE && free.tryAcquire()) {
            wanted++;
        }
        int begun = 0;
        try {
            if (wanted > 0) {
                int most = wanted;
                List<Leased> due = transactions.asSystem(db -> store.take(db, failing, most, LEASE));
                for (Leased leased : due) {
                    Thread.ofVirtual()
                            .name("forwarding-" + leased.destination().id())
                            .start(() -> run(leased, free));
                    begun++;
                }
            }
            return begun > 0;
        } finally {
            free.release(wanted - begun);
        }
    }

    private void run(Leased leased, Semaphore hand) {
        try {
            turn.run(leased);
        } catch (RuntimeException e) {
            // Its lease runs out, and it is taken up again.
            log.warn(
                    "The forwarding {} was interrupted: {}",
                    leased.destination().id(),
                    e.toString());
        } finally {
            hand.release();
        }
    }
}
