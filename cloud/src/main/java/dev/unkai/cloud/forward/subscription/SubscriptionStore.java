package dev.unkai.cloud.forward.subscription;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.proof.Sha256;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who gets the published rounds by mail, and the secrets in the links of those mails. */
@Component
class SubscriptionStore {
    private static final int SECRET_BYTES = 24;

    /** What a link is for. */
    enum Purpose {
        VERIFY,
        END;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Subscriber(UUID id, MailAddress email, Language language) {}

    /** Holds others back from the same source or for the same address, until this transaction ends. */
    void takeTurn(Db db, String what) {
        db.sql("select pg_advisory_xact_lock(4706, hashtext(?))")
                .param(what)
                .query()
                .listOfRows();
    }

    int countFrom(Db db, String source, Instant since) {
        return db.sql("select count(*) from ledger_subscription where source = ? and created_at > ?")
                .param(source)
                .param(Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    int countFor(Db db, MailAddress email, Instant since) {
        return db.sql("select count(*) from ledger_subscription where lower(email) = lower(?) and created_at > ?")
                .param(email.value())
                .param(Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    int count(Db db) {
        return db.sql("select count(*) from ledger_subscription")
                .query(Integer.class)
                .single();
    }

    void insert(Db db, UUID id, MailAddress email, Language language, String source, Instant at) {
        db.sql("""
                        insert into ledger_subscription (id, email, language, source, created_at) values (?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(email.value())
                .param(language.tag())
                .param(source)
                .param(Timestamp.from(at))
                .update();
    }

    /** A new secret for a link; there is no way to see it again. */
    String token(Db db, UUID subscription, Purpose purpose, Instant expiresAt) {
        String token = Ids.secret(SECRET_BYTES);
        db.sql("""
                        insert into ledger_subscription_token (hash, subscription_id, purpose, expires_at) values (?, ?, ?, ?)
                        """)
                .param(hash(token))
                .param(subscription)
                .param(purpose.wireName())
                .param(Timestamp.from(expiresAt))
                .update();
        return token;
    }

    /** Whose link it is, taken for a change. */
    Optional<Subscriber> byToken(Db db, String token, Purpose purpose, Instant now) {
        return db.sql("""
                        select s.id, s.email, s.language from ledger_subscription s
                          join ledger_subscription_token t on t.subscription_id = s.id
                         where t.hash = ? and t.purpose = ? and t.expires_at > ? for update
                        """)
                .param(hash(token))
                .param(purpose.wireName())
                .param(Timestamp.from(now))
                .query((row, _) -> new Subscriber(
                        row.getObject("id", UUID.class),
                        new MailAddress(row.getString("email")),
                        Language.of(row.getString("language")).orElseThrow()))
                .optional();
    }

    /** In place of what the address had before, whose day it takes over: who subscribes twice gets one mail. */
    void verified(Db db, Subscriber subscriber, Instant at) {
        LocalDate sent = db.sql("""
                        delete from ledger_subscription where lower(email) = lower(?) and verified_at is not null and id <> ? returning sent_on
                        """)
                .param(subscriber.email().value())
                .param(subscriber.id())
                .query((row, _) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .optional()
                .flatMap(each -> each)
                .orElse(null);
        db.sql("update ledger_subscription set verified_at = ?, sent_on = ? where id = ?")
                .param(Timestamp.from(at))
                .param(sent)
                .param(subscriber.id())
                .update();
        db.sql("delete from ledger_subscription_token where subscription_id = ? and purpose = 'verify'")
                .param(subscriber.id())
                .update();
    }

    void delete(Db db, UUID id) {
        db.sql("delete from ledger_subscription where id = ?").param(id).update();
    }

    /** Those that have not got this day's round, marked as having got it, and held until this transaction ends. */
    List<Subscriber> takeDue(Db db, LocalDate day, int most) {
        return db.sql("""
                        update ledger_subscription set sent_on = :day
                         where id in (select id from ledger_subscription
                                       where verified_at is not null and (sent_on is null or sent_on < :day)
                                       order by sent_on nulls first limit :most for update skip locked)
                        returning id, email, language
                        """)
                .param("day", day)
                .param("most", most)
                .query((row, _) -> new Subscriber(
                        row.getObject("id", UUID.class),
                        new MailAddress(row.getString("email")),
                        Language.of(row.getString("language")).orElseThrow()))
                .list();
    }

    boolean isAnyDue(Db db, LocalDate day) {
        return db.sql("""
                        select exists (select 1 from ledger_subscription
                                        where verified_at is not null and (sent_on is null or sent_on < ?))
                        """).param(day).query(Boolean.class).single();
    }

    /** Forgets links that have ended, and who never verified his address. */
    void tidy(Db db, Instant now, Instant unverifiedBefore) {
        db.sql("delete from ledger_subscription_token where expires_at < ?")
                .param(Timestamp.from(now))
                .update();
        db.sql("delete from ledger_subscription where verified_at is null and created_at < ?")
                .param(Timestamp.from(unverifiedBefore))
                .update();
    }

    private static byte[] hash(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    }
}
