package dev.unkai.ledger;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.base.reconcile.Reconciler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * The lists of new words → the indexes that they belong to. PostgreSQL puts new entries of an index of words into a list first, in which every search looks as well; so
 * an event is found as soon as it is stored, whether this has run or not. But many are brought into the index at a fraction of the cost of each, and a search
 * should not have to read a long list: done whenever some thousand events have come, or after a minute, and never while a batch waits for it (decision 0100).
 */
@Component
final class WordLists implements Reconciler {
    /** A search reads some 600 bytes for each of these, in each of the lists. */
    private static final long LONG = 4_000;

    private static final Duration SHORT = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Clock clock;

    /** How many events there were when it was done last; before the first time nobody knows. */
    private long settled = -1;

    private Instant last = Instant.EPOCH;

    WordLists(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "lists of new words to indexes";
    }

    @Override
    public String channel() {
        return HeadSigner.CHANNEL;
    }

    @Override
    public Duration period() {
        return SHORT;
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(300);
    }

    @Override
    public boolean step() {
        Instant now = clock.instant();
        transactions.doAsSystem(db -> {
            long events = db.sql("select coalesce(max(places), 0) from log_end where log = ?")
                    .param(JournalLeaf.LOG)
                    .query(Long.class)
                    .single();
            boolean due = Duration.between(last, now).abs().compareTo(SHORT) >= 0;
            if (settled < 0 || events - settled >= LONG || due && events != settled) {
                db.sql("select settle_words()").query().listOfRows();
                settled = events;
                last = now;
            }
        });
        return false;
    }
}
