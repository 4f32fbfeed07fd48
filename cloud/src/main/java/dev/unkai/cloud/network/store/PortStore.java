package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Rows of ports and their security groups; their addresses are in {@link AddressStore}. */
@Component
public class PortStore {
    private static final String SELECT = """
            select p.*, n.qos_policy_id as network_qos_policy_id, n.dns_domain as network_dns_domain,
                   (select jsonb_agg(jsonb_build_object('subnet_id', a.subnet_id, 'ip_address', host(a.ip)) order by family(a.ip), a.ip)
                      from address a where a.port_id = p.id) as fixed_ips,
                   (select array_agg(g.security_group_id order by g.security_group_id)
                      from port_security_group g where g.port_id = p.id) as security_groups
              from port p left join network n on n.id = p.network_id""";

    public final Listing<Port> listing = new Listing<>(
            SELECT,
            (row, _) -> port(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("network_id", uuid("r.network_id")),
                    Map.entry("admin_state_up", flag("r.admin_state_up")),
                    Map.entry("mac_address", text("r.mac")),
                    Map.entry("device_id", text("r.device_id")),
                    Map.entry("device_owner", text("r.device_owner")),
                    Map.entry(
                            "status",
                            text(
                                    "case when r.floating_ip_id is not null then 'N/A' when r.up then 'ACTIVE' else 'DOWN' end")),
                    Map.entry("port_security_enabled", flag("r.port_security_enabled")),
                    Map.entry("dns_name", text("r.dns_name")),
                    Map.entry("qos_policy_id", uuid("r.qos_policy_id")),
                    Map.entry("binding:host_id", text("r.binding_host")),
                    Map.entry("binding:vnic_type", text("r.vnic_type")),
                    Map.entry("fixed_ips", new Listing.Column("r.id", Listing.Type.FIXED_IPS)),
                    Map.entry("security_groups", new Listing.Column("r.security_groups", Listing.Type.UUIDS)),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))),
            // By one index or the other: what is the project's, and what others plugged into its networks.
            "r.project_id = ? or r.network_id = any(array(select n.id from network n where n.project_id = ?))");

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from port where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** False when another port of the network has this MAC. */
    public boolean insert(Db db, Port port) {
        boolean fresh = db.sql("""
                        insert into port (id, project_id, network_id, name, description, admin_state_up, mac, device_id, device_owner,
                            port_security_enabled, allowed_address_pairs, binding_host, binding_profile, vnic_type, device_index,
                            owned_by_device, server_id, dhcp_options, dns_name, dns_domain, qos_policy_id, tags)
                        values (?, ?, ?, ?, ?, ?, ?::macaddr, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?, ?, ?::uuid, ?::jsonb, ?, ?, ?::uuid, ?)
                        on conflict (network_id, mac) do nothing""")
                        .params(Arrays.asList(
                                port.id(),
                                port.project(),
                                port.networkId(),
                                port.name(),
                                port.description(),
                                port.adminStateUp(),
                                port.mac(),
                                port.deviceId(),
                                port.deviceOwner(),
                                port.portSecurity(),
                                Columns.json(port.allowedPairs()),
                                port.bindingHost(),
                                port.bindingProfile(),
                                port.vnicType(),
                                port.deviceIndex(),
                                port.ownedByDevice(),
                                port.serverId(),
                                Columns.json(port.extras().dhcpOptions()),
                                port.extras().dnsName(),
                                port.extras().dnsDomain(),
                                port.extras().qosPolicyId(),
                                Columns.array(port.tags())))
                        .update()
                == 1;
        if (fresh) {
            joinGroups(db, port);
        }
        return fresh;
    }

    /** Writes everything but addresses and status. */
    public void update(Db db, Port port) {
        db.sql("""
                update port set name = ?, description = ?, admin_state_up = ?, mac = ?::macaddr, device_id = ?, device_owner = ?,
                    port_security_enabled = ?, allowed_address_pairs = ?::jsonb, binding_host = ?, binding_profile = ?::jsonb,
                    vnic_type = ?, device_index = ?, owned_by_device = ?, server_id = ?::uuid,
                    dhcp_options = ?::jsonb, dns_name = ?, dns_domain = ?, qos_policy_id = ?::uuid, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(Arrays.asList(
                        port.name(),
                        port.description(),
                        port.adminStateUp(),
                        port.mac(),
                        port.deviceId(),
                        port.deviceOwner(),
                        port.portSecurity(),
                        Columns.json(port.allowedPairs()),
                        port.bindingHost(),
                        port.bindingProfile(),
                        port.vnicType(),
                        port.deviceIndex(),
                        port.ownedByDevice(),
                        port.serverId(),
                        Columns.json(port.extras().dhcpOptions()),
                        port.extras().dnsName(),
                        port.extras().dnsDomain(),
                        port.extras().qosPolicyId(),
                        port.id()))
                .update();
        db.sql("delete from port_security_group where port_id = ?")
                .param(port.id())
                .update();
        joinGroups(db, port);
    }

    private static void joinGroups(Db db, Port port) {
        if (!port.securityGroups().isEmpty()) {
            db.sql("""
                    insert into port_security_group (port_id, security_group_id, project_id)
                    select ?, g, ? from unnest(?::uuid[]) g on conflict do nothing""")
                    .param(port.id())
                    .param(port.project())
                    .param(Listing.uuidArray(port.securityGroups()))
                    .update();
        }
    }

    /**
     * Puts the port of a floating address on its outer network. Like a gateway's it is of no project, as the network's owner and not the customer rules it.
     * False when another port of the network has this MAC.
     */
    public boolean insertFloating(Db db, UUID id, FloatingIp of, String mac) {
        return Estate.<Boolean>whole(db, () -> {
            boolean fresh = db.sql("""
                            insert into port (id, project_id, network_id, mac, device_id, device_owner, port_security_enabled, floating_ip_id)
                            values (?, '', ?, ?::macaddr, ?, ?, false, ?) on conflict (network_id, mac) do nothing""")
                            .params(id, of.floatingNetworkId(), mac, of.id().toString(), Port.FLOATING_IP, of.id())
                            .update()
                    == 1;
            if (fresh) {
                db.sql("update address set port_id = ? where floating_ip_id = ?")
                        .params(id, of.id())
                        .update();
            }
            return fresh;
        });
    }

    /** Whether the port goes with a floating address. */
    public boolean isFloating(Db db, UUID id) {
        return db.sql("select exists (select from port where id = ? and floating_ip_id is not null)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from port where id = ?").param(id).update();
    }

    /** Writes what the port is plugged into. */
    public void own(Db db, UUID id, String device, String owner) {
        db.sql(
                        "update port set device_id = ?, device_owner = ?, updated_at = now(), revision = revision + 1 where id = ?")
                .params(device, owner, id)
                .update();
    }

    /** The interfaces of a server, in their order. */
    public List<Port> ofServer(Db db, UUID serverId) {
        return listing.where(db, "r.server_id = ?", List.of(serverId)).stream()
                .sorted(Comparator.comparingInt(Port::deviceIndex))
                .toList();
    }

    /** The legs of these routers, gateways included. */
    public List<Port> ofRouters(Db db, Collection<UUID> routers) {
        return listing.where(
                db,
                "r.device_owner in ('network:router_interface', 'network:router_gateway') and r.device_id = any(?::text[])",
                List.<Object>of((Object) Listing.uuidArray(routers)));
    }

    /** The ports of a network that hold one of these addresses. */
    public List<UUID> holding(Db db, UUID networkId, Collection<String> addresses) {
        return Estate.whole(
                db,
                () -> db.sql("""
                        select distinct p.id from port p join address a on a.port_id = p.id
                         where p.network_id = ? and host(a.ip) = any(?::text[])""")
                        .param(networkId)
                        .param(addresses.toArray(String[]::new))
                        .query(UUID.class)
                        .list());
    }

    /**
     * Ports that only stand for an address which guests share among themselves (such as by VRRP), with the ports that may take it: no
     * device is plugged into the first, and the others allow its address.
     */
    public Map<UUID, List<UUID>> virtualParents(Db db, Collection<UUID> ids) {
        Map<UUID, List<UUID>> parents = new java.util.HashMap<>();
        if (!ids.isEmpty()) {
            db.sql("""
                    select distinct v.id, p.id as parent
                      from port p join port v on v.network_id = p.network_id and v.id <> p.id and v.device_id = '' and v.device_owner = ''
                      join address a on a.port_id = v.id
                     where p.allowed_address_pairs <> '[]'
                       and p.allowed_address_pairs @> jsonb_build_array(jsonb_build_object('address', host(a.ip)))
                       and v.id = any(?::uuid[])
                     order by v.id, p.id""")
                    .param(Listing.uuidArray(ids))
                    .query((row, _) -> parents.computeIfAbsent(Columns.uuid(row, "id"), _ -> new ArrayList<>())
                            .add(Columns.uuid(row, "parent")))
                    .list();
        }
        return parents;
    }

    /** Writes what OVN shows: whether ports are up. Not a change of what should be, so revision and time stay. */
    public void noteUp(Db db, Map<UUID, Boolean> seen) {
        db.sql("""
                update port p set up = x.up from unnest(?::uuid[], ?::boolean[]) as x (id, up)
                 where p.id = x.id and p.up <> x.up""")
                .param(Listing.uuidArray(seen.keySet()))
                .param(seen.values().stream().map(String::valueOf).toArray(String[]::new))
                .update();
    }

    private static Port port(ResultSet row) throws SQLException {
        return new Port(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                Columns.uuid(row, "network_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("admin_state_up"),
                row.getString("mac"),
                row.getString("device_id"),
                row.getString("device_owner"),
                row.getBoolean("port_security_enabled"),
                pairs(row),
                Columns.fixedIps(row, "fixed_ips"),
                Columns.uuids(row, "security_groups"),
                row.getString("binding_host"),
                row.getString("binding_profile"),
                row.getString("vnic_type"),
                row.getBoolean("up"),
                Columns.uuidOrNull(row, "server_id"),
                row.getInt("device_index"),
                row.getBoolean("owned_by_device"),
                new Port.Extras(
                        dhcpOptions(row),
                        row.getString("dns_name"),
                        row.getString("dns_domain"),
                        Columns.uuidOrNull(row, "qos_policy_id")),
                new Port.FromNetwork(
                        Columns.uuidOrNull(row, "network_qos_policy_id"), orEmpty(row, "network_dns_domain")),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }

    private static String orEmpty(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static List<Port.DhcpOption> dhcpOptions(ResultSet row) throws SQLException {
        List<Port.DhcpOption> result = new ArrayList<>();
        for (JsonNode node : Columns.json(row, "dhcp_options")) {
            result.add(new Port.DhcpOption(
                    node.path("name").asString(),
                    node.path("value").asString(),
                    node.path("version").asInt()));
        }
        return List.copyOf(result);
    }

    private static List<Port.AddressPair> pairs(ResultSet row) throws SQLException {
        List<Port.AddressPair> result = new ArrayList<>();
        for (JsonNode node : Columns.json(row, "allowed_address_pairs")) {
            JsonNode mac = node.path("mac");
            result.add(
                    new Port.AddressPair(node.path("address").asString(), mac.isString() ? mac.stringValue() : null));
        }
        return List.copyOf(result);
    }
}
