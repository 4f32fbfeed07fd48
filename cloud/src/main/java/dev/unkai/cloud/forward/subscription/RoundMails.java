package dev.unkai.cloud.forward.subscription;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.forward.subscription.SubscriptionStore.Purpose;
import dev.unkai.cloud.forward.subscription.SubscriptionStore.Subscriber;
import dev.unkai.cloud.history.HistoryFeed;
import dev.unkai.cloud.history.HistoryFeed.Published;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailOutbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The published round of each day → the mail of whoever subscribes. The mail and that it was sent are one transaction. */
@Component
class RoundMails implements Reconciler {
    private static final int AT_ONCE = 100;
    /** After that the next one is there. */
    private static final Duration GOOD = Duration.ofDays(2);

    private static final Duration LINK = Duration.ofDays(60);
    /** Longer than the link lasts, and long enough to count for the limits. */
    private static final Duration UNVERIFIED = Duration.ofDays(2);

    private final Transactions transactions;
    private final SubscriptionStore store;
    private final HistoryFeed history;
    private final MailOutbox mails;
    private final Clock clock;

    RoundMails(Transactions transactions, SubscriptionStore store, HistoryFeed history, MailOutbox mails, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.history = history;
        this.mails = mails;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "published rounds by mail";
    }

    @Override
    public String channel() {
        return Subscriptions.CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(5);
    }

    @Override
    public boolean step() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        boolean due = transactions.asSystem(db -> {
            store.tidy(db, now, now.minus(UNVERIFIED));
            return store.isAnyDue(db, today);
        });
        return due && newest().map(round -> send(round, today, now)).orElse(false);
    }

    private Optional<Published> newest() {
        try {
            return history.newestRound();
        } catch (Refusal ledger) {
            return Optional.empty(); // it does not answer; the day is long
        }
    }

    private boolean send(Published round, LocalDate today, Instant now) {
        return transactions.asSystem(db -> {
            List<Subscriber> subscribers = store.takeDue(db, today, AT_ONCE);
            subscribers.forEach(each -> post(db, each, round, now));
            return subscribers.size() == AT_ONCE;
        });
    }

    private void post(Db db, Subscriber to, Published round, Instant now) {
        mails.post(
                db,
                new Mail(
                        "ledger-round",
                        to.language(),
                        to.email(),
                        Map.of(
                                "number", String.valueOf(round.number()),
                                "time", round.time().toString(),
                                "root", round.root(),
                                "signature", round.signature(),
                                "fingerprint", round.key()),
                        Map.of("token", store.token(db, to.id(), Purpose.END, now.plus(LINK))),
                        now.plus(GOOD)));
    }
}
