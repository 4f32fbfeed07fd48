package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Unrecorded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of routers; their legs are ports. */
@Component
public class RouterStore {
    private static final String SELECT = """
            select t.*, (select jsonb_agg(jsonb_build_object('subnet_id', a.subnet_id, 'ip_address', host(a.ip)) order by family(a.ip), a.ip)
                           from address a where a.port_id = t.gateway_port_id) as gateway_addresses
              from router t""";

    public final Listing<Router> listing = new Listing<>(
            SELECT,
            (row, _) -> router(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("admin_state_up", flag("r.admin_state_up")),
                    Map.entry("status", text("'ACTIVE'")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    /** A subnet that a router has a leg on. */
    public record Leg(
            @Unrecorded UUID routerId, UUID portId, UUID networkId, UUID subnetId, String cidr, String address) {}

    /** A leg that comes or goes is a change of the router. */
    public void revise(Db db, UUID id) {
        db.sql("update router set updated_at = now(), revision = revision + 1 where id = ?")
                .param(id)
                .update();
    }

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from router where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public void insert(Db db, Router router) {
        db.sql(
                        "insert into router (id, project_id, name, description, admin_state_up, zone_hints) values (?, ?, ?, ?, ?, ?::text[])")
                .params(
                        router.id(),
                        router.project(),
                        router.name(),
                        router.description(),
                        router.adminStateUp(),
                        Columns.array(router.zoneHints()))
                .update();
    }

    /** Writes everything; the gateway's port must be there. */
    public void update(Db db, Router router) {
        Router.Gateway gateway = router.gateway();
        @Nullable UUID network = gateway == null ? null : gateway.networkId();
        @Nullable UUID port = gateway == null ? null : gateway.portId();
        db.sql("""
                update router set name = ?, description = ?, admin_state_up = ?, external_network_id = ?::uuid,
                    gateway_port_id = ?::uuid, enable_snat = ?, routes = ?::jsonb, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(java.util.Arrays.asList(
                        router.name(),
                        router.description(),
                        router.adminStateUp(),
                        network,
                        port,
                        gateway == null || gateway.snat(),
                        Columns.json(router.routes()),
                        router.id()))
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from router where id = ?").param(id).update();
    }

    /** The legs of one router on customers' subnets. */
    public List<Leg> legs(Db db, UUID routerId) {
        return Estate.whole(
                db,
                () -> db.sql(LEGS + " where p.device_id = ? order by a.ip")
                        .param(routerId.toString())
                        .query(RouterStore::leg)
                        .list());
    }

    /** The router that joins this subnet to that external network. */
    public Optional<UUID> between(Db db, UUID subnetId, UUID externalNetworkId) {
        return Estate.whole(
                db,
                () -> db.sql("""
                        select t.id
                          from address a
                          join port p on p.id = a.port_id and p.device_owner = 'network:router_interface'
                          join router t on t.id::text = p.device_id
                         where a.subnet_id = ? and t.external_network_id = ?
                         order by a.ip limit 1""")
                        .params(subnetId, externalNetworkId)
                        .query(UUID.class)
                        .optional());
    }

    private static final String LEGS = """
            select p.device_id, p.id, p.network_id, a.subnet_id, s.cidr, host(a.ip) as ip
              from port p join address a on a.port_id = p.id join subnet s on s.id = a.subnet_id
               and p.device_owner = 'network:router_interface'""";

    private static Leg leg(ResultSet row, int number) throws SQLException {
        return new Leg(
                UUID.fromString(row.getString("device_id")),
                Columns.uuid(row, "id"),
                Columns.uuid(row, "network_id"),
                Columns.uuid(row, "subnet_id"),
                row.getString("cidr"),
                row.getString("ip"));
    }

    private static Router router(ResultSet row) throws SQLException {
        UUID external = Columns.uuidOrNull(row, "external_network_id");
        return new Router(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("admin_state_up"),
                external == null
                        ? null
                        : new Router.Gateway(
                                external,
                                Columns.uuidOrNull(row, "gateway_port_id"),
                                row.getBoolean("enable_snat"),
                                Columns.fixedIps(row, "gateway_addresses")),
                Columns.routes(row, "routes"),
                Columns.texts(row, "zone_hints"),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }

    /** Those that lead outside. */
    public List<UUID> withGateway(Db db) {
        return db.sql("select id from router where external_network_id is not null order by id")
                .query(UUID.class)
                .list();
    }
}
