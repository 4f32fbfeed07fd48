package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.network.NetworkFixture;
import dev.unkai.cloud.network.domain.PortNames;
import dev.unkai.cloud.network.ovsdb.OvsdbConnection;
import dev.unkai.cloud.network.ovsdb.OvsdbServer;
import dev.unkai.cloud.network.ovsdb.Replica;
import dev.unkai.cloud.network.ovsdb.Replica.Row;
import dev.unkai.cloud.network.store.AddressGroupStore;
import dev.unkai.cloud.network.store.FirewallLogStore;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.PortPlaces;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.QosStore;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.cloud.network.store.TrunkStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Our rows, a real northbound database, and the reconciler between them. */
final class NorthboundFixture implements AutoCloseable {
    final NetworkFixture cloud = new NetworkFixture();
    private final OvsdbServer server;
    private final Northbound northbound;
    private final NetworkReconciler reconciler;

    NorthboundFixture(Path directory) {
        server = new OvsdbServer(directory);
        northbound = new Northbound(server.address(), null, cloud.wakeups);
        Desired desired = new Desired(
                new NetworkStore(),
                new SubnetStore(),
                new PortStore(),
                new PortPlaces(),
                new RouterStore(),
                new FloatingIpStore(),
                new SecurityGroupStore(),
                new AddressGroupStore(),
                new TrunkStore(),
                new QosStore(),
                new PortNames("openstacklocal"),
                new FirewallLogStore(),
                new Hosts());
        reconciler = new NetworkReconciler(cloud.transactions, northbound, desired, cloud.marks, new PortStore());
        converge();
    }

    void converge() {
        while (reconciler.step()) {
            // goes on until there is nothing to do
        }
    }

    /** Reads the server itself, not our replica. */
    List<Row> rows(String table) {
        Replica replica = new Replica(_ -> List.of(), _ -> {});
        try (OvsdbConnection connection = OvsdbConnection.open(server.address(), null, Duration.ofSeconds(5))) {
            connection.monitor(Tables.DATABASE, Map.of(table, Tables.COLUMNS.get(table)), replica::apply);
        }
        return replica.rows(table);
    }

    Row only(String table, Predicate<Row> which) {
        List<Row> found = rows(table).stream().filter(which).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " rows of " + table + ": " + rows(table));
        }
        return found.getFirst();
    }

    /** The switch port of this id. */
    Row port(Object id) {
        return only(Tables.SWITCH_PORT, row -> id.toString().equals(row.text("name")));
    }

    /** Whether the row is in this column of the switch of this network. */
    boolean switchHolds(Object network, String column, Row row) {
        Set<Object> held = only(Tables.SWITCH, one -> ("unkai-" + network).equals(one.text("name")))
                .atoms(column);
        return held.contains(new dev.unkai.cloud.network.ovsdb.RowId.Existing(row.uuid()));
    }

    @Override
    public void close() {
        northbound.destroy();
        server.close();
    }
}
