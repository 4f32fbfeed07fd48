package dev.unkai.identity.role;

import dev.unkai.base.data.Db;
import dev.unkai.identity.role.RoleStore.StoredRole;
import java.util.List;
import org.springframework.stereotype.Component;

/** Rows of {@code assignment}, and what follows from them. */
@Component
public final class AssignmentStore {
    /**
     * The roles that the account has on the scope: its own, its groups', those inherited from above a project, and all
     * that these imply. Roles of a domain give what they imply and are not in the list themselves.
     */
    public List<HeldRole> effective(Db db, String accountId, Scope scope) {
        return db.sql("""
                        with recursive above (project_id, parent_id, domain_id) as (
                            select id, parent_id, domain_id from project where id = :project
                            union
                            select p.id, p.parent_id, p.domain_id from project p join above a on p.id = a.parent_id),
                        held (role_id) as (
                            select role_id from assignment
                             where (account_id = :account
                                    or group_id in (select group_id from group_member where account_id = :account))
                               and case when inherited
                                        then project_id in (select parent_id from above)
                                             or domain_id in (select domain_id from above)
                                        else project_id is not distinct from cast(:project as text)
                                             and domain_id is not distinct from cast(:domain as text) end
                            union
                            select i.implied_id from role_implication i join held on i.prior_id = held.role_id)
                        select r.id, r.name from held join role r on r.id = held.role_id
                         where r.domain_id is null order by r.name
                        """)
                .param("account", accountId)
                .param("project", scope.projectId())
                .param("domain", scope.domainId())
                .query((row, n) -> new HeldRole(row.getString("id"), row.getString("name")))
                .list();
    }

    /** The roles that the account has anywhere, its own and its groups', and all that these imply. */
    public List<HeldRole> anywhere(Db db, String accountId) {
        return db.sql("""
                        with recursive held (role_id) as (
                            select role_id from assignment
                             where account_id = :account
                                or group_id in (select group_id from group_member where account_id = :account)
                            union
                            select i.implied_id from role_implication i join held on i.prior_id = held.role_id)
                        select r.id, r.name from held join role r on r.id = held.role_id
                         where r.domain_id is null order by r.name
                        """)
                .param("account", accountId)
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

    /** The accounts that have the role, themselves or through a group or through a role that implies it; taken for a change. */
    public List<String> holdersForChange(Db db, String roleId) {
        return db.sql("""
                        with recursive giving (role_id) as (
                            select cast(:role as text)
                            union
                            select i.prior_id from role_implication i join giving on i.implied_id = giving.role_id),
                        holder (id) as (
                            select coalesce(a.account_id, m.account_id) from assignment a
                              left join group_member m on m.group_id = a.group_id
                             where a.role_id in (select role_id from giving))
                        select id from account where id in (select id from holder) order by id for update
                        """).param("role", roleId).query(String.class).list();
    }

    /** Roles given to the actor itself on the scope, without what they imply. */
    public List<StoredRole> given(Db db, Actor actor, Scope scope) {
        return db.sql(RoleStore.SELECT + """
                         join assignment a on a.role_id = r.id
                         where a.account_id is not distinct from cast(:account as text)
                           and a.group_id is not distinct from cast(:group as text)
                           and a.project_id is not distinct from cast(:project as text)
                           and a.domain_id is not distinct from cast(:domain as text)
                           and a.inherited = :inherited
                         order by r.name
                        """)
                .param("account", actor.accountId())
                .param("group", actor.groupId())
                .param("project", scope.projectId())
                .param("domain", scope.domainId())
                .param("inherited", scope.inherited())
                .query(RoleStore::read)
                .list();
    }

    /** Makes the assignment; false when it was there already. */
    public boolean grant(Db db, Actor actor, Scope scope, String roleId) {
        return db.sql("""
                                insert into assignment (role_id, account_id, group_id, project_id, domain_id, inherited)
                                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                                """)
                        .param(roleId)
                        .param(actor.accountId())
                        .param(actor.groupId())
                        .param(scope.projectId())
                        .param(scope.domainId())
                        .param(scope.inherited())
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
                        .param("inherited", scope.inherited())
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
                .param("inherited", scope.inherited())
                .query(Boolean.class)
                .single();
    }

    private static final String EXACT = """
            role_id = :role
            and account_id is not distinct from cast(:account as text)
            and group_id is not distinct from cast(:group as text)
            and project_id is not distinct from cast(:project as text)
            and domain_id is not distinct from cast(:domain as text)
            and inherited = :inherited
            """;
}
