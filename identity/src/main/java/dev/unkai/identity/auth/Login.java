package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.auth.LoginRequest.ByAccount;
import dev.unkai.identity.auth.LoginRequest.ByCredential;
import dev.unkai.identity.auth.LoginRequest.ByProvider;
import dev.unkai.identity.auth.LoginRequest.BySignature;
import dev.unkai.identity.auth.LoginRequest.ByToken;
import dev.unkai.identity.auth.LoginRequest.Named;
import dev.unkai.identity.auth.LoginRequest.OnTrust;
import dev.unkai.identity.credential.ApplicationCredential;
import dev.unkai.identity.credential.CredentialStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Issued;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.web.SourceCheck;
import dev.unkai.wire.origin.SourceRules.Bearer;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a proof into a token. Whatever is wrong with the proof, the answer is the same; whether granted or refused, the
 * decision and its event are one transaction.
 */
@Component
public final class Login {
    /**
     * The same whatever is wrong, also when only the address is: a stranger with a guessed password does not learn that it is right. The caller's own
     * address is no news to him.
     */
    static String refused(Requester from) {
        return "The account, its secret or the scope is not right, log-in is paused after too many wrong attempts, or it is"
                + " not allowed from your address (" + from.address()
                + "). Check them and try again in a moment; if they are"
                + " right, ask your contract's master user or the provider about the address.";
    }

    /** Codes of refusals that a log-in page answers with a further step. */
    static final String FACTOR_MISSING = "SecondFactorMissing";

    static final String FACTOR_WRONG = "SecondFactorWrong";
    static final String PASSKEY_WRONG = "SecondFactorPasskeyWrong";
    static final String PASSWORD_EXPIRED = "PasswordExpired";
    static final String ISSUED_PASSWORD_EXPIRED = "IssuedPasswordExpired";
    static final String FACTOR_NOT_SET_UP = "SecondFactorNotSetUp";

    private final Transactions transactions;
    private final AccountStore accounts;
    private final CredentialStore credentials;
    private final AssignmentStore assignments;
    private final ScopeChoice scopes;
    private final PasswordLogin passwords;
    private final TrustLogin trusts;
    private final OauthLogin programs;
    private final PasswordHash hashes;
    private final LoginThrottle throttle;
    private final TokenVerifier verifier;
    private final LoginAnswers answers;

    Login(
            Transactions transactions,
            AccountStore accounts,
            CredentialStore credentials,
            AssignmentStore assignments,
            ScopeChoice scopes,
            PasswordLogin passwords,
            TrustLogin trusts,
            OauthLogin programs,
            PasswordHash hashes,
            LoginThrottle throttle,
            TokenVerifier verifier,
            LoginAnswers answers) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.credentials = credentials;
        this.assignments = assignments;
        this.scopes = scopes;
        this.passwords = passwords;
        this.trusts = trusts;
        this.programs = programs;
        this.hashes = hashes;
        this.throttle = throttle;
        this.verifier = verifier;
        this.answers = answers;
    }

    /** What came of it. A refusal is recorded already. */
    public sealed interface Outcome {
        record Granted(Issued issued) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}

        /**
         * What was shown is right, but not enough.
         *
         * @param ways each names the methods that are needed together
         * @param passkey options for {@code navigator.credentials.get} where a passkey will do, else empty
         * @param receipt of what was shown, to go on with; null where one has to begin again
         */
        record Incomplete(
                List<List<String>> ways,
                Map<String, Object> passkey,
                @Nullable Receipt receipt,
                Refusal refusal) implements Outcome {
            public Incomplete {
                ways = List.copyOf(ways);
                passkey = Map.copyOf(passkey);
            }
        }

        /**
         * What was shown is right, but the password has ended.
         *
         * @param link the secret of a link by which its owner chooses another one, see {@code password-resets/use}
         */
        record Expired(String link, Refusal refusal) implements Outcome {
            @Override
            public String toString() {
                return "expired";
            }
        }
    }

    /** Answers the request. Throws a refusal only for a request that cannot be understood or served now. */
    public Outcome answer(LoginRequest request, Requester from) {
        return switch (request.proof()) {
            case ByAccount proof -> passwords.answer(proof, request.scope(), from);
            case ByToken proof -> byToken(proof, request, from);
            case ByCredential proof -> byCredential(proof, request, from);
            case BySignature proof -> programs.answer(proof, from);
            case ByProvider _ -> throw new IllegalStateException("What an issuer says is no request");
        };
    }

    private Outcome byToken(ByToken proof, LoginRequest request, Requester from) {
        TokenClaims parent = verifier.verify(proof.token()).orElse(null);
        if (parent == null) {
            // 404 as the reference implementation answers for a token in the body
            return transactions.asCaller(Nobody.YET, db -> {
                Refusal refusal = Refusal.notFound("Could not find token. Log in again.");
                return answers.refuse(db, proof, Optional.empty(), "no valid token", from, refusal);
            });
        }
        return transactions.asCaller(Nobody.YET, db -> {
            Account account =
                    accounts.held(db, parent.userId()).filter(Account::usable).orElse(null);
            if (account == null) {
                return answers.refuseScope(db, proof, null, from);
            }
            if (!answers.permits(Bearer.of(parent), from)) {
                return answers.refuseSource(db, proof, account, from);
            }
            if (parent.trust() != null || parent.isOfProgram() || parent.isView()) {
                return answers.refuseRescope(db, proof, account, from);
            }
            // Whoever has set up a second factor since does not go on with a token from before.
            Optional<Outcome> incomplete = answers.refuseIncomplete(db, proof, account, parent.methods(), from);
            if (incomplete.isPresent()) {
                return incomplete.get();
            }
            if (request.scope() instanceof OnTrust(String trustId)) {
                return parent.applicationCredentialId() == null
                        ? trusts.answer(db, proof, account, trustId, methods(parent), parent, from)
                        : answers.refuseRescope(db, proof, account, from);
            }
            Optional<Target> target = scopes.choose(db, account, request.scope());
            List<HeldRole> roles =
                    target.map(chosen -> answers.roles(db, account, chosen)).orElse(List.of());
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
                return answers.refuseScope(db, proof, account, from);
            }
            if (!answers.permits(account, target.get(), roles, parent.applicationCredentialId(), from)) {
                return answers.refuseSource(db, proof, account, from);
            }
            if (parent.applicationCredentialId() == null) {
                if (target.get() instanceof Target.Unscoped && answers.mustEnrol(db, account, parent.methods())) {
                    return answers.grant(db, Enrolment.grant(account, methods(parent), parent), from);
                }
                Optional<Outcome> unenrolled = target.get() instanceof Target.Unscoped
                        ? Optional.empty()
                        : answers.refuseUnenrolled(db, proof, account, parent.methods(), from);
                if (unenrolled.isPresent()) {
                    return unenrolled.get();
                }
            }
            return answers.grant(
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

    private Outcome byCredential(ByCredential proof, LoginRequest request, Requester from) {
        if (!(request.scope() instanceof LoginRequest.Default)) {
            throw Refusal.unauthorized("Application credentials cannot request a scope. Leave \"scope\" out.");
        }
        Optional<ApplicationCredential> claimed = answers.find(db -> credential(db, proof));
        Optional<Account> owner =
                claimed.flatMap(credential -> answers.find(db -> accounts.byId(db, credential.accountId())));
        String counter = LoginEvents.counter(proof, claimed);
        if (answers.isPaused(counter, from)) {
            return answers.refuseGuess(proof, owner, counter, "paused after wrong attempts", from);
        }
        String hash = claimed.map(ApplicationCredential::secretHash).orElse(null);
        if (!hashes.matches(proof.secret(), hash)) {
            return answers.refuseGuess(proof, owner, counter, "wrong application credential or secret", from);
        }
        ApplicationCredential credential = claimed.orElseThrow();
        return transactions.asCaller(Nobody.YET, db -> {
            Account account = accounts.held(db, credential.accountId())
                    .filter(Account::usable)
                    .orElse(null);
            if (account == null
                    || answers.isPast(credential.expiresAt())
                    || credentials.byId(db, credential.id()).isEmpty()) {
                return answers.refuseGuess(db, proof, owner, counter, "credential expired or account disabled", from);
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
            List<HeldRole> roles = target.map(chosen -> answers.roles(db, account, chosen)).orElse(List.of()).stream()
                    .filter(role -> allowed.contains(role.id()))
                    .toList();
            if (target.isEmpty() || roles.isEmpty()) {
                return answers.refuseScope(db, proof, account, from);
            }
            if (!answers.permits(account, target.get(), roles, credential.id(), from)) {
                return answers.refuseGuess(db, proof, owner, counter, SourceCheck.REASON, from);
            }
            throttle.succeeded(db, counter);
            return answers.grant(
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

    private Optional<ApplicationCredential> credential(Db db, ByCredential proof) {
        if (proof.id() != null) {
            return credentials.byId(db, proof.id());
        }
        if (proof.owner() == null || proof.name() == null) {
            return Optional.empty();
        }
        String name = proof.name();
        return answers.account(db, proof.owner()).flatMap(owner -> credentials.byName(db, owner.id(), name));
    }
}
