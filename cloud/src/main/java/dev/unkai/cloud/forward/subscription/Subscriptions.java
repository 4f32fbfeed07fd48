package dev.unkai.cloud.forward.subscription;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.forward.subscription.SubscriptionStore.Purpose;
import dev.unkai.cloud.forward.subscription.SubscriptionStore.Subscriber;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Subscribing to the published rounds, by anybody. The secret in the link is the permission, so these transactions run as the system. Nobody learns here
 * whether an address subscribes: each request for any address is answered and followed by the same.
 */
@Component
class Subscriptions {
    static final String CHANNEL = "ledger_subscription";

    private static final Duration VERIFY = Duration.ofHours(24);
    private static final int MOST_FROM_SOURCE = 5;
    private static final int MOST_FOR_ADDRESS = 3;
    private static final int MOST = 10_000;

    private final Transactions transactions;
    private final SubscriptionStore store;
    private final MailOutbox mails;
    private final Ids ids;
    private final Clock clock;

    Subscriptions(Transactions transactions, SubscriptionStore store, MailOutbox mails, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.mails = mails;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Somebody without an account, and where he asks from.
     *
     * @param source what is counted for limits: the IPv4 address, or the /64 of an IPv6 address
     */
    record Asker(String address, String source, String agent, String requestId) {
        CadfEvent did(String action, UUID subscription, Instant at) {
            return CadfEvent.byUnknown(
                    "subscriber",
                    address,
                    agent,
                    action,
                    new CadfEvent.Target(subscription.toString(), "service/ledger-subscription", null, null),
                    at,
                    requestId);
        }
    }

    /** A mail goes to the address, unless it has had several today. Throws Refusal. */
    void subscribe(Asker asker, MailAddress email, Language language) {
        // The answer to one source too many must be recorded, so the transaction ends without a refusal.
        Optional<Refusal> refusal = transactions.asSystem(db -> receive(db, asker, email, language));
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private Optional<Refusal> receive(Db db, Asker asker, MailAddress email, Language language) {
        Instant now = clock.instant();
        UUID id = ids.next();
        CadfEvent event = asker.did("create", id, now);
        store.takeTurn(db, asker.source());
        if (store.countFrom(db, asker.source(), now.minus(Duration.ofHours(1))) >= MOST_FROM_SOURCE) {
            db.record(event.failed("429", "too many subscriptions from one source"));
            return Optional.of(new Refusal(
                    Refusal.Kind.TOO_MANY,
                    "TooManySubscriptions",
                    "Several subscriptions have come from your network within the last hour. Try again in an hour."));
        }
        if (store.count(db) >= MOST) {
            db.record(event.failed("503", "too many subscriptions"));
            return Optional.of(Refusal.unavailable(
                    "No more subscriptions are taken at the moment. The rounds stand on this page all the time."));
        }
        store.takeTurn(db, email.value().toLowerCase(Locale.ROOT));
        boolean oftenEnough = store.countFor(db, email, now.minus(Duration.ofDays(1))) >= MOST_FOR_ADDRESS;
        store.insert(db, id, email, language, asker.source(), now);
        if (!oftenEnough) {
            Instant end = now.plus(VERIFY);
            mails.post(
                    db,
                    new Mail(
                            "ledger-verify",
                            language,
                            email,
                            Map.of("hours", String.valueOf(VERIFY.toHours())),
                            Map.of("token", store.token(db, id, Purpose.VERIFY, end)),
                            end));
        }
        db.record(event);
        return Optional.empty();
    }

    /** The address is the subscriber's. Throws Refusal gone. */
    void verify(Asker asker, String token) {
        transactions.doAsSystem(db -> {
            Instant now = clock.instant();
            Subscriber subscriber =
                    store.byToken(db, token, Purpose.VERIFY, now).orElseThrow(Subscriptions::noLink);
            store.takeTurn(db, subscriber.email().value().toLowerCase(Locale.ROOT));
            store.verified(db, subscriber, now);
            db.record(asker.did("verify", subscriber.id(), now));
            db.wake(CHANNEL);
        });
    }

    /** No more mails. Throws Refusal gone. */
    void end(Asker asker, String token) {
        transactions.doAsSystem(db -> {
            Instant now = clock.instant();
            Subscriber subscriber = store.byToken(db, token, Purpose.END, now).orElseThrow(Subscriptions::noLink);
            store.delete(db, subscriber.id());
            db.record(asker.did("delete", subscriber.id(), now));
        });
    }

    private static Refusal noLink() {
        return new Refusal(
                Refusal.Kind.GONE,
                "LinkEnded",
                "This link is not good any more: it was used, or its time is over. Use the link in the newest mail.");
    }
}
