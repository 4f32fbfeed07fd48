package dev.unkai.identity.federation;

import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.federation.IdentityProvider.Mapping;
import dev.unkai.identity.federation.IdentityProvider.Rule;
import dev.unkai.identity.group.GroupStore;
import dev.unkai.identity.role.Actor;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.RoleStore;
import dev.unkai.identity.role.Scope;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the mapping gives to a user: roles on the contract, as its own users have them, and places in its groups. */
@Component
final class FederatedRights {
    private final AssignmentStore assignments;
    private final RoleStore roles;
    private final GroupStore groups;
    private final Clock clock;

    FederatedRights(AssignmentStore assignments, RoleStore roles, GroupStore groups, Clock clock) {
        this.assignments = assignments;
        this.roles = roles;
        this.groups = groups;
        this.clock = clock;
    }

    /** Names of roles, and ids of groups. */
    record Wanted(Set<String> roles, Set<String> groups) {
        boolean isNothing() {
            return roles.isEmpty() && groups.isEmpty();
        }
    }

    private record Held(
            String role, @Nullable String project, @Nullable String domain, boolean inherited) {}

    /** What the rules give for what the token says. */
    static Wanted wanted(Mapping mapping, IdToken token) {
        List<String> values = mapping.claim() == null ? List.of() : token.values(mapping.claim());
        Set<String> roles = new LinkedHashSet<>();
        Set<String> groups = new LinkedHashSet<>();
        for (Rule rule : mapping.rules()) {
            if (rule.value().equals(Rule.EVERYBODY) || values.contains(rule.value())) {
                Optional.ofNullable(rule.role()).ifPresent(roles::add);
                Optional.ofNullable(rule.group()).ifPresent(groups::add);
            }
        }
        return new Wanted(roles, groups);
    }

    /** Gives the account just these rights; true when some were taken. */
    boolean set(Db db, IdentityProvider provider, Account account, String project, Wanted wanted) {
        Set<Held> shall = new LinkedHashSet<>();
        for (String name : wanted.roles()) {
            String role = role(db, name);
            shall.add(new Held(role, project, null, false));
            if (Role.of(name).filter(known -> known.implies(Role.MANAGER)).isPresent()) {
                // As who is a master by hand has it: it is about the contract's accounts, too.
                shall.add(new Held(role, null, provider.domainId(), false));
            }
        }
        boolean took = false;
        Set<Held> had = held(db, account.id());
        for (Held each : had) {
            if (!shall.contains(each)) {
                withdraw(db, account.id(), each);
                record(db, "withdraw", provider, account, project, "role", each.role());
                took = true;
            }
        }
        for (Held each : shall) {
            if (!had.contains(each)) {
                Scope scope = each.project() != null
                        ? new Scope.OfProject(each.project())
                        : new Scope.OfDomain(provider.domainId());
                assignments.grant(db, new Actor.OfAccount(account.id()), scope, each.role());
                record(db, "grant", provider, account, project, "role", each.role());
            }
        }
        return setGroups(db, provider, account, project, wanted.groups()) || took;
    }

    private boolean setGroups(Db db, IdentityProvider provider, Account account, String project, Set<String> wanted) {
        boolean took = false;
        List<String> had = groupsOf(db, account.id());
        for (String group : had) {
            if (!wanted.contains(group)) {
                groups.leave(db, group, account.id());
                record(db, "leave", provider, account, project, "group", group);
                took = true;
            }
        }
        for (String group : wanted) {
            if (!had.contains(group) && groups.join(db, group, account.id())) {
                record(db, "join", provider, account, project, "group", group);
            }
        }
        return took;
    }

    /** Takes all rights from the account; false when it had none. */
    boolean take(Db db, String accountId) {
        int roles = db.sql("delete from assignment where account_id = ?")
                .param(accountId)
                .update();
        int places = db.sql("delete from group_member where account_id = ?")
                .param(accountId)
                .update();
        return roles + places > 0;
    }

    private static Set<Held> held(Db db, String accountId) {
        return new LinkedHashSet<>(
                db.sql("select role_id, project_id, domain_id, inherited from assignment where account_id = ?")
                        .param(accountId)
                        .query((row, n) -> new Held(
                                row.getString("role_id"),
                                row.getString("project_id"),
                                row.getString("domain_id"),
                                row.getBoolean("inherited")))
                        .list());
    }

    private static void withdraw(Db db, String accountId, Held held) {
        db.sql("""
                        delete from assignment
                         where account_id = :account and role_id = :role and inherited = :inherited
                           and project_id is not distinct from cast(:project as text)
                           and domain_id is not distinct from cast(:domain as text)
                        """)
                .param("account", accountId)
                .param("role", held.role())
                .param("inherited", held.inherited())
                .param("project", held.project())
                .param("domain", held.domain())
                .update();
    }

    private static List<String> groupsOf(Db db, String accountId) {
        return db.sql("select group_id from group_member where account_id = ? order by group_id")
                .param(accountId)
                .query(String.class)
                .list();
    }

    private String role(Db db, String name) {
        return roles.byName(db, name)
                .orElseThrow(() -> new IllegalStateException("The role " + name + " is not there"))
                .id();
    }

    private void record(
            Db db, String action, IdentityProvider provider, Account account, String project, String kind, String id) {
        db.record(CadfEvent.bySystem(
                        "identity",
                        action,
                        new CadfEvent.Target(id, "identity/" + kind, account.name(), project),
                        clock.instant(),
                        null)
                .with(Map.of("provider", provider.name(), "user_id", account.id())));
    }
}
