package dev.unkai.identity.address;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code address_change}. Who has only the database cannot use a link: the hash does not lead back to it. */
@Component
final class AddressChangeStore {
    private static final int TOKEN_BYTES = 32;

    /** A wish that waits for its link. */
    record Waiting(String accountId, String email, @Nullable String former, Instant madeAt, Instant endsAt) {}

    /** The secret of a new link; those before it are good for nothing from now on. */
    String make(Db db, Account account, String email, Instant now, Duration life) {
        end(db, account.id(), now);
        String token = Ids.secret(TOKEN_BYTES);
        db.sql(
                        "insert into address_change (hash, account_id, email, former, made_at, ends_at) values (?, ?, ?, ?, ?, ?)")
                .param(hash(token))
                .param(account.id())
                .param(email)
                .param(account.email())
                .param(Timestamp.from(now))
                .param(Timestamp.from(now.plus(life)))
                .update();
        return token;
    }

    /** Kept for the count, good for nothing. */
    void end(Db db, String accountId, Instant now) {
        db.sql("update address_change set ends_at = ? where account_id = ? and ends_at > ?")
                .param(Timestamp.from(now))
                .param(accountId)
                .param(Timestamp.from(now))
                .update();
    }

    /** How many were asked for since. */
    int since(Db db, String accountId, Instant since) {
        return db.sql("select count(*) from address_change where account_id = ? and made_at > ?")
                .param(accountId)
                .param(Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    Optional<Waiting> waiting(Db db, String accountId, Instant now) {
        return db.sql("select * from address_change where account_id = ? and ends_at > ?")
                .param(accountId)
                .param(Timestamp.from(now))
                .query(AddressChangeStore::read)
                .optional();
    }

    /** Uses it up, and keeps it for the count: of two that do so at once, one gets it. */
    Optional<Waiting> take(Db db, String token, Instant now) {
        return db.sql("update address_change set ends_at = ? where hash = ? and ends_at > ? returning *")
                .param(Timestamp.from(now))
                .param(hash(token))
                .param(Timestamp.from(now))
                .query(AddressChangeStore::read)
                .optional();
    }

    private static Waiting read(ResultSet row, int number) throws SQLException {
        return new Waiting(
                row.getString("account_id"),
                row.getString("email"),
                row.getString("former"),
                row.getTimestamp("made_at").toInstant(),
                row.getTimestamp("ends_at").toInstant());
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }
}
