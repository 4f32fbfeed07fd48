package dev.unkai.identity.role;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code role} and {@code role_implication}. */
@Component
public final class RoleStore {
    /**
     * A role by name, with what it is for.
     *
     * @param domainId the domain that it belongs to; null for those that tokens carry
     * @param immutable the option of this name; null where nobody has said
     */
    public record StoredRole(
            String id,
            String name,
            String description,
            @Nullable String domainId,
            @Nullable Boolean immutable,
            Extra extra) {}

    /** Who has the first role has the second as well. */
    public record Implication(RoleName prior, RoleName implied) {}

    /** A role within an implication. */
    public record RoleName(String id, String name) {}

    static final String SELECT = "select r.id, r.name, r.description, r.domain_id, r.immutable, r.extra from role r";

    public Optional<StoredRole> byId(Db db, String id) {
        return db.sql(SELECT + " where r.id = ?")
                .param(id)
                .query(RoleStore::read)
                .optional();
    }

    public List<StoredRole> byIds(Db db, Collection<String> ids) {
        return db.sql(SELECT + " where r.id = any (:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query(RoleStore::read)
                .list();
    }

    /** One that belongs to no domain. */
    public Optional<StoredRole> byName(Db db, String name) {
        return byName(db, name, null);
    }

    public Optional<StoredRole> byName(Db db, String name, @Nullable String domainId) {
        return db.sql(SELECT + " where r.name = :name and r.domain_id is not distinct from cast(:domain as text)")
                .param("name", name)
                .param("domain", domainId)
                .query(RoleStore::read)
                .optional();
    }

    /** Those of the domain, or those of none. */
    public List<StoredRole> list(Db db, NameFilter name, @Nullable String domainId, Page page) {
        return name.on(db.sql(SELECT + " where " + NameFilter.sql("r.name") + """
                         and r.domain_id is not distinct from cast(:domain as text) and r.id > :marker
                         order by r.id limit :limit
                        """))
                .param("domain", domainId)
                .param("marker", page.after())
                .param("limit", page.fetch())
                .query(RoleStore::read)
                .list();
    }

    public void insert(Db db, StoredRole role) {
        db.sql("insert into role (id, name, description, domain_id, immutable, extra) values (?, ?, ?, ?, ?, ?)")
                .param(role.id())
                .param(role.name())
                .param(role.description())
                .param(role.domainId())
                .param(role.immutable())
                .param(role.extra().text())
                .update();
    }

    public void update(Db db, StoredRole role) {
        db.sql("update role set name = ?, description = ?, immutable = ?, extra = ? where id = ?")
                .param(role.name())
                .param(role.description())
                .param(role.immutable())
                .param(role.extra().text())
                .param(role.id())
                .update();
    }

    public void delete(Db db, String id) {
        db.sql("delete from role where id = ?").param(id).update();
    }

    /** All implications, or those of one prior role. */
    public List<Implication> implications(Db db, @Nullable String priorId) {
        return db.sql("""
                        select p.id as prior_id, p.name as prior_name, i.id as implied_id, i.name as implied_name
                          from role_implication l join role p on p.id = l.prior_id join role i on i.id = l.implied_id
                         where cast(:prior as text) is null or l.prior_id = :prior
                         order by p.name, i.name
                        """)
                .param("prior", priorId)
                .query((row, n) -> new Implication(
                        new RoleName(row.getString("prior_id"), row.getString("prior_name")),
                        new RoleName(row.getString("implied_id"), row.getString("implied_name"))))
                .list();
    }

    /** False when it was there already. */
    public boolean imply(Db db, String priorId, String impliedId) {
        return db.sql("insert into role_implication (prior_id, implied_id) values (?, ?) on conflict do nothing")
                        .param(priorId)
                        .param(impliedId)
                        .update()
                == 1;
    }

    /** False when there was none. */
    public boolean implyNoMore(Db db, String priorId, String impliedId) {
        return db.sql("delete from role_implication where prior_id = ? and implied_id = ?")
                        .param(priorId)
                        .param(impliedId)
                        .update()
                == 1;
    }

    static StoredRole read(ResultSet row, int number) throws SQLException {
        return new StoredRole(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("domain_id"),
                Immutable.column(row),
                Extra.of(row.getString("extra")));
    }
}
