package dev.unkai.cloud.notice;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.notice.store.NoticeStore;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Notices whose time has come, or is over → readers learn of it. Who may read is decided by the clock; this only makes the rows tell it. */
@Component
class NoticeTurns implements Reconciler {
    private final Transactions transactions;
    private final NoticeStore store;

    NoticeTurns(Transactions transactions, NoticeStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    @Override
    public String name() {
        return "notices that begin and end";
    }

    @Override
    public String channel() {
        return "notice_turn";
    }

    /** It is one look into an index that is empty as a rule, and readers are promised a second. */
    @Override
    public Duration period() {
        return Duration.ofMillis(500);
    }

    @Override
    public boolean step() {
        transactions.asSystem(store::turn);
        return false;
    }
}
