package dev.unkai.identity.source;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import java.time.Duration;
import java.util.List;

/** Keeps identity itself informed of the rules, and tells the other processes. */
public final class SourceRuleLog implements Reconciler {
    private static final int PAGE = 5_000;

    private final Transactions transactions;
    private final SourceRuleStore store;
    private final SourceRules rules;

    public SourceRuleLog(Transactions transactions, SourceRuleStore store, SourceRules rules) {
        this.transactions = transactions;
        this.store = store;
        this.rules = rules;
    }

    @Override
    public String name() {
        return "source-rules";
    }

    @Override
    public String channel() {
        return "source-rule";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(2);
    }

    /** Learns what is new, from this process or another one. */
    @Override
    public boolean step() {
        List<SourceRule> fresh = since(rules.newest());
        rules.learn(fresh);
        return fresh.size() == PAGE;
    }

    /** The next changes after the number, in order. */
    List<SourceRule> since(long number) {
        return transactions.asSystem(db -> store.since(db, number, PAGE));
    }

    long newest() {
        return transactions.asSystem(store::newest);
    }
}
