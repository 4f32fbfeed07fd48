package dev.unkai.identity.passwordlink;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.identity.passwordlink.PasswordLink.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code password_link}. Who has only the database cannot use a link: the hash does not lead back to it. */
@Component
public final class PasswordLinks {
    private static final int TOKEN_BYTES = 32;

    /** For who has just logged in with a password that has ended. */
    private static final Duration RENEWAL = Duration.ofMinutes(15);

    private final Clock clock;

    PasswordLinks(Clock clock) {
        this.clock = clock;
    }

    /** A fresh link and when it ends. */
    record Made(String token, Instant endsAt) {
        @Override
        public String toString() {
            return "link until " + endsAt;
        }
    }

    /** The secret by which somebody who has shown his ended password chooses another one. */
    public String renewal(Db db, String accountId) {
        return make(db, accountId, Purpose.RESET, RENEWAL).token();
    }

    Made make(Db db, String accountId, Purpose purpose, Duration life) {
        String token = Ids.secret(TOKEN_BYTES);
        Instant now = clock.instant();
        Instant end = now.plus(life);
        db.sql("insert into password_link (hash, account_id, purpose, made_at, ends_at) values (?, ?, ?, ?, ?)")
                .param(hash(token))
                .param(accountId)
                .param(purpose.name())
                .param(Timestamp.from(now))
                .param(Timestamp.from(end))
                .update();
        return new Made(token, end);
    }

    /** How many links for the purpose were made for the account since then and not used. */
    int since(Db db, String accountId, Purpose purpose, Instant since) {
        return db.sql("select count(*) from password_link where account_id = ? and purpose = ? and made_at > ?")
                .param(accountId)
                .param(purpose.name())
                .param(Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    /** Whatever it is for. */
    Optional<PasswordLink> find(Db db, String token) {
        return db.sql("select account_id, purpose, ends_at from password_link where hash = ? and ends_at > ?")
                .param(hash(token))
                .param(Timestamp.from(clock.instant()))
                .query(PasswordLinks::read)
                .optional();
    }

    /** Uses it up: of two that do so at once, one gets it. */
    Optional<PasswordLink> take(Db db, String token, Purpose purpose) {
        return db.sql("delete from password_link where hash = ? and purpose = ? and ends_at > ?"
                        + " returning account_id, purpose, ends_at")
                .param(hash(token))
                .param(purpose.name())
                .param(Timestamp.from(clock.instant()))
                .query(PasswordLinks::read)
                .optional();
    }

    private static PasswordLink read(ResultSet row, int number) throws SQLException {
        return new PasswordLink(
                row.getString(1),
                Purpose.valueOf(row.getString(2)),
                row.getTimestamp(3).toInstant());
    }

    /** None of the account's links is good any more. */
    public void forget(Db db, String accountId) {
        db.sql("delete from password_link where account_id = ?")
                .param(accountId)
                .update();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }
}
