package dev.unkai.web.mail;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.web.mail.MailRelay.Letter;
import dev.unkai.web.mail.MailRelay.Outcome;
import dev.unkai.wire.event.CadfEvent;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outbox → relay. Each try is written down before it is made, together with when the next one is due: who dies in the middle leaves a mail that is
 * tried again, with the same Message-ID, so that it may come twice but is never lost.
 */
final class MailSender implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(MailSender.class);

    /** Longer than a try can take. */
    private static final Duration LEASE = Duration.ofMinutes(6);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Transactions transactions;
    private final MailSecrets secrets;
    private final MailSettings settings;
    private final @Nullable MailRelay relay;
    private final String process;
    private final Clock clock;

    /** @param relay null: none is configured */
    MailSender(
            Transactions transactions,
            KeySeal seal,
            MailSettings settings,
            @Nullable MailRelay relay,
            String process,
            Clock clock) {
        this.transactions = transactions;
        this.secrets = new MailSecrets(seal);
        this.settings = settings;
        this.relay = relay;
        this.process = process;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mails to relay";
    }

    @Override
    public String channel() {
        return MailOutbox.CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    /**
     * @param letter without its links
     * @param giveUp when trying ends
     */
    private record Claim(Letter letter, String template, int tries, Instant giveUp) {}

    private record Work(Claim claim, MailSecrets.Sealed links) {}

    @Override
    public boolean step() {
        transactions.doAsSystem(this::tidy);
        if (relay == null) {
            return false;
        }
        Optional<Work> work = transactions.asSystem(db ->
                claim(db).map(claim -> new Work(claim, MailSecrets.of(db, claim.letter.id()))));
        if (work.isEmpty()) {
            return false;
        }
        Work one = work.get();
        Outcome outcome = send(relay, one);
        transactions.doAsSystem(db -> settle(db, one.claim, outcome));
        return !(outcome instanceof Outcome.Later later && later.ofRelay());
    }

    private Optional<Claim> claim(Db db) {
        Instant now = clock.instant();
        return db.sql("""
                        update mail set tries = tries + 1, try_at = :lease, give_up_at = coalesce(give_up_at, :end)
                         where id = (select id from mail where state = 'waiting' and try_at <= :now
                                      order by try_at limit 1 for update skip locked)
                        returning id, template, language, recipient, subject, body, posted_at, tries, give_up_at
                        """)
                .param("lease", Timestamp.from(now.plus(LEASE)))
                .param("end", Timestamp.from(now.plus(settings.giveUpAfter())))
                .param("now", Timestamp.from(now))
                .query((row, _) -> {
                    UUID id = UUID.fromString(row.getString("id"));
                    return new Claim(
                            new Letter(
                                    id,
                                    row.getString("language"),
                                    row.getString("recipient"),
                                    row.getString("subject"),
                                    row.getString("body"),
                                    row.getTimestamp("posted_at").toInstant()),
                            row.getString("template"),
                            row.getInt("tries"),
                            row.getTimestamp("give_up_at").toInstant());
                })
                .optional();
    }

    /** A key that is not here is a fault of this process: another one may have it, or an operator puts it back. */
    private Outcome send(MailRelay relay, Work work) {
        Letter kept = work.claim.letter;
        Map<String, String> links;
        try {
            links = secrets.open(work.links);
        } catch (GeneralSecurityException e) {
            return new Outcome.Later("Its link was sealed with a key file that this process does not have.", false);
        }
        return relay.send(new Letter(
                kept.id(),
                kept.language(),
                kept.recipient(),
                kept.subject(),
                MailSecrets.whole(kept.body(), kept.id(), links),
                kept.posted()));
    }

    private void settle(Db db, Claim claim, Outcome outcome) {
        UUID id = claim.letter.id();
        Instant now = clock.instant();
        switch (outcome) {
            case Outcome.Sent _ -> {
                end(db, id, "sent", null, now);
                db.record(CadfEvent.bySystem(
                        process, "send", MailOutbox.target(id.toString(), claim.template), now, null));
            }
            case Outcome.Never never -> giveUp(db, id, claim.template, never.reason(), now);
            case Outcome.Later later -> {
                Instant next = now.plus(pause(claim.tries));
                if (next.isAfter(claim.giveUp)) {
                    giveUp(db, id, claim.template, later.reason(), now);
                } else {
                    db.sql("update mail set try_at = ?, last_error = ? where id = ? and state = 'waiting'")
                            .param(Timestamp.from(next))
                            .param(later.reason())
                            .param(id)
                            .update();
                    log.warn("Mail {} could not be sent and is tried again: {}", id, later.reason());
                }
            }
        }
    }

    /** Twice as long each time: 1, 2, 4 … 60 minutes. */
    static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(tries - 1L, 0, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Links that have ended are forgotten, mails that are good for nothing without them are given up, old ones go. */
    private void tidy(Db db) {
        Instant now = clock.instant();
        db.sql(
                        "select id, template from mail where state = 'waiting' and good_until <= ? limit 100 for update skip locked")
                .param(Timestamp.from(now))
                .query((row, _) -> Map.entry(UUID.fromString(row.getString(1)), row.getString(2)))
                .list()
                .forEach(mail -> expire(db, mail.getKey(), mail.getValue(), now));
        db.sql("delete from mail where settled_at < ?")
                .param(Timestamp.from(now.minus(settings.keep())))
                .update();
    }

    /** Without a relay nobody has failed: it was for an operator to hand on. */
    private void expire(Db db, UUID id, String template, Instant now) {
        String reason = "Its link ended before it was sent.";
        if (relay == null) {
            end(db, id, "failed", reason, now);
        } else {
            giveUp(db, id, template, reason, now);
        }
    }

    private void giveUp(Db db, UUID id, String template, String reason, Instant now) {
        end(db, id, "failed", reason, now);
        log.error("ALARM mail {} ({}) could not be delivered and is given up: {}", id, template, reason);
        db.record(CadfEvent.bySystem(process, "alarm", MailOutbox.target(id.toString(), template), now, null)
                .failed("Undeliverable", "a mail could not be delivered; the outbox says why"));
    }

    private static void end(Db db, UUID id, String state, @Nullable String error, Instant now) {
        db.sql("update mail set state = ?, settled_at = ?, last_error = ? where id = ?")
                .param(state)
                .param(Timestamp.from(now))
                .param(error)
                .param(id)
                .update();
        db.sql("delete from mail_secret where mail_id = ?").param(id).update();
    }
}
