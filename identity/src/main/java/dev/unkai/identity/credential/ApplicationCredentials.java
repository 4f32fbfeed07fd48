package dev.unkai.identity.credential;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.auth.PasswordHash;
import dev.unkai.identity.event.History;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.RoleStore;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.AccessRule;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Application credentials: made by their owner, never with more rights than the owner has. */
@Component
public final class ApplicationCredentials {
    private static final int PER_ACCOUNT = 100;
    private static final int SECRET_BYTES = 64;

    private final Transactions transactions;
    private final CredentialStore credentials;
    private final AccountStore accounts;
    private final AccessRuleStore rules;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final Rights rights;
    private final PasswordHash hashes;
    private final RevocationLog revocations;
    private final History history;
    private final Ids ids;
    private final Clock clock;

    public ApplicationCredentials(
            Transactions transactions,
            CredentialStore credentials,
            AccountStore accounts,
            AccessRuleStore rules,
            RoleStore roles,
            AssignmentStore assignments,
            Rights rights,
            PasswordHash hashes,
            RevocationLog revocations,
            History history,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.credentials = credentials;
        this.accounts = accounts;
        this.rules = rules;
        this.roles = roles;
        this.assignments = assignments;
        this.rights = rights;
        this.hashes = hashes;
        this.revocations = revocations;
        this.history = history;
        this.ids = ids;
        this.clock = clock;
    }

    public List<ApplicationCredential> list(Caller caller, String accountId, @Nullable String name, Page page) {
        needOwner(caller, accountId);
        return transactions.asCaller(caller, db -> credentials.list(db, accountId, name, page));
    }

    public ApplicationCredential show(Caller caller, String accountId, String id) {
        needOwner(caller, accountId);
        return transactions.asCaller(caller, db -> owned(db, accountId, id));
    }

    /** Which role is meant, by id or by name. */
    public record RoleWish(@Nullable String id, @Nullable String name) {}

    /** An access rule: one that is there, by its id, or one by its text. */
    public record RuleWish(@Nullable String id, @Nullable AccessRule rule) {}

    /**
     * What a new credential shall be.
     *
     * @param roles empty: all of the token's
     * @param accessRules empty: all requests
     * @param secret null: we make one
     */
    public record Wanted(
            String name,
            String description,
            @Nullable String secret,
            @Nullable Instant expiresAt,
            boolean unrestricted,
            List<RoleWish> roles,
            List<RuleWish> accessRules) {
        public Wanted {
            roles = List.copyOf(roles);
            accessRules = List.copyOf(accessRules);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A new credential and the only sight of its secret. */
    public record Made(ApplicationCredential credential, String secret) {
        @Override
        public String toString() {
            return credential.toString();
        }
    }

    public Made create(Caller caller, String accountId, Wanted wanted) {
        if (!accountId.equals(caller.user())) {
            throw Refusal.forbidden("You may make application credentials for yourself only.");
        }
        if (caller.token().accessRules() != null) {
            throw Refusal.forbidden("A token limited by access rules makes no credentials: they would not be limited.");
        }
        if (caller.token().trust() != null) {
            throw Refusal.forbidden("A token of a trust makes no credentials: they would outlive the trust.");
        }
        if (caller.token().isOfProgram()) {
            throw Refusal.forbidden("A token of a program makes no credentials: they would outlive what it was lent.");
        }
        String project = caller.projectOrNull();
        if (project == null) {
            throw Refusal.invalid("An application credential belongs to a project. Log in with a project scope.");
        }
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
            throw Refusal.invalid("The field \"application_credential.expires_at\" must lie in the future (UTC).");
        }
        transactions.doAsCaller(caller, db -> rights.of(db, caller).toChange());
        String secret = wanted.secret() == null ? Ids.secret(SECRET_BYTES) : wanted.secret();
        String hash = hashes.hash(secret);
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            if (accounts.held(db, accountId).isEmpty()) {
                throw ApiErrors.absent("user", accountId);
            }
            if (credentials.count(db, accountId) >= PER_ACCOUNT) {
                throw Refusal.overQuota(
                        "You have " + PER_ACCOUNT + " application credentials already. Delete some first.");
            }
            if (credentials.byName(db, accountId, wanted.name()).isPresent()) {
                throw Refusal.conflict(
                        "You have an application credential with this name already. Choose another name.");
            }
            ApplicationCredential credential = new ApplicationCredential(
                    ids.nextHex(),
                    accountId,
                    project,
                    wanted.name(),
                    wanted.description(),
                    hash,
                    wanted.unrestricted(),
                    wanted.expiresAt(),
                    chosen(db, caller, project, wanted.roles()),
                    rules(db, accountId, wanted.accessRules()));
            credentials.insert(db, credential);
            credential.accessRules().forEach(rule -> rules.give(db, credential.id(), rule));
            history.record(
                    db, caller, "create", thing(credential, caller.token().userDomainId()), Changes.made(credential));
            return new Made(credential, secret);
        });
    }

    /**
     * Roles that the account has on the project now; for a token that was itself made with an application credential those
     * only that it says, so that none gives more than it has. Other bearers could have the newer roles by a new log-in.
     */
    private List<HeldRole> chosen(Db db, Caller caller, String project, List<RoleWish> wishes) {
        boolean delegated = caller.token().applicationCredentialId() != null;
        List<HeldRole> own = assignments.effective(db, caller.user(), new Scope.OfProject(project)).stream()
                .filter(role -> !delegated || caller.token().roles().contains(role.name()))
                .toList();
        if (wishes.isEmpty()) {
            return own;
        }
        List<HeldRole> chosen = new ArrayList<>();
        for (RoleWish wish : wishes) {
            HeldRole role = own.stream()
                    .filter(held -> held.id().equals(wish.id()) || held.name().equals(wish.name()))
                    .findFirst()
                    .orElseThrow(() -> unavailable(db, wish));
            if (!chosen.contains(role)) {
                chosen.add(role);
            }
        }
        return chosen;
    }

    private List<StoredRule> rules(Db db, String accountId, List<RuleWish> wishes) {
        return wishes.stream()
                .map(wish -> {
                    AccessRule rule = wish.rule();
                    String id = String.valueOf(wish.id());
                    return rule == null
                            ? rules.byId(db, accountId, id).orElseThrow(() -> ApiErrors.absent("access rule", id))
                            : rules.put(
                                    db,
                                    accountId,
                                    new StoredRule(ids.nextHex(), rule.path(), rule.method(), rule.service()));
                })
                .distinct()
                .toList();
    }

    private Refusal unavailable(Db db, RoleWish wish) {
        boolean known = (wish.id() != null && roles.byId(db, wish.id()).isPresent())
                || (wish.name() != null
                        && roles.byName(db, wish.name()).map(StoredRole::id).isPresent());
        return known
                ? ApiErrors.beyondOwn(
                        "Could not find role assignment: you do not have this role on the project yourself.")
                : Refusal.notFound("Could not find role. Choose from your own roles on this project.");
    }

    public void delete(Caller caller, String accountId, String id) {
        needOwner(caller, accountId);
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            var owner = accounts.forChange(db, accountId).orElseThrow(() -> ApiErrors.absent("user", accountId));
            ApplicationCredential credential = owned(db, accountId, id);
            history.record(db, caller, "delete", thing(credential, owner.domainId()), Changes.gone(credential));
            credentials.delete(db, id);
            revocations.revoke(db, Subject.APPLICATION_CREDENTIAL, id);
        });
    }

    private ApplicationCredential owned(Db db, String accountId, String id) {
        return credentials
                .byId(db, id)
                .filter(credential -> credential.accountId().equals(accountId))
                .orElseThrow(() -> ApiErrors.absent("application credential", id));
    }

    private static void needOwner(Caller caller, String accountId) {
        if (!accountId.equals(caller.user()) && !caller.isAdmin()) {
            throw Refusal.forbidden("You may see and change your own application credentials only.");
        }
    }

    private static History.Thing thing(ApplicationCredential credential, String domainId) {
        return new History.Thing(
                "application_credential", credential.id(), credential.name(), domainId, credential.projectId());
    }
}
