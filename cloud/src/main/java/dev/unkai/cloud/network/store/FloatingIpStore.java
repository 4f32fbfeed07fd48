package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of floating addresses. */
@Component
public class FloatingIpStore {
    public final Listing<FloatingIp> listing = new Listing<>(
            "select f.*, host(a.ip) as ip from floating_ip f join address a on a.floating_ip_id = f.id",
            (row, _) -> floatingIp(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("floating_network_id", uuid("r.floating_network_id")),
                    Map.entry("floating_ip_address", text("r.ip")),
                    Map.entry("port_id", uuid("r.port_id")),
                    Map.entry("fixed_ip_address", text("host(r.fixed_ip)")),
                    Map.entry("router_id", uuid("r.router_id")),
                    Map.entry("qos_policy_id", uuid("r.qos_policy_id")),
                    Map.entry("status", text("case when r.port_id is null then 'DOWN' else 'ACTIVE' end")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from floating_ip where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** Makes the row without a port; its address is to be taken next. */
    public void insert(Db db, FloatingIp floatingIp) {
        db.sql("""
                insert into floating_ip (id, project_id, description, floating_network_id, qos_policy_id)
                values (?, ?, ?, ?, ?::uuid)""")
                .params(Arrays.asList(
                        floatingIp.id(),
                        floatingIp.project(),
                        floatingIp.description(),
                        floatingIp.floatingNetworkId(),
                        floatingIp.qosPolicyId()))
                .update();
    }

    public void update(Db db, FloatingIp floatingIp) {
        db.sql("""
                update floating_ip set description = ?, port_id = ?::uuid, fixed_ip = ?::inet, router_id = ?::uuid, qos_policy_id = ?::uuid,
                    updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(Arrays.asList(
                        floatingIp.description(),
                        floatingIp.portId(),
                        floatingIp.fixedIp(),
                        floatingIp.routerId(),
                        floatingIp.qosPolicyId(),
                        floatingIp.id()))
                .update();
    }

    public void delete(Db db, UUID id) {
        Estate.doWhole(
                db,
                () -> db.sql("delete from port where floating_ip_id = ?")
                        .param(id)
                        .update());
        db.sql("delete from floating_ip where id = ?").param(id).update();
    }

    /** Takes all floating addresses off these ports; gives the routers that carried them. */
    public List<UUID> leave(Db db, Collection<UUID> ports) {
        return Estate.whole(
                db,
                () -> db.sql("""
                        with before as (
                            select id, router_id from floating_ip where port_id = any(?::uuid[]) for update)
                        update floating_ip f set port_id = null, fixed_ip = null, router_id = null,
                            updated_at = now(), revision = f.revision + 1
                          from before where before.id = f.id returning before.router_id""").param(Listing.uuidArray(ports)).query(UUID.class).list().stream()
                        .distinct()
                        .toList());
    }

    public List<FloatingIp> ofRouter(Db db, UUID routerId) {
        return Estate.whole(db, () -> listing.where(db, "r.router_id = ?", List.of(routerId)));
    }

    private static FloatingIp floatingIp(ResultSet row) throws SQLException {
        return new FloatingIp(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("description"),
                Columns.uuid(row, "floating_network_id"),
                row.getString("ip"),
                Columns.uuidOrNull(row, "port_id"),
                row.getString("fixed_ip"),
                Columns.uuidOrNull(row, "router_id"),
                Columns.uuidOrNull(row, "qos_policy_id"),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }
}
