package dev.unkai.identity.project;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code project}. */
@Component
public final class ProjectStore {
    private static final String SELECT = """
            select p.id, p.domain_id, d.name as domain_name, p.parent_id, p.name, p.description, p.enabled,
                   p.enabled and d.enabled as usable, p.plan, p.tags, p.immutable, p.extra
              from project p join domain d on d.id = p.domain_id
            """;

    public Optional<Project> byId(Db db, String id) {
        return db.sql(SELECT + " where p.id = ?")
                .param(id)
                .query(ProjectStore::read)
                .optional();
    }

    /** Holds project and domain as they are until the transaction ends; changes of them wait. */
    public Optional<Project> held(Db db, String id) {
        return db.sql(SELECT + " where p.id = ? for share")
                .param(id)
                .query(ProjectStore::read)
                .optional();
    }

    /** By name in a domain given by id or by name, held as by {@link #held}. */
    public Optional<Project> heldByName(Db db, String name, @Nullable String domainId, @Nullable String domainName) {
        return db.sql(SELECT + " where p.name = :name and (d.id = :id or d.name = :domain) for share")
                .param("name", name)
                .param("id", domainId)
                .param("domain", domainName)
                .query(ProjectStore::read)
                .optional();
    }

    /** Takes the project for a change. */
    public Optional<Project> forChange(Db db, String id) {
        return db.sql(SELECT + " where p.id = ? for update of p")
                .param(id)
                .query(ProjectStore::read)
                .optional();
    }

    /** What a list of projects may be narrowed by; null: not narrowed. */
    public record Filter(
            @Nullable String domainId,
            @Nullable String parentId,
            NameFilter name,
            @Nullable Boolean enabled,
            Tags.Filter tags) {
        public static final Filter NONE = new Filter(null, null, NameFilter.none(), null, Tags.Filter.NONE);

        /** All projects of a domain. */
        public static Filter ofDomain(String id) {
            return new Filter(id, null, NameFilter.none(), null, Tags.Filter.NONE);
        }
    }

    public List<Project> list(Db db, Filter filter, Page page) {
        var statement =
                db.sql(SELECT + " where " + NameFilter.sql("p.name") + " and " + Tags.Filter.sql("p.tags") + """
                         and (cast(:domain as text) is null or p.domain_id = :domain)
                         and (cast(:parent as text) is null or p.parent_id = :parent
                              or (p.parent_id is null and p.domain_id = :parent))
                         and (cast(:enabled as boolean) is null or p.enabled = :enabled)
                         and p.id > :marker
                         order by p.id limit :limit
                        """);
        return filter.tags()
                .on(filter.name().on(statement))
                .param("domain", filter.domainId())
                .param("parent", filter.parentId())
                .param("enabled", filter.enabled())
                .param("marker", page.after())
                .param("limit", page.fetch())
                .query(ProjectStore::read)
                .list();
    }

    /** The projects above this one, the nearest first. */
    public List<Project> above(Db db, String id) {
        return db.sql("""
                        with recursive above (id, parent_id, distance) as (
                            select id, parent_id, 0 from project where id = ?
                            union all
                            select p.id, p.parent_id, a.distance + 1 from project p join above a on p.id = a.parent_id)
                        """ + SELECT + " join above a on a.id = p.id where a.distance > 0 order by a.distance")
                .param(id)
                .query(ProjectStore::read)
                .list();
    }

    /** All projects below this one, at any depth. */
    public List<Project> below(Db db, String id) {
        return db.sql("""
                        with recursive below (id) as (
                            select id from project where parent_id = ?
                            union
                            select p.id from project p join below b on p.parent_id = b.id)
                        """ + SELECT + " where p.id in (select id from below) order by p.id")
                .param(id)
                .query(ProjectStore::read)
                .list();
    }

    /** The projects on which the account has a role, itself, through a group, or inherited from above. */
    public List<Project> ofAccount(Db db, String accountId, boolean onlyUsable) {
        return ofAccount(db, accountId, onlyUsable, Filter.NONE);
    }

    /** The same, narrowed by domain, name and whether they are enabled. */
    public List<Project> ofAccount(Db db, String accountId, boolean onlyUsable, Filter filter) {
        var statement = db.sql("""
                        with recursive held as (
                            select project_id, domain_id, inherited from assignment
                             where account_id = :account
                                or group_id in (select group_id from group_member where account_id = :account)),
                        below (id) as (
                            select p.id from project p join held h on h.inherited and p.parent_id = h.project_id
                            union
                            select p.id from project p join below b on p.parent_id = b.id)
                        """ + SELECT + """
                         where (p.id in (select project_id from held where not inherited)
                                or p.id in (select id from below)
                                or p.domain_id in (select domain_id from held where inherited))
                           and (not :usable or (p.enabled and d.enabled))
                           and (cast(:domain as text) is null or p.domain_id = :domain)
                           and (cast(:enabled as boolean) is null or p.enabled = :enabled)
                           and \
                        """ + NameFilter.sql("p.name") + " order by p.id");
        return filter.name()
                .on(statement)
                .param("account", accountId)
                .param("usable", onlyUsable)
                .param("domain", filter.domainId())
                .param("enabled", filter.enabled())
                .query(ProjectStore::read)
                .list();
    }

    public void insert(Db db, Project project) {
        db.sql("""
                        insert into project (id, domain_id, parent_id, name, description, enabled, plan, tags, immutable,
                                             extra)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(project.id())
                .param(project.domainId())
                .param(project.parentId())
                .param(project.name())
                .param(project.description())
                .param(project.enabled())
                .param(project.plan())
                .param(project.tags().toArray(String[]::new))
                .param(project.immutable())
                .param(project.extra().text())
                .update();
    }

    public void update(Db db, Project project) {
        db.sql("""
                        update project set name = ?, description = ?, enabled = ?, plan = ?, tags = ?, immutable = ?,
                                           extra = ?
                         where id = ?
                        """)
                .param(project.name())
                .param(project.description())
                .param(project.enabled())
                .param(project.plan())
                .param(project.tags().toArray(String[]::new))
                .param(project.immutable())
                .param(project.extra().text())
                .param(project.id())
                .update();
    }

    public void delete(Db db, String id) {
        db.sql("delete from project where id = ?").param(id).update();
    }

    private static Project read(ResultSet row, int number) throws SQLException {
        return new Project(
                row.getString("id"),
                row.getString("domain_id"),
                row.getString("domain_name"),
                row.getString("parent_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("enabled"),
                row.getBoolean("usable"),
                row.getString("plan"),
                List.of((String[]) row.getArray("tags").getArray()),
                Immutable.column(row),
                Extra.of(row.getString("extra")));
    }
}
