package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.auth.LoginRequest.ByProvider;
import dev.unkai.identity.auth.LoginRequest.Named;
import dev.unkai.identity.auth.LoginRequest.Proof;
import dev.unkai.identity.factor.FactorRules;
import dev.unkai.identity.factor.PasskeyCheck;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.session.SessionOpening;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Issued;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.web.SourceCheck;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.Bearer;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How every way to log in ends: granted or refused, in one transaction with its event. */
@Component
final class LoginAnswers {
    private final Transactions transactions;
    private final AccountStore accounts;
    private final AssignmentStore assignments;
    private final LoginThrottle throttle;
    private final FactorRules factors;
    private final PasskeyCheck passkeys;
    private final Receipts receipts;
    private final SessionOpening sessions;
    private final SourceRules sourceRules;
    private final LoginEvents events;
    private final Clock clock;

    LoginAnswers(
            Transactions transactions,
            AccountStore accounts,
            AssignmentStore assignments,
            LoginThrottle throttle,
            FactorRules factors,
            PasskeyCheck passkeys,
            Receipts receipts,
            SessionOpening sessions,
            SourceRules sourceRules,
            LoginEvents events,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.assignments = assignments;
        this.throttle = throttle;
        this.factors = factors;
        this.passkeys = passkeys;
        this.receipts = receipts;
        this.sessions = sessions;
        this.sourceRules = sourceRules;
        this.events = events;
        this.clock = clock;
    }

    <T> Optional<T> find(Function<Db, Optional<T>> look) {
        return transactions.<Optional<T>>asCaller(Nobody.YET, look);
    }

    Optional<Account> account(Db db, Named named) {
        if (named.id() != null) {
            return accounts.byId(db, named.id());
        }
        return named.name() == null
                ? Optional.empty()
                : accounts.byName(db, named.name(), named.domainId(), named.domainName());
    }

    /** What the account may do there. */
    List<HeldRole> roles(Db db, Account account, Target target) {
        return switch (target) {
            case Target.Unscoped() -> List.of();
            case Target.OnProject(var project) ->
                assignments.effective(db, account.id(), new Scope.OfProject(project.id()));
            case Target.OnDomain(var domain) ->
                assignments.effective(db, account.id(), new Scope.OfDomain(domain.id()));
            case Target.OnSystem() -> assignments.effective(db, account.id(), new Scope.OfSystem());
        };
    }

    boolean isPaused(String counter, Requester from) {
        return transactions.<Boolean>asCaller(Nobody.YET, db -> throttle.isPaused(db, counter, from, clock.instant()));
    }

    boolean isPast(@Nullable Instant instant) {
        return instant != null && !instant.isAfter(clock.instant());
    }

    /** Whether the rules let the account come from there for this scope. */
    boolean permits(
            Account account, Target target, List<HeldRole> roles, @Nullable String credentialId, Requester from) {
        String scope = switch (target) {
            case Target.OnProject(var project) -> project.domainId();
            case Target.OnDomain(var domain) -> domain.id();
            case Target.Unscoped() -> null;
            case Target.OnSystem() -> null;
        };
        List<String> names = roles.stream().map(HeldRole::name).toList();
        return permits(new Bearer(account.domainId(), scope, names, credentialId), from);
    }

    boolean permits(Bearer bearer, Requester from) {
        return SourceCheck.permits(sourceRules, bearer, from.source(), from.local());
    }

    Outcome grant(Db db, Grant grant, Requester from) {
        Issued issued = sessions.issue(db, grant, from);
        events.granted(db, issued.claims(), Map.of(), from);
        return new Outcome.Granted(issued);
    }

    /** After a sign-in at another issuer. @param shownAt when the bearer showed who he is */
    Outcome grant(Db db, Grant grant, ByProvider proof, Instant shownAt, Requester from) {
        Issued issued = sessions.issue(db, grant, from, shownAt);
        events.granted(db, issued.claims(), Map.of("provider", proof.provider()), from);
        return new Outcome.Granted(issued);
    }

    /** A wrong guess at a secret: it is counted. */
    Outcome refuseGuess(Proof proof, Optional<Account> claimed, String counter, String why, Requester from) {
        return transactions.asCaller(Nobody.YET, db -> refuseGuess(db, proof, claimed, counter, why, from));
    }

    Outcome refuseGuess(Db db, Proof proof, Optional<Account> claimed, String counter, String why, Requester from) {
        return refuseGuess(db, proof, claimed, counter, why, from, Refusal.unauthorized(Login.refused(from)));
    }

    Outcome refuseGuess(
            Db db,
            Proof proof,
            Optional<Account> claimed,
            String counter,
            String why,
            Requester from,
            Refusal refusal) {
        throttle.failed(db, counter, from, clock.instant());
        return refuse(db, proof, claimed, why, from, refusal);
    }

    /** @param reason why the passkey was not taken */
    Outcome refusePasskey(Db db, Proof proof, Account account, String counter, String reason, Requester from) {
        return refuseGuess(
                db,
                proof,
                Optional.of(account),
                counter,
                "passkey refused: " + reason,
                from,
                new Refusal(
                        Refusal.Kind.UNAUTHORIZED,
                        Login.PASSKEY_WRONG,
                        "The passkey was not taken: " + reason + ". Try again, or use another way."));
    }

    /** A refusal that is no guess at a secret and is not counted. */
    Outcome refuse(Db db, Proof proof, Optional<Account> claimed, String why, Requester from, Refusal refusal) {
        events.refused(db, proof, claimed, why, from);
        return new Outcome.Refused(refusal);
    }

    /** The bearer has shown a good token, or that a trust is his: he is told what is wrong. */
    Outcome refuseSource(Db db, Proof proof, Account account, Requester from) {
        return refuse(db, proof, Optional.of(account), SourceCheck.REASON, from, SourceCheck.refusal(from.address()));
    }

    /** What somebody was lent cannot be exchanged for something else. */
    Outcome refuseRescope(Db db, Proof proof, Account account, Requester from) {
        return refuse(
                db,
                proof,
                Optional.of(account),
                "a delegated token was to be exchanged",
                from,
                Refusal.forbidden("Using a delegated token to create another token is not allowed. Log in to the scope"
                        + " by password."));
    }

    /** The proof was good, the scope is not the account's. */
    Outcome refuseScope(Db db, Proof proof, @Nullable Account account, Requester from) {
        return refuse(
                db,
                proof,
                Optional.ofNullable(account),
                "no role on the scope",
                from,
                Refusal.unauthorized(Login.refused(from)));
    }

    /** Refuses what was shown when it is not enough of it, with the ways in, so that clients know what to ask for. */
    Optional<Outcome> refuseIncomplete(Db db, Proof proof, Account account, Collection<String> shown, Requester from) {
        return factors.missing(db, account, shown).map(ways -> {
            events.refused(db, proof, Optional.of(account), "second factor missing", from);
            // A challenge only for who has shown the password, or signed in at an issuer, just now.
            Map<String, Object> passkey = proof instanceof LoginRequest.ByAccount || proof instanceof ByProvider
                    ? passkeys.logInRequest(db, account).orElse(Map.of())
                    : Map.of();
            return new Outcome.Incomplete(
                    ways,
                    passkey,
                    proof instanceof LoginRequest.ByAccount person ? receipts.issue(account, person.methods()) : null,
                    new Refusal(
                            Refusal.Kind.UNAUTHORIZED,
                            Login.FACTOR_MISSING,
                            "This account needs more than what was given. Log in with the methods "
                                    + String.join(
                                            ", or ",
                                            ways.stream()
                                                    .map(way -> String.join(" and ", way))
                                                    .toList())
                                    + " together: totp is the code that your authenticator app shows now, passkey the"
                                    + " answer of one of your passkeys."));
        });
    }

    /** Whether the account has to set up a second factor before it is good for anything else. */
    boolean mustEnrol(Db db, Account account, List<String> shown) {
        return factors.mustEnrol(db, account, shown);
    }

    /** Refuses every scope to who has to set up a second factor first. */
    Optional<Outcome> refuseUnenrolled(Db db, Proof proof, Account account, List<String> shown, Requester from) {
        return mustEnrol(db, account, shown)
                ? Optional.of(refuse(
                        db,
                        proof,
                        Optional.of(account),
                        "second factor not set up",
                        from,
                        new Refusal(
                                Refusal.Kind.UNAUTHORIZED,
                                Login.FACTOR_NOT_SET_UP,
                                "This account needs a second factor at the log-in, and none is set up. Set one up on the"
                                        + " log-in page of the console, then log in with it; programs use application"
                                        + " credentials.")))
                : Optional.empty();
    }
}
