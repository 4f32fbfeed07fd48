package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of address groups. */
@Component
public class AddressGroupStore {
    public final Listing<AddressGroup> listing = new Listing<>(
            "select g.*, g.id in (select shared_with_me('address_group')) as shared from address_group g",
            (row, _) -> group(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("shared", flag("r.shared")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from address_group where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public void insert(Db db, AddressGroup group) {
        db.sql(
                        "insert into address_group (id, project_id, name, description, addresses) values (?, ?, ?, ?, ?::cidr[])")
                .params(Arrays.asList(
                        group.id(),
                        group.project(),
                        group.name(),
                        group.description(),
                        Columns.array(group.addresses())))
                .update();
    }

    public void update(Db db, AddressGroup group) {
        db.sql("""
                update address_group set name = ?, description = ?, addresses = ?::cidr[], updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(Arrays.asList(group.name(), group.description(), Columns.array(group.addresses()), group.id()))
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from address_group where id = ?").param(id).update();
    }

    /** Whether a rule names the group, in any project. */
    public boolean inUse(Db db, UUID id) {
        return Estate.<Boolean>whole(
                db,
                () -> db.sql("select exists (select from security_group_rule where remote_address_group_id = ?)")
                        .param(id)
                        .query(Boolean.class)
                        .single());
    }

    private static AddressGroup group(ResultSet row) throws SQLException {
        return new AddressGroup(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("shared"),
                cidrs(row, "addresses"),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }

    private static List<String> cidrs(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(column).getArray())
                .map(String::valueOf)
                .toList();
    }
}
