package dev.unkai.web.mail;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mails on their way, and those that were sent. A mail is written in the transaction of the decision that it tells of: it goes out if and only if
 * that commits. Its secrets stand apart, where no list can show them.
 */
public final class MailOutbox {
    static final String CHANNEL = "mail";
    private static final int SHOWN = 500;
    private static final String HIDDEN = "●●●●●●●●";

    private final Transactions transactions;
    private final MailSecrets secrets;
    private final MailSettings settings;
    private final Map<String, String> everywhere;
    private final MailTemplates templates = new MailTemplates();
    private final Ids ids;
    private final Clock clock;

    /** @param console where people reach the service, for templates as {@code {console}} */
    public MailOutbox(
            Transactions transactions, KeySeal seal, MailSettings settings, String console, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.secrets = new MailSecrets(seal);
        this.settings = settings;
        this.everywhere = Map.of("service", settings.serviceName(), "console", console);
        this.ids = ids;
        this.clock = clock;
    }

    /** How it stands with a mail. */
    public enum State {
        WAITING,
        SENT,
        FAILED;

        /** As in the API and in the table. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A mail as operators see it.
     *
     * @param nextTry null unless it waits and a relay is configured
     * @param lastError what the relay said, or null
     * @param settled when it was sent or given up, or null
     * @param secret whether it holds a link that is hidden here and still good
     * @param opened when an operator looked at the hidden link, and who did; null: nobody has
     */
    public record Entry(
            String id,
            String template,
            @OneOf({"ja", "en"}) String language,
            String recipient,
            String subject,
            State state,
            Instant posted,
            @Nullable Instant goodUntil,
            int tries,
            @Nullable Instant nextTry,
            @Nullable String lastError,
            @Nullable Instant settled,
            boolean secret,
            @Nullable Instant opened,
            @Nullable String openedBy) {}

    /** A mail with its text, its links hidden. */
    public record Shown(Entry mail, String body) {}

    /**
     * The outbox.
     *
     * @param relay {@code name:port} of the relay; null: none is configured, and nothing leaves by itself
     * @param mails the newest 500, newest first
     */
    public record Listing(@Nullable String relay, List<Entry> mails) {}

    /**
     * Puts a mail into the outbox of the open transaction, whichever role that has. Throws IllegalStateException when its template does not exist or
     * asks for what it does not give.
     */
    public void post(Db db, Mail mail) {
        UUID id = ids.next();
        MailTemplates.Rendered text = templates.render(mail, id, everywhere);
        Instant now = clock.instant();
        db.sql("""
                        insert into mail (id, template, language, recipient, subject, body, posted_at, good_until, try_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(mail.template())
                .param(mail.language().tag())
                .param(mail.to().value())
                .param(text.subject())
                .param(text.body())
                .param(Timestamp.from(now))
                .param(mail.goodUntil() == null ? null : Timestamp.from(mail.goodUntil()))
                .param(Timestamp.from(now))
                .update();
        mail.secrets().forEach((name, value) -> secrets.keep(db, id, name, value));
        db.wake(CHANNEL);
    }

    public Listing list(Caller caller) {
        return transactions.asCaller(
                caller,
                db -> new Listing(
                        settings.relay().orElse(null),
                        db.sql(select("") + " order by m.posted_at desc, m.id limit " + SHOWN)
                                .query((row, _) -> entry(row))
                                .list()));
    }

    /** Throws a refusal when there is no such mail, or not any more. */
    public Shown show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> {
            Kept kept = kept(db, id, "");
            return new Shown(kept.entry, kept.body.replaceAll("\\{[a-zA-Z]+:" + kept.entry.id() + "}", HIDDEN));
        });
    }

    /**
     * The text with its links, for an operator who hands it on because no relay does. It is recorded who has looked: he could use the link himself.
     */
    public Shown open(Caller caller, String id) {
        if (settings.isConfigured()) {
            throw Refusal.conflict("A relay is configured, so this mail is sent and its link is shown to nobody else.");
        }
        return transactions.asCaller(caller, db -> {
            Kept kept = kept(db, id, " for update of m");
            Map<String, String> links = opened(MailSecrets.of(db, UUID.fromString(id)));
            if (links.isEmpty()) {
                throw Refusal.conflict("This mail holds no hidden link, or its link has ended.");
            }
            Instant now = clock.instant();
            db.sql("update mail set opened_at = ?, opened_by = ? where id = ?")
                    .param(Timestamp.from(now))
                    .param(caller.token().userName())
                    .param(UUID.fromString(id))
                    .update();
            db.record(CadfEvent.by(caller, "read/secret", target(id, kept.entry.template()), now));
            return new Shown(kept(db, id, "").entry, MailSecrets.whole(kept.body, UUID.fromString(id), links));
        });
    }

    /** Lets it be tried again at once, given up or not. */
    public void retry(Caller caller, String id) {
        if (!settings.isConfigured()) {
            throw Refusal.conflict("No relay is configured, so nothing is sent. Set unkai.mail.host first.");
        }
        transactions.doAsCaller(caller, db -> {
            Kept kept = kept(db, id, " for update of m");
            if (kept.entry.state() == State.SENT) {
                throw Refusal.conflict("This mail was sent already.");
            }
            boolean lacksSecret = kept.body.contains(":" + kept.entry.id() + "}") && !kept.entry.secret();
            if (lacksSecret) {
                throw Refusal.conflict("The link in this mail has ended. Whoever needs it must ask for a new one.");
            }
            Instant now = clock.instant();
            db.sql("update mail set state = 'waiting', settled_at = null, give_up_at = null, try_at = ? where id = ?")
                    .param(Timestamp.from(now))
                    .param(UUID.fromString(id))
                    .update();
            db.record(CadfEvent.by(caller, "update", target(id, kept.entry.template()), now)
                    .with(Map.of("change", "to be sent again")));
            db.wake(CHANNEL);
        });
    }

    /** The mail as events name it: without its recipient, since the ledger forgets nothing. */
    static CadfEvent.Target target(String id, String template) {
        return new CadfEvent.Target(id, "service/mail", template, null);
    }

    private Map<String, String> opened(MailSecrets.Sealed sealed) {
        try {
            return secrets.open(sealed);
        } catch (GeneralSecurityException e) {
            throw Refusal.conflict(
                    "The link in this mail was sealed with a key file that this process does not have. Put that file back,"
                            + " or have a new link made.");
        }
    }

    private record Kept(Entry entry, String body) {}

    private Kept kept(Db db, String id, String lock) {
        UUID key;
        try {
            key = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw absent();
        }
        return db.sql(select(", m.body") + " where m.id = ?" + lock)
                .param(key)
                .query((row, _) -> new Kept(entry(row), row.getString("body")))
                .optional()
                .orElseThrow(MailOutbox::absent);
    }

    private static Refusal absent() {
        return Refusal.notFound("There is no such mail, or it was sent so long ago that it is not kept any more.");
    }

    private static String select(String more) {
        return """
                select m.id, m.template, m.language, m.recipient, m.subject, m.state, m.posted_at, m.good_until, m.tries,
                       m.try_at, m.last_error, m.settled_at, m.opened_at, m.opened_by,
                       exists (select 1 from mail_secret s where s.mail_id = m.id) as secret""" + more + " from mail m";
    }

    private Entry entry(ResultSet row) throws SQLException {
        State state = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        return new Entry(
                row.getString("id"),
                row.getString("template"),
                row.getString("language"),
                row.getString("recipient"),
                row.getString("subject"),
                state,
                row.getTimestamp("posted_at").toInstant(),
                at(row, "good_until"),
                row.getInt("tries"),
                state == State.WAITING && settings.isConfigured() ? at(row, "try_at") : null,
                row.getString("last_error"),
                at(row, "settled_at"),
                row.getBoolean("secret"),
                at(row, "opened_at"),
                row.getString("opened_by"));
    }

    private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
