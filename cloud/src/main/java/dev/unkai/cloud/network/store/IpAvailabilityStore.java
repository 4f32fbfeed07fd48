package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Counts addresses by network. The difference of two IPv6 addresses does not fit SQL's integers, so the sizes are computed here. */
@Component
public class IpAvailabilityStore {
    public final Listing<IpAvailability> listing = new Listing<>(
            """
            select n.id, n.name, n.project_id, n.created_at, n.tags,
                   (select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'version', s.ip_version, 'cidr', s.cidr::text,
                            'pools', s.allocation_pools,
                            'used', (select count(*) from address a where a.subnet_id = s.id)) order by s.created_at, s.id)
                      from subnet s where s.network_id = n.id) as subnets
              from network n""",
            (row, _) -> availability(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("network_id", uuid("r.id")),
                    Map.entry("network_name", text("r.name")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry(
                            "ip_version",
                            Listing.Column.number(
                                    "(select min(s.ip_version) from subnet s where s.network_id = r.id)"))));

    private static IpAvailability availability(ResultSet row) throws SQLException {
        List<IpAvailability.OfSubnet> subnets = new ArrayList<>();
        for (JsonNode node : Columns.json(row, "subnets")) {
            subnets.add(new IpAvailability.OfSubnet(
                    UUID.fromString(node.path("id").asString()),
                    node.path("name").asString(),
                    node.path("version").asInt(),
                    node.path("cidr").asString(),
                    total(node.path("pools")),
                    node.path("used").asLong()));
        }
        return new IpAvailability(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("project_id"),
                subnets.stream().map(IpAvailability.OfSubnet::total).reduce(BigInteger.ZERO, BigInteger::add),
                subnets.stream().mapToLong(IpAvailability.OfSubnet::used).sum(),
                List.copyOf(subnets));
    }

    private static BigInteger total(JsonNode pools) {
        BigInteger total = BigInteger.ZERO;
        for (JsonNode pool : pools) {
            total = total.add(number(pool.path("end").asString()))
                    .subtract(number(pool.path("start").asString()))
                    .add(BigInteger.ONE);
        }
        return total;
    }

    private static BigInteger number(String address) {
        return new BigInteger(1, java.net.InetAddress.ofLiteral(address).getAddress());
    }
}
