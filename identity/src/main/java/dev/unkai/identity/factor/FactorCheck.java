package dev.unkai.identity.factor;

import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.credential.UserCredential;
import dev.unkai.identity.credential.UserCredentials;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Checks the code that somebody typed, and uses it up. */
@Component
public final class FactorCheck {
    private final UserCredentials credentials;
    private final FactorStore factors;
    private final RecoveryCodes recovery;
    private final Clock clock;

    FactorCheck(UserCredentials credentials, FactorStore factors, RecoveryCodes recovery, Clock clock) {
        this.credentials = credentials;
        this.factors = factors;
        this.recovery = recovery;
        this.clock = clock;
    }

    /** What the code turned out to be. */
    public enum Outcome {
        PASSCODE,
        RECOVERY_CODE,
        WRONG
    }

    /** The code counts from the commit of the transaction on as used; of two that use it at once, one gets it. */
    public Outcome use(Db db, Account account, String code) {
        List<UserCredential> seeds = credentials.seeds(db, account.id());
        String plain = code.replaceAll("\\s", "");
        for (UserCredential seed : seeds) {
            OptionalLong step = Totp.seedOf(seed.blob())
                    .map(known -> Totp.stepOf(known, plain, clock.instant()))
                    .orElse(OptionalLong.empty());
            if (step.isPresent() && factors.take(db, seed.id(), step.getAsLong())) {
                return Outcome.PASSCODE;
            }
        }
        if (factors.isEnrolled(db, account.id()) && recovery.use(db, account.id(), code)) {
            return Outcome.RECOVERY_CODE;
        }
        return Outcome.WRONG;
    }
}
