package dev.unkai.identity.factor;

import dev.unkai.base.data.Db;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Challenges for passkeys: each for one account and one purpose, good for one answer within five minutes. */
@Component
final class PasskeyChallenges {
    static final Duration LIFE = Duration.ofMinutes(5);
    /** Web Authentication, 13.4.3: 16 bytes at least. */
    private static final int BYTES = 32;
    /** How many of an account may wait at once: whoever asks for more loses the oldest. */
    private static final int WAITING = 20;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PasskeyChallenges(Clock clock) {
        this.clock = clock;
    }

    /** What the answer shall be good for. */
    enum Purpose {
        REGISTRATION,
        LOG_IN,
        /** Beside the password, before the way one logs in changes. */
        PROOF,
        /** Alone, in a session of the console. */
        SESSION;

        String column() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    byte[] make(Db db, String accountId, Purpose purpose) {
        byte[] challenge = new byte[BYTES];
        random.nextBytes(challenge);
        db.sql("""
                        delete from passkey_challenge where challenge in (
                            select challenge from passkey_challenge where account_id = ? order by made_at desc offset ?)
                        """).param(accountId).param(WAITING - 1).update();
        db.sql("insert into passkey_challenge (challenge, account_id, purpose, made_at) values (?, ?, ?, ?)")
                .param(challenge)
                .param(accountId)
                .param(purpose.column())
                .param(Timestamp.from(clock.instant()))
                .update();
        return challenge;
    }

    /** Uses the challenge up; whether it was made for this and waits still. */
    boolean take(Db db, String accountId, Purpose purpose, byte[] challenge) {
        return db.sql("""
                        delete from passkey_challenge
                         where challenge = ? and account_id = ? and purpose = ? returning made_at > ?
                        """)
                .param(challenge)
                .param(accountId)
                .param(purpose.column())
                .param(Timestamp.from(clock.instant().minus(LIFE)))
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }
}
