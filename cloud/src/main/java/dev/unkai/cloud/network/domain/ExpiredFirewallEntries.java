package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.network.store.FirewallEntryStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Noted packets whose time is over, or that are more than a project may keep → deleted. */
@Component
class ExpiredFirewallEntries implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ExpiredFirewallEntries.class);

    private final Transactions transactions;
    private final FirewallEntryStore store;
    private final Duration age;
    private final int most;

    ExpiredFirewallEntries(
            Transactions transactions,
            FirewallEntryStore store,
            @Value("${unkai.firewall-log.days:30}") int days,
            @Value("${unkai.firewall-log.most-per-project:100000}") int most) {
        this.transactions = transactions;
        this.store = store;
        this.age = Duration.ofDays(days);
        this.most = most;
    }

    @Override
    public String name() {
        return "expired firewall entries";
    }

    @Override
    public String channel() {
        return "firewall_entry";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(10);
    }

    @Override
    public boolean step() {
        int deleted = transactions.asSystem(db -> store.expire(db, age, most));
        if (deleted > 0) {
            log.info("{} firewall entries are over their time or number", deleted);
        }
        return false;
    }
}
