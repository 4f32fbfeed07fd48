package dev.unkai.identity.domain;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code domain}. */
@Component
public final class DomainStore {
    private static final String SELECT =
            "select d.id, d.name, d.description, d.enabled, d.tags, d.immutable, d.extra from domain d";

    public Optional<Domain> byId(Db db, String id) {
        return db.sql(SELECT + " where d.id = ?")
                .param(id)
                .query(DomainStore::read)
                .optional();
    }

    public Optional<Domain> byName(Db db, String name) {
        return db.sql(SELECT + " where d.name = ?")
                .param(name)
                .query(DomainStore::read)
                .optional();
    }

    /** By id or, where that is null, by name; held as it is until the transaction ends. */
    public Optional<Domain> held(Db db, @Nullable String id, @Nullable String name) {
        return db.sql(SELECT + " where d.id = :id or (cast(:id as text) is null and d.name = :name) for share")
                .param("id", id)
                .param("name", name)
                .query(DomainStore::read)
                .optional();
    }

    /** Takes the domain for a change. */
    public Optional<Domain> forChange(Db db, String id) {
        return db.sql(SELECT + " where d.id = ? for update")
                .param(id)
                .query(DomainStore::read)
                .optional();
    }

    public List<Domain> list(Db db, @Nullable String onlyId, NameFilter name, @Nullable Boolean enabled, Page page) {
        return name.on(db.sql(SELECT + " where " + NameFilter.sql("d.name") + """
                         and (cast(:only as text) is null or d.id = :only)
                         and (cast(:enabled as boolean) is null or d.enabled = :enabled)
                         and d.id > :marker
                         order by d.id limit :limit
                        """))
                .param("only", onlyId)
                .param("enabled", enabled)
                .param("marker", page.after())
                .param("limit", page.fetch())
                .query(DomainStore::read)
                .list();
    }

    /** The domains on which the account has a role, itself or through a group. */
    public List<Domain> ofAccount(Db db, String accountId) {
        return db.sql(SELECT + """
                         where d.enabled
                           and d.id in (select domain_id from assignment
                                         where not inherited
                                           and (account_id = :account
                                                or group_id in (select group_id from group_member
                                                                 where account_id = :account)))
                         order by d.id
                        """)
                .param("account", accountId)
                .query(DomainStore::read)
                .list();
    }

    public void insert(Db db, Domain domain) {
        db.sql(
                        "insert into domain (id, name, description, enabled, tags, immutable, extra) values (?, ?, ?, ?, ?, ?, ?)")
                .param(domain.id())
                .param(domain.name())
                .param(domain.description())
                .param(domain.enabled())
                .param(domain.tags().toArray(String[]::new))
                .param(domain.immutable())
                .param(domain.extra().text())
                .update();
    }

    public void update(Db db, Domain domain) {
        db.sql(
                        "update domain set name = ?, description = ?, enabled = ?, tags = ?, immutable = ?, extra = ? where id = ?")
                .param(domain.name())
                .param(domain.description())
                .param(domain.enabled())
                .param(domain.tags().toArray(String[]::new))
                .param(domain.immutable())
                .param(domain.extra().text())
                .param(domain.id())
                .update();
    }

    public boolean hasProjects(Db db, String id) {
        return db.sql("select exists (select 1 from project where domain_id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    public void delete(Db db, String id) {
        db.sql("delete from domain where id = ?").param(id).update();
    }

    private static Domain read(ResultSet row, int number) throws SQLException {
        return new Domain(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("enabled"),
                List.of((String[]) row.getArray("tags").getArray()),
                Immutable.column(row),
                Extra.of(row.getString("extra")));
    }
}
