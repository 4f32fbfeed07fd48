package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.number;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of address scopes. */
@Component
public class AddressScopeStore {
    public final Listing<AddressScope> listing = new Listing<>(
            "select s.*, s.id in (select shared_with_me('address_scope')) as shared from address_scope s",
            (row, _) -> scope(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("ip_version", number("r.ip_version")),
                    Map.entry("shared", flag("r.shared"))));

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from address_scope where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public void insert(Db db, AddressScope scope) {
        db.sql("insert into address_scope (id, project_id, name, ip_version) values (?, ?, ?, ?)")
                .params(scope.id(), scope.project(), scope.name(), scope.version())
                .update();
    }

    public void rename(Db db, UUID id, String name) {
        db.sql("update address_scope set name = ?, updated_at = now(), revision = revision + 1 where id = ?")
                .params(name, id)
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from address_scope where id = ?").param(id).update();
    }

    private static AddressScope scope(ResultSet row) throws SQLException {
        return new AddressScope(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getInt("ip_version"),
                row.getBoolean("shared"));
    }
}
