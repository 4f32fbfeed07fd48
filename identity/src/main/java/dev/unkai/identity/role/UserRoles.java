package dev.unkai.identity.role;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role;
import dev.unkai.base.access.Role.Side;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.role.UserRoleStore.OwnProject;
import dev.unkai.identity.role.UserRoleStore.User;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A contract's users and their roles, as its masters see and change them. A master manages the contract's users, so who is one on a project is one on the
 * contract's domain as well; both come and go together. Nobody changes his own roles here: neither upwards, nor so that no master is left.
 */
@Component
public final class UserRoles {
    private final Transactions transactions;
    private final UserRoleStore store;
    private final Assignments assignments;
    private final RoleStore roles;
    private final PlanRuleStore plans;
    private final Rights rights;

    UserRoles(
            Transactions transactions,
            UserRoleStore store,
            Assignments assignments,
            RoleStore roles,
            PlanRuleStore plans,
            Rights rights) {
        this.transactions = transactions;
        this.store = store;
        this.assignments = assignments;
        this.roles = roles;
        this.plans = plans;
        this.rights = rights;
    }

    /**
     * What there is in a contract.
     *
     * @param contract its id and name
     * @param administered whether the caller may look after its users, as far as the plan goes
     * @param passwordsIssued whether the provider makes passwords
     */
    record Directory(
            OwnProject contract,
            boolean administered,
            boolean passwordsIssued,
            List<OwnProject> projects,
            List<User> users) {}

    /** @param contract the domain's id, or null: the caller's own */
    Directory read(Caller caller, @Nullable String contract) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller);
            String domain = contract != null
                    ? contract
                    : authority.provider() ? caller.token().userDomainId() : authority.ownDomain();
            authority.need(domain, ApiErrors.hidden("domain", domain));
            Optional<PlanRules> plan = plans.of(db, domain);
            return new Directory(
                    store.contract(db, domain).orElseThrow(() -> ApiErrors.absent("domain", domain)),
                    authority.provider()
                            || plan.filter(PlanRules::usersByProvider).isEmpty(),
                    plan.filter(PlanRules::issued).isPresent(),
                    store.projects(db, domain),
                    store.users(db, domain));
        });
    }

    void give(Caller caller, String user, String roleName, @Nullable String project) {
        transactions.doAsCaller(caller, db -> give(db, caller, user, roleName, project));
    }

    /** The same in a transaction of the caller's. */
    public void give(Db db, Caller caller, String user, String roleName, @Nullable String project) {
        StoredRole role = changeable(db, caller, user, roleName);
        Actor actor = new Actor.OfAccount(user);
        String domain = assignments.grant(db, caller, actor, scope(project), role.id());
        if (isMaster(roleName)) {
            assignments.grant(db, caller, actor, new Scope.OfDomain(domain), role.id());
        }
    }

    void take(Caller caller, String user, String roleName, @Nullable String project) {
        transactions.doAsCaller(caller, db -> {
            StoredRole role = changeable(db, caller, user, roleName);
            Scope scope = scope(project);
            Actor actor = new Actor.OfAccount(user);
            String domain = assignments.withdraw(db, caller, actor, scope, role.id());
            Scope contract = new Scope.OfDomain(domain);
            if (isMaster(roleName) && assignments.holds(db, actor, contract, role.id())) {
                assignments.withdraw(db, caller, actor, contract, role.id());
            }
        });
    }

    private StoredRole changeable(Db db, Caller caller, String user, String roleName) {
        if (user.equals(caller.user())) {
            throw Refusal.forbidden("Nobody changes his own roles. Ask another master of the contract.");
        }
        boolean customers =
                Role.of(roleName).filter(role -> role.side() == Side.CUSTOMER).isPresent();
        if (!customers) {
            throw Refusal.forbidden(
                    "A role of a contract is one of " + String.join(", ", Role.namesOf(Side.CUSTOMER)) + ".");
        }
        return roles.byName(db, roleName).orElseThrow();
    }

    private static Scope scope(@Nullable String project) {
        if (project == null || project.isBlank()) {
            throw Refusal.invalid("Say on which of the contract's projects: ?project=ID.");
        }
        return new Scope.OfProject(project);
    }

    /** {@code manager} is what clients call a master. */
    private static boolean isMaster(String roleName) {
        return Role.of(roleName).filter(role -> role.implies(Role.MANAGER)).isPresent();
    }
}
