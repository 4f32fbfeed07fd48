package dev.unkai.identity.factor;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.PasswordProof;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.credential.UserCredentials;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One's own second factor: setting it up, codes for a lost device, turning it off. A token alone suffices for none of it. */
@Component
public final class SecondFactor {
    private static final Duration TIME_TO_CONFIRM = Duration.ofMinutes(15);
    /** RFC 4226, requirement 6, recommends 160 bits. */
    private static final int SEED_BYTES = 20;

    private static final String WRONG_PASSWORD =
            "The password is not right, or was wrong too often. Check it and try again in a moment.";

    private final Transactions transactions;
    private final AccountStore accounts;
    private final UserCredentials credentials;
    private final FactorStore factors;
    private final FactorCheck codes;
    private final FactorRules rules;
    private final RecoveryCodes recovery;
    private final PasswordProof passwords;
    private final History history;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SecondFactor(
            Transactions transactions,
            AccountStore accounts,
            UserCredentials credentials,
            FactorStore factors,
            FactorCheck codes,
            FactorRules rules,
            RecoveryCodes recovery,
            PasswordProof passwords,
            History history,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.credentials = credentials;
        this.factors = factors;
        this.codes = codes;
        this.rules = rules;
        this.recovery = recovery;
        this.passwords = passwords;
        this.history = history;
        this.clock = clock;
    }

    /**
     * How it stands.
     *
     * @param enrolled whether a code must be given at the log-in
     * @param since when it was set up here, or null: never, or by the credentials API
     * @param recoveryCodesLeft how many are unused
     * @param required whether the site asks the caller's roles for a second factor
     * @param exempt why this account needs none all the same, or null
     */
    public record State(
            boolean enrolled,
            @Nullable Instant since,
            int recoveryCodesLeft,
            boolean required,
            FactorStore.@Nullable Exempt exempt) {}

    public State state(Caller caller) {
        return transactions.asCaller(caller, db -> {
            String id = caller.user();
            Optional<FactorStore.Confirmed> confirmed = factors.confirmed(db, id);
            return new State(
                    factors.isEnrolled(db, id),
                    confirmed.map(FactorStore.Confirmed::at).orElse(null),
                    confirmed
                            .map(factor -> recovery.left(db, factor.credentialId()))
                            .orElse(0),
                    rules.asks(caller.token().roles()),
                    factors.exempt(db, id).orElse(null));
        });
    }

    /** A fresh seed for the account, and the account; it counts for nothing until {@link #confirm}. */
    public record Begun(Account account, String seed) {
        @Override
        public String toString() {
            return "seed for " + account;
        }
    }

    /** Shows a fresh seed. Throws a refusal when the password is wrong, or when there is a second factor already. */
    public Begun begin(Caller caller, String password) {
        Account account = proved(caller, password);
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        String text = Base32.encode(seed);
        transactions.doAsCaller(caller, db -> {
            Account held = held(db, caller);
            refuseEnrolled(db, held);
            factors.begin(db, held.id(), text, clock.instant());
        });
        return new Begun(account, text);
    }

    /** Takes the seed into use when its code is right; gives the recovery codes, which are not to be seen again. */
    public List<String> confirm(Caller caller, String code) {
        refuseDelegated(caller);
        Optional<List<String>> made = transactions.<Optional<List<String>>>asCaller(caller, db -> {
            Account account = held(db, caller);
            refuseEnrolled(db, account);
            FactorStore.Enrolment enrolment = factors.enrolment(db, account.id())
                    .filter(begun -> begun.begunAt().plus(TIME_TO_CONFIRM).isAfter(clock.instant()))
                    .orElseThrow(() -> new Refusal(
                            Refusal.Kind.CONFLICT,
                            "SetUpLapsed",
                            "The set-up was not begun, or it took too long. Begin again."));
            var step = Totp.stepOf(Totp.seed(enrolment.seed()), code.replaceAll("\\s", ""), clock.instant());
            if (step.isEmpty()) {
                return Optional.empty();
            }
            String credential = credentials.keepSeed(db, account, enrolment.seed());
            factors.take(db, credential, step.getAsLong());
            factors.confirm(db, account.id(), credential, clock.instant());
            record(db, caller, "create", account, credential);
            return Optional.of(recovery.renew(db, credential));
        });
        return made.orElseThrow(() -> wrongCode(caller));
    }

    /** Ten fresh recovery codes in place of those before. */
    public List<String> renewCodes(Caller caller, String password, String code) {
        proved(caller, password);
        Optional<List<String>> made = transactions.<Optional<List<String>>>asCaller(caller, db -> {
            Account account = held(db, caller);
            FactorStore.Confirmed factor = factors.confirmed(db, account.id())
                    .orElseThrow(() -> Refusal.conflict("No second factor was set up here. Set one up first."));
            if (codes.use(db, account, code) == FactorCheck.Outcome.WRONG) {
                return Optional.empty();
            }
            history.record(
                    db, caller, "update", thing(account, factor.credentialId()), Map.of("recovery_codes", "made anew"));
            return Optional.of(recovery.renew(db, factor.credentialId()));
        });
        return made.orElseThrow(() -> wrongCode(caller));
    }

    /** From now on the password alone is enough again, unless the site asks for more. */
    public void remove(Caller caller, String password, String code) {
        proved(caller, password);
        boolean removed = transactions.<Boolean>asCaller(caller, db -> {
            Account account = held(db, caller);
            if (!factors.isEnrolled(db, account.id())) {
                throw Refusal.conflict("There is no second factor to turn off.");
            }
            if (codes.use(db, account, code) == FactorCheck.Outcome.WRONG) {
                return false;
            }
            String credential = factors.confirmed(db, account.id())
                    .map(FactorStore.Confirmed::credentialId)
                    .orElse(account.id());
            record(db, caller, "delete", account, credential);
            credentials.forgetSeeds(db, account.id());
            return true;
        });
        if (!removed) {
            throw wrongCode(caller);
        }
    }

    private Account proved(Caller caller, String password) {
        refuseDelegated(caller);
        return passwords.of(caller, caller.user(), password).orElseThrow(() -> ApiErrors.wrongPassword(WRONG_PASSWORD));
    }

    /** Outside of the transaction that looked, so that the guess counts. */
    private Refusal wrongCode(Caller caller) {
        passwords.failed(caller, caller.user());
        return ApiErrors.wrongCode("The code is not right, or it was used before. Wait for the next one and check the"
                + " clock of your device.");
    }

    /** Taken for a change, so that two set-ups of one account come one after the other. */
    private Account held(Db db, Caller caller) {
        return accounts.forChange(db, caller.user()).orElseThrow(() -> ApiErrors.absent("user", caller.user()));
    }

    private void refuseEnrolled(Db db, Account account) {
        if (factors.isEnrolled(db, account.id())) {
            throw Refusal.conflict("There is a second factor already. Turn it off before you set up another one.");
        }
    }

    private static void refuseDelegated(Caller caller) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden("An application credential or a trust cannot change how somebody logs in. Log in by"
                    + " password.");
        }
    }

    private void record(Db db, Caller caller, String action, Account account, String credential) {
        history.record(db, caller, action, thing(account, credential), Map.of("user_id", account.id()));
    }

    private static History.Thing thing(Account account, String credential) {
        return new History.Thing(
                "second_factor", credential, account.name(), account.domainId(), account.defaultProjectId());
    }
}
