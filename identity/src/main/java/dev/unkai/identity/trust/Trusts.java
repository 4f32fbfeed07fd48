package dev.unkai.identity.trust;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.event.History;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.RoleStore;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import dev.unkai.wire.token.TrustClaim;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Trusts: made by whoever gives, seen by both ends, taken back by whoever gave or by an operator. */
@Component
public final class Trusts {
    private static final int PER_ACCOUNT = 1_000;
    /** How often a trust may be passed on, as the reference has it. */
    private static final int MOST_REDELEGATIONS = 3;

    private final Transactions transactions;
    private final TrustStore trusts;
    private final AccountStore accounts;
    private final ProjectStore projects;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final RevocationLog revocations;
    private final History history;
    private final Ids ids;
    private final Clock clock;

    public Trusts(
            Transactions transactions,
            TrustStore trusts,
            AccountStore accounts,
            ProjectStore projects,
            RoleStore roles,
            AssignmentStore assignments,
            RevocationLog revocations,
            History history,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.trusts = trusts;
        this.accounts = accounts;
        this.projects = projects;
        this.roles = roles;
        this.assignments = assignments;
        this.revocations = revocations;
        this.history = history;
        this.ids = ids;
        this.clock = clock;
    }

    /** Which role is meant, by id or by name. */
    public record RoleWish(@Nullable String id, @Nullable String name) {}

    /**
     * What a new trust shall be.
     *
     * @param redelegations how often it may be passed on; null: as often as is allowed
     */
    public record Wanted(
            String trustorId,
            String trusteeId,
            @Nullable String projectId,
            boolean impersonation,
            @Nullable Instant expiresAt,
            @Nullable Integer remainingUses,
            boolean redelegatable,
            @Nullable Integer redelegations,
            List<RoleWish> roles) {
        public Wanted {
            roles = List.copyOf(roles);
        }
    }

    /** One's own on either end, or anybody's for an operator. */
    public List<Trust> list(Caller caller, @Nullable String trustorId, @Nullable String trusteeId, Page page) {
        refuseCredential(caller);
        boolean own = caller.user().equals(trustorId) || caller.user().equals(trusteeId);
        if (!own && !caller.isAdmin()) {
            throw Refusal.forbidden(
                    "You may list the trusts that you gave or were given: name yourself as trustor_user_id or"
                            + " trustee_user_id.");
        }
        return transactions.asCaller(caller, db -> trusts.list(db, trustorId, trusteeId, page));
    }

    public Trust show(Caller caller, String id) {
        refuseCredential(caller);
        return transactions.asCaller(caller, db -> visible(db, caller, id));
    }

    /** One of the trust's roles. */
    public StoredRole role(Caller caller, String id, String roleId) {
        return show(caller, id).roles().stream()
                .filter(role -> role.id().equals(roleId))
                .findFirst()
                .orElseThrow(() -> ApiErrors.absent("role", roleId));
    }

    private Trust visible(Db db, Caller caller, String id) {
        Trust trust = trusts.byId(db, id)
                .filter(found -> found.isAlive(clock.instant()))
                .orElseThrow(() -> ApiErrors.absent("trust", id));
        if (!trust.isOf(caller.user()) && !caller.isAdmin()) {
            throw ApiErrors.hidden("trust", id);
        }
        return trust;
    }

    public Trust create(Caller caller, Wanted wanted) {
        refuseCredential(caller);
        if (!wanted.trustorId().equals(caller.user())) {
            throw Refusal.forbidden(
                    "The authenticated user should match the trustor: nobody else gives what is yours.");
        }
        String projectId = wanted.projectId();
        if (projectId == null || wanted.roles().isEmpty()) {
            throw Refusal.forbidden("A trust is for one project and at least one role on it. Name both.");
        }
        return transactions.asCaller(caller, db -> {
            Account trustor =
                    accounts.held(db, caller.user()).orElseThrow(() -> ApiErrors.absent("user", caller.user()));
            if (accounts.held(db, wanted.trusteeId()).isEmpty()) {
                throw ApiErrors.absent("user", wanted.trusteeId());
            }
            if (trusts.count(db, trustor.id()) >= PER_ACCOUNT) {
                throw Refusal.overQuota("You have given " + PER_ACCOUNT + " trusts already. Delete some first.");
            }
            Trust parent = parent(db, caller);
            Trust trust = new Trust(
                    ids.nextHex(),
                    trustor.id(),
                    wanted.trusteeId(),
                    parent == null ? trustor.id() : parent.ownerId(),
                    projectId,
                    wanted.impersonation(),
                    end(wanted, parent),
                    wanted.remainingUses(),
                    parent == null ? null : parent.id(),
                    redelegations(wanted, parent),
                    chosen(db, wanted, parent == null ? trustor.id() : parent.ownerId(), projectId));
            if (parent != null) {
                checkPassedOn(trust, parent);
            }
            trusts.insert(db, trust);
            history.record(db, caller, "create", thing(trust, trustor), facts(trust));
            return trust;
        });
    }

    /** The trust that the caller holds and passes on, or null when it gives what is its own. */
    private @Nullable Trust parent(Db db, Caller caller) {
        TrustClaim claim = caller.token().trust();
        return claim == null ? null : visible(db, caller, claim.id());
    }

    private static void checkPassedOn(Trust trust, Trust parent) {
        if (parent.redelegations() < 1) {
            throw Refusal.forbidden("Your trust may not be passed on. Ask its maker for one that may.");
        }
        if (!trust.projectId().equals(parent.projectId()) || !parent.roles().containsAll(trust.roles())) {
            throw Refusal.forbidden("Some of the requested roles are not in the trust that you hold.");
        }
        if (trust.remainingUses() != null) {
            throw Refusal.forbidden("The field \"trust.remaining_uses\" must not be set to pass a trust on.");
        }
        if (trust.impersonation() && !parent.impersonation()) {
            throw Refusal.forbidden("Impersonation is not allowed, because the trust that you hold does not have it.");
        }
    }

    private @Nullable Instant end(Wanted wanted, @Nullable Trust parent) {
        Instant end = wanted.expiresAt();
        if (end != null && !end.isAfter(clock.instant())) {
            throw Refusal.invalid("The field \"trust.expires_at\" must lie in the future (UTC).");
        }
        Instant limit = parent == null ? null : parent.expiresAt();
        if (limit != null && end != null && end.isAfter(limit)) {
            throw Refusal.forbidden("The trust would end later than the one that you hold.");
        }
        return end == null ? limit : end;
    }

    private static int redelegations(Wanted wanted, @Nullable Trust parent) {
        Integer asked = wanted.redelegations();
        if (!wanted.redelegatable() || (asked != null && asked == 0)) {
            return 0;
        }
        if (wanted.remainingUses() != null) {
            throw Refusal.invalid("The field \"trust.remaining_uses\" must not be set if the trust may be passed on.");
        }
        if (asked != null && asked > MOST_REDELEGATIONS) {
            throw Refusal.forbidden("A trust may be passed on at most " + MOST_REDELEGATIONS + " times.");
        }
        if (parent == null) {
            return asked == null ? MOST_REDELEGATIONS : asked;
        }
        int left = parent.redelegations() - 1;
        if (asked != null && asked != left) {
            throw Refusal.forbidden("Passed on, the trust has its count from the one before. Leave it out.");
        }
        return Math.max(0, left);
    }

    /** Roles that the owner has on the project now. */
    private List<StoredRole> chosen(Db db, Wanted wanted, String ownerId, String projectId) {
        if (projects.byId(db, projectId).isEmpty()) {
            throw ApiErrors.absent("project", projectId);
        }
        List<HeldRole> own = assignments.effective(db, ownerId, new Scope.OfProject(projectId));
        List<StoredRole> chosen = new ArrayList<>();
        for (RoleWish wish : wanted.roles()) {
            StoredRole role = own.stream()
                    .filter(held -> held.id().equals(wish.id()) || held.name().equals(wish.name()))
                    .findFirst()
                    .flatMap(held -> roles.byId(db, held.id()))
                    .orElseThrow(() ->
                            ApiErrors.hidden("role", String.valueOf(wish.id() == null ? wish.name() : wish.id())));
            if (!chosen.contains(role)) {
                chosen.add(role);
            }
        }
        return chosen;
    }

    /** Takes it back, with all that were passed on from it and all tokens of theirs. */
    public void delete(Caller caller, String id) {
        refuseCredential(caller);
        transactions.doAsCaller(caller, db -> {
            Trust trust = visible(db, caller, id);
            if (!trust.trustorId().equals(caller.user()) && !caller.isAdmin()) {
                throw Refusal.forbidden("Only who gave a trust can take it back.");
            }
            Account trustor =
                    accounts.forChange(db, trust.trustorId()).orElseThrow(() -> ApiErrors.absent("trust", id));
            List<String> chain = trusts.chainForChange(db, id);
            for (String link : chain) {
                trusts.byId(db, link)
                        .ifPresent(gone -> history.record(db, caller, "delete", thing(gone, trustor), facts(gone)));
            }
            trusts.delete(db, id);
            chain.forEach(link -> revocations.revoke(db, Subject.CHAIN, link));
        });
    }

    /** What a credential may do must not grow by a trust, and a stolen one shall not see whom its owner trusts. */
    private static void refuseCredential(Caller caller) {
        if (caller.token().applicationCredentialId() != null || caller.token().isOfProgram()) {
            throw Refusal.forbidden("Delegated tokens cannot manage trusts. Log in by password.");
        }
    }

    private static History.Thing thing(Trust trust, Account trustor) {
        return new History.Thing("trust", trust.id(), null, trustor.domainId(), trust.projectId());
    }

    private static Map<String, String> facts(Trust trust) {
        return Map.of(
                "trustor_id",
                trust.trustorId(),
                "trustee_id",
                trust.trusteeId(),
                "impersonation",
                String.valueOf(trust.impersonation()),
                "roles",
                String.join(",", trust.roles().stream().map(StoredRole::name).toList()));
    }
}
