package dev.unkai.cloud.network.ovn;

import static dev.unkai.cloud.network.NetworkFixture.ALICE;
import static dev.unkai.cloud.network.NetworkFixture.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Ids;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.network.NetworkFixture;
import dev.unkai.cloud.network.domain.FirewallLogs;
import dev.unkai.cloud.network.domain.PortAllocation;
import dev.unkai.cloud.network.domain.PortNames;
import dev.unkai.cloud.network.domain.Trail;
import dev.unkai.cloud.network.ovsdb.OvsdbConnection;
import dev.unkai.cloud.network.ovsdb.OvsdbServer;
import dev.unkai.cloud.network.ovsdb.OvsdbUnavailable;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.ovsdb.Replica;
import dev.unkai.cloud.network.ovsdb.Replica.Row;
import dev.unkai.cloud.network.store.AddressGroupStore;
import dev.unkai.cloud.network.store.FirewallLog;
import dev.unkai.cloud.network.store.FirewallLogStore;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortPlaces;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.QosStore;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.SecurityGroupRule;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.cloud.network.store.TrunkStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Our rows and a real northbound database. */
class NetworkReconcilerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path directory;

    private final NetworkFixture cloud = new NetworkFixture();
    private OvsdbServer server;
    private Northbound northbound;
    private NetworkReconciler reconciler;

    @BeforeEach
    void start() {
        server = new OvsdbServer(directory);
        northbound = new Northbound(server.address(), null, cloud.wakeups);
        reconciler = reconciler();
        converge();
    }

    @AfterEach
    void stop() {
        northbound.destroy();
        server.close();
    }

    @Test
    void aGuardedPortStandsInItsSwitchWithItsAddressesLeaseAndGroups() {
        Network network = cloud.network(ALICE, "web");
        Subnet subnet = cloud.subnet(ALICE, network, "10.1.0.0/24");
        Port port = cloud.port(ALICE, network);
        converge();

        Row row = only(Tables.SWITCH_PORT);
        assertThat(row.text("name")).isEqualTo(port.id().toString());
        assertThat(row.atoms("addresses")).isEqualTo(Set.of(port.mac() + " 10.1.0.2"));
        assertThat(row.atoms("port_security")).isEqualTo(Set.of(port.mac() + " 10.1.0.2"));
        assertThat(row.atoms("dhcpv4_options")).isEqualTo(Set.of(id(only(Tables.DHCP))));
        Row lease = only(Tables.DHCP);
        assertThat(lease.text("cidr")).isEqualTo(subnet.cidr());
        assertThat(lease.pairs("options"))
                .containsEntry("router", "10.1.0.1")
                .containsEntry("mtu", "1442")
                .containsEntry("dns_server", "{203.0.113.53}");
        Row logicalSwitch = only(Tables.SWITCH);
        assertThat(logicalSwitch.atoms("ports")).contains(id(row));
        assertThat(logicalSwitch.pairs("other_config"))
                .containsEntry("requested-tnl-key", String.valueOf(network.segmentationId()));
        assertThat(rows(Tables.PORT_GROUP))
                .hasSize(2)
                .allSatisfy(group -> assertThat(group.atoms("ports")).containsExactly(id(row)));
        UUID group = port.securityGroups().getFirst();
        assertThat(rows(Tables.ACL))
                .extracting(acl -> acl.text("match"))
                .contains("outport == @" + Firewall.groupName(group) + " && ip4 && ip4.src == $"
                        + Firewall.groupName(group) + "_ip4");
    }

    @Test
    void aNetworkHasAPortForMetadataAsLongAsASubnetGivesLeases() {
        Network network = cloud.network(ALICE, "web");
        converge();
        assertThat(metadataPorts()).isEmpty();

        Subnet subnet = cloud.subnet(ALICE, network, "10.1.0.0/24");
        converge();

        assertThat(metadataPorts()).singleElement().satisfies(port -> {
            assertThat(port.text("name")).isEqualTo("metadata-" + network.id());
            assertThat(port.text("type")).isEqualTo("localport");
            assertThat(port.atoms("addresses")).isEqualTo(Set.of("02:00:a9:fe:a9:fe 169.254.169.254 fe80::a9fe:a9fe"));
            assertThat(only(Tables.SWITCH).atoms("ports")).contains(id(port));
        });
        assertThat(only(Tables.DHCP).pairs("options"))
                .containsEntry("classless_static_route", "{169.254.169.254/32,0.0.0.0, 0.0.0.0/0,10.1.0.1}");

        cloud.transactions.doAsCaller(ALICE, db -> cloud.subnets.delete(db, ALICE, subnet.id()));
        reconciler = reconciler(); // compares everything
        converge();
        assertThat(metadataPorts()).isEmpty();
    }

    @Test
    void aFirewallLogNotesWhatItsProjectsGroupsJudgeAndNothingElse() {
        Port port = portOnNewNetwork();
        UUID group = port.securityGroups().getFirst();
        converge();
        assertThat(rows(Tables.ACL)).noneMatch(acl -> acl.column("log").equals(OvsdbValue.of(true)));

        FirewallLog log = new FirewallLog(
                UUID.randomUUID(), ALICE.project(), "", "", true, FirewallLog.ALL, null, port.id(), Stamp.NEW);
        FirewallLogs logs = new FirewallLogs(
                new FirewallLogStore(),
                new SecurityGroupStore(),
                new PortStore(),
                cloud.marks,
                new Trail(Clock.systemUTC()));
        cloud.transactions.doAsCaller(ALICE, db -> logs.create(db, ALICE, log));
        converge();

        List<Row> notes = rows(Tables.ACL).stream()
                .filter(acl -> acl.column("log").equals(OvsdbValue.of(true)))
                .toList();
        assertThat(notes)
                .hasSize(6) // two drops and the four rules of a default group
                .allSatisfy(acl -> {
                    assertThat(acl.text("name")).isEqualTo("unkai-log-" + log.id());
                    assertThat(acl.text("meter")).isEqualTo("unkai_firewall_log");
                    assertThat(acl.text("match"))
                            .contains(" == \"" + port.id() + "\" && ")
                            .contains("@" + Firewall.groupName(group));
                });
        assertThat(rows(Tables.METER)).hasSize(1);

        cloud.transactions.doAsCaller(ALICE, db -> logs.delete(db, ALICE, log.id()));
        converge();
        assertThat(rows(Tables.ACL)).noneMatch(acl -> acl.column("log").equals(OvsdbValue.of(true)));
    }

    @Test
    void aRouterWithGatewayAndFloatingAddressTranslatesBothWays() {
        Network outside = cloud.external("public");
        cloud.subnet(OPERATOR, outside, "203.0.113.0/27");
        Network network = cloud.network(ALICE, "web");
        Subnet subnet = cloud.subnet(ALICE, network, "10.1.0.0/24");
        Router router = cloud.router(ALICE, outside);
        cloud.transactions.doAsCaller(ALICE, db -> cloud.interfaces.add(db, ALICE, router.id(), subnet.id(), null));
        Port port = cloud.port(ALICE, network);
        FloatingIp floating = cloud.transactions.asCaller(
                ALICE, db -> cloud.floatingIps.create(db, ALICE, floating(outside, port), null, null));
        converge();

        assertThat(rows(Tables.NAT))
                .extracting(nat -> nat.text("type") + " " + nat.text("logical_ip"))
                .containsExactlyInAnyOrder("snat 10.1.0.0/24", "dnat_and_snat 10.1.0.2");
        assertThat(only(Tables.ROUTE).text("ip_prefix")).isEqualTo("0.0.0.0/0");
        assertThat(only(Tables.ROUTE).text("nexthop")).isEqualTo("203.0.113.1");
        assertThat(rows(Tables.ROUTER_PORT))
                .extracting(leg -> leg.text("networks"))
                .containsExactlyInAnyOrder("10.1.0.1/24", "203.0.113.2/27");
        assertThat(rows(Tables.SWITCH_PORT))
                .extracting(one -> one.text("type"))
                .containsExactlyInAnyOrder("localnet", "router", "router", "");

        cloud.transactions.doAsCaller(ALICE, db -> cloud.floatingIps.delete(db, ALICE, floating.id()));
        converge();
        assertThat(rows(Tables.NAT)).hasSize(1);
    }

    @Test
    void anIpv6SubnetIsAdvertisedAndLeasedAsItsModesSay() {
        Network network = cloud.network(ALICE, "web");
        Subnet slaac = cloud.subnet(ALICE, network, "fd00:1::/64", Subnet.SLAAC);
        Subnet stateful = cloud.subnet(ALICE, network, "fd00:2::/64", Subnet.STATEFUL);
        Subnet another = cloud.subnet(ALICE, network, "fd00:3::/64", Subnet.SLAAC);
        Router router = cloud.router(ALICE, null);
        for (Subnet subnet : List.of(slaac, stateful, another)) {
            cloud.transactions.doAsCaller(ALICE, db -> cloud.interfaces.add(db, ALICE, router.id(), subnet.id(), null));
        }
        Port port = cloud.port(ALICE, network);
        converge();

        assertThat(rows(Tables.ROUTER_PORT))
                .extracting(leg -> leg.pairs("ipv6_ra_configs").get("address_mode"))
                .containsExactlyInAnyOrder("slaac", "dhcpv6_stateful");
        assertThat(rows(Tables.ROUTER_PORT))
                .extracting(leg -> leg.atoms("networks"))
                .contains(Set.of("fd00:1::1/64", "fd00:3::1/64"));
        assertThat(rows(Tables.ROUTER_PORT))
                .allSatisfy(leg -> assertThat(leg.pairs("ipv6_ra_configs"))
                        .containsEntry("send_periodic", "true")
                        .containsEntry("mtu", "1442")
                        .containsEntry("rdnss", "fd00:53::53"));
        Row lease = only(Tables.DHCP);
        assertThat(lease.text("cidr")).isEqualTo("fd00:2::/64");
        assertThat(lease.pairs("options"))
                .containsEntry("dns_server", "{fd00:53::53}")
                .containsKey("server_id");
        Row guest = rows(Tables.SWITCH_PORT).stream()
                .filter(row -> row.text("name").equals(port.id().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(guest.atoms("dhcpv6_options")).isEqualTo(Set.of(id(lease)));
        String automatic = dev.unkai.cloud.network.domain.Macs.autoAddress(
                        dev.unkai.cloud.network.domain.Prefix.of("fd00:1::/64"), port.mac())
                .toString();
        assertThat(guest.text("addresses").split(" ")).contains(port.mac(), automatic, "fd00:2::2");
        assertThat(guest.text("port_security")).isEqualTo(guest.text("addresses"));
    }

    @Test
    void whatIsDeletedLeavesNothing() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        Port port = cloud.port(ALICE, network);
        converge();
        cloud.transactions.doAsCaller(ALICE, db -> cloud.allocation.delete(db, ALICE, port.id()));
        cloud.transactions.doAsCaller(ALICE, db -> cloud.networks.delete(db, ALICE, network.id()));
        converge();

        for (String table : List.of(Tables.SWITCH, Tables.SWITCH_PORT, Tables.DHCP)) {
            assertThat(rows(table)).isEmpty();
        }
        assertThat(marks()).isZero();
    }

    @Test
    void aRuleOpensAndClosesInOneStep() {
        Port port = portOnNewNetwork();
        UUID group = port.securityGroups().getFirst();
        converge();
        SecurityGroupRule rule = cloud.transactions.asCaller(ALICE, db -> cloud.groups.addRule(db, ALICE, ssh(group)));
        converge();
        assertThat(matches())
                .contains("outport == @" + Firewall.groupName(group)
                        + " && ip4 && ip4.src == 198.51.100.0/24 && tcp && tcp.dst == 22");

        cloud.transactions.doAsCaller(ALICE, db -> cloud.groups.removeRule(db, ALICE, rule.id()));
        converge();
        assertThat(matches()).noneMatch(match -> match.contains("tcp.dst == 22"));
    }

    @Test
    void nothingChangedMeansNothingIsWritten() {
        portOnNewNetwork();
        converge();
        Map<UUID, String> before = versions();

        reconciler = reconciler();
        converge();

        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void whatOthersRemovedOrLeftIsPutRightAndWhatIsNotOursIsLeftAlone() {
        Port port = portOnNewNetwork();
        converge();
        transact("""
                {"op":"delete","table":"Logical_Switch","where":[]}""");
        transact("""
                {"op":"insert","table":"Logical_Switch","row":{"name":"stale","external_ids":["map",[["unkai:unit","network/%s"],["unkai:key","network/x"]]]}}""".formatted(UUID.randomUUID()));
        transact("""
                {"op":"insert","table":"Logical_Switch","row":{"name":"foreign"}}""");

        reconciler = reconciler();
        converge();

        assertThat(rows(Tables.SWITCH_PORT))
                .extracting(row -> row.text("name"))
                .containsExactly(port.id().toString());
        assertThat(rows(Tables.SWITCH))
                .extracting(row -> row.text("name"))
                .containsExactlyInAnyOrder("foreign", "unkai-" + port.networkId());
        assertThat(rows(Tables.PORT_GROUP))
                .allSatisfy(group -> assertThat(group.atoms("ports")).hasSize(1));
    }

    @Test
    void whatOthersRemoveIsBackWithinSeconds() {
        Port port = portOnNewNetwork();
        converge();
        transact("""
                {"op":"delete","table":"Logical_Switch","where":[]}""");
        assertThat(rows(Tables.SWITCH_PORT)).isEmpty();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            converge();
            return rows(Tables.SWITCH_PORT).size() == 1;
        });
        assertThat(only(Tables.SWITCH_PORT).text("name")).isEqualTo(port.id().toString());
    }

    @Test
    void whileOvnIsDownNothingIsLostAndAllComesWhenItIsBack() {
        Port first = portOnNewNetwork();
        converge();
        server.kill();
        Port second =
                cloud.port(ALICE, cloud.transactions.asCaller(ALICE, db -> cloud.networks.get(db, first.networkId())));
        assertThatThrownBy(() -> reconciler.step()).isInstanceOf(OvsdbUnavailable.class);
        assertThat(marks()).isPositive();

        server.start();
        converge();
        assertThat(rows(Tables.SWITCH_PORT))
                .extracting(row -> row.text("name"))
                .containsExactlyInAnyOrder(first.id().toString(), second.id().toString());
        assertThat(marks()).isZero();

        server.kill();
        server.lose();
        server.start();
        converge();
        assertThat(rows(Tables.SWITCH_PORT)).hasSize(2);
        assertThat(rows(Tables.PORT_GROUP))
                .allSatisfy(group -> assertThat(group.atoms("ports")).hasSize(2));
    }

    @Test
    void oneThingThatOvnRefusesHoldsNothingElseBack() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        converge();
        UUID taken = UUID.randomUUID();
        transact("""
                {"op":"insert","table":"Logical_Switch_Port","uuid-name":"p","row":{"name":"%s"}}""".formatted(taken), """
                {"op":"insert","table":"Logical_Switch","row":{"name":"foreign","ports":["named-uuid","p"]}}""");
        cloud.transactions.doAsCaller(
                ALICE,
                db -> cloud.allocation.create(
                        db,
                        ALICE,
                        new dev.unkai.cloud.network.domain.PortWish(
                                PortAllocation.blank(taken, ALICE.project(), network.id(), "", "", "", null),
                                null,
                                null,
                                null,
                                null)));
        Port good = cloud.port(ALICE, network);
        converge();

        assertThat(rows(Tables.SWITCH_PORT))
                .extracting(row -> row.text("name"))
                .contains(good.id().toString());
        String fault = cloud.transactions.asSystem(db -> db.sql("select fault from ovn_mark where failures > 0")
                .query(String.class)
                .single());
        assertThat(fault).contains("constraint");

        transact("""
                {"op":"delete","table":"Logical_Switch","where":[["name","==","foreign"]]}""");
        cloud.transactions.doAsSystem(
                db -> db.sql("update ovn_mark set retry_at = now()").update());
        converge();
        assertThat(marks()).isZero();
        assertThat(rows(Tables.SWITCH_PORT)).hasSize(2);
    }

    @Test
    void aPortIsActiveOnceOvnSaysThatItIsUp() {
        Port port = portOnNewNetwork();
        converge();
        assertThat(up(port)).isFalse();

        transact("""
                {"op":"update","table":"Logical_Switch_Port","where":[["name","==","%s"]],"row":{"up":true}}""".formatted(port.id()));

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            converge();
            return up(port);
        });
    }

    private Port portOnNewNetwork() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        return cloud.port(ALICE, network);
    }

    private NetworkReconciler reconciler() {
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
        return new NetworkReconciler(cloud.transactions, northbound, desired, cloud.marks, new PortStore());
    }

    private void converge() {
        while (reconciler.step()) {
            // goes on until there is nothing to do
        }
    }

    private boolean up(Port port) {
        return cloud.transactions
                .<Port>asCaller(ALICE, db -> cloud.allocation.get(db, port.id()))
                .up();
    }

    private int marks() {
        return cloud.transactions.<Integer>asSystem(db ->
                db.sql("select count(*) from ovn_mark").query(Integer.class).single());
    }

    private static FloatingIp floating(Network outside, Port port) {
        return new FloatingIp(
                UUID.randomUUID(), ALICE.project(), "", outside.id(), "", port.id(), null, null, List.of(), Stamp.NEW);
    }

    private static SecurityGroupRule ssh(UUID group) {
        return new SecurityGroupRule(
                Ids.random().next(),
                ALICE.project(),
                group,
                "",
                SecurityGroupRule.INGRESS,
                SecurityGroupRule.IPV4,
                "tcp",
                22,
                22,
                "198.51.100.0/24",
                null,
                Stamp.NEW);
    }

    private Set<String> matches() {
        return rows(Tables.ACL).stream().map(acl -> acl.text("match")).collect(Collectors.toSet());
    }

    private static Object id(Row row) {
        return new dev.unkai.cloud.network.ovsdb.RowId.Existing(row.uuid());
    }

    private Row only(String table) {
        assertThat(rows(table)).as(table).hasSize(1);
        return rows(table).getFirst();
    }

    /** Reads the server itself, not our replica; the networks' ports for metadata are looked at by their own test. */
    private List<Row> rows(String table) {
        return all(table).stream().filter(row -> !isForMetadata(row)).toList();
    }

    private List<Row> metadataPorts() {
        return all(Tables.SWITCH_PORT).stream()
                .filter(NetworkReconcilerTest::isForMetadata)
                .toList();
    }

    private static boolean isForMetadata(Row row) {
        return row.pairs("external_ids").getOrDefault(Tables.KEY, "").endsWith("/metadata");
    }

    private List<Row> all(String table) {
        Replica replica = new Replica(_ -> List.of(), _ -> {});
        try (OvsdbConnection connection = OvsdbConnection.open(server.address(), null, Duration.ofSeconds(5))) {
            connection.monitor(Tables.DATABASE, Map.of(table, Tables.COLUMNS.get(table)), replica::apply);
        }
        return replica.rows(table);
    }

    private Map<UUID, String> versions() {
        Map<UUID, String> versions = new HashMap<>();
        try (OvsdbConnection connection = OvsdbConnection.open(server.address(), null, Duration.ofSeconds(5))) {
            for (String table : Tables.COLUMNS.keySet()) {
                connection
                        .transact(
                                Tables.DATABASE,
                                List.of(JSON.readTree(
                                        "{\"op\":\"select\",\"table\":\"%s\",\"where\":[]}".formatted(table))))
                        .path(0)
                        .path("rows")
                        .forEach(row -> versions.put(
                                UUID.fromString(row.at("/_uuid/1").asString()),
                                row.at("/_version/1").asString()));
            }
        }
        return versions;
    }

    private void transact(String... operations) {
        try (OvsdbConnection connection = OvsdbConnection.open(server.address(), null, Duration.ofSeconds(5))) {
            connection.transact(
                    Tables.DATABASE,
                    java.util.Arrays.stream(operations).map(JSON::readTree).toList());
        }
    }
}
