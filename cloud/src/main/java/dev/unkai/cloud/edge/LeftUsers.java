package dev.unkai.cloud.edge;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.compute.UserThings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Users whom identity has no more → nothing of theirs is left here. Woken when one is removed in the console; by the hour it finds those that were removed by the
 * Identity API, or whose removal nobody was there to hear of.
 */
@Component
final class LeftUsers implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(LeftUsers.class);
    private static final String CHANNEL = "left-user";
    private static final int PAGE = 500;

    private final Transactions transactions;
    private final UserThings things;
    private final IdentityAccounts identity;

    LeftUsers(Transactions transactions, UserThings things, IdentityAccounts identity) {
        this.transactions = transactions;
        this.things = things;
        this.identity = identity;
    }

    /** Somebody was removed. */
    void look() {
        transactions.doAsSystem(db -> db.wake(CHANNEL));
    }

    @Override
    public String name() {
        return "what removed users left";
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofHours(1);
    }

    @Override
    public boolean step() throws InterruptedException {
        String after = "";
        try {
            for (List<String> owners = next(after); !owners.isEmpty(); owners = next(after)) {
                for (String user : identity.absent(owners)) {
                    transactions.doAsSystem(db -> things.forget(db, user));
                }
                after = owners.getLast();
            }
        } catch (IOException e) {
            log.info("Identity was not asked who has left, and is asked again later: {}", e.toString());
        }
        return false;
    }

    private List<String> next(String after) {
        return transactions.asSystem(db -> things.keyOwners(db, after, PAGE));
    }
}
