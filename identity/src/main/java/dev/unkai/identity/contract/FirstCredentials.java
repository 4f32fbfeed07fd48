package dev.unkai.identity.contract;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountOptions;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.Passwords;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The sealed way to an account's first password: a link, sent to the account's address, that works once. Where the provider issues passwords, it is
 * made when the seal is broken and shown that once; nobody else has seen it. Where users have their own, its owner chooses it then.
 */
@Component
public final class FirstCredentials {
    private static final Duration LIFE = Duration.ofDays(7);
    private static final int SECRET_BYTES = 24;
    private static final int PASSWORD_BYTES = 15;

    private final Transactions transactions;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final MailOutbox mails;
    private final Clock clock;

    FirstCredentials(
            Transactions transactions, AccountStore accounts, Passwords passwords, MailOutbox mails, Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passwords = passwords;
        this.mails = mails;
        this.clock = clock;
    }

    /** What the holder of the link is told before it is used. */
    record Sealed(String contract, String user, boolean issued, Instant expiresAt) {}

    /** What he has afterwards; {@code password} only where it was made here. */
    record Opened(String contract, String user, @Nullable String password) {
        @Override
        public String toString() {
            return user + "@" + contract;
        }
    }

    /** Who uses a link, and from where. */
    record Asker(String address, String agent, String requestId) {}

    private record Held(Account account, boolean issued, Instant expiresAt) {}

    /** Seals the account's first password and sends the link. */
    public void send(Db db, Account account, MailAddress to, Language language, boolean issued) {
        String token = Ids.secret(SECRET_BYTES);
        Instant end = clock.instant().plus(LIFE);
        db.sql("insert into first_credential (hash, account_id, issued, expires_at) values (?, ?, ?, ?)")
                .param(hash(token))
                .param(account.id())
                .param(issued)
                .param(Timestamp.from(end))
                .update();
        mails.post(
                db,
                new Mail(
                        issued ? "first-password-issued" : "first-password-own",
                        language,
                        to,
                        Map.of(
                                "person", account.description(),
                                "contract", account.domainName(),
                                "user", account.name(),
                                "days", String.valueOf(LIFE.toDays())),
                        Map.of("token", token),
                        end));
    }

    /** Changes nothing. Throws Refusal gone. */
    Sealed look(String token) {
        return transactions.asSystem(db -> {
            Held held = held(db, token);
            return new Sealed(held.account.domainName(), held.account.name(), held.issued, held.expiresAt);
        });
    }

    /** @param chosen the owner's own password, where he chooses it. Throws Refusal gone, or invalid for a password that does not do. */
    Opened open(Asker asker, String token, @Nullable String chosen) {
        Held seen = transactions.asSystem(db -> held(db, token));
        if (!seen.issued && chosen == null) {
            throw Refusal.invalid("Choose a password: the field \"password\" is missing.");
        }
        String password = seen.issued || chosen == null ? Ids.secret(PASSWORD_BYTES) : chosen;
        Account account = seen.account;
        // Works out a hash, so not in a transaction.
        String hash = passwords.hashed(password, account.name(), account.domainName(), account.email());
        transactions.doAsSystem(db -> {
            Account now = accounts.forChange(db, account.id()).orElseThrow(FirstCredentials::gone);
            boolean spent = db.sql("delete from first_credential where hash = ?")
                            .param(hash(token))
                            .update()
                    == 1;
            if (!spent) {
                throw gone();
            }
            if (seen.issued) {
                accounts.update(db, locked(now));
            }
            passwords.replace(db, now, hash);
            db.record(CadfEvent.byUnknown(
                            now.name(),
                            asker.address(),
                            asker.agent(),
                            "update",
                            new CadfEvent.Target(now.id(), "identity/user", now.name(), now.defaultProjectId()),
                            clock.instant(),
                            asker.requestId())
                    .with(Map.of("password", "set by the sealed first link")));
        });
        return new Opened(account.domainName(), account.name(), seen.issued ? password : null);
    }

    /** Only the provider gives this account another password. */
    private static Account locked(Account account) {
        Map<String, Object> options = new LinkedHashMap<>(account.options().values());
        options.put("lock_password", true);
        return new Account(
                account.id(),
                account.domainId(),
                account.domainName(),
                account.name(),
                account.description(),
                account.email(),
                account.enabled(),
                account.usable(),
                account.defaultProjectId(),
                account.passwordHash(),
                account.passwordExpiresAt(),
                new AccountOptions(options),
                account.extra());
    }

    private Held held(Db db, String token) {
        record Row(String account, boolean issued, Instant end) {}
        Optional<Row> row = db.sql(
                        "select account_id, issued, expires_at from first_credential where hash = ? and expires_at > ?")
                .param(hash(token))
                .param(Timestamp.from(clock.instant()))
                .query((each, _) -> new Row(
                        each.getString(1),
                        each.getBoolean(2),
                        each.getTimestamp(3).toInstant()))
                .optional();
        return row.flatMap(found -> accounts.byId(db, found.account)
                        .filter(Account::usable)
                        .map(account -> new Held(account, found.issued, found.end)))
                .orElseThrow(FirstCredentials::gone);
    }

    private static Refusal gone() {
        return new Refusal(
                Refusal.Kind.GONE,
                "LinkEnded",
                "This link is not good any more: it was used, or its time is over. Ask the provider for a new one.");
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
