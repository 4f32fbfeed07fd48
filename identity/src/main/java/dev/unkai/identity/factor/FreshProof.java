package dev.unkai.identity.factor;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.PasswordProof;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.factor.PasskeyChallenges.Purpose;
import dev.unkai.identity.federation.Methods;
import dev.unkai.web.ProofAge;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What an account's owner shows again before the way he logs in changes: the password, and the second factor where there is
 * one. So a token that was stolen adds no factor to the account and takes none away.
 */
@Component
public final class FreshProof {
    private static final String WRONG_PASSWORD =
            "The password is not right, or was wrong too often. Check it and try again in a moment.";

    private static final Duration JUST_NOW = Duration.ofMinutes(5);

    private final Transactions transactions;
    private final AccountStore accounts;
    private final FactorStore factors;
    private final FactorCheck codes;
    private final PasskeyCheck passkeys;
    private final PasswordProof passwords;
    private final Clock clock;

    FreshProof(
            Transactions transactions,
            AccountStore accounts,
            FactorStore factors,
            FactorCheck codes,
            PasskeyCheck passkeys,
            PasswordProof passwords,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.factors = factors;
        this.codes = codes;
        this.passkeys = passkeys;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** @param second beside the password, or null where the account has no second factor */
    public record Shown(String password, @Nullable Second second) {
        @Override
        public String toString() {
            return "proof";
        }
    }

    /** The account. Throws a refusal for a wrong password. Works out a hash: not in a transaction. */
    public Account password(Caller caller, String password) {
        refuseDelegated(caller);
        if (caller.token().methods().contains(Methods.PROVIDER)) {
            return signedInJustNow(caller);
        }
        if (password.isBlank()) {
            throw Refusal.invalid("The field \"proof.password\" is missing or empty.");
        }
        return passwords.of(caller, caller.user(), password).orElseThrow(() -> ApiErrors.wrongPassword(WRONG_PASSWORD));
    }

    /** In the place of a password that the account does not have: its owner showed the contract's identity provider who he is minutes ago. */
    private Account signedInJustNow(Caller caller) {
        Instant proved = caller.token().provedAt();
        if (proved == null || proved.plus(JUST_NOW).isBefore(clock.instant())) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    ProofAge.CODE,
                    "You signed in through your organisation some time ago. Sign in there once more, then do this again.");
        }
        return transactions.asCaller(
                caller,
                db -> accounts.byId(db, caller.user()).orElseThrow(() -> ApiErrors.absent("user", caller.user())));
    }

    /**
     * Why the second factor does not hold, empty when it does or there is none. The caller lets its transaction commit, so that
     * what was shown is used up, and hands the reason to {@link #wrong}.
     */
    public Optional<Refusal> second(Db db, Account account, @Nullable Second second) {
        if (!factors.isEnrolled(db, account.id())) {
            return Optional.empty();
        }
        return switch (second) {
            case null ->
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        "CodeMissing",
                        "This account has a second factor. Give a code of it, or a passkey's answer, beside the password.");
            case Second.Code(String code) ->
                codes.use(db, account, code) == FactorCheck.Outcome.WRONG
                        ? Optional.of(
                                ApiErrors.wrongCode("The code is not right, or it was used before. Wait for the next"
                                        + " one and check the clock of your device."))
                        : Optional.empty();
            case Second.ByPasskey(PasskeyAnswer answer) ->
                passkeys.refusal(db, account, answer, Purpose.PROOF).map(ApiErrors::wrongPasskey);
        };
    }

    /** Counts the guess, outside of the transaction that looked, and throws. */
    public Refusal wrong(Caller caller, Refusal refusal) {
        passwords.failed(caller, caller.user());
        return refusal;
    }

    static void refuseDelegated(Caller caller) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden("An application credential or a trust cannot change how somebody logs in. Log in by"
                    + " password.");
        }
    }
}
