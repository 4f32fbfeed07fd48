package dev.unkai.identity.federation;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Times;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code sign_in}. */
@Component
final class SignInStore {
    /** How long somebody may take at the issuer, with a second factor there. */
    static final Duration LIFE = Duration.ofMinutes(10);

    /** More than people who begin within ten minutes; so that a link in wrong hands does not fill the table. */
    private static final int MOST_WAITING = 1_000;

    private static final String FIELDS =
            "provider_id, browser, nonce, verifier, fresh, made_at, account_id, methods, shown_at";

    /**
     * A sign-in that was begun.
     *
     * @param browser SHA-256 of the secret of the browser that began it
     * @param fresh whether the issuer was asked to have the user show again who he is
     * @param proved what the issuer has said, when only the local second factor is missing; else null
     */
    record Waiting(
            String providerId,
            String browser,
            String nonce,
            String verifier,
            boolean fresh,
            Instant madeAt,
            @Nullable Proved proved) {
        boolean isOf(String secret) {
            return browser.equals(digest(secret));
        }

        boolean isOver(Instant now) {
            return madeAt.plus(LIFE).isBefore(now);
        }
    }

    /** Whose sign-in it is, by which methods, and when he showed the issuer who he is. */
    record Proved(String accountId, List<String> methods, Instant shownAt) {
        Proved {
            methods = List.copyOf(methods);
        }
    }

    boolean isFull(Db db, String providerId, Instant now) {
        return db.sql("select count(*) from sign_in where provider_id = ? and made_at > ?")
                        .param(providerId)
                        .param(Timestamp.from(now.minus(LIFE)))
                        .query(Integer.class)
                        .single()
                >= MOST_WAITING;
    }

    void insert(Db db, String state, Waiting waiting) {
        Proved proved = waiting.proved();
        db.sql("insert into sign_in (state, " + FIELDS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(digest(state))
                .param(waiting.providerId())
                .param(waiting.browser())
                .param(waiting.nonce())
                .param(waiting.verifier())
                .param(waiting.fresh())
                .param(Timestamp.from(waiting.madeAt()))
                .param(proved == null ? null : proved.accountId())
                .param(proved == null ? null : proved.methods().toArray(String[]::new))
                .param(proved == null ? null : Timestamp.from(proved.shownAt()))
                .update();
    }

    /** The sign-in, which nobody gets a second time. */
    Optional<Waiting> take(Db db, String state) {
        return db.sql("delete from sign_in where state = ? returning " + FIELDS)
                .param(digest(state))
                .query(SignInStore::read)
                .optional();
    }

    /** The sign-in, held until the transaction ends. */
    Optional<Waiting> forChange(Db db, String state) {
        return db.sql("select " + FIELDS + " from sign_in where state = ? for update")
                .param(digest(state))
                .query(SignInStore::read)
                .optional();
    }

    void forgetOld(Db db, Instant now) {
        db.sql("delete from sign_in where made_at < ?")
                .param(Timestamp.from(now.minus(LIFE)))
                .update();
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }

    private static Waiting read(ResultSet row, int number) throws SQLException {
        String account = row.getString("account_id");
        Instant shownAt = Times.column(row, "shown_at");
        return new Waiting(
                row.getString("provider_id"),
                row.getString("browser"),
                row.getString("nonce"),
                row.getString("verifier"),
                row.getBoolean("fresh"),
                row.getTimestamp("made_at").toInstant(),
                account == null || shownAt == null
                        ? null
                        : new Proved(
                                account,
                                List.of((String[]) row.getArray("methods").getArray()),
                                shownAt));
    }
}
