package dev.unkai.cloud.hosts.console;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Sessions nobody uses any more → deleted; those that somebody here looks at are prolonged. */
@Component
class ExpiredSessions implements Reconciler {
    private final Transactions transactions;
    private final Relays relays;

    ExpiredSessions(Transactions transactions, Relays relays) {
        this.transactions = transactions;
        this.relays = relays;
    }

    @Override
    public String name() {
        return "expired console sessions";
    }

    @Override
    public String channel() {
        return "console_session";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        transactions.doAsSystem(db -> {
            var open = relays.sessions();
            if (!open.isEmpty()) {
                SessionRows.prolong(db, open);
            }
            SessionRows.expire(db);
        });
        return false;
    }
}
