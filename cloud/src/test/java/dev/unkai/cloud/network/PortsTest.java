package dev.unkai.cloud.network;

import static dev.unkai.cloud.network.NetworkFixture.ALICE;
import static dev.unkai.cloud.network.NetworkFixture.BOB;
import static dev.unkai.cloud.network.NetworkFixture.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.network.Ports.Networking;
import dev.unkai.cloud.network.Ports.NicRequest;
import dev.unkai.cloud.network.Ports.ServerAddress;
import dev.unkai.cloud.network.Ports.ServerPort;
import dev.unkai.cloud.network.domain.Macs;
import dev.unkai.cloud.network.domain.PortAllocation;
import dev.unkai.cloud.network.domain.PortWish;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.Quotas;
import dev.unkai.cloud.network.domain.Routers;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.Trunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final NetworkFixture cloud = new NetworkFixture();

    private void delete(Port port) {
        cloud.transactions.doAsCaller(ALICE, db -> cloud.allocation.delete(db, ALICE, port.id()));
    }

    private static String address(Port port) {
        return port.fixedIps().getFirst().address();
    }

    private int portsUsed() {
        return cloud.transactions.asCaller(
                ALICE,
                db -> cloud.quotas
                        .uses(db, "project-alice")
                        .get(Quotas.Resource.PORT)
                        .used());
    }

    @Test
    void aServerWithoutAWordAboutNetworksGetsAPortOnItsProjectsOnlyNetwork() {
        Network network = cloud.network(ALICE, "web");
        Subnet subnet = cloud.subnet(ALICE, network, "10.1.0.0/24");
        UUID server = UUID.randomUUID();

        List<ServerPort> ports =
                cloud.transactions.asCaller(ALICE, db -> cloud.ports.allocate(db, ALICE, server, List.of(), List.of()));

        assertThat(ports).singleElement().satisfies(port -> {
            assertThat(port.networkId()).isEqualTo(network.id());
            assertThat(port.networkName()).isEqualTo("web");
            assertThat(port.mtu()).isEqualTo(1442);
            assertThat(port.mac()).startsWith("fa:16:3e:");
            assertThat(port.fixedIps())
                    .containsExactly(new Ports.FixedIp(
                            subnet.id(), "10.1.0.2", "10.1.0.0/24", 4, "10.1.0.1", List.of("203.0.113.53")));
        });
        assertThat(cloud.transactions
                        .<Map<UUID, Networking>>asCaller(ALICE, db -> cloud.ports.networking(db, List.of(server)))
                        .get(server)
                        .securityGroups())
                .containsExactly("default");
    }

    @Test
    void severalNetworksAndNoWordAboutThemIsAConflict() {
        cloud.subnet(ALICE, cloud.network(ALICE, "one"), "10.1.0.0/24");
        cloud.subnet(ALICE, cloud.network(ALICE, "two"), "10.2.0.0/24");

        assertThatThrownBy(() -> cloud.transactions.asCaller(
                        ALICE, db -> cloud.ports.allocate(db, ALICE, UUID.randomUUID(), List.of(), List.of())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Multiple possible networks");
    }

    @Test
    void anotherProjectsNetworkIsNotFound() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");

        assertThatThrownBy(() -> cloud.transactions.asCaller(
                        BOB,
                        db -> cloud.ports.allocate(
                                db,
                                BOB,
                                UUID.randomUUID(),
                                List.of(new NicRequest(network.id(), null, null, null)),
                                List.of())))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
    }

    @Test
    void releaseDeletesPortsMadeForTheServerAndFreesThoseBrought() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        Port brought = cloud.port(ALICE, network);
        UUID server = UUID.randomUUID();
        UUID host = UUID.randomUUID();
        List<ServerPort> ports = cloud.transactions.asCaller(
                ALICE,
                db -> cloud.ports.allocate(
                        db,
                        ALICE,
                        server,
                        List.of(
                                new NicRequest(null, brought.id(), null, null),
                                new NicRequest(network.id(), null, "10.1.0.77", null)),
                        List.of("default")));
        assertThat(ports).extracting(ServerPort::id).startsWith(brought.id());
        assertThat(ports.get(1).fixedIps().getFirst().address()).isEqualTo("10.1.0.77");
        cloud.transactions.doAsSystem(db -> cloud.ports.bind(db, server, host));
        assertThat(cloud.transactions
                        .<Port>asSystem(db -> cloud.allocation.get(db, brought.id()))
                        .bindingHost())
                .isEqualTo(host.toString());

        cloud.transactions.doAsSystem(db -> cloud.ports.release(db, server));

        assertThat(cloud.transactions.<List<ServerPort>>asSystem(db -> cloud.ports.of(db, server)))
                .isEmpty();
        Port freed = cloud.transactions.asCaller(ALICE, db -> cloud.allocation.get(db, brought.id()));
        assertThat(freed.deviceId()).isEmpty();
        assertThat(freed.bindingHost()).isEmpty();
        assertThat(cloud.transactions.<Integer>asSystem(db -> db.sql("select count(*) from port where network_id = ?")
                        .param(network.id())
                        .query(Integer.class)
                        .single()))
                .isEqualTo(1);
    }

    @Test
    void portsOfAServerHaveTheirOwnEvents() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        Port brought = cloud.port(ALICE, network);
        UUID server = UUID.randomUUID();
        List<ServerPort> ports = cloud.transactions.asCaller(
                ALICE,
                db -> cloud.ports.allocate(
                        db,
                        ALICE,
                        server,
                        List.of(
                                new NicRequest(null, brought.id(), null, null),
                                new NicRequest(network.id(), null, null, null)),
                        List.of()));
        cloud.transactions.doAsSystem(db -> cloud.ports.release(db, server));

        assertThat(events(brought.id())).containsExactly("create", "update", "update");
        assertThat(events(ports.getLast().id())).containsExactly("create", "delete");
    }

    @Test
    void portsTakenAwayFromAServerHaveTheirOwnEvents() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        Port brought = cloud.port(ALICE, network);
        UUID server = UUID.randomUUID();
        UUID plugged = cloud.transactions.asCaller(ALICE, db -> {
            UUID made = cloud.ports
                    .attach(db, ALICE, server, "", null, new NicRequest(network.id(), null, null, null))
                    .id();
            cloud.ports.attach(db, ALICE, server, "", null, new NicRequest(null, brought.id(), null, null));
            cloud.ports.detach(db, ALICE, server, made);
            cloud.ports.detach(db, ALICE, server, brought.id());
            return made;
        });

        assertThat(events(plugged)).containsExactly("create", "delete");
        assertThat(events(brought.id())).containsExactly("create", "update", "update");
    }

    private List<String> events(UUID target) {
        return cloud.transactions.asSystem(
                db -> db.sql("""
                        select event::jsonb ->> 'action' from outbox where event::jsonb -> 'target' ->> 'id' = ? order by id
                        """).param(target.toString()).query(String.class).list());
    }

    @Test
    void aPortThatNamesAnothersServerIsNotPluggedIntoIt() {
        UUID server = UUID.randomUUID();
        Network network = cloud.network(BOB, "evil");
        cloud.subnet(BOB, network, "10.1.0.0/24");
        cloud.transactions.doAsCaller(
                BOB,
                db -> cloud.allocation.create(
                        db,
                        BOB,
                        new PortWish(
                                PortAllocation.blank(
                                        UUID.randomUUID(),
                                        BOB.project(),
                                        network.id(),
                                        "",
                                        server.toString(),
                                        "compute:nova",
                                        null),
                                null,
                                null,
                                null,
                                null)));

        assertThat(cloud.transactions.<List<ServerPort>>asSystem(db -> cloud.ports.of(db, server)))
                .isEmpty();
        assertThat(cloud.transactions.<Map<UUID, Networking>>asSystem(
                        db -> cloud.ports.networking(db, List.of(server))))
                .isEmpty();
    }

    @Test
    void aTrunkGoesWithTheServerOfItsParentAndFreesItsSubports() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        UUID server = UUID.randomUUID();
        UUID parent = cloud.transactions
                .<List<ServerPort>>asCaller(
                        ALICE, db -> cloud.ports.allocate(db, ALICE, server, "web-1", List.of(), List.of()))
                .getFirst()
                .id();
        assertThat(cloud.transactions
                        .<Port>asCaller(ALICE, db -> cloud.allocation.get(db, parent))
                        .extras()
                        .dnsName())
                .isEqualTo("web-1");
        Port child = cloud.port(ALICE, network);
        Trunk trunk = new Trunk(
                UUID.randomUUID(),
                ALICE.project(),
                "t",
                "",
                true,
                parent,
                false,
                List.of(new Trunk.Subport(child.id(), 7, "")),
                List.of(),
                Stamp.NEW);
        cloud.transactions.doAsCaller(ALICE, db -> cloud.trunks.create(db, ALICE, trunk));

        cloud.transactions.doAsSystem(db -> cloud.ports.release(db, server));

        assertThatThrownBy(() -> cloud.transactions.asCaller(ALICE, db -> cloud.trunks.get(db, trunk.id())))
                .hasMessageContaining("could not be found");
        assertThat(cloud.transactions
                        .<Port>asCaller(ALICE, db -> cloud.allocation.get(db, child.id()))
                        .deviceOwner())
                .isEmpty();
    }

    private List<UUID> told() {
        return cloud.transactions.asSystem(db -> db.sql("delete from metadata_change returning server_id")
                .query(UUID.class)
                .list());
    }

    @Test
    void whoGivesAServersPortAnotherAddressOrGroupHasItsGuestTold() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        UUID server = UUID.randomUUID();
        Port idle = cloud.port(ALICE, network);
        UUID port = cloud.transactions
                .asCaller(ALICE, db -> cloud.ports.allocate(db, ALICE, server, List.of(), List.of()))
                .getFirst()
                .id();
        List<PortWish.AddressWish> another = List.of(new PortWish.AddressWish(null, "10.1.0.77"));

        cloud.transactions.doAsCaller(ALICE, db -> {
            cloud.allocation.update(db, ALICE, idle.id(), one -> new PortWish(one, null, null, List.of(), null));
            cloud.allocation.update(db, ALICE, port, one -> new PortWish(one.named("eth0"), null, null, null, null));
        });
        assertThat(told()).as("nothing that a guest is told").isEmpty();
        cloud.transactions.doAsCaller(
                ALICE,
                db -> cloud.allocation.update(db, ALICE, port, one -> new PortWish(one, null, another, null, null)));
        assertThat(told()).containsExactly(server);
        cloud.transactions.doAsCaller(
                ALICE,
                db -> cloud.allocation.update(db, ALICE, port, one -> new PortWish(one, null, null, List.of(), null)));
        assertThat(told()).containsExactly(server);
    }

    @Test
    void onASharedNetworkNobodyButItsOwnerLoosensThePortSecurity() {
        Network network = cloud.network(OPERATOR, "shared");
        cloud.subnet(OPERATOR, network, "10.1.0.0/24");
        cloud.shareWithAll(network);
        Port port = cloud.port(ALICE, network);

        assertThatThrownBy(() -> cloud.transactions.doAsCaller(
                        ALICE,
                        db -> cloud.allocation.update(
                                db, ALICE, port.id(), one -> new PortWish(one, null, null, List.of(), false))))
                .hasMessageContaining("loosen port security");
        assertThatThrownBy(() -> cloud.transactions.doAsCaller(
                        ALICE,
                        db -> cloud.allocation.create(
                                db,
                                ALICE,
                                NetworkFixture.wish(
                                        ALICE, network, List.of(new PortWish.AddressWish(null, "10.1.0.1"))))))
                .hasMessageContaining("choose addresses");
    }

    @Test
    void portsMadeAtTheSameTimeNeverShareAnAddressAndLeaveNoGap() throws Exception {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/26");
        List<Callable<Port>> makers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            makers.add(() -> cloud.port(ALICE, network));
        }
        Set<String> addresses = new HashSet<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            for (Future<Port> made : executor.invokeAll(makers)) {
                addresses.add(made.get().fixedIps().getFirst().address());
            }
        }
        assertThat(addresses).hasSize(60);
        cloud.port(ALICE, network);
        assertThatThrownBy(() -> cloud.port(ALICE, network)).hasMessageContaining("No more IP addresses");
    }

    @Test
    void anAddressRestsUntilItsSubnetHasBeenGoneThrough() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/29");
        Port first = cloud.port(ALICE, network);
        Port second = cloud.port(ALICE, network);
        delete(first);

        assertThat(address(cloud.port(ALICE, network))).isEqualTo("10.1.0.4");
        delete(second);
        assertThat(address(cloud.port(ALICE, network))).isEqualTo("10.1.0.5");
        assertThat(address(cloud.port(ALICE, network))).isEqualTo("10.1.0.6");
        assertThat(address(cloud.port(ALICE, network))).isEqualTo(address(first));
        assertThat(address(cloud.port(ALICE, network))).isEqualTo(address(second));
    }

    @Test
    void portsAreCountedAsTheyComeAndGo() {
        Network network = cloud.network(ALICE, "web");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        int before = portsUsed();
        List<Port> many = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            many.add(cloud.port(ALICE, network));
        }
        many.subList(0, 67).forEach(this::delete);

        assertThat(portsUsed() - before).isEqualTo(3);
        assertThat((Integer) cloud.transactions.asSystem(
                        db -> db.sql("select count(*) from usage_change where project_id = 'project-alice'")
                                .query(Integer.class)
                                .single()))
                .as("rows to add up")
                .isLessThan(130);
    }

    @Test
    void anAddressBySlaacFollowsFromTheMac() {
        Network network = cloud.network(ALICE, "six");
        cloud.subnet(ALICE, network, "fd00:1::/64", Subnet.SLAAC);
        Port port = cloud.port(ALICE, network);

        assertThat(port.fixedIps())
                .extracting(Port.FixedIp::address)
                .containsExactly(
                        Macs.autoAddress(Prefix.of("fd00:1::/64"), port.mac()).toString());
        assertThat(Macs.autoAddress(Prefix.of("fd00:1::/64"), "fa:16:3e:01:02:03")
                        .toString())
                .isEqualTo("fd00:1::f816:3eff:fe01:203");
    }

    @Test
    void aSlaacSubnetThatComesLaterAddressesThePortsThatAreThereAndGoesAgain() {
        Network network = cloud.network(ALICE, "six");
        cloud.subnet(ALICE, network, "10.1.0.0/24");
        Port port = cloud.port(ALICE, network);
        Subnet six = cloud.subnet(ALICE, network, "fd00:1::/64", Subnet.SLAAC);
        assertThat(cloud.transactions
                        .<Port>asCaller(ALICE, db -> cloud.allocation.get(db, port.id()))
                        .fixedIps())
                .hasSize(2);

        cloud.transactions.doAsCaller(ALICE, db -> cloud.subnets.delete(db, ALICE, six.id()));
        assertThat(cloud.transactions
                        .<Port>asCaller(ALICE, db -> cloud.allocation.get(db, port.id()))
                        .fixedIps())
                .hasSize(1);
    }

    @Test
    void aFloatingAddressShowsAmongTheServersAddressesAndLeavesWithThePort() {
        Network outside = cloud.external("public");
        cloud.subnet(OPERATOR, outside, "203.0.113.0/27");
        Network network = cloud.network(ALICE, "web");
        Subnet subnet = cloud.subnet(ALICE, network, "10.1.0.0/24");
        Router router = cloud.router(ALICE, outside);
        cloud.transactions.doAsCaller(ALICE, db -> cloud.interfaces.add(db, ALICE, router.id(), subnet.id(), null));
        UUID server = UUID.randomUUID();
        ServerPort port = cloud.transactions
                .<List<ServerPort>>asCaller(ALICE, db -> cloud.ports.allocate(db, ALICE, server, List.of(), List.of()))
                .getFirst();
        FloatingIp floating = cloud.transactions.asCaller(
                ALICE,
                db -> cloud.floatingIps.create(
                        db,
                        ALICE,
                        new FloatingIp(
                                UUID.randomUUID(),
                                ALICE.project(),
                                "",
                                outside.id(),
                                "",
                                port.id(),
                                null,
                                null,
                                List.of(),
                                Stamp.NEW),
                        null,
                        null));
        assertThat(floating.routerId()).isEqualTo(router.id());
        assertThat(floating.fixedIp()).isEqualTo("10.1.0.2");
        assertThat(told()).as("its metadata service tells it").containsExactly(server);

        Map<UUID, Networking> networking =
                cloud.transactions.asCaller(ALICE, db -> cloud.ports.networking(db, List.of(server)));
        assertThat(networking.get(server).addresses())
                .extracting(ServerAddress::type, ServerAddress::address)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("fixed", "10.1.0.2"),
                        org.assertj.core.api.Assertions.tuple("floating", floating.address()));
        assertThatThrownBy(() -> cloud.transactions.doAsCaller(
                        ALICE,
                        db -> cloud.routers.update(
                                db, ALICE, router.id(), one -> one, new Routers.GatewayChange(true, null))))
                .hasMessageContaining("required by one or more floating IPs");

        cloud.transactions.doAsSystem(db -> cloud.ports.release(db, server));

        FloatingIp left = cloud.transactions.asCaller(ALICE, db -> cloud.floatingIps.get(db, floating.id()));
        assertThat(left.portId()).isNull();
        assertThat(left.address()).isEqualTo(floating.address());
    }
}
