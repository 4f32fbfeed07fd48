package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.Passwords;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.auth.LoginRequest.ByAccount;
import dev.unkai.identity.auth.LoginRequest.ByPasskey;
import dev.unkai.identity.auth.LoginRequest.ByPassword;
import dev.unkai.identity.auth.LoginRequest.ByReceipt;
import dev.unkai.identity.auth.LoginRequest.OnTrust;
import dev.unkai.identity.auth.LoginRequest.Passcode;
import dev.unkai.identity.auth.LoginRequest.Wish;
import dev.unkai.identity.factor.FactorCheck;
import dev.unkai.identity.factor.PasskeyAnswer;
import dev.unkai.identity.factor.PasskeyCheck;
import dev.unkai.identity.passwordlink.PasswordLinks;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.web.SourceCheck;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Log-in by password, with a code beside it where the account has a second factor. */
@Component
final class PasswordLogin {
    private final Transactions transactions;
    private final AccountStore accounts;
    private final ScopeChoice scopes;
    private final TrustLogin trusts;
    private final PasswordHash hashes;
    private final FactorCheck codes;
    private final PasskeyCheck passkeys;
    private final Receipts receipts;
    private final LoginThrottle throttle;
    private final LoginAnswers answers;
    private final LoginEvents events;
    private final Passwords passwords;
    private final PasswordLinks links;

    PasswordLogin(
            Transactions transactions,
            AccountStore accounts,
            ScopeChoice scopes,
            TrustLogin trusts,
            PasswordHash hashes,
            FactorCheck codes,
            PasskeyCheck passkeys,
            Receipts receipts,
            LoginThrottle throttle,
            LoginAnswers answers,
            LoginEvents events,
            Passwords passwords,
            PasswordLinks links) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.scopes = scopes;
        this.trusts = trusts;
        this.hashes = hashes;
        this.codes = codes;
        this.passkeys = passkeys;
        this.receipts = receipts;
        this.throttle = throttle;
        this.answers = answers;
        this.events = events;
        this.passwords = passwords;
        this.links = links;
    }

    /**
     * What a password lets somebody into: a token, or a tunnel. Each part is asked within one transaction.
     *
     * @param <T> how it ends
     */
    interface Entrance<T> {
        /** Whether the account may come from where it does. */
        boolean permits(Db db, Account account);

        T refused(Outcome outcome);

        /** The password is right, and so is the code, if there was one. */
        T enter(Db db, Account account, String counter);
    }

    Outcome answer(ByAccount proof, Wish wish, Requester from) {
        return prove(proof, from, new Entrance<>() {
            @Override
            public boolean permits(Db db, Account account) {
                return answers.permits(account, new Target.Unscoped(), List.of(), null, from);
            }

            @Override
            public Outcome refused(Outcome outcome) {
                return outcome;
            }

            @Override
            public Outcome enter(Db db, Account account, String counter) {
                return complete(db, proof, account, wish, counter, from);
            }
        });
    }

    /** Checks the proof, counts wrong ones, and lets who passes go on in the same transaction. */
    <T> T prove(ByAccount proof, Requester from, Entrance<T> entrance) {
        Optional<Account> claimed = answers.find(db -> answers.account(db, proof.account()));
        String counter = LoginEvents.counter(proof.account(), claimed);
        if (answers.isPaused(counter, from)) {
            return entrance.refused(answers.refuseGuess(proof, claimed, counter, "paused after wrong attempts", from));
        }
        String hash = claimed.map(Account::passwordHash).orElse(null);
        Optional<Outcome> stranger = switch (proof) {
            case ByPassword shown ->
                hashes.matches(shown.password(), hash)
                        ? Optional.empty()
                        : Optional.of(answers.refuseGuess(proof, claimed, counter, "wrong account or password", from));
            case ByReceipt shown -> refuseReceipt(shown, claimed, from);
        };
        if (stranger.isPresent()) {
            return entrance.refused(stranger.get());
        }
        String id = claimed.orElseThrow().id();
        return transactions.asCaller(Nobody.YET, db -> {
            Account account = accounts.held(db, id)
                    .filter(now -> Objects.equals(hash, now.passwordHash()) && now.usable())
                    .orElse(null);
            if (account == null) {
                return entrance.refused(
                        answers.refuseGuess(db, proof, claimed, counter, "account disabled or changed", from));
            }
            // Before anything is said of a second factor: whoever may not come from there learns nothing of the
            // password.
            if (!entrance.permits(db, account)) {
                return entrance.refused(answers.refuseGuess(db, proof, claimed, counter, SourceCheck.REASON, from));
            }
            Optional<Outcome> wrong = switch (proof.second()) {
                case null -> Optional.empty();
                case Passcode passcode -> refuseCode(db, proof, passcode, account, counter, from);
                case ByPasskey(PasskeyAnswer key) -> refusePasskey(db, proof, key, account, counter, from);
            };
            if (wrong.isPresent()) {
                return entrance.refused(wrong.get());
            }
            return entrance.enter(db, account, counter);
        });
    }

    /** Nobody guesses a seal: a receipt that has ended, or not ours, is not counted. */
    private Optional<Outcome> refuseReceipt(ByReceipt proof, Optional<Account> claimed, Requester from) {
        boolean good = claimed.isPresent()
                && receipts.isGood(proof.receipt(), claimed.get().passwordHash());
        return good
                ? Optional.empty()
                : Optional.of(transactions.asCaller(
                        Nobody.YET,
                        db -> answers.refuse(db, proof, claimed, "receipt not valid", from, LoginRequest.noReceipt())));
    }

    private Optional<Outcome> refuseCode(
            Db db, ByAccount proof, Passcode passcode, Account account, String counter, Requester from) {
        boolean same = answers.account(db, passcode.account())
                .filter(other -> other.id().equals(account.id()))
                .isPresent();
        FactorCheck.Outcome found = same ? codes.use(db, account, passcode.code()) : FactorCheck.Outcome.WRONG;
        if (found == FactorCheck.Outcome.RECOVERY_CODE) {
            events.recoveryCodeUsed(db, account, from);
        }
        return found != FactorCheck.Outcome.WRONG
                ? Optional.empty()
                : Optional.of(answers.refuseGuess(
                        db,
                        proof,
                        Optional.of(account),
                        counter,
                        "wrong code",
                        from,
                        new Refusal(
                                Refusal.Kind.UNAUTHORIZED,
                                Login.FACTOR_WRONG,
                                "The code is not right, or it was used before. Wait for the next one, check the clock"
                                        + " of your device, or use one of your recovery codes.")));
    }

    private Optional<Outcome> refusePasskey(
            Db db, ByAccount proof, PasskeyAnswer answer, Account account, String counter, Requester from) {
        return passkeys.logInRefusal(db, account, answer)
                .map(reason -> answers.refusePasskey(db, proof, account, counter, reason, from));
    }

    /** Refuses who has to show more than the password, and a password that has expired. */
    Optional<Outcome> refuseUnfinished(Db db, ByAccount proof, Account account, Requester from) {
        Optional<Outcome> incomplete = answers.refuseIncomplete(db, proof, account, proof.methods(), from);
        if (incomplete.isPresent()) {
            return incomplete;
        }
        if (answers.isPast(account.passwordExpiresAt()) && !account.options().passwordNeverEnds()) {
            return Optional.of(expired(db, proof, account, from));
        }
        return Optional.empty();
    }

    /** Who has the console before him chooses another password at once; of an issued one the provider makes the next. */
    private Outcome expired(Db db, ByAccount proof, Account account, Requester from) {
        boolean issued = passwords.isIssued(db, account);
        Outcome refused = answers.refuse(
                db,
                proof,
                Optional.of(account),
                "password expired",
                from,
                issued
                        ? new Refusal(
                                Refusal.Kind.UNAUTHORIZED,
                                Login.ISSUED_PASSWORD_EXPIRED,
                                "Your password has expired. The provider issues passwords in your contract: ask the provider for a new one,"
                                        + " which comes by a link to your registered mail address.")
                        : new Refusal(
                                Refusal.Kind.UNAUTHORIZED,
                                Login.PASSWORD_EXPIRED,
                                "Your password has expired. Choose a new one: the log-in page of the console asks for it when you log in"
                                        + " there, and sends a link to your registered mail address when you ask for one."));
        return !issued && from.console() != null && refused instanceof Outcome.Refused(Refusal refusal)
                ? new Outcome.Expired(links.renewal(db, account.id()), refusal)
                : refused;
    }

    private Outcome complete(Db db, ByAccount proof, Account account, Wish wish, String counter, Requester from) {
        List<String> methods = proof.methods();
        Optional<Outcome> unfinished = refuseUnfinished(db, proof, account, from);
        if (unfinished.isPresent()) {
            return unfinished.get();
        }
        if (wish instanceof OnTrust(String trustId)) {
            throttle.succeeded(db, counter);
            return trusts.answer(db, proof, account, trustId, methods, null, from);
        }
        Optional<Target> target = scopes.choose(db, account, wish);
        List<HeldRole> roles =
                target.map(chosen -> answers.roles(db, account, chosen)).orElse(List.of());
        if (target.isEmpty() || (roles.isEmpty() && !(target.get() instanceof Target.Unscoped))) {
            return answers.refuseScope(db, proof, account, from);
        }
        if (!answers.permits(account, target.get(), roles, null, from)) {
            return answers.refuseGuess(db, proof, Optional.of(account), counter, SourceCheck.REASON, from);
        }
        boolean unscoped = target.get() instanceof Target.Unscoped;
        Optional<Outcome> unenrolled =
                unscoped ? Optional.empty() : answers.refuseUnenrolled(db, proof, account, methods, from);
        if (unenrolled.isPresent()) {
            return unenrolled.get();
        }
        throttle.succeeded(db, counter);
        Grant grant = unscoped && answers.mustEnrol(db, account, methods)
                ? Enrolment.grant(account, methods, null)
                : new Grant(account, target.get(), roles, methods);
        return answers.grant(db, grant, from);
    }
}
