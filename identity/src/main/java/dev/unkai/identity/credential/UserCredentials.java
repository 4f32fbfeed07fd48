package dev.unkai.identity.credential;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.event.History;
import dev.unkai.identity.factor.FactorStore;
import dev.unkai.identity.factor.Totp;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.Scope;
import dev.unkai.wire.token.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Secrets that people keep with us: seen and changed by their owners and by operators, and never through an application
 * credential, which would thereby outlive itself.
 */
@Component
public final class UserCredentials {
    private static final int PER_ACCOUNT = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Transactions transactions;
    private final UserCredentialStore credentials;
    private final AccountStore accounts;
    private final ProjectStore projects;
    private final AssignmentStore assignments;
    private final FactorStore factors;
    private final Rights rights;
    private final History history;
    private final Ids ids;

    UserCredentials(
            Transactions transactions,
            UserCredentialStore credentials,
            AccountStore accounts,
            ProjectStore projects,
            AssignmentStore assignments,
            FactorStore factors,
            Rights rights,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.credentials = credentials;
        this.accounts = accounts;
        this.projects = projects;
        this.assignments = assignments;
        this.factors = factors;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
    }

    /** What a new credential shall be. */
    public record Wanted(String accountId, @Nullable String projectId, String type, String blob, Extra extra) {
        @Override
        public String toString() {
            return type;
        }
    }

    /** One's own, or everybody's for an operator. */
    public List<UserCredential> list(Caller caller, @Nullable String accountId, @Nullable String type) {
        refuseDelegated(caller);
        boolean others = accountId != null && !accountId.equals(caller.user());
        if (others && !caller.isAdmin()) {
            return List.of();
        }
        String owner = caller.isAdmin() ? accountId : caller.user();
        return transactions.asCaller(caller, db -> credentials.list(db, owner, type));
    }

    public UserCredential show(Caller caller, String id) {
        refuseDelegated(caller);
        return transactions.asCaller(
                caller,
                db -> owned(caller, credentials.byId(db, id).orElseThrow(() -> ApiErrors.absent("credential", id))));
    }

    /** EC2-style keys by their access key, for whoever checks a signature. */
    public Optional<UserCredential> ofAccessKey(Db db, String access) {
        return credentials.byId(db, idOf(access)).filter(keys -> keys.type().equals(UserCredential.EC2));
    }

    /** The seeds of one-time passwords of an account, for whoever checks a code. */
    public List<UserCredential> seeds(Db db, String accountId) {
        return credentials.list(db, accountId, Totp.TYPE);
    }

    /** Keeps the seed that the account's owner has proved to have; gives its id. */
    public String keepSeed(Db db, Account owner, String seed) {
        UserCredential credential = new UserCredential(ids.nextHex(), owner.id(), null, Totp.TYPE, seed, Extra.NONE);
        credentials.insert(db, credential);
        return credential.id();
    }

    /** Forgets all seeds of the account, and with them what hangs on them. */
    public void forgetSeeds(Db db, String accountId) {
        seeds(db, accountId).forEach(seed -> credentials.delete(db, seed.id()));
    }

    public UserCredential create(Caller caller, Wanted wanted) {
        refuseDelegated(caller);
        checkSeed(wanted.type(), wanted.blob());
        refuseOwnSeed(caller, wanted.type(), wanted.accountId());
        if (!wanted.accountId().equals(caller.user()) && !caller.isAdmin()) {
            throw Refusal.forbidden("You may make credentials for yourself only.");
        }
        String id = wanted.type().equals(UserCredential.EC2) ? idOf(access(wanted.blob())) : ids.nextHex();
        if (wanted.type().equals(UserCredential.EC2) && wanted.projectId() == null) {
            throw Refusal.invalid("A credential of the type ec2 belongs to a project: \"project_id\" is missing.");
        }
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Account owner = accounts.held(db, wanted.accountId())
                    .orElseThrow(() -> ApiErrors.absent("user", wanted.accountId()));
            checkProject(db, caller, owner, wanted.projectId());
            if (credentials.count(db, owner.id()) >= PER_ACCOUNT) {
                throw Refusal.overQuota("A user may have " + PER_ACCOUNT + " credentials. Delete some first.");
            }
            UserCredential credential = new UserCredential(
                    id, owner.id(), wanted.projectId(), wanted.type(), wanted.blob(), wanted.extra());
            credentials.insert(db, credential);
            record(db, caller, "create", credential, owner, Changes.made(credential));
            return credential;
        });
    }

    /** A new EC2-style pair of keys on the project. */
    public UserCredential createEc2(Caller caller, String accountId, String projectId) {
        Map<String, Object> keys = new java.util.LinkedHashMap<>();
        keys.put("access", ids.nextHex());
        keys.put("secret", UUID.randomUUID().toString().replace("-", "") + Ids.secret(16));
        keys.put("trust_id", null);
        return create(
                caller,
                new Wanted(accountId, projectId, UserCredential.EC2, JSON.writeValueAsString(keys), Extra.NONE));
    }

    public UserCredential update(Caller caller, String id, UnaryOperator<UserCredential> change) {
        refuseDelegated(caller);
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            UserCredential old =
                    owned(caller, credentials.forChange(db, id).orElseThrow(() -> ApiErrors.absent("credential", id)));
            refuseSecondFactor(db, caller, old);
            UserCredential fresh = change.apply(old);
            checkSeed(fresh.type(), fresh.blob());
            if (!fresh.type().equals(old.type()) || !fresh.blob().equals(old.blob())) {
                refuseOwnSeed(caller, fresh.type(), fresh.accountId());
            }
            if (fresh.type().equals(UserCredential.EC2)) {
                access(fresh.blob());
            }
            Account owner = accounts.byId(db, old.accountId()).orElseThrow();
            checkProject(db, caller, owner, fresh.projectId());
            credentials.update(db, fresh);
            record(db, caller, "update", fresh, owner, Changes.between(old, fresh));
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        refuseDelegated(caller);
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            UserCredential credential =
                    owned(caller, credentials.forChange(db, id).orElseThrow(() -> ApiErrors.absent("credential", id)));
            refuseSecondFactor(db, caller, credential);
            record(
                    db,
                    caller,
                    "delete",
                    credential,
                    accounts.byId(db, credential.accountId()).orElseThrow(),
                    Changes.gone(credential));
            credentials.delete(db, id);
            factors.forgetCodesOfNothing(db, credential.accountId());
        });
    }

    /** The id under which EC2-style keys are kept: others find them by the access key alone. */
    public static String idOf(String access) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(access.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }

    /** The blob of EC2-style keys as an object; throws a refusal when it is none. */
    public static JsonNode keys(String blob) {
        try {
            JsonNode keys = JSON.readTree(blob);
            if (keys.isObject() && keys.path("access").isString()) {
                return keys;
            }
        } catch (JacksonException e) {
            // said below
        }
        throw Refusal.invalid("Invalid blob in credential: it must be a JSON object with \"access\" and \"secret\".");
    }

    private static String access(String blob) {
        return keys(blob).get("access").stringValue();
    }

    /** An operator's word suffices; anybody else names a project that the owner has a role on. */
    private void checkProject(Db db, Caller caller, Account owner, @Nullable String projectId) {
        if (projectId == null) {
            return;
        }
        boolean known = projects.held(db, projectId).isPresent();
        boolean held = caller.isAdmin()
                || !assignments
                        .effective(db, owner.id(), new Scope.OfProject(projectId))
                        .isEmpty();
        if (!known || !held) {
            throw ApiErrors.absent("project", projectId);
        }
    }

    private static UserCredential owned(Caller caller, UserCredential credential) {
        if (!credential.accountId().equals(caller.user()) && !caller.isAdmin()) {
            throw ApiErrors.hidden("credential", credential.id());
        }
        return credential;
    }

    private static void checkSeed(String type, String blob) {
        if (type.equals(Totp.TYPE)) {
            Totp.seed(blob);
        }
    }

    /** A token alone, which may be a thief's, adds no second factor to its own account. */
    private static void refuseOwnSeed(Caller caller, String type, String accountId) {
        if (type.equals(Totp.TYPE) && accountId.equals(caller.user())) {
            throw Refusal.forbidden("A second factor of your own is set up with your password: in the console under My"
                    + " account, or by POST and PUT /service/v1/account/second-factor.");
        }
    }

    /** What was set up with password and code is not changed by whoever holds a token. An operator helps after a loss. */
    private void refuseSecondFactor(Db db, Caller caller, UserCredential credential) {
        if (!caller.isAdmin() && factors.isSecondFactor(db, credential.id())) {
            throw Refusal.forbidden("This is the second factor of your log-in. Change it or turn it off in the console"
                    + " under My account, with your password and a code.");
        }
    }

    private static void refuseDelegated(Caller caller) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden(
                    "An application credential, a trust or a program cannot see or change credentials. Log in by password.");
        }
    }

    private void record(
            Db db, Caller caller, String action, UserCredential credential, Account owner, Changes changes) {
        history.record(
                db,
                caller,
                action,
                new History.Thing(
                        "credential", credential.id(), credential.type(), owner.domainId(), credential.projectId()),
                Map.of("user", owner.name(), "user_id", owner.id()),
                changes);
    }
}
