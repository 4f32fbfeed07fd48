package dev.unkai.identity.trust;

import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.wire.token.TrustClaim;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a trust gives its trustee at this moment: never more than its owner could do itself. */
@Component
public final class TrustUse {
    private final TrustStore trusts;
    private final AccountStore accounts;
    private final ProjectStore projects;
    private final AssignmentStore assignments;
    private final Clock clock;

    public TrustUse(
            TrustStore trusts, AccountStore accounts, ProjectStore projects, AssignmentStore assignments, Clock clock) {
        this.trusts = trusts;
        this.accounts = accounts;
        this.projects = projects;
        this.assignments = assignments;
        this.clock = clock;
    }

    /**
     * What the token shall say.
     *
     * @param bearer under whose name: the trustor's or the trustee's
     * @param endsBy when the trust ends, or null
     */
    public record Delegation(
            Account bearer,
            Project project,
            List<HeldRole> roles,
            TrustClaim claim,
            @Nullable Instant endsBy) {
        public Delegation {
            roles = List.copyOf(roles);
        }
    }

    /**
     * Counts a use and says what it gives; accounts and project are held until the transaction ends. Empty when there is no
     * such trust for the account, when anybody behind it is disabled, or when its owner has lost one of the roles.
     */
    public Optional<Delegation> use(Db db, Account trustee, String trustId) {
        Trust trust = trusts.byId(db, trustId)
                .filter(found -> found.trusteeId().equals(trustee.id()) && found.isAlive(clock.instant()))
                .orElse(null);
        if (trust == null) {
            return Optional.empty();
        }
        List<Trust> above = above(db, trust);
        if (!above.stream().allMatch(link -> isWhole(db, link))) {
            return Optional.empty();
        }
        Optional<Account> trustor = accounts.held(db, trust.trustorId()).filter(Account::usable);
        Optional<Account> owner = accounts.held(db, trust.ownerId()).filter(Account::usable);
        Optional<Project> project = projects.held(db, trust.projectId()).filter(Project::usable);
        if (trustor.isEmpty() || owner.isEmpty() || project.isEmpty()) {
            return Optional.empty();
        }
        List<HeldRole> roles = assignments.closure(
                db, trust.roles().stream().map(StoredRole::id).toList());
        boolean held = assignments
                .effective(db, trust.ownerId(), new Scope.OfProject(trust.projectId()))
                .containsAll(roles);
        if (roles.isEmpty() || !held || !trusts.use(db, trustId)) {
            return Optional.empty();
        }
        return Optional.of(new Delegation(
                trust.impersonation() ? trustor.get() : trustee,
                project.get(),
                roles,
                new TrustClaim(
                        trust.id(),
                        trust.trustorId(),
                        trust.trusteeId(),
                        trust.ownerId(),
                        trust.impersonation(),
                        above.stream().map(Trust::trusteeId).toList()),
                trust.expiresAt()));
    }

    /** The trusts that it was passed on from, the nearest first; the database has no trust without them. */
    private List<Trust> above(Db db, Trust trust) {
        List<Trust> above = new ArrayList<>();
        String next = trust.parentId();
        while (next != null) {
            Trust link = trusts.byId(db, next).orElseThrow();
            above.add(link);
            next = link.parentId();
        }
        return above;
    }

    private boolean isWhole(Db db, Trust link) {
        return link.isAlive(clock.instant())
                && accounts.held(db, link.trusteeId()).filter(Account::usable).isPresent();
    }
}
