package dev.unkai.identity.group;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code account_group} and {@code group_member}. */
@Component
public final class GroupStore {
    private static final String SELECT =
            "select g.id, g.domain_id, g.name, g.description, g.extra from account_group g";

    public Optional<Group> byId(Db db, String id) {
        return db.sql(SELECT + " where g.id = ?")
                .param(id)
                .query(GroupStore::read)
                .optional();
    }

    /** Takes the group for a change of itself or of who belongs to it. */
    public Optional<Group> forChange(Db db, String id) {
        return db.sql(SELECT + " where g.id = ? for update")
                .param(id)
                .query(GroupStore::read)
                .optional();
    }

    public boolean isNameTaken(Db db, String domainId, String name) {
        return db.sql("select exists (select 1 from account_group where domain_id = ? and name = ?)")
                .param(domainId)
                .param(name)
                .query(Boolean.class)
                .single();
    }

    public List<Group> list(Db db, @Nullable String domainId, NameFilter name, Page page) {
        return name.on(db.sql(SELECT + " where " + NameFilter.sql("g.name") + """
                         and (cast(:domain as text) is null or g.domain_id = :domain)
                         and g.id > :marker
                         order by g.id limit :limit
                        """))
                .param("domain", domainId)
                .param("marker", page.after())
                .param("limit", page.fetch())
                .query(GroupStore::read)
                .list();
    }

    public List<Group> ofAccount(Db db, String accountId, NameFilter name) {
        return name.on(db.sql(
                        SELECT + " join group_member m on m.group_id = g.id where " + NameFilter.sql("g.name") + """
                         and m.account_id = :account order by g.id
                        """))
                .param("account", accountId)
                .query(GroupStore::read)
                .list();
    }

    public void insert(Db db, Group group) {
        db.sql("insert into account_group (id, domain_id, name, description, extra) values (?, ?, ?, ?, ?)")
                .param(group.id())
                .param(group.domainId())
                .param(group.name())
                .param(group.description())
                .param(group.extra().text())
                .update();
    }

    public void update(Db db, Group group) {
        db.sql("update account_group set name = ?, description = ?, extra = ? where id = ?")
                .param(group.name())
                .param(group.description())
                .param(group.extra().text())
                .param(group.id())
                .update();
    }

    public void delete(Db db, String id) {
        db.sql("delete from account_group where id = ?").param(id).update();
    }

    public boolean contains(Db db, String groupId, String accountId) {
        return db.sql("select exists (select 1 from group_member where group_id = ? and account_id = ?)")
                .param(groupId)
                .param(accountId)
                .query(Boolean.class)
                .single();
    }

    /** Takes the members for a change of their rights, in an order that all changes keep, and names them. */
    public List<String> membersForChange(Db db, String groupId) {
        return db.sql("""
                        select a.id from account a join group_member m on m.account_id = a.id
                         where m.group_id = ? order by a.id for update of a
                        """).param(groupId).query(String.class).list();
    }

    public boolean join(Db db, String groupId, String accountId) {
        return db.sql("insert into group_member (group_id, account_id) values (?, ?) on conflict do nothing")
                        .param(groupId)
                        .param(accountId)
                        .update()
                == 1;
    }

    public boolean leave(Db db, String groupId, String accountId) {
        return db.sql("delete from group_member where group_id = ? and account_id = ?")
                        .param(groupId)
                        .param(accountId)
                        .update()
                == 1;
    }

    private static Group read(ResultSet row, int number) throws SQLException {
        return new Group(
                row.getString("id"),
                row.getString("domain_id"),
                row.getString("name"),
                row.getString("description"),
                Extra.of(row.getString("extra")));
    }
}
