package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.auth.LoginRequest.ByProvider;
import dev.unkai.identity.factor.FactorCheck;
import dev.unkai.identity.factor.FactorRules;
import dev.unkai.identity.factor.PasskeyCheck;
import dev.unkai.identity.factor.Second;
import dev.unkai.identity.factor.Totp;
import dev.unkai.identity.federation.FederatedAccounts;
import dev.unkai.identity.federation.FederatedAccounts.Entry;
import dev.unkai.identity.federation.IdentityProvider;
import dev.unkai.identity.federation.IssuerTrouble;
import dev.unkai.identity.federation.Methods;
import dev.unkai.identity.federation.ProviderLogOut;
import dev.unkai.identity.federation.Return;
import dev.unkai.identity.federation.SignIns;
import dev.unkai.identity.federation.SignIns.AwaitingSecond;
import dev.unkai.identity.federation.SignIns.Said;
import dev.unkai.identity.federation.SignIns.Taken;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Log-in through a contract's own identity provider; each step is granted or refused in one transaction with its event. */
@Component
public final class FederatedLogin {
    private final Transactions transactions;
    private final SignIns signIns;
    private final FederatedAccounts federated;
    private final ProviderLogOut logOut;
    private final AccountStore accounts;
    private final ScopeChoice scopes;
    private final FactorCheck codes;
    private final PasskeyCheck passkeys;
    private final LoginThrottle throttle;
    private final LoginAnswers answers;
    private final LoginEvents events;
    private final Clock clock;

    FederatedLogin(
            Transactions transactions,
            SignIns signIns,
            FederatedAccounts federated,
            ProviderLogOut logOut,
            AccountStore accounts,
            ScopeChoice scopes,
            FactorCheck codes,
            PasskeyCheck passkeys,
            LoginThrottle throttle,
            LoginAnswers answers,
            LoginEvents events,
            Clock clock) {
        this.transactions = transactions;
        this.signIns = signIns;
        this.federated = federated;
        this.logOut = logOut;
        this.accounts = accounts;
        this.scopes = scopes;
        this.codes = codes;
        this.passkeys = passkeys;
        this.throttle = throttle;
        this.answers = answers;
        this.events = events;
        this.clock = clock;
    }

    /** Where the browser goes next, and to whom. */
    public sealed interface Start {
        record Begun(String provider, URI address) implements Start {}

        record Refused(Refusal refusal) implements Start {}
    }

    /**
     * Begins at a sign-in link. What is refused is recorded already.
     *
     * @param browser a secret that only this browser has
     * @param fresh whether its user shall show the issuer again who he is
     */
    Start begin(String entryKey, String browser, boolean fresh, Requester from) {
        if (answers.isPaused("", from)) {
            return new Start.Refused(new Refusal(
                    Refusal.Kind.TOO_MANY, "TooMany", "Too many attempts. Wait a few minutes and try again."));
        }
        Optional<IdentityProvider> found = answers.find(db -> signIns.byLink(db, entryKey));
        if (found.isEmpty()) {
            return new Start.Refused(strange(
                    "no such sign-in link",
                    from,
                    new Refusal(
                            Refusal.Kind.NOT_FOUND,
                            "SignInNoLink",
                            "This sign-in link is not valid, or not any more. Ask your organisation's administrator"
                                    + " for the present one.")));
        }
        IdentityProvider provider = found.get();
        try {
            return new Start.Begun(provider.name(), signIns.begin(provider, browser, fresh));
        } catch (IssuerTrouble trouble) {
            return new Start.Refused(refuse(provider, trouble, from));
        }
    }

    /** Finishes with what the browser brings back. */
    Outcome finish(Return back, Requester from) {
        Optional<Taken> found = taken(back.state(), back.browser());
        if (found.isEmpty()) {
            return new Outcome.Refused(lapsed(from));
        }
        Taken taken = found.get();
        try {
            Said said = signIns.redeem(taken, back);
            return transactions.asCaller(Nobody.YET, db -> enter(db, taken, said, back.state(), from));
        } catch (IssuerTrouble trouble) {
            return new Outcome.Refused(refuse(taken.provider(), trouble, from));
        }
    }

    /** The issuer sent the browser back without a code. @param error its word for why (RFC 6749, 4.1.2.1) */
    Outcome refusedThere(String state, String browser, String error, Requester from) {
        Optional<Taken> found = taken(state, browser);
        if (found.isEmpty()) {
            return new Outcome.Refused(lapsed(from));
        }
        IdentityProvider provider = found.get().provider();
        return new Outcome.Refused(refused(
                proof(provider, "unknown", null),
                "the provider refused: " + error,
                from,
                new Refusal(
                        Refusal.Kind.UNAUTHORIZED,
                        "SignInRefusedThere",
                        provider.name() + " did not let you in, or you left there. Try again, or ask who runs it.")));
    }

    private Optional<Taken> taken(String state, String browser) {
        return transactions.<Optional<Taken>>asCaller(Nobody.YET, db -> signIns.take(db, state, browser));
    }

    private Outcome enter(Db db, Taken taken, Said said, String state, Requester from) {
        String claimed = said.token()
                .text(taken.provider().nameClaim())
                .orElse(said.token().subject());
        IdentityProvider provider = signIns.stillOpen(db, taken.provider()).orElse(null);
        if (provider == null) {
            return answers.refuse(
                    db,
                    proof(taken.provider(), claimed, null),
                    Optional.empty(),
                    "the provider was disabled meanwhile",
                    from,
                    notHere());
        }
        ByProvider proof = proof(provider, claimed, said.methods());
        return switch (federated.enter(db, provider, said.token())) {
            case Entry.Denied(Optional<Account> account, String why) ->
                answers.refuse(db, proof, account, why, from, notHere());
            case Entry.Entered(Account account) ->
                account.usable()
                        ? kept(
                                db,
                                provider,
                                said,
                                complete(
                                        db,
                                        proof,
                                        account,
                                        said.shownAt(),
                                        from,
                                        () -> signIns.awaitSecond(db, state, taken, account.id(), said)))
                        : answers.refuse(db, proof, Optional.of(account), "account disabled", from, notHere());
        };
    }

    /** What the provider is shown again when the session ends. */
    private Outcome kept(Db db, IdentityProvider provider, Said said, Outcome outcome) {
        if (outcome instanceof Outcome.Granted(var issued)) {
            logOut.began(db, provider, said, issued.claims().auditIds().getLast());
        }
        return outcome;
    }

    /** What the account's own second factor says, where the issuer's does not count here; null asks for it again. */
    Outcome second(String state, String browser, @Nullable Second second, Requester from) {
        return transactions.asCaller(Nobody.YET, db -> {
            AwaitingSecond waiting = signIns.awaitingSecond(db, state, browser).orElse(null);
            Account account = waiting == null
                    ? null
                    : accounts.forChange(db, waiting.accountId())
                            .filter(Account::usable)
                            .orElse(null);
            if (waiting == null || account == null) {
                return answers.refuse(
                        db, proof(null, "unknown", null), Optional.empty(), LAPSED, from, lapsedRefusal());
            }
            ByProvider proof = proof(waiting.provider(), account.name(), waiting.methods());
            if (second == null) {
                Outcome outcome = complete(db, proof, account, waiting.shownAt(), from, () -> {});
                if (outcome instanceof Outcome.Granted) {
                    signIns.done(db, state); // the second factor was turned off meanwhile
                }
                return outcome;
            }
            String counter = "account:" + account.id();
            if (throttle.isPaused(db, counter, from, clock.instant())) {
                return answers.refuseGuess(
                        db, proof, Optional.of(account), counter, "paused after wrong attempts", from, wrongCode());
            }
            Optional<Outcome> wrong = wrong(db, proof, account, counter, second, from);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            throttle.succeeded(db, counter);
            signIns.done(db, state);
            List<String> methods = new ArrayList<>(waiting.methods());
            methods.add(second instanceof Second.Code ? Totp.TYPE : FactorRules.PASSKEY);
            return complete(
                    db, proof(waiting.provider(), account.name(), methods), account, clock.instant(), from, () -> {});
        });
    }

    private Optional<Outcome> wrong(
            Db db, ByProvider proof, Account account, String counter, Second second, Requester from) {
        return switch (second) {
            case Second.Code(String code) -> {
                FactorCheck.Outcome found = codes.use(db, account, code);
                if (found == FactorCheck.Outcome.RECOVERY_CODE) {
                    events.recoveryCodeUsed(db, account, from);
                }
                yield found == FactorCheck.Outcome.WRONG
                        ? Optional.of(answers.refuseGuess(
                                db, proof, Optional.of(account), counter, "wrong code", from, wrongCode()))
                        : Optional.empty();
            }
            case Second.ByPasskey(var answer) ->
                passkeys.logInRefusal(db, account, answer)
                        .map(reason -> answers.refusePasskey(db, proof, account, counter, reason, from));
        };
    }

    /** The rest is as after a password. @param awaiting what is to be done where the local second factor is missing */
    private Outcome complete(
            Db db, ByProvider proof, Account account, Instant shownAt, Requester from, Runnable awaiting) {
        Target target = scopes.choose(db, account, new LoginRequest.Default()).orElseGet(Target.Unscoped::new);
        List<HeldRole> roles = answers.roles(db, account, target);
        if (roles.isEmpty()) {
            return answers.refuse(
                    db, proof, Optional.of(account), "the mapping gives no role on the project", from, notHere());
        }
        // Where he may come from is said before anything of a second factor.
        if (!answers.permits(account, target, roles, null, from)) {
            return answers.refuseSource(db, proof, account, from);
        }
        Optional<Outcome> incomplete = answers.refuseIncomplete(db, proof, account, proof.methods(), from);
        if (incomplete.isPresent()) {
            awaiting.run();
            return incomplete.get();
        }
        if (answers.mustEnrol(db, account, proof.methods())) {
            return answers.refuse(
                    db,
                    proof,
                    Optional.of(account),
                    "second factor neither seen by the provider nor set up",
                    from,
                    new Refusal(
                            Refusal.Kind.UNAUTHORIZED,
                            "SignInSecondFactor",
                            "Your role needs a second factor, and " + proof.provider()
                                    + " did not ask you for one that counts here. Ask who runs it to require one for"
                                    + " this service."));
        }
        return answers.grant(db, new Grant(account, target, roles, proof.methods()), proof, shownAt, from);
    }

    private Refusal refuse(IdentityProvider provider, IssuerTrouble trouble, Requester from) {
        Refusal refusal = switch (trouble.kind()) {
            case UNAVAILABLE ->
                new Refusal(
                        Refusal.Kind.UNAVAILABLE,
                        "SignInUnavailable",
                        provider.name() + " cannot be reached right now. Try again in a moment, or ask who runs it.");
            case NOT_BELIEVED ->
                new Refusal(
                        Refusal.Kind.UNAUTHORIZED,
                        "SignInNotBelieved",
                        "What " + provider.name() + " answered was not accepted. Sign in again; if it stays so, ask who"
                                + " runs it: the history of the contract has the reason.");
        };
        return refused(proof(provider, "unknown", null), trouble.reason(), from, refusal);
    }

    private static final String LAPSED = "sign-in unknown, used before, lapsed or begun by another browser";

    private Refusal lapsed(Requester from) {
        return strange(LAPSED, from, lapsedRefusal());
    }

    /** Anybody can come with any link and any state: he is counted by his address. */
    private Refusal strange(String why, Requester from, Refusal refusal) {
        transactions.doAsCaller(Nobody.YET, db -> throttle.failedFrom(db, from, clock.instant()));
        return refused(proof(null, "unknown", null), why, from, refusal);
    }

    private Refusal refused(ByProvider proof, String why, Requester from, Refusal refusal) {
        transactions.doAsCaller(Nobody.YET, db -> events.refused(db, proof, Optional.empty(), why, from));
        return refusal;
    }

    private static Refusal lapsedRefusal() {
        return new Refusal(
                Refusal.Kind.UNAUTHORIZED,
                "SignInLapsed",
                "This sign-in took too long, was finished before, or began in another browser. Begin again at your"
                        + " sign-in link.");
    }

    /** The same for whatever is missing on this side: who the person is, the issuer knows. */
    private static Refusal notHere() {
        return new Refusal(
                Refusal.Kind.UNAUTHORIZED,
                "SignInNoRights",
                "You are signed in there, but you have no rights here. Ask your organisation's administrator to give you"
                        + " access to this service.");
    }

    private static Refusal wrongCode() {
        return new Refusal(
                Refusal.Kind.UNAUTHORIZED,
                Login.FACTOR_WRONG,
                "The code is not right, or it was used before. Wait for the next one, check the clock of your device, or"
                        + " use one of your recovery codes.");
    }

    private static ByProvider proof(
            @Nullable IdentityProvider provider, String claimed, @Nullable List<String> methods) {
        return new ByProvider(
                provider == null ? "unknown" : provider.name(),
                claimed,
                provider == null ? null : provider.project(),
                methods == null ? List.of(Methods.PROVIDER) : methods);
    }
}
