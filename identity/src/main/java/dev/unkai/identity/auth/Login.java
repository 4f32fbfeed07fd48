package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.auth.LoginRequest.ByCredential;
import dev.unkai.identity.auth.LoginRequest.ByPassword;
import dev.unkai.identity.auth.LoginRequest.ByToken;
import dev.unkai.identity.auth.LoginRequest.Named;
import dev.unkai.identity.auth.LoginRequest.OnTrust;
import dev.unkai.identity.credential.ApplicationCredential;
import dev.unkai.identity.credential.CredentialStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.token.TokenIssuer;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Issued;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.identity.trust.TrustUse;
import dev.unkai.identity.trust.TrustUse.Delegation;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a proof into a token. Whatever is wrong with the proof, the answer is the same; whether granted or refused, the
 * decision and its event are one transaction.
 */
@Component
public final class Login {
    static final String REFUSED =
            "The account, its secret or the scope is not right, or log-in is paused after too many"
                    + " wrong attempts. Check them and try again in a moment.";

    private final Transactions transactions;
    private final AccountStore accounts;
    private final CredentialStore credentials;
    private final AssignmentStore assignments;
    private final ScopeChoice scopes;
    private final TrustUse trusts;
    private final PasswordHash hashes;
    private final LoginThrottle throttle;
    private final TokenVerifier verifier;
    private final TokenIssuer issuer;
    private final LoginEvents events;
    private final Clock clock;

    public Login(
            Transactions transactions,
            AccountStore accounts,
            CredentialStore credentials,
            AssignmentStore assignments,
            ScopeChoice scopes,
            TrustUse trusts,
            PasswordHash hashes,
            LoginThrottle throttle,
            TokenVerifier verifier,
            TokenIssuer issuer,
            LoginEvents events,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.credentials = credentials;
        this.assignments = assignments;
        this.scopes = scopes;
        this.trusts = trusts;
        this.hashes = hashes;
        this.throttle = throttle;
        this.verifier = verifier;
        this.issuer = issuer;
        this.events = events;
        this.clock = clock;
    }

    /** What came of it. A refusal is recorded already. */
    public sealed interface Outcome {
        record Granted(Issued issued) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /** Answers the request. Throws a refusal only for a request that cannot be understood or served now. */
    public Outcome answer(LoginRequest request, Requester from) {
        return switch (request.proof()) {
            case ByPassword proof -> byPassword(proof, request, from);
            case ByToken proof -> byToken(proof, request, from);
            case ByCredential proof -> byCredential(proof, request, from);
        };
    }

    private Outcome byPassword(ByPassword proof, LoginRequest request, Requester from) {
        Optional<Account> claimed = find(db -> account(db, proof.account()));
        String counter = LoginEvents.counter(proof.account(), claimed);
        if (isPaused(counter, from)) {
            return refuse(proof, claimed, counter, "paused after wrong attempts", from);
        }
        String hash = claimed.map(Account::passwordHash).orElse(null);
        if (!hashes.matches(proof.password(), hash)) {
            return refuse(proof, claimed, counter, "wrong account or password", from);
        }
        String id = claimed.orElseThrow().id();
        return transactions.asCaller(Nobody.YET, db -> {
            Account account = accounts.held(db, id)
                    .filter(now -> hash != null && hash.equals(now.passwordHash()))
                    .orElse(null);
            if (account == null || !account.usable() || isPast(account.passwordExpiresAt())) {
                return refuse(db, proof, claimed, counter, "account disabled or changed", from);
            }
            if (request.scope() instanceof OnTrust(String trustId)) {
                throttle.succeeded(db, counter);
                return byTrust(db, proof, account, trustId, List.of("password"), null, from);
            }
            Optional<Target> target = scopes.choose(db, account, request.scope());
            List<HeldRole> roles =
                    target.map(chosen -> roles(db, account, chosen)).orElse(List.of());
            if (target.isEmpty() || (roles.isEmpty() && !(target.get() instanceof Target.Unscoped))) {
                return refuseScope(db, proof, account, from);
            }
            throttle.succeeded(db, counter);
            return grant(db, new Grant(account, target.get(), roles, List.of("password")), from);
        });
    }

    private Outcome byToken(ByToken proof, LoginRequest request, Requester from) {
        TokenClaims parent = verifier.verify(proof.token()).orElse(null);
        if (parent == null) {
            // 404 as the reference implementation answers for a token in the body
            return transactions.asCaller(Nobody.YET, db -> {
                events.refused(db, proof, Optional.empty(), "no valid token", from);
                return new Outcome.Refused(Refusal.notFound("Could not find token. Log in again."));
            });
        }
        return transactions.asCaller(Nobody.YET, db -> {
            Account account =
                    accounts.held(db, parent.userId()).filter(Account::usable).orElse(null);
            if (account == null) {
                return refuseScope(db, proof, null, from);
            }
            if (parent.trust() != null) {
                return refuseRescope(db, proof, account, from);
            }
            if (request.scope() instanceof OnTrust(String trustId)) {
                return parent.applicationCredentialId() == null
                        ? byTrust(db, proof, account, trustId, methods(parent), parent, from)
                        : refuseRescope(db, proof, account, from);
            }
            Optional<Target> target = scopes.choose(db, account, request.scope());
            List<HeldRole> roles =
                    target.map(chosen -> roles(db, account, chosen)).orElse(List.of());
            if (parent.applicationCredentialId() != null) {
                // A credential's token can be exchanged for its own scope and rights only.
                boolean same = target.isPresent()
                        && target.get() instanceof Target.OnProject(var project)
                        && project.id().equals(parent.projectId());
                target = same ? target : Optional.empty();
                roles = roles.stream()
                        .filter(role -> parent.roles().contains(role.name()))
                        .toList();
            }
            if (target.isEmpty() || (roles.isEmpty() && !(target.get() instanceof Target.Unscoped))) {
                return refuseScope(db, proof, account, from);
            }
            return grant(
                    db,
                    new Grant(
                            account,
                            target.get(),
                            roles,
                            methods(parent),
                            parent,
                            parent.applicationCredentialId(),
                            null,
                            parent.accessRules(),
                            null),
                    from);
        });
    }

    private static List<String> methods(TokenClaims parent) {
        List<String> methods = new ArrayList<>(parent.methods());
        if (!methods.contains("token")) {
            methods.add("token");
        }
        return methods;
    }

    /** The account has shown who it is and wants what a trust gives it. */
    private Outcome byTrust(
            Db db,
            LoginRequest.Proof proof,
            Account trustee,
            String trustId,
            List<String> methods,
            @Nullable TokenClaims parent,
            Requester from) {
        Optional<Delegation> given = trusts.use(db, trustee, trustId);
        if (given.isEmpty()) {
            events.refused(db, proof, Optional.of(trustee), "the trust gives nothing", from);
            return new Outcome.Refused(Refusal.forbidden("There is no such trust for you, or it gives nothing any more:"
                    + " it may have ended or be used up, or its maker may have lost the roles. Ask its maker."));
        }
        Delegation delegation = given.get();
        return grant(
                db,
                new Grant(
                        delegation.bearer(),
                        new Target.OnProject(delegation.project()),
                        delegation.roles(),
                        methods,
                        parent,
                        null,
                        delegation.endsBy(),
                        null,
                        delegation.claim()),
                from);
    }

    private Outcome byCredential(ByCredential proof, LoginRequest request, Requester from) {
        if (!(request.scope() instanceof LoginRequest.Default)) {
            throw Refusal.unauthorized("Application credentials cannot request a scope. Leave \"scope\" out.");
        }
        Optional<ApplicationCredential> claimed = find(db -> credential(db, proof));
        Optional<Account> owner = claimed.flatMap(credential -> find(db -> accounts.byId(db, credential.accountId())));
        String counter = LoginEvents.counter(proof, claimed);
        if (isPaused(counter, from)) {
            return refuse(proof, owner, counter, "paused after wrong attempts", from);
        }
        String hash = claimed.map(ApplicationCredential::secretHash).orElse(null);
        if (!hashes.matches(proof.secret(), hash)) {
            return refuse(proof, owner, counter, "wrong application credential or secret", from);
        }
        ApplicationCredential credential = claimed.orElseThrow();
        return transactions.asCaller(Nobody.YET, db -> {
            Account account = accounts.held(db, credential.accountId())
                    .filter(Account::usable)
                    .orElse(null);
            if (account == null
                    || isPast(credential.expiresAt())
                    || credentials.byId(db, credential.id()).isEmpty()) {
                return refuse(db, proof, owner, counter, "credential expired or account disabled", from);
            }
            Named project = new Named(credential.projectId(), null, null, null);
            Optional<Target> target = scopes.choose(db, account, new LoginRequest.OnProject(project));
            List<String> allowed =
                    assignments
                            .closure(
                                    db,
                                    credential.roles().stream()
                                            .map(HeldRole::id)
                                            .toList())
                            .stream()
                            .map(HeldRole::id)
                            .toList();
            List<HeldRole> roles = target.map(chosen -> roles(db, account, chosen)).orElse(List.of()).stream()
                    .filter(role -> allowed.contains(role.id()))
                    .toList();
            if (target.isEmpty() || roles.isEmpty()) {
                return refuseScope(db, proof, account, from);
            }
            throttle.succeeded(db, counter);
            return grant(
                    db,
                    new Grant(
                            account,
                            target.get(),
                            roles,
                            List.of("application_credential"),
                            null,
                            credential.id(),
                            credential.expiresAt(),
                            credential.accessRules().isEmpty() ? null : credential.rules(),
                            null),
                    from);
        });
    }

    private <T> Optional<T> find(Function<Db, Optional<T>> look) {
        return transactions.<Optional<T>>asCaller(Nobody.YET, look);
    }

    private Optional<Account> account(Db db, Named named) {
        if (named.id() != null) {
            return accounts.byId(db, named.id());
        }
        return named.name() == null
                ? Optional.empty()
                : accounts.byName(db, named.name(), named.domainId(), named.domainName());
    }

    private Optional<ApplicationCredential> credential(Db db, ByCredential proof) {
        if (proof.id() != null) {
            return credentials.byId(db, proof.id());
        }
        if (proof.owner() == null || proof.name() == null) {
            return Optional.empty();
        }
        String name = proof.name();
        return account(db, proof.owner()).flatMap(owner -> credentials.byName(db, owner.id(), name));
    }

    private List<HeldRole> roles(Db db, Account account, Target target) {
        return switch (target) {
            case Target.Unscoped() -> List.of();
            case Target.OnProject(var project) ->
                assignments.effective(db, account.id(), new Scope.OfProject(project.id()));
            case Target.OnDomain(var domain) ->
                assignments.effective(db, account.id(), new Scope.OfDomain(domain.id()));
            case Target.OnSystem() -> assignments.effective(db, account.id(), new Scope.OfSystem());
        };
    }

    private boolean isPaused(String counter, Requester from) {
        return transactions.<Boolean>asCaller(Nobody.YET, db -> throttle.isPaused(db, counter, from, clock.instant()));
    }

    private boolean isPast(@Nullable Instant instant) {
        return instant != null && !instant.isAfter(clock.instant());
    }

    private Outcome grant(Db db, Grant grant, Requester from) {
        Issued issued = issuer.issue(db, grant);
        events.granted(db, issued.claims(), from);
        return new Outcome.Granted(issued);
    }

    private Outcome refuse(
            LoginRequest.Proof proof, Optional<Account> claimed, String counter, String why, Requester from) {
        return transactions.asCaller(Nobody.YET, db -> refuse(db, proof, claimed, counter, why, from));
    }

    private Outcome refuse(
            Db db, LoginRequest.Proof proof, Optional<Account> claimed, String counter, String why, Requester from) {
        throttle.failed(db, counter, from, clock.instant());
        events.refused(db, proof, claimed, why, from);
        return new Outcome.Refused(Refusal.unauthorized(REFUSED));
    }

    /** What somebody was lent cannot be exchanged for something else. */
    private Outcome refuseRescope(Db db, LoginRequest.Proof proof, Account account, Requester from) {
        events.refused(db, proof, Optional.of(account), "a delegated token was to be exchanged", from);
        return new Outcome.Refused(Refusal.forbidden(
                "Using a delegated token to create another token is not allowed. Log in to the scope by password."));
    }

    /** The proof was good, the scope is not the account's: that is no guess at a secret and is not counted. */
    private Outcome refuseScope(Db db, LoginRequest.Proof proof, @Nullable Account account, Requester from) {
        events.refused(db, proof, Optional.ofNullable(account), "no role on the scope", from);
        return new Outcome.Refused(Refusal.unauthorized(REFUSED));
    }
}
