package dev.unkai.identity.role;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All assignments in one list, as they were made or with all that follows from them. */
@Component
public final class AssignmentList {
    private static final int MOST = 10_000;

    /**
     * One assignment with the names of everything in it.
     *
     * @param inherited it counts for what is below its scope (or, in an effective list, comes from above)
     * @param origin where it was made, when that is not what it says itself
     */
    public record Listed(
            HeldRole role,
            @Nullable RoleDomain roleDomain,
            @Nullable Named user,
            @Nullable Named group,
            @Nullable Named project,
            @Nullable Named domain,
            boolean inherited,
            Origin origin) {}

    /** The domain of a role that belongs to one. */
    public record RoleDomain(String id, String name) {}

    /** The group, the scope above and the role that implies this one, as far as it comes from such. */
    public record Origin(
            @Nullable String groupId,
            @Nullable String projectId,
            @Nullable String domainId,
            @Nullable String priorRoleId) {}

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
            boolean withProjectsBelow,
            @Nullable String domainId,
            boolean systemOnly,
            @Nullable Boolean inherited,
            @Nullable String withinDomainId,
            @Nullable String withinProjectId) {
        /** The same, within what the caller manages. */
        Filter within(@Nullable String ownDomainId, @Nullable String ownProjectId) {
            return new Filter(
                    roleId,
                    accountId,
                    groupId,
                    projectId,
                    withProjectsBelow,
                    domainId,
                    systemOnly,
                    inherited,
                    ownDomainId,
                    ownProjectId);
        }
    }

    /**
     * @param effective whether to name the members instead of their groups, the projects below instead of where an
     *     inherited assignment was made, and the roles implied besides those given
     */
    public List<Listed> list(Db db, Filter filter, boolean effective) {
        return db.sql("""
                        with recursive below (root, id) as (
                            select parent_id, id from project
                             where :effective and parent_id in (select project_id from assignment where inherited)
                            union
                            select b.root, p.id from project p join below b on p.parent_id = b.id),
                        asked (id) as (
                            select cast(:project as text) where cast(:project as text) is not null
                            union
                            select p.id from project p join asked on p.parent_id = asked.id where :with_below),
                        placed as (
                            select role_id, account_id, group_id, project_id, domain_id, inherited,
                                   null as from_project, null as from_domain
                              from assignment where not (:effective and inherited)
                            union all
                            select a.role_id, a.account_id, a.group_id, b.id, null, true, a.project_id, null
                              from assignment a join below b on b.root = a.project_id where :effective and a.inherited
                            union all
                            select a.role_id, a.account_id, a.group_id, p.id, null, true, null, a.domain_id
                              from assignment a join project p on p.domain_id = a.domain_id
                             where :effective and a.inherited),
                        flat as (
                            select a.role_id,
                                   case when :effective then coalesce(a.account_id, m.account_id) else a.account_id end
                                       as account_id,
                                   case when :effective then null else a.group_id end as group_id,
                                   a.project_id, a.domain_id, a.inherited, a.from_project, a.from_domain,
                                   case when :effective then a.group_id end as from_group,
                                   cast(null as text) as from_role
                              from placed a
                              left join group_member m on :effective and m.group_id = a.group_id
                             where not :effective or a.account_id is not null or m.account_id is not null
                            union
                            select i.implied_id, f.account_id, f.group_id, f.project_id, f.domain_id, f.inherited,
                                   f.from_project, f.from_domain, f.from_group, f.role_id
                              from flat f join role_implication i on :effective and i.prior_id = f.role_id)
                        select distinct on (u.id, g.id, p.id, d.id, r.name, r.id, f.inherited, f.from_group, f.from_project)
                               r.id as role_id, r.name as role_name, rd.id as role_domain_id, rd.name as role_domain,
                               f.inherited, f.from_group, f.from_project, f.from_domain, f.from_role,
                               u.id as user_id, u.name as user_name, ud.id as user_domain_id, ud.name as user_domain,
                               g.id as group_id, g.name as group_name, gd.id as group_domain_id, gd.name as group_domain,
                               p.id as project_id, p.name as project_name, pd.id as project_domain_id,
                               pd.name as project_domain, d.id as domain_id, d.name as domain_name
                          from flat f
                          join role r on r.id = f.role_id left join domain rd on rd.id = r.domain_id
                          left join account u on u.id = f.account_id left join domain ud on ud.id = u.domain_id
                          left join account_group g on g.id = f.group_id left join domain gd on gd.id = g.domain_id
                          left join project p on p.id = f.project_id left join domain pd on pd.id = p.domain_id
                          left join domain d on d.id = f.domain_id
                         where (not :effective or r.domain_id is null)
                           and (cast(:role as text) is null or r.id = :role)
                           and (cast(:account as text) is null or u.id = :account)
                           and (cast(:group as text) is null or g.id = :group)
                           and (cast(:project as text) is null or p.id in (select id from asked))
                           and (cast(:domain as text) is null or d.id = :domain)
                           and (not :system or (p.id is null and d.id is null))
                           and (cast(:inherited as boolean) is null or f.inherited = :inherited)
                           and (cast(:within_domain as text) is null
                                or p.domain_id = :within_domain or d.id = :within_domain)
                           and (cast(:within_project as text) is null or p.id = :within_project)
                         order by u.id, g.id, p.id, d.id, r.name, r.id, f.inherited, f.from_group, f.from_project,
                                  f.from_role nulls first
                         limit :most
                        """)
                .param("effective", effective)
                .param("role", filter.roleId())
                .param("account", filter.accountId())
                .param("group", filter.groupId())
                .param("project", filter.projectId())
                .param("with_below", filter.withProjectsBelow())
                .param("domain", filter.domainId())
                .param("system", filter.systemOnly())
                .param("inherited", filter.inherited())
                .param("within_domain", filter.withinDomainId())
                .param("within_project", filter.withinProjectId())
                .param("most", MOST)
                .query(AssignmentList::read)
                .list();
    }

    private static Listed read(ResultSet row, int number) throws SQLException {
        String roleDomain = row.getString("role_domain_id");
        String domain = row.getString("domain_id");
        return new Listed(
                new HeldRole(row.getString("role_id"), row.getString("role_name")),
                roleDomain == null ? null : new RoleDomain(roleDomain, row.getString("role_domain")),
                named(row, "user"),
                named(row, "group"),
                named(row, "project"),
                domain == null ? null : new Named(domain, row.getString("domain_name"), null, null),
                row.getBoolean("inherited"),
                new Origin(
                        row.getString("from_group"),
                        row.getString("from_project"),
                        row.getString("from_domain"),
                        row.getString("from_role")));
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
}
