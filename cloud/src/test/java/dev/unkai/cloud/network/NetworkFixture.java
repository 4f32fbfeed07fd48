package dev.unkai.cloud.network;

import dev.unkai.base.Ids;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.cloud.compute.store.MetadataChanges;
import dev.unkai.cloud.network.domain.AddressGroups;
import dev.unkai.cloud.network.domain.FloatingIps;
import dev.unkai.cloud.network.domain.Macs;
import dev.unkai.cloud.network.domain.Networks;
import dev.unkai.cloud.network.domain.PortAddresses;
import dev.unkai.cloud.network.domain.PortAllocation;
import dev.unkai.cloud.network.domain.PortWish;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.QosPolicies;
import dev.unkai.cloud.network.domain.QosUse;
import dev.unkai.cloud.network.domain.Quotas;
import dev.unkai.cloud.network.domain.RouterInterfaces;
import dev.unkai.cloud.network.domain.Routers;
import dev.unkai.cloud.network.domain.SecurityGroups;
import dev.unkai.cloud.network.domain.Sharing;
import dev.unkai.cloud.network.domain.SubnetRules;
import dev.unkai.cloud.network.domain.Subnets;
import dev.unkai.cloud.network.domain.Trail;
import dev.unkai.cloud.network.domain.Trunks;
import dev.unkai.cloud.network.store.AddressGroupStore;
import dev.unkai.cloud.network.store.AddressStore;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortPlaces;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.QosStore;
import dev.unkai.cloud.network.store.QuotaStore;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.cloud.network.store.RbacStore;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.cloud.network.store.ServerPorts;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.cloud.network.store.TrunkStore;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The network module without Spring and HTTP, on a fresh real database. */
public final class NetworkFixture {
    public static final Caller ALICE = caller("project-alice", "member");
    public static final Caller BOB = caller("project-bob", "member");
    public static final Caller OPERATOR = caller("project-operator", "admin");

    public final PostgresFixture.Database database =
            PostgresFixture.database("network").migrated();
    public final Wakeups wakeups = new Wakeups();
    public final Transactions transactions =
            new Transactions(database.api().pool("api", 8), database.system().pool("system", 4), wakeups);
    public final OvnMarks marks = new OvnMarks();
    public final Quotas quotas = new Quotas(new QuotaStore());
    private final Trail trail = new Trail(Clock.systemUTC());
    private final NetworkStore networkStore = new NetworkStore();
    private final SubnetStore subnetStore = new SubnetStore();
    private final AddressStore addressStore = new AddressStore();
    private final PortStore portStore = new PortStore();
    private final RouterStore routerStore = new RouterStore();
    private final FloatingIpStore floatingIpStore = new FloatingIpStore();
    private final Sharing sharing = new Sharing(new RbacStore(), Ids.random());
    private final QosUse qosUse = new QosUse(new QosStore());
    private final TrunkStore trunkStore = new TrunkStore();
    public final SecurityGroups groups = new SecurityGroups(
            new SecurityGroupStore(), new AddressGroupStore(), sharing, quotas, marks, trail, Ids.random());
    public final AddressGroups addressGroups = new AddressGroups(new AddressGroupStore(), sharing, marks, trail);
    public final QosPolicies qos = new QosPolicies(new QosStore(), sharing, marks, trail);
    public final Networks networks = new Networks(networkStore, quotas, qosUse, marks, trail, groups, sharing);
    public final Trunks trunks = new Trunks(trunkStore, portStore, networkStore, quotas, marks, trail);
    public final Subnets subnets = new Subnets(subnetStore, addressStore, portStore, networks, quotas, marks, trail);
    public final PortAllocation allocation = new PortAllocation(
            portStore,
            new PortAddresses(subnetStore, addressStore),
            networks,
            groups,
            floatingIpStore,
            trunkStore,
            quotas,
            qosUse,
            marks,
            trail,
            new Macs(),
            List.of(new MetadataChanges()));
    public final Routers routers =
            new Routers(routerStore, allocation, floatingIpStore, networks, quotas, marks, trail, Ids.random());
    public final RouterInterfaces interfaces = new RouterInterfaces(
            routers,
            routerStore,
            allocation,
            portStore,
            networks,
            subnetStore,
            addressStore,
            floatingIpStore,
            trunkStore,
            marks,
            trail,
            Ids.random());
    public final FloatingIps floatingIps = new FloatingIps(
            floatingIpStore,
            addressStore,
            subnetStore,
            routerStore,
            networks,
            allocation,
            quotas,
            qosUse,
            marks,
            trail,
            Ids.random());
    public final Ports ports = new Ports(
            allocation, portStore, new ServerPorts(), new PortPlaces(), networks, groups, marks, trail, Ids.random());

    public static Caller caller(String project, String... roles) {
        Instant now = Instant.now();
        TokenClaims claims = new TokenClaims(
                List.of("audit"),
                List.of("password"),
                "user-of-" + project,
                "master",
                "domain",
                "domain",
                project,
                project,
                "domain",
                "domain",
                null,
                null,
                false,
                List.of(roles),
                null,
                now,
                now.plusSeconds(3600));
        return new Caller(claims, "203.0.113.9", "test", "req-" + UUID.randomUUID());
    }

    public Network network(Caller caller, String name) {
        return network(caller, name, false);
    }

    public Network external(String name) {
        return network(OPERATOR, name, true);
    }

    private Network network(Caller caller, String name, boolean external) {
        Network wanted = new Network(
                UUID.randomUUID(),
                caller.project(),
                name,
                "",
                true,
                false,
                external,
                false,
                true,
                external ? 1500 : 1442,
                external ? Network.FLAT : Network.GENEVE,
                external ? "external" : null,
                null,
                List.of(),
                List.of(),
                Stamp.NEW);
        return transactions.asCaller(caller, db -> networks.create(db, caller, wanted));
    }

    public void shareWithAll(Network network) {
        RbacPolicy everybody = new RbacPolicy(
                UUID.randomUUID(),
                network.project(),
                RbacPolicy.NETWORK,
                network.id(),
                RbacPolicy.SHARED,
                RbacPolicy.EVERYBODY);
        transactions.doAsSystem(db -> new RbacStore().insert(db, everybody));
    }

    public Subnet subnet(Caller caller, Network network, String cidr) {
        return subnet(caller, network, cidr, null);
    }

    public Subnet subnet(Caller caller, Network network, String cidr, @Nullable String ipv6Mode) {
        Prefix prefix = Prefix.of(cidr);
        String gateway = prefix.firstHost().toString();
        Subnet wanted = new Subnet(
                UUID.randomUUID(),
                network.project(),
                network.id(),
                "",
                "",
                prefix.version(),
                cidr,
                gateway,
                true,
                List.of(prefix.version() == 4 ? "203.0.113.53" : "fd00:53::53"),
                List.of(),
                SubnetRules.defaultPools(prefix, gateway),
                ipv6Mode,
                ipv6Mode,
                List.of(),
                List.of(),
                Stamp.NEW);
        return transactions.asCaller(caller, db -> subnets.create(db, caller, wanted));
    }

    public Port port(Caller caller, Network network) {
        return transactions.asCaller(caller, db -> allocation.create(db, caller, wish(caller, network, null)));
    }

    public static PortWish wish(Caller caller, Network network, @Nullable List<PortWish.AddressWish> addresses) {
        return new PortWish(
                PortAllocation.blank(UUID.randomUUID(), caller.project(), network.id(), "", "", "", null),
                null,
                addresses,
                null,
                null);
    }

    public Router router(Caller caller, @Nullable Network external) {
        Router wanted = new Router(
                UUID.randomUUID(),
                caller.project(),
                "router",
                "",
                true,
                null,
                List.of(),
                List.of(),
                List.of(),
                Stamp.NEW);
        Routers.GatewayChange gateway = external == null
                ? Routers.GatewayChange.NONE
                : new Routers.GatewayChange(true, new Routers.GatewayWish(external.id(), true, null));
        return transactions.asCaller(caller, db -> routers.create(db, caller, wanted, gateway));
    }
}
