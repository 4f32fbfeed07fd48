package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.number;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Rows of subnets, and the addresses taken from them. */
@Component
public class SubnetStore {
    public final Listing<Subnet> listing = new Listing<>(
            "select s.* from subnet s",
            (row, _) -> subnet(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("network_id", uuid("r.network_id")),
                    Map.entry("ip_version", number("r.ip_version")),
                    Map.entry("cidr", text("r.cidr")),
                    Map.entry("gateway_ip", text("host(r.gateway_ip)")),
                    Map.entry("enable_dhcp", flag("r.enable_dhcp")),
                    Map.entry("ipv6_address_mode", text("r.ipv6_address_mode")),
                    Map.entry("ipv6_ra_mode", text("r.ipv6_ra_mode")),
                    Map.entry("subnetpool_id", uuid("r.subnet_pool_id")),
                    Map.entry("segment_id", uuid("null::uuid")),
                    Map.entry("shared", flag("r.network_id in (select shared_with_me('network'))")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from subnet where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** The subnets of a network, also where the caller may use but not see them. */
    public List<Subnet> of(Db db, UUID networkId) {
        return Estate.whole(db, () -> listing.where(db, "r.network_id = ?", List.of(networkId)));
    }

    /** Of the networks those with a subnet whose guests are told their addresses by the network (enable_dhcp). */
    public Set<UUID> leasingNetworks(Db db, Set<UUID> networks) {
        return Set.copyOf(
                db.sql("select distinct network_id from subnet where enable_dhcp and network_id = any(?::uuid[])")
                        .param(Listing.uuidArray(networks))
                        .query(UUID.class)
                        .list());
    }

    /** A subnet also where the caller may use but not see it. */
    public Optional<Subnet> any(Db db, UUID id) {
        return Estate.whole(db, () -> listing.find(db, id));
    }

    public void insert(Db db, Subnet subnet) {
        db.sql("""
                insert into subnet (id, project_id, network_id, name, description, ip_version, cidr, gateway_ip, enable_dhcp,
                    dns_nameservers, host_routes, allocation_pools, ipv6_address_mode, ipv6_ra_mode, service_types, subnet_pool_id)
                values (?, ?, ?, ?, ?, ?, ?::cidr, ?::inet, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?::uuid)""")
                .params(Arrays.asList(
                        subnet.id(),
                        subnet.project(),
                        subnet.networkId(),
                        subnet.name(),
                        subnet.description(),
                        subnet.version(),
                        subnet.cidr(),
                        subnet.gateway(),
                        subnet.dhcp(),
                        Columns.array(subnet.nameservers()),
                        Columns.json(subnet.hostRoutes()),
                        Columns.json(subnet.pools()),
                        subnet.ipv6AddressMode(),
                        subnet.ipv6RaMode(),
                        Columns.array(subnet.serviceTypes()),
                        subnet.poolId()))
                .update();
    }

    public void update(Db db, Subnet subnet) {
        db.sql("""
                update subnet set name = ?, description = ?, gateway_ip = ?::inet, enable_dhcp = ?, dns_nameservers = ?,
                    host_routes = ?::jsonb, allocation_pools = ?::jsonb, service_types = ?, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(Arrays.asList(
                        subnet.name(),
                        subnet.description(),
                        subnet.gateway(),
                        subnet.dhcp(),
                        Columns.array(subnet.nameservers()),
                        Columns.json(subnet.hostRoutes()),
                        Columns.json(subnet.pools()),
                        Columns.array(subnet.serviceTypes()),
                        subnet.id()))
                .update();
    }

    /** A change of a subnet counts as one of its network. */
    public void revise(Db db, UUID networkId) {
        db.sql("update network set revision = revision + 1 where id = ?")
                .param(networkId)
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from subnet where id = ?").param(id).update();
    }

    /** Ids of ports that hold an address of the subnet, those of other projects too; at most ten. */
    public List<UUID> somePorts(Db db, UUID subnetId) {
        return Estate.whole(
                db, () -> db.sql("""
                        select coalesce(port_id, floating_ip_id) from address where subnet_id = ? limit 10""").param(subnetId).query(UUID.class).list());
    }

    /** All ports with an address of the subnet. */
    public List<UUID> ports(Db db, UUID subnetId) {
        return Estate.whole(
                db,
                () -> db.sql("select distinct port_id from address where subnet_id = ? and port_id is not null")
                        .param(subnetId)
                        .query(UUID.class)
                        .list());
    }

    /** The ports on the subnet that DHCP tells something of their own. */
    public List<UUID> portsWithOptions(Db db, UUID subnetId) {
        return Estate.whole(
                db, () -> db.sql("""
                        select distinct p.id from address a join port p on p.id = a.port_id
                         where a.subnet_id = ? and p.dhcp_options <> '[]'""").param(subnetId).query(UUID.class).list());
    }

    /** The routers with a leg on the subnet. */
    public List<UUID> routers(Db db, UUID subnetId) {
        return Estate.whole(
                db, () -> db.sql("""
                        select distinct p.device_id::uuid from address a join port p on p.id = a.port_id
                         where a.subnet_id = ? and p.device_owner in ('network:router_interface', 'network:router_gateway')""").param(subnetId).query(UUID.class).list());
    }

    private static Subnet subnet(ResultSet row) throws SQLException {
        return new Subnet(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                Columns.uuid(row, "network_id"),
                row.getString("name"),
                row.getString("description"),
                row.getInt("ip_version"),
                row.getString("cidr"),
                row.getString("gateway_ip"),
                row.getBoolean("enable_dhcp"),
                Columns.texts(row, "dns_nameservers"),
                Columns.routes(row, "host_routes"),
                pools(row),
                row.getString("ipv6_address_mode"),
                row.getString("ipv6_ra_mode"),
                Columns.texts(row, "service_types"),
                Columns.uuidOrNull(row, "subnet_pool_id"),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }

    private static List<Subnet.Pool> pools(ResultSet row) throws SQLException {
        List<Subnet.Pool> result = new ArrayList<>();
        for (JsonNode node : Columns.json(row, "allocation_pools")) {
            result.add(new Subnet.Pool(
                    node.path("start").asString(), node.path("end").asString()));
        }
        return List.copyOf(result);
    }
}
