package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.Networks;
import dev.unkai.cloud.network.domain.PoolAllocation;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.SubnetRules;
import dev.unkai.cloud.network.domain.Subnets;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Network API v2.0: subnets. */
@RestController
@RequestMapping("/network/v2.0/subnets")
final class SubnetsController {
    private static final Set<String> MODES = Set.of(Subnet.SLAAC, Subnet.STATEFUL, Subnet.STATELESS);
    /** How owners of ports begin, one of which a service type is. */
    private static final List<String> OWNERS = List.of("network:", "compute:", "baremetal:");

    private static final int MOST_NAMESERVERS = 5;
    private static final int MOST_ROUTES = 20;
    private static final int MOST_POOLS = 50;

    private final RequestTransactions transactions;
    private final Subnets subnets;
    private final Networks networks;
    private final PoolAllocation pools;
    private final SubnetStore store;
    private final Listings listings;
    private final Ids ids;

    SubnetsController(
            RequestTransactions transactions,
            Subnets subnets,
            Networks networks,
            PoolAllocation pools,
            SubnetStore store,
            Listings listings,
            Ids ids) {
        this.transactions = transactions;
        this.subnets = subnets;
        this.networks = networks;
        this.pools = pools;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:subnet:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller, db -> listings.page(db, request, "subnets", store.listing, SubnetView::of));
    }

    @Allow("network:subnet:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Subnet subnet = transactions.asCaller(caller, db -> subnets.get(db, Paths.id("Subnet", id)));
        return Listings.one(request, "subnet", SubnetView.of(subnet));
    }

    @Allow("network:subnet:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body,
                        "subnet",
                        "subnets",
                        caller,
                        in -> SubnetView.of(subnets.create(db, caller, read(db, in)))));
    }

    @Allow("network:subnet:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "subnet", caller);
        Subnet subnet = Bodies.change(
                () -> transactions.asCaller(
                        caller,
                        db -> subnets.update(db, caller, Paths.id("Subnet", id), present -> patch(in, present))),
                () -> patch(in, blank()));
        return Map.of("subnet", SubnetView.of(subnet));
    }

    @Allow("network:subnet:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> subnets.delete(db, caller, Paths.id("Subnet", id)));
    }

    private Subnet read(Db db, Attributes in) {
        UUID networkId = in.requiredUuid("network_id");
        in.project();
        String project = networks.get(db, networkId).project();
        if (in.has("segment_id") && !in.isNull("segment_id")) {
            throw Refusals.invalid("segment_id is not offered here; a network is one segment");
        }
        boolean cidrSaid = in.has("cidr") && !in.isNull("cidr");
        Prefix said = cidrSaid ? Prefix.of(Attributes.cidr("cidr", in.raw("cidr"))) : null;
        Integer version = in.number("ip_version", 4, 6, null);
        if (version == null) {
            throw in.missing("ip_version");
        }
        UUID pool = pool(db, in, version);
        if (said != null && version != said.version()) {
            throw Refusals.invalid("cidr '" + said + "' does not match the ip_version '" + version + "'");
        }
        Integer length = in.number("prefixlen", 0, 128, null);
        if (said != null && length != null) {
            throw bad("cidr and prefixlen must not be supplied together");
        }
        Prefix prefix;
        if (pool != null) {
            if (said == null && in.has("allocation_pools") && !in.isNull("allocation_pools")) {
                throw bad("allocation_pools allowed only for specific subnet requests");
            }
            prefix = pools.cut(db, new PoolAllocation.Cut(pool, networkId, project, version, said, length));
        } else if (said != null) {
            prefix = said;
        } else {
            throw bad("a subnetpool must be specified in the absence of a cidr");
        }
        String cidr = prefix.toString();
        String gateway = in.has("gateway_ip") ? gateway(in) : prefix.firstHost().toString();
        Subnet blank = new Subnet(
                ids.next(),
                project,
                networkId,
                "",
                "",
                prefix.version(),
                cidr,
                gateway,
                true,
                List.of(),
                List.of(),
                SubnetRules.defaultPools(prefix, gateway),
                in.word("ipv6_address_mode", MODES, null),
                in.word("ipv6_ra_mode", MODES, null),
                List.of(),
                pool,
                List.of(),
                Stamp.NEW);
        return patch(in, blank);
    }

    /** The pool to cut from; null where the request brings its own range. */
    private @Nullable UUID pool(Db db, Attributes in, int version) {
        boolean byDefault = in.flag("use_default_subnetpool", false);
        UUID pool = in.uuid("subnetpool_id", null);
        if (!byDefault) {
            return pool;
        }
        if (pool != null) {
            throw bad("subnetpool_id and use_default_subnetpool cannot both be specified");
        }
        return pools.defaultPool(db, version);
    }

    private static RuntimeException bad(String sentence) {
        return Refusals.invalid("BadRequest", "Bad subnets request: " + sentence + ".");
    }

    private Subnet blank() {
        return new Subnet(
                ids.next(),
                "",
                ids.next(),
                "",
                "",
                4,
                "0.0.0.0/0",
                null,
                true,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                Stamp.NEW);
    }

    private static Subnet patch(Attributes in, Subnet present) {
        in.refuseNull("allocation_pools");
        Subnet patched = new Subnet(
                present.id(),
                present.project(),
                present.networkId(),
                in.name(present.name()),
                in.description(present.description()),
                present.version(),
                present.cidr(),
                in.has("gateway_ip") ? gateway(in) : present.gateway(),
                in.flag("enable_dhcp", present.dhcp()),
                in.list(
                        "dns_nameservers",
                        MOST_NAMESERVERS,
                        present.nameservers(),
                        one -> Attributes.ip("dns_nameservers", one)),
                in.list("host_routes", MOST_ROUTES, present.hostRoutes(), SubnetsController::route),
                in.list("allocation_pools", MOST_POOLS, present.pools(), SubnetsController::pool),
                present.ipv6AddressMode(),
                present.ipv6RaMode(),
                in.list("service_types", 10, present.serviceTypes(), SubnetsController::serviceType),
                present.poolId(),
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    private static @Nullable String gateway(Attributes in) {
        return in.isNull("gateway_ip") ? null : Attributes.ip("gateway_ip", in.raw("gateway_ip"));
    }

    private static String serviceType(JsonNode node) {
        String type = Attributes.text("service_types", node, 255);
        if (OWNERS.stream().noneMatch(type::startsWith)) {
            throw Refusals.invalid(
                    "InvalidSubnetServiceType",
                    "Subnet service type " + Attributes.brief(node) + " does not correspond to a valid device owner.");
        }
        return type;
    }

    static Subnet.HostRoute route(JsonNode node) {
        if (!node.isObject() || node.size() != 2) {
            throw Refusals.field("host_routes", "An entry has exactly 'destination' and 'nexthop'.");
        }
        return new Subnet.HostRoute(
                Attributes.routeCidr("destination", node.path("destination")),
                Attributes.ip("nexthop", node.path("nexthop")));
    }

    private static Subnet.Pool pool(JsonNode node) {
        if (!node.isObject() || node.size() != 2) {
            throw Refusals.field("allocation_pools", "An entry has exactly 'start' and 'end'.");
        }
        return new Subnet.Pool(Attributes.ip("start", node.path("start")), Attributes.ip("end", node.path("end")));
    }
}
