package dev.unkai.identity.role;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role;
import dev.unkai.base.access.Role.Side;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.event.History;
import dev.unkai.identity.group.Group;
import dev.unkai.identity.group.GroupStore;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentList.Filter;
import dev.unkai.identity.role.AssignmentList.Listed;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who holds which role where, and who may change that: an operator anything; a domain's manager the customer's roles for
 * the domain's own accounts on the domain and its projects; a project's manager the same on that project. The roles of the provider's people are held
 * by its own accounts, on what is its own.
 */
@Component
public final class Assignments {
    /** What a manager may give: no role of the provider's, nor one of its own that could imply such. None of these may more than a manager. */
    private static final List<String> GIVEN_BY_MANAGERS = Role.namesOf(Side.CUSTOMER);

    private final Transactions transactions;
    private final AssignmentStore assignments;
    private final AssignmentList listed;
    private final RoleStore roles;
    private final AccountStore accounts;
    private final GroupStore groups;
    private final ProjectStore projects;
    private final DomainStore domains;
    private final Rights rights;
    private final RevocationLog revocations;
    private final History history;

    public Assignments(
            Transactions transactions,
            AssignmentStore assignments,
            AssignmentList listed,
            RoleStore roles,
            AccountStore accounts,
            GroupStore groups,
            ProjectStore projects,
            DomainStore domains,
            Rights rights,
            RevocationLog revocations,
            History history) {
        this.transactions = transactions;
        this.assignments = assignments;
        this.listed = listed;
        this.roles = roles;
        this.accounts = accounts;
        this.groups = groups;
        this.projects = projects;
        this.domains = domains;
        this.rights = rights;
        this.revocations = revocations;
        this.history = history;
    }

    /** The assignments that the caller manages, narrowed by the filter. */
    public List<Listed> list(Caller caller, Filter asked, boolean effective) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller);
            boolean byProject = !authority.provider() && authority.domain() == null;
            if (byProject && authority.project() == null) {
                throw Refusal.forbidden("This token manages neither a domain nor a project.");
            }
            return listed.list(
                    db,
                    asked.within(
                            authority.provider() ? null : authority.domain(), byProject ? authority.project() : null),
                    effective);
        });
    }

    public List<StoredRole> given(Caller caller, Actor actor, Scope scope) {
        return transactions.asCaller(caller, db -> {
            resolve(db, caller, rights.of(db, caller), actor, scope);
            return assignments.given(db, actor, scope);
        });
    }

    public boolean exists(Caller caller, Actor actor, Scope scope, String roleId) {
        return transactions.asCaller(caller, db -> {
            resolve(db, caller, rights.of(db, caller), actor, scope);
            return assignments.exists(db, actor, scope, roleId);
        });
    }

    /** The domains that the caller has system roles for itself. */
    public boolean hasSystemRole(Caller caller) {
        return transactions.<Boolean>asCaller(
                caller,
                db -> !assignments
                        .effective(db, caller.user(), new Scope.OfSystem())
                        .isEmpty());
    }

    public void grant(Caller caller, Actor actor, Scope scope, String roleId) {
        transactions.doAsCaller(caller, db -> grant(db, caller, actor, scope, roleId));
    }

    /** In a transaction of the caller's; gives the id of the domain that the scope is or is in, empty for the system. */
    String grant(Db db, Caller caller, Actor actor, Scope scope, String roleId) {
        Authority authority = rights.toAdminister(db, caller);
        Resolved resolved = resolve(db, caller, authority, actor, scope);
        StoredRole role = role(db, authority, roleId);
        if (role.domainId() != null && !role.domainId().equals(resolved.domainId())) {
            throw Refusal.forbidden("The role " + roleId + " belongs to another domain than what it is to be held on.");
        }
        needProvidersOwn(db, role, resolved);
        if (actor instanceof Actor.OfAccount(String account)) {
            rights.refuseFederated(db, account);
        }
        if (assignments.grant(db, actor, scope, roleId)) {
            record(db, caller, "grant", role, resolved, scope.inherited());
        }
        return requireNonNullElse(resolved.domainId(), "");
    }

    public void withdraw(Caller caller, Actor actor, Scope scope, String roleId) {
        transactions.doAsCaller(caller, db -> withdraw(db, caller, actor, scope, roleId));
    }

    /** In a transaction of the caller's; gives the same as {@link #grant}. */
    String withdraw(Db db, Caller caller, Actor actor, Scope scope, String roleId) {
        Authority authority = rights.toAdminister(db, caller);
        Resolved resolved = resolve(db, caller, authority, actor, scope);
        StoredRole role = role(db, authority, roleId);
        List<String> concerned = actor instanceof Actor.OfGroup(String groupId)
                ? groups.membersForChange(db, groupId)
                : List.of(resolved.actorId());
        if (!assignments.withdraw(db, actor, scope, roleId)) {
            throw Refusal.notFound("Could not find role assignment with role: " + roleId + ".");
        }
        record(db, caller, "withdraw", role, resolved, scope.inherited());
        for (String account : concerned) {
            if (scope instanceof Scope.OfProject) {
                revocations.revoke(db, Subject.USER_IN_PROJECT, account + "/" + scope.projectId());
            } else {
                revocations.revoke(db, Subject.USER, account);
            }
        }
        return requireNonNullElse(resolved.domainId(), "");
    }

    boolean holds(Db db, Actor actor, Scope scope, String roleId) {
        return assignments.exists(db, actor, scope, roleId);
    }

    /** Both ends of an assignment, as far as the caller may see them. */
    private record Resolved(
            String actorId,
            String actorName,
            String actorDomainId,
            String scopeName,
            @Nullable String domainId,
            @Nullable String projectId) {}

    /** Takes the account (as role changes and log-ins must not cross), and checks that both ends are the caller's. */
    private Resolved resolve(Db db, Caller caller, Authority authority, Actor actor, Scope scope) {
        String domainId = null;
        String scopeName = "system";
        switch (scope) {
            case Scope.OfProject _, Scope.BelowProject _ -> {
                String id = requireNonNull(scope.projectId());
                Project project = projects.byId(db, id).orElseThrow(() -> ApiErrors.absent("project", id));
                if (!authority.manages(project.domainId()) && !id.equals(authority.project())) {
                    throw ApiErrors.hidden("project", id);
                }
                domainId = project.domainId();
                scopeName = project.name();
            }
            case Scope.OfDomain _, Scope.BelowDomain _ -> {
                String id = requireNonNull(scope.domainId());
                var domain = domains.byId(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
                authority.need(id, ApiErrors.hidden("domain", id));
                domainId = id;
                scopeName = domain.name();
            }
            case Scope.OfSystem() -> {
                if (!caller.isAdmin()) {
                    throw Refusal.forbidden("Only an operator sees or changes roles on the system.");
                }
            }
        }
        String actorDomain;
        String actorName;
        String actorId;
        switch (actor) {
            case Actor.OfAccount(String id) -> {
                Account account = accounts.forChange(db, id).orElseThrow(() -> ApiErrors.absent("user", id));
                actorDomain = account.domainId();
                actorName = account.name();
                actorId = id;
            }
            case Actor.OfGroup(String id) -> {
                Group group = groups.forChange(db, id).orElseThrow(() -> ApiErrors.absent("group", id));
                actorDomain = group.domainId();
                actorName = group.name();
                actorId = id;
            }
        }
        if (!authority.provider() && !actorDomain.equals(domainId)) {
            throw ApiErrors.hidden(actor instanceof Actor.OfAccount ? "user" : "group", actorId);
        }
        return new Resolved(actorId, actorName, actorDomain, scopeName, domainId, scope.projectId());
    }

    private StoredRole role(Db db, Authority authority, String roleId) {
        StoredRole role = roles.byId(db, roleId).orElseThrow(() -> ApiErrors.absent("role", roleId));
        if (!authority.provider()
                && !assignments.closure(db, List.of(roleId)).stream()
                        .allMatch(held -> GIVEN_BY_MANAGERS.contains(held.name()))) {
            throw Refusal.forbidden(
                    "A manager may give and withdraw only the roles " + String.join(", ", GIVEN_BY_MANAGERS) + ".");
        }
        return role;
    }

    /** Admin, as clients and the interoperability tests expect it, may be held by anybody on anything. */
    private void needProvidersOwn(Db db, StoredRole role, Resolved resolved) {
        boolean providers = assignments.closure(db, List.of(role.id())).stream()
                .flatMap(held -> Role.of(held.name()).stream())
                .anyMatch(held -> held.side() == Side.PROVIDER && held != Role.ADMIN);
        boolean ownScope = resolved.domainId() == null || resolved.domainId().equals(Domain.DEFAULT_ID);
        if (providers && (!ownScope || !resolved.actorDomainId().equals(Domain.DEFAULT_ID))) {
            throw Refusal.forbidden("The role " + role.name() + " is for the provider's own users and groups, on the"
                    + " provider's own domain and projects: those of the domain Default.");
        }
    }

    private void record(Db db, Caller caller, String action, StoredRole role, Resolved resolved, boolean inherited) {
        history.record(
                db,
                caller,
                action,
                new History.Thing("role", role.id(), role.name(), resolved.domainId(), resolved.projectId()),
                Map.of(
                        "holder",
                        resolved.actorName(),
                        "holder_id",
                        resolved.actorId(),
                        "on",
                        resolved.scopeName(),
                        "inherited",
                        String.valueOf(inherited)),
                action.equals("withdraw")
                        ? Changes.of("role", role.name(), null)
                        : Changes.of("role", null, role.name()));
    }
}
