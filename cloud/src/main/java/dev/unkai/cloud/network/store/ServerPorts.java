package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.Ports.FixedIp;
import dev.unkai.cloud.network.Ports.Networking;
import dev.unkai.cloud.network.Ports.ServerAddress;
import dev.unkai.cloud.network.Ports.ServerPort;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Ports by server, in few queries: lists of servers are read often. */
@Component
public class ServerPorts {
    /**
     * The server's ports in interface order. The ports themselves are those that the caller may see; their networks' and subnets' facts
     * are read even where a shared network's owner is another.
     */
    public List<ServerPort> of(Db db, UUID serverId) {
        List<UUID> visible = db.sql("select id from port where server_id = ?")
                .param(serverId)
                .query(UUID.class)
                .list();
        if (visible.isEmpty()) {
            return List.of();
        }
        Map<UUID, ServerPort> ports = new LinkedHashMap<>();
        Estate.doWhole(
                db,
                () -> db.sql("""
                        select p.id, p.network_id, n.name as network_name, p.mac, n.mtu, p.port_security_enabled, p.up,
                               a.subnet_id, host(a.ip) as ip, s.cidr, s.ip_version, host(s.gateway_ip) as gateway, s.dns_nameservers
                          from port p join network n on n.id = p.network_id
                          left join address a on a.port_id = p.id left join subnet s on s.id = a.subnet_id
                         where p.id = any(?::uuid[])
                         order by p.device_index, p.created_at, p.id, s.ip_version, a.ip""").param(Listing.uuidArray(visible)).query(row -> {
                    UUID id = Columns.uuid(row, "id");
                    ServerPort port = ports.get(id);
                    if (port == null) {
                        port = new ServerPort(
                                id,
                                Columns.uuid(row, "network_id"),
                                row.getString("network_name"),
                                row.getString("mac"),
                                row.getInt("mtu"),
                                row.getBoolean("port_security_enabled"),
                                new ArrayList<>(),
                                row.getBoolean("up") ? "ACTIVE" : "DOWN");
                        ports.put(id, port);
                    }
                    if (row.getString("ip") != null) {
                        port.fixedIps()
                                .add(new FixedIp(
                                        Columns.uuid(row, "subnet_id"),
                                        row.getString("ip"),
                                        row.getString("cidr"),
                                        row.getInt("ip_version"),
                                        row.getString("gateway"),
                                        Columns.texts(row, "dns_nameservers")));
                    }
                }));
        return List.copyOf(ports.values());
    }

    /** What to show of each server, by server. */
    public Map<UUID, Networking> networking(Db db, Collection<UUID> serverIds) {
        Map<UUID, Networking> result = new LinkedHashMap<>();
        if (serverIds.isEmpty()) {
            return result;
        }
        // The ports are read first, by the index on their servers, and all else by their ids: whatever the planner
        // believes of the tables' sizes, a thousand servers cost a thousand look-ups in each index and no more. One
        // server is asked for by equality: only then is the plan kept, and making it costs more than the read.
        boolean one = serverIds.size() == 1;
        db.sql("""
                with mine as materialized (
                    select p.server_id, p.id, p.network_id, p.mac, p.device_index from port p where p.server_id %s)
                select m.server_id, 'fixed' as kind, m.id, n.name, host(a.ip) as ip, family(a.ip) as version, m.mac, m.device_index
                  from mine m join network n on n.id = m.network_id join address a on a.port_id = m.id
                union all
                select m.server_id, 'floating', m.id, n.name, host(a.ip), family(a.ip), m.mac, m.device_index
                  from mine m join network n on n.id = m.network_id
                  join floating_ip f on f.port_id = m.id join address a on a.floating_ip_id = f.id
                union all
                select distinct m.server_id, 'group', g.id, g.name, null, 0, null::macaddr, 0
                  from mine m join port_security_group j on j.port_id = m.id join security_group g on g.id = j.security_group_id
                 order by device_index, id, kind, version, ip""".formatted(one ? "= ?" : "= any(?::uuid[])"))
                .param(one ? serverIds.iterator().next() : Listing.uuidArray(serverIds))
                .query(row -> {
                    Networking networking =
                            result.computeIfAbsent(Columns.uuid(row, "server_id"), _ -> Networking.empty());
                    if (row.getString("kind").equals("group")) {
                        networking.securityGroups().add(row.getString("name"));
                    } else {
                        networking.addresses().add(address(row));
                    }
                });
        result.values().forEach(networking -> networking.securityGroups().sort(null));
        return result;
    }

    private static ServerAddress address(ResultSet row) throws SQLException {
        return new ServerAddress(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("ip"),
                row.getInt("version"),
                row.getString("kind"),
                row.getString("mac"));
    }

    /** The networks that a server of the project could mean when it names none: its own, else the shared ones. */
    public List<UUID> networksFor(Db db, String project) {
        List<UUID> own = db.sql("""
                select id from network n where project_id = ? and not external
                   and exists (select from subnet s where s.network_id = n.id) order by created_at, id""").param(project).query(UUID.class).list();
        if (!own.isEmpty()) {
            return own;
        }
        return db.sql(
                        "select id from network where id in (select shared_with_me('network')) and not external order by created_at, id")
                .query(UUID.class)
                .list();
    }

    public int subnetCount(Db db, UUID networkId) {
        return Estate.<Integer>whole(
                db,
                () -> db.sql("select count(*) from subnet where network_id = ?")
                        .param(networkId)
                        .query(Integer.class)
                        .single());
    }
}
