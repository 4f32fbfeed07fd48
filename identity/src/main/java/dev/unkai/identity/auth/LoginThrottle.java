package dev.unkai.identity.auth;

import dev.unkai.base.data.Db;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down: after some wrong log-ins of an account, or from an address, further ones are refused unseen for
 * a time that doubles. Names that do not exist are counted like accounts, so that the pause does not tell who exists.
 */
@Component
public final class LoginThrottle {
    private static final Limit ACCOUNT = new Limit(5, Duration.ofMinutes(5));
    /** Wide, because many people may share an address. */
    private static final Limit SOURCE = new Limit(50, Duration.ofMinutes(1));

    /** After this long without a wrong log-in, counting starts anew. */
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(15);

    /** @param free wrong log-ins before the first pause */
    private record Limit(int free, Duration longestPause) {
        Duration pause(int failures) {
            if (failures < free) {
                return Duration.ZERO;
            }
            long seconds = 1L << Math.min(failures - free, 20);
            return Duration.ofSeconds(Math.min(seconds, longestPause.toSeconds()));
        }
    }

    public boolean isPaused(Db db, String account, Requester from, Instant now) {
        return db.sql("select exists (select 1 from login_failure where subject in (?, ?) and locked_until > ?)")
                .param(account)
                .param(source(from))
                .param(Timestamp.from(now))
                .query(Boolean.class)
                .single();
    }

    /** Counts a wrong log-in. The same order of rows for everybody, so that two never wait for each other. */
    public void failed(Db db, String account, Requester from, Instant now) {
        count(db, account, ACCOUNT, now);
        count(db, source(from), SOURCE, now);
    }

    /** Counts something wrong that is nobody's: against the address alone. */
    public void failedFrom(Db db, Requester from, Instant now) {
        count(db, source(from), SOURCE, now);
    }

    /** A right log-in clears the account's count; the address's fades with time only. */
    public void succeeded(Db db, String account) {
        db.sql("delete from login_failure where subject = ?").param(account).update();
    }

    private static String source(Requester from) {
        return "source:" + from.address();
    }

    private static void count(Db db, String subject, Limit limit, Instant now) {
        int failures = db.sql("""
                        insert into login_failure as f (subject, failures, last_failure) values (:subject, 1, :now)
                        on conflict (subject) do update
                           set failures = case when f.last_failure < :forgiven then 1 else f.failures + 1 end,
                               last_failure = :now
                        returning failures
                        """)
                .param("subject", subject)
                .param("now", Timestamp.from(now))
                .param("forgiven", Timestamp.from(now.minus(FORGIVEN_AFTER)))
                .query(Integer.class)
                .single();
        Duration pause = limit.pause(failures);
        if (pause.isPositive()) {
            db.sql("update login_failure set locked_until = ? where subject = ?")
                    .param(Timestamp.from(now.plus(pause)))
                    .param(subject)
                    .update();
        }
    }
}
