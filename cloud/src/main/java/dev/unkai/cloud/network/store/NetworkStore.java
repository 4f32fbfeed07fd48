package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.number;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of networks, and the register of their VLAN and tunnel numbers. */
@Component
public class NetworkStore {
    private static final int MORE_TUNNELS = 1024;
    private static final int LAST_TUNNEL = (1 << 24) - 1;
    private static final String SELECT = """
            select n.*, n.id in (select shared_with_me('network')) as shared,
                   case when n.external then subnets_of_external(n.id)
                        else (select array_agg(s.id order by s.created_at, s.id) from subnet s where s.network_id = n.id)
                   end as subnets,
                   (select p.address_scope_id from subnet s join subnet_pool p on p.id = s.subnet_pool_id
                     where s.network_id = n.id and s.ip_version = 4 limit 1) as ipv4_scope,
                   (select p.address_scope_id from subnet s join subnet_pool p on p.id = s.subnet_pool_id
                     where s.network_id = n.id and s.ip_version = 6 limit 1) as ipv6_scope
              from network n""";

    public final Listing<Network> listing = new Listing<>(
            SELECT,
            (row, _) -> network(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("availability_zone_hints", text("array_to_json(r.zone_hints)")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("admin_state_up", flag("r.admin_state_up")),
                    Map.entry("status", text("case when r.admin_state_up then 'ACTIVE' else 'DOWN' end")),
                    Map.entry("shared", flag("r.shared")),
                    Map.entry("router:external", flag("r.external")),
                    Map.entry("is_default", flag("r.is_default")),
                    Map.entry("port_security_enabled", flag("r.port_security_enabled")),
                    Map.entry("mtu", number("r.mtu")),
                    Map.entry("dns_domain", text("r.dns_domain")),
                    Map.entry("qos_policy_id", uuid("r.qos_policy_id")),
                    Map.entry("provider:network_type", text("r.network_type")),
                    Map.entry("provider:physical_network", text("r.physical_network")),
                    Map.entry("provider:segmentation_id", number("r.segmentation_id")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    /** Holds the row against changes until the transaction ends; empty when the caller may not change it. */
    public boolean lock(Db db, UUID id) {
        return db.sql("select true from network where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public void insert(Db db, Network network) {
        db.sql("""
                insert into network (id, project_id, name, description, admin_state_up, external, is_default,
                    port_security_enabled, mtu, network_type, physical_network, segmentation_id,
                    dns_domain, qos_policy_id, zone_hints)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid, ?::text[])""")
                .params(Arrays.asList(
                        network.id(),
                        network.project(),
                        network.name(),
                        network.description(),
                        network.adminStateUp(),
                        network.external(),
                        network.isDefault(),
                        network.portSecurity(),
                        network.mtu(),
                        network.networkType(),
                        network.physicalNetwork(),
                        network.segmentationId(),
                        network.links().dnsDomain(),
                        network.links().qosPolicyId(),
                        Columns.array(network.links().zoneHints())))
                .update();
    }

    public void update(Db db, Network network) {
        db.sql("""
                update network set name = ?, description = ?, admin_state_up = ?, external = ?, is_default = ?,
                    port_security_enabled = ?, mtu = ?, dns_domain = ?, qos_policy_id = ?::uuid, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(Arrays.asList(
                        network.name(),
                        network.description(),
                        network.adminStateUp(),
                        network.external(),
                        network.isDefault(),
                        network.portSecurity(),
                        network.mtu(),
                        network.links().dnsDomain(),
                        network.links().qosPolicyId(),
                        network.id()))
                .update();
    }

    public void setExternal(Db db, UUID id, boolean external) {
        db.sql(
                        "update network set external = ?, updated_at = now(), revision = revision + 1 where id = ? and external <> ?")
                .params(external, id, external)
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from network where id = ?").param(id).update();
    }

    /** The number of a new network, taken from the register; empty when all are given away, or the wanted one is. */
    public Optional<Integer> takeNumber(
            Db db, String type, @Nullable String physicalNetwork, @Nullable Integer wanted) {
        String physical = physicalNetwork == null ? "" : physicalNetwork;
        Optional<Integer> number = db.sql("""
                select number from segment
                 where network_type = ? and physical_network = ? and network_id is null and number = coalesce(?::integer, number)
                 order by number limit 1 for update skip locked""")
                .param(type)
                .param(physical)
                .param(wanted)
                .query(Integer.class)
                .optional();
        if (number.isEmpty() && wanted == null && type.equals(Network.GENEVE) && addTunnels(db) > 0) {
            return takeNumber(db, type, physicalNetwork, null);
        }
        return number;
    }

    /** Writes the owner into the register; the network's row must be there. */
    public void ownNumber(Db db, Network network) {
        Integer number = network.segmentationId();
        if (number != null) {
            String physical = network.physicalNetwork();
            db.sql("update segment set network_id = ? where network_type = ? and physical_network = ? and number = ?")
                    .params(network.id(), network.networkType(), physical == null ? "" : physical, number)
                    .update();
        }
    }

    /** Puts all VLAN numbers (IEEE 802.1Q: 1–4094) of a physical network into the register. */
    public void registerVlans(Db db, String physicalNetwork) {
        db.sql("""
                insert into segment (network_type, physical_network, number)
                select 'vlan', ?, n from generate_series(1, 4094) n on conflict do nothing""").param(physicalNetwork).update();
    }

    private static int addTunnels(Db db) {
        return db.sql("""
                insert into segment (network_type, number)
                select 'geneve', n
                  from (select max(number) as last from segment where network_type = 'geneve') s,
                       generate_series(s.last + 1, least(s.last + ?, ?)) n
                on conflict do nothing""").params(MORE_TUNNELS, LAST_TUNNEL).update();
    }

    private static Network network(ResultSet row) throws SQLException {
        return new Network(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("admin_state_up"),
                row.getBoolean("shared"),
                row.getBoolean("external"),
                row.getBoolean("is_default"),
                row.getBoolean("port_security_enabled"),
                row.getInt("mtu"),
                row.getString("network_type"),
                row.getString("physical_network"),
                Columns.integerOrNull(row, "segmentation_id"),
                Columns.uuids(row, "subnets"),
                new Network.Links(
                        row.getString("dns_domain"),
                        Columns.uuidOrNull(row, "qos_policy_id"),
                        Columns.uuidOrNull(row, "ipv4_scope"),
                        Columns.uuidOrNull(row, "ipv6_scope"),
                        Columns.texts(row, "zone_hints")),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }

    /** Ids of the ports of a network, those of other projects too; at most ten. */
    public List<UUID> somePorts(Db db, UUID networkId) {
        return Estate.whole(
                db,
                () -> db.sql(
                                "select id from port where network_id = ? and floating_ip_id is null order by created_at limit 10")
                        .param(networkId)
                        .query(UUID.class)
                        .list());
    }

    /** The ports of a network that guests are plugged into or will be, those of other projects too. */
    public List<UUID> guestPorts(Db db, UUID networkId) {
        return Estate.whole(
                db,
                () -> db.sql("select id from port where network_id = ? and device_owner not like 'network:%'")
                        .param(networkId)
                        .query(UUID.class)
                        .list());
    }

    /** All that is plugged into a network or will be, routers and the ports of other projects too. */
    public List<UUID> allPorts(Db db, UUID networkId) {
        return Estate.whole(
                db,
                () -> db.sql("select id from port where network_id = ? and floating_ip_id is null")
                        .param(networkId)
                        .query(UUID.class)
                        .list());
    }

    public boolean hasFloatingIpsInUse(Db db, UUID networkId) {
        return Estate.<Boolean>whole(
                db,
                () -> db.sql(
                                "select exists (select from floating_ip where floating_network_id = ? and port_id is not null)")
                        .param(networkId)
                        .query(Boolean.class)
                        .single());
    }

    /** A floating address that went with its network. */
    public record Lost(UUID id, String project) {}

    /** Takes the idle floating addresses of the network from whoever holds them; gives those taken. */
    public List<Lost> dropIdleFloatingIps(Db db, UUID networkId) {
        return Estate.whole(db, () -> {
            db.sql("""
                            delete from port p using floating_ip f
                             where f.floating_network_id = ? and f.port_id is null and p.floating_ip_id = f.id""").param(networkId).update();
            return db.sql(
                            "delete from floating_ip where floating_network_id = ? and port_id is null returning id, project_id")
                    .param(networkId)
                    .query((row, _) -> new Lost(Columns.uuid(row, "id"), row.getString("project_id")))
                    .list();
        });
    }

    public boolean hasFloatingIps(Db db, UUID networkId) {
        return Estate.whole(
                db,
                () -> db.sql("select exists (select from floating_ip where floating_network_id = ?)")
                        .param(networkId)
                        .query(Boolean.class)
                        .single());
    }
}
