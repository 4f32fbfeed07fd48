package dev.unkai.identity.role;

import dev.unkai.base.data.Db;
import java.util.List;
import org.springframework.stereotype.Component;

/** Rows of {@code assignment}, and what follows from them. */
@Component
public final class AssignmentStore {
    /** The roles that the account has on the scope: its own, its groups', and all that these imply. */
    public List<HeldRole> effective(Db db, String accountId, Scope scope) {
        return db.sql("""
                        with recursive held (role_id) as (
                            select role_id from assignment
                             where (account_id = :account
                                    or group_id in (select group_id from group_member where account_id = :account))
                               and project_id is not distinct from cast(:project as text)
                               and domain_id is not distinct from cast(:domain as text)
                            union
                            select i.implied_id from role_implication i join held on i.prior_id = held.role_id)
                        select r.id, r.name from held join role r on r.id = held.role_id order by r.name
                        """)
                .param("account", accountId)
                .param("project", scope.projectId())
                .param("domain", scope.domainId())
                .query((row, n) -> new HeldRole(row.getString("id"), row.getString("name")))
                .list();
    }

    /** The roles and all that they imply. */
    public List<HeldRole> closure(Db db, List<String> roleIds) {
        return db.sql("""
                        with recursive held (role_id) as (
                            select id from role where id = any (:roles)
                            union
                            select i.implied_id from role_implication i join held on i.prior_id = held.role_id)
                        select r.id, r.name from held join role r on r.id = held.role_id order by r.name
                        """)
                .param("roles", roleIds.toArray(String[]::new))
                .query((row, n) -> new HeldRole(row.getString("id"), row.getString("name")))
                .list();
    }

    /** Makes the assignment; false when it was there already. */
    public boolean grant(Db db, Actor actor, Scope scope, String roleId) {
        return db.sql("""
                                insert into assignment (role_id, account_id, group_id, project_id, domain_id)
                                values (?, ?, ?, ?, ?) on conflict do nothing
                                """)
                        .param(roleId)
                        .param(actor.accountId())
                        .param(actor.groupId())
                        .param(scope.projectId())
                        .param(scope.domainId())
                        .update()
                == 1;
    }

    /** Removes the assignment; false when there was none. */
    public boolean withdraw(Db db, Actor actor, Scope scope, String roleId) {
        return db.sql("delete from assignment where " + EXACT)
                        .param("role", roleId)
                        .param("account", actor.accountId())
                        .param("group", actor.groupId())
                        .param("project", scope.projectId())
                        .param("domain", scope.domainId())
                        .update()
                == 1;
    }

    public boolean exists(Db db, Actor actor, Scope scope, String roleId) {
        return db.sql("select exists (select 1 from assignment where " + EXACT + ")")
                .param("role", roleId)
                .param("account", actor.accountId())
                .param("group", actor.groupId())
                .param("project", scope.projectId())
                .param("domain", scope.domainId())
                .query(Boolean.class)
                .single();
    }

    private static final String EXACT = """
            role_id = :role
            and account_id is not distinct from cast(:account as text)
            and group_id is not distinct from cast(:group as text)
            and project_id is not distinct from cast(:project as text)
            and domain_id is not distinct from cast(:domain as text)
            """;
}
