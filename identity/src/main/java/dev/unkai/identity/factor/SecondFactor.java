package dev.unkai.identity.factor;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One's own second factor: setting it up, codes for a lost device, turning it off. A token alone suffices for none of it. */
@Component
public final class SecondFactor {
    private static final Duration TIME_TO_CONFIRM = Duration.ofMinutes(15);
    /** RFC 4226, requirement 6, recommends 160 bits. */
    private static final int SEED_BYTES = 20;

    private static final String WRONG_CODE =
            "The code is not right, or it was used before. Wait for the next one and check the clock of your device.";

    private final Transactions transactions;
    private final AccountStore accounts;
    private final UserCredentials credentials;
    private final FactorStore factors;
    private final FactorRules rules;
    private final RecoveryCodes recovery;
    private final PasskeyStore passkeys;
    private final PasskeyCheck passkeyCheck;
    private final FreshProof proof;
    private final History history;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SecondFactor(
            Transactions transactions,
            AccountStore accounts,
            UserCredentials credentials,
            FactorStore factors,
            FactorRules rules,
            RecoveryCodes recovery,
            PasskeyStore passkeys,
            PasskeyCheck passkeyCheck,
            FreshProof proof,
            History history,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.credentials = credentials;
        this.factors = factors;
        this.rules = rules;
        this.recovery = recovery;
        this.passkeys = passkeys;
        this.passkeyCheck = passkeyCheck;
        this.proof = proof;
        this.history = history;
        this.clock = clock;
    }

    /**
     * How it stands.
     *
     * @param enrolled whether a second factor must be given at the log-in
     * @param app whether that may be an app's code
     * @param since when the app was set up here, or null: never, or by the credentials API
     * @param passkeys the keys that will do as well
     * @param passkeysPossible whether this site has a name, which passkeys need
     * @param recoveryCodesLeft how many are unused
     * @param required whether the contract's plan or the site asks the account for a second factor
     * @param exempt why this account needs none all the same, or null
     */
    public record State(
            boolean enrolled,
            boolean app,
            @Nullable Instant since,
            List<Passkey> passkeys,
            boolean passkeysPossible,
            int recoveryCodesLeft,
            boolean required,
            FactorStore.@Nullable Exempt exempt) {
        public State {
            passkeys = List.copyOf(passkeys);
        }
    }

    public State state(Caller caller) {
        return transactions.asCaller(caller, db -> {
            String id = caller.user();
            return new State(
                    factors.isEnrolled(db, id),
                    factors.hasApp(db, id),
                    factors.confirmed(db, id).map(FactorStore.Confirmed::at).orElse(null),
                    passkeys.list(db, id),
                    passkeyCheck.site().isPresent(),
                    recovery.left(db, id),
                    rules.asks(db, id, caller.token().userDomainId()),
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

    /**
     * Shows a fresh seed. Throws a refusal when the proof does not hold (an account with passkeys shows one too), or when there
     * are codes already.
     */
    Begun begin(Caller caller, FreshProof.Shown shown) {
        Account account = proof.password(caller, shown.password());
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        String text = Base32.encode(seed);
        afterProof(
                caller,
                shown,
                db -> {
                    Account held = held(db, caller);
                    refuseApp(db, held);
                    return held;
                },
                (db, held) -> {
                    factors.begin(db, held.id(), text, clock.instant());
                    return true;
                });
        return new Begun(account, text);
    }

    /**
     * Takes the seed into use when its code is right; gives the recovery codes, which are not to be seen again, or none where
     * the account has some from its passkeys.
     */
    public List<String> confirm(Caller caller, String code) {
        FreshProof.refuseDelegated(caller);
        Optional<List<String>> made = transactions.<Optional<List<String>>>asCaller(caller, db -> {
            Account account = held(db, caller);
            refuseApp(db, account);
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
            return Optional.of(recovery.ensure(db, account.id()));
        });
        return made.orElseThrow(() -> proof.wrong(caller, ApiErrors.wrongCode(WRONG_CODE)));
    }

    /** Ten fresh recovery codes in place of those before. */
    List<String> renewCodes(Caller caller, FreshProof.Shown shown) {
        proof.password(caller, shown.password());
        return afterProof(
                caller,
                shown,
                db -> {
                    Account account = held(db, caller);
                    if (factors.confirmed(db, account.id()).isEmpty() && !passkeys.any(db, account.id())) {
                        throw Refusal.conflict("No second factor was set up here. Set one up first.");
                    }
                    return account;
                },
                (db, account) -> {
                    history.record(
                            db,
                            caller,
                            "update",
                            thing(account, account.id()),
                            Map.of("recovery_codes", "made anew"),
                            Changes.confidential("recovery_codes"));
                    return recovery.renew(db, account.id());
                });
    }

    /** From now on no app's code is asked for; without passkeys, the password alone is enough again unless the site asks for more. */
    void remove(Caller caller, FreshProof.Shown shown) {
        proof.password(caller, shown.password());
        afterProof(
                caller,
                shown,
                db -> {
                    Account account = held(db, caller);
                    if (!factors.hasApp(db, account.id())) {
                        throw Refusal.conflict("There are no one-time codes to turn off.");
                    }
                    return account;
                },
                (db, account) -> {
                    String credential = factors.confirmed(db, account.id())
                            .map(FactorStore.Confirmed::credentialId)
                            .orElse(account.id());
                    record(db, caller, "delete", account, credential);
                    credentials.forgetSeeds(db, account.id());
                    factors.forgetCodesOfNothing(db, account.id());
                    return true;
                });
    }

    /** One transaction: looks, uses the second factor up, and works; a wrong one commits, and is counted after. */
    private <T> T afterProof(
            Caller caller, FreshProof.Shown shown, Function<Db, Account> look, BiFunction<Db, Account, T> work) {
        AtomicReference<@Nullable Refusal> wrong = new AtomicReference<>();
        Optional<T> done = transactions.<Optional<T>>asCaller(caller, db -> {
            Account account = look.apply(db);
            wrong.set(proof.second(db, account, shown.second()).orElse(null));
            return wrong.get() == null ? Optional.of(work.apply(db, account)) : Optional.empty();
        });
        return done.orElseThrow(() -> proof.wrong(caller, java.util.Objects.requireNonNull(wrong.get())));
    }

    /** Taken for a change, so that two set-ups of one account come one after the other. */
    private Account held(Db db, Caller caller) {
        return accounts.forChange(db, caller.user()).orElseThrow(() -> ApiErrors.absent("user", caller.user()));
    }

    private void refuseApp(Db db, Account account) {
        if (factors.hasApp(db, account.id())) {
            throw Refusal.conflict("One-time codes are set up already. Turn them off before you set up another app.");
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
