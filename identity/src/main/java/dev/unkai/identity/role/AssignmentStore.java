package dev.unkai.identity.role;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** One assignment with the names of everything in it. */
    public record Listed(
            HeldRole role,
            @Nullable Named user,
            @Nullable Named group,
            @Nullable Named project,
            @Nullable Named domain,
            @Nullable String throughGroupId) {}

    /** A thing with its name and the domain it belongs to. */
    public record Named(
            String id,
            String name,
            @Nullable String domainId,
            @Nullable String domainName) {}

    /** What a list of assignments may be narrowed by; null: not narrowed. */
    public record Filter(
            @Nullable String roleId,
            @Nullable String accountId,
            @Nullable String groupId,
            @Nullable String projectId,
            @Nullable String domainId,
            boolean systemOnly,
            @Nullable String withinDomainId,
            @Nullable String withinProjectId) {}

    /** @param effective whether to name the members instead of their groups, and the roles implied besides those given */
    public List<Listed> list(Db db, Filter filter, boolean effective) {
        return db.sql("""
                        with recursive flat as (
                            select a.role_id,
                                   case when :effective then coalesce(a.account_id, m.account_id) else a.account_id end
                                       as account_id,
                                   case when :effective then null else a.group_id end as group_id,
                                   a.project_id, a.domain_id,
                                   case when :effective then a.group_id end as through
                              from assignment a
                              left join group_member m on :effective and m.group_id = a.group_id
                             where not :effective or a.account_id is not null or m.account_id is not null
                            union
                            select i.implied_id, f.account_id, f.group_id, f.project_id, f.domain_id, f.through
                              from flat f join role_implication i on :effective and i.prior_id = f.role_id)
                        select r.id as role_id, r.name as role_name, f.through,
                               u.id as user_id, u.name as user_name, ud.id as user_domain_id, ud.name as user_domain,
                               g.id as group_id, g.name as group_name, gd.id as group_domain_id, gd.name as group_domain,
                               p.id as project_id, p.name as project_name, pd.id as project_domain_id,
                               pd.name as project_domain, d.id as domain_id, d.name as domain_name
                          from flat f
                          join role r on r.id = f.role_id
                          left join account u on u.id = f.account_id left join domain ud on ud.id = u.domain_id
                          left join account_group g on g.id = f.group_id left join domain gd on gd.id = g.domain_id
                          left join project p on p.id = f.project_id left join domain pd on pd.id = p.domain_id
                          left join domain d on d.id = f.domain_id
                         where (cast(:role as text) is null or r.id = :role)
                           and (cast(:account as text) is null or u.id = :account)
                           and (cast(:group as text) is null or g.id = :group)
                           and (cast(:project as text) is null or p.id = :project)
                           and (cast(:domain as text) is null or d.id = :domain)
                           and (not :system or (p.id is null and d.id is null))
                           and (cast(:within_domain as text) is null
                                or p.domain_id = :within_domain or d.id = :within_domain)
                           and (cast(:within_project as text) is null or p.id = :within_project)
                         order by u.id, g.id, p.id, d.id, r.name
                         limit 10000
                        """)
                .param("effective", effective)
                .param("role", filter.roleId())
                .param("account", filter.accountId())
                .param("group", filter.groupId())
                .param("project", filter.projectId())
                .param("domain", filter.domainId())
                .param("system", filter.systemOnly())
                .param("within_domain", filter.withinDomainId())
                .param("within_project", filter.withinProjectId())
                .query((row, n) -> new Listed(
                        new HeldRole(row.getString("role_id"), row.getString("role_name")),
                        named(row, "user"),
                        named(row, "group"),
                        named(row, "project"),
                        row.getString("domain_id") == null
                                ? null
                                : new Named(row.getString("domain_id"), row.getString("domain_name"), null, null),
                        row.getString("through")))
                .list();
    }

    private static @Nullable Named named(ResultSet row, String kind) throws SQLException {
        String id = row.getString(kind + "_id");
        return id == null
                ? null
                : new Named(
                        id,
                        row.getString(kind + "_name"),
                        row.getString(kind + "_domain_id"),
                        row.getString(kind + "_domain"));
    }

    /** Roles given to the actor itself on the scope, without what they imply. */
    public List<HeldRole> given(Db db, Actor actor, Scope scope) {
        return db.sql("""
                        select r.id, r.name from assignment a join role r on r.id = a.role_id
                         where a.account_id is not distinct from cast(:account as text)
                           and a.group_id is not distinct from cast(:group as text)
                           and a.project_id is not distinct from cast(:project as text)
                           and a.domain_id is not distinct from cast(:domain as text)
                         order by r.name
                        """)
                .param("account", actor.accountId())
                .param("group", actor.groupId())
                .param("project", scope.projectId())
                .param("domain", scope.domainId())
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
