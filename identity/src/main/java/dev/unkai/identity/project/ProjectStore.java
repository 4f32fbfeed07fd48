package dev.unkai.identity.project;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Page;
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
            select p.id, p.domain_id, d.name as domain_name, p.name, p.description, p.enabled,
                   p.enabled and d.enabled as usable, p.plan, p.tags
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
            @Nullable String name,
            @Nullable Boolean enabled) {}

    public List<Project> list(Db db, Filter filter, Page page) {
        return db.sql(SELECT + """
                         where (cast(:domain as text) is null or p.domain_id = :domain)
                           and (cast(:name as text) is null or p.name = :name)
                           and (cast(:enabled as boolean) is null or p.enabled = :enabled)
                           and p.id > :marker
                         order by p.id limit :limit
                        """)
                .param("domain", filter.domainId())
                .param("name", filter.name())
                .param("enabled", filter.enabled())
                .param("marker", page.after())
                .param("limit", page.fetch())
                .query(ProjectStore::read)
                .list();
    }

    /** The projects on which the account has a role, itself or through a group. */
    public List<Project> ofAccount(Db db, String accountId, boolean onlyUsable) {
        return db.sql(SELECT + """
                         where p.id in (select project_id from assignment
                                         where account_id = :account
                                            or group_id in (select group_id from group_member where account_id = :account))
                           and (not :usable or (p.enabled and d.enabled))
                         order by p.id
                        """)
                .param("account", accountId)
                .param("usable", onlyUsable)
                .query(ProjectStore::read)
                .list();
    }

    public void insert(Db db, Project project) {
        db.sql("""
                        insert into project (id, domain_id, name, description, enabled, plan, tags)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(project.id())
                .param(project.domainId())
                .param(project.name())
                .param(project.description())
                .param(project.enabled())
                .param(project.plan())
                .param(project.tags().toArray(String[]::new))
                .update();
    }

    public void update(Db db, Project project) {
        db.sql("update project set name = ?, description = ?, enabled = ?, plan = ?, tags = ? where id = ?")
                .param(project.name())
                .param(project.description())
                .param(project.enabled())
                .param(project.plan())
                .param(project.tags().toArray(String[]::new))
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
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("enabled"),
                row.getBoolean("usable"),
                row.getString("plan"),
                List.of((String[]) row.getArray("tags").getArray()));
    }
}
