package dev.unkai.identity.passwordlink;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.auth.Requester;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.wire.origin.IpAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What people asked for who have forgotten their passwords. Asking writes down the wish and answers: whether there is such an account is looked at
 * afterwards, so that neither the answer nor its time tells.
 */
@Component
final class ResetWishes {
    private static final int MOST_BY_SOURCE = 10;
    private static final Duration COUNTED = Duration.ofHours(1);

    private final Transactions transactions;
    private final Clock clock;

    ResetWishes(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    record Wish(
            UUID id,
            String domain,
            String account,
            Language language,
            String address,
            String agent,
            String requestId) {}

    /** Throws a refusal, about the source and never about the account, after too many. */
    void ask(String domain, String account, Language language, Requester from) {
        transactions.doAsCaller(Nobody.YET, db -> {
            Instant now = clock.instant();
            String source = source(from.source());
            int before = db.sql("select count(*) from reset_wish where source = ? and asked_at > ?")
                    .param(source)
                    .param(Timestamp.from(now.minus(COUNTED)))
                    .query(Integer.class)
                    .single();
            if (before >= MOST_BY_SOURCE) {
                throw new Refusal(
                        Refusal.Kind.TOO_MANY,
                        "TooMany",
                        "Too many new passwords were asked for from your address. Look into your mail, and try again in an"
                                + " hour.");
            }
            db.sql("""
                            insert into reset_wish (domain, account, language, source, address, agent, request_id, asked_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .param(domain)
                    .param(account)
                    .param(language.tag())
                    .param(source)
                    .param(from.address())
                    .param(from.agent())
                    .param(from.requestId())
                    .param(Timestamp.from(now))
                    .update();
            db.wake(ResetMails.CHANNEL);
        });
    }

    /** The oldest that nobody works at. */
    Optional<Wish> next(Db db) {
        return db.sql("""
                        select id, domain, account, language, address, agent, request_id from reset_wish
                         where done_at is null order by asked_at limit 1 for update skip locked
                        """)
                .query((row, n) -> new Wish(
                        row.getObject("id", UUID.class),
                        row.getString("domain"),
                        row.getString("account"),
                        Language.of(row.getString("language")).orElse(Language.EN),
                        row.getString("address"),
                        row.getString("agent"),
                        row.getString("request_id")))
                .optional();
    }

    void done(Db db, Wish wish) {
        db.sql("update reset_wish set done_at = ? where id = ?")
                .param(Timestamp.from(clock.instant()))
                .param(wish.id())
                .update();
    }

    /** Who has IPv6 has a whole /64 of it. */
    private static String source(IpAddress address) {
        return address.isV4() ? address.toString() : new IpAddress(address.high(), 0) + "/64";
    }
}
