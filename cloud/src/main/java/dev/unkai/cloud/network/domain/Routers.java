package dev.unkai.cloud.network.domain;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.domain.PortWish.AddressWish;
import dev.unkai.cloud.network.store.Estate;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.RouterStore.Leg;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes routers and their gateways; their legs on subnets are with {@link RouterInterfaces}. */
@Component
public class Routers {
    /**
     * A gateway wanted.
     *
     * @param addresses null: as they are, or any
     */
    public record GatewayWish(
            UUID networkId, boolean snat, @Nullable List<AddressWish> addresses) {}

    /** Whether a gateway is wanted at all: no word about it, none, or this one. */
    public record GatewayChange(boolean said, @Nullable GatewayWish wish) {
        public static final GatewayChange NONE = new GatewayChange(false, null);
    }

    private static final int MOST_ROUTES = 30;

    private final RouterStore store;
    private final PortAllocation allocation;
    private final FloatingIpStore floatingIps;
    private final Networks networks;
    private final Quotas quotas;
    private final OvnMarks marks;
    private final Trail trail;
    private final Ids ids;

    public Routers(
            RouterStore store,
            PortAllocation allocation,
            FloatingIpStore floatingIps,
            Networks networks,
            Quotas quotas,
            OvnMarks marks,
            Trail trail,
            Ids ids) {
        this.store = store;
        this.allocation = allocation;
        this.floatingIps = floatingIps;
        this.networks = networks;
        this.quotas = quotas;
        this.marks = marks;
        this.trail = trail;
        this.ids = ids;
    }

    public Router get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Router", id));
    }

    public Router create(Db db, Caller caller, Router wanted, GatewayChange gateway) {
        quotas.claim(db, wanted.project(), Quotas.Resource.ROUTER, 1);
        store.insert(db, wanted);
        Router made = withGateway(wanted, changeGateway(db, wanted, gateway));
        store.update(db, made);
        marks.raise(db, Kind.ROUTER, wanted.id());
        trail.record(db, caller, "create", "router", wanted.id(), wanted.name(), wanted.project(), Changes.made(made));
        return get(db, wanted.id());
    }

    public Router update(Db db, Caller caller, UUID id, UnaryOperator<Router> change, GatewayChange gateway) {
        Router before = owned(db, id);
        Router after = change.apply(before);
        if (!before.routes().equals(after.routes())) {
            if (after.routes().size() > MOST_ROUTES) {
                throw Refusals.invalid(
                        "RoutesExhausted", "Router " + id + " can have at most " + MOST_ROUTES + " routes.");
            }
            checkRoutes(db, after);
        }
        Router.@Nullable Gateway old = before.gateway();
        Router.@Nullable Gateway fresh = changeGateway(db, after, gateway);
        Router now = withGateway(after, fresh);
        store.update(db, now);
        if (old != null && (fresh == null || !Objects.equals(fresh.portId(), old.portId()))) {
            removePort(db, old);
        }
        marks.raise(db, Kind.ROUTER, id);
        trail.record(db, caller, "update", "router", id, after.name(), after.project(), Changes.between(before, now));
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        Router router = owned(db, id);
        if (!store.legs(db, id).isEmpty()) {
            throw Refusals.conflict("RouterInUse", "Router " + id + " still has ports");
        }
        Router.@Nullable Gateway gateway = router.gateway();
        if (gateway != null) {
            refuseWhileFloating(db, router, gateway);
        }
        store.delete(db, id);
        if (gateway != null) {
            removePort(db, gateway);
        }
        marks.raise(db, Kind.ROUTER, id);
        trail.record(db, caller, "delete", "router", id, router.name(), router.project(), Changes.gone(router));
    }

    /** The router, held against changes. */
    Router owned(Db db, UUID id) {
        if (!store.lock(db, id)) {
            throw Refusals.notFound("Router", id);
        }
        return get(db, id);
    }

    private Router.@Nullable Gateway changeGateway(Db db, Router router, GatewayChange change) {
        Router.@Nullable Gateway old = router.gateway();
        if (!change.said()) {
            return old;
        }
        GatewayWish wish = change.wish();
        boolean stays = old != null && wish != null && old.networkId().equals(wish.networkId());
        if (old != null && !stays) {
            refuseWhileFloating(db, router, old);
        }
        if (wish == null) {
            return null;
        }
        if (old != null && stays && (wish.addresses() == null || sameAddresses(old, wish))) {
            return new Router.Gateway(old.networkId(), old.portId(), wish.snat(), old.addresses());
        }
        Network network = networks.get(db, wish.networkId());
        if (!network.external()) {
            throw Refusals.invalid(
                    "BadRequest", "Bad router request: Network " + network.id() + " is not an external network.");
        }
        Port port = gatewayPort(db, router, network, wish);
        return new Router.Gateway(network.id(), port.id(), wish.snat(), List.of());
    }

    /**
     * The port belongs to no project, as its network's owner and not the customer rules it; its address to the router's. Without subnets
     * it has none, and the router routes nothing through it.
     */
    private Port gatewayPort(Db db, Router router, Network network, GatewayWish wish) {
        UUID id = ids.next();
        PortWish port = new PortWish(
                PortAllocation.blank(id, "", network.id(), "", router.id().toString(), Port.ROUTER_GATEWAY, null),
                null,
                wish.addresses(),
                List.of(),
                false);
        return Estate.whole(db, () -> {
            Port made = allocation.insert(db, network, port);
            if (made.fixedIps().isEmpty()
                    && !networks.get(db, network.id()).subnets().isEmpty()) {
                throw Refusals.conflict(
                        "IpAddressGenerationFailure",
                        "No more IP addresses available on network " + network.id() + ".");
            }
            db.sql("update address set project_id = ? where port_id = ?")
                    .params(router.project(), id)
                    .update();
            return made;
        });
    }

    private void removePort(Db db, Router.Gateway gateway) {
        UUID port = gateway.portId();
        if (port != null) {
            Estate.doWhole(db, () -> allocation.remove(db, List.of(port)));
        }
    }

    private static boolean sameAddresses(Router.Gateway old, GatewayWish wish) {
        List<AddressWish> wanted = wish.addresses();
        return wanted == null
                || (wanted.size() == old.addresses().size()
                        && wanted.stream()
                                .allMatch(one -> old.addresses().stream()
                                        .anyMatch(have -> (one.subnetId() == null
                                                        || have.subnetId().equals(one.subnetId()))
                                                && (one.address() == null
                                                        || have.address().equals(one.address())))));
    }

    private void refuseWhileFloating(Db db, Router router, Router.Gateway gateway) {
        List<FloatingIp> carried = floatingIps.ofRouter(db, router.id());
        if (!carried.isEmpty()) {
            throw Refusals.conflict(
                    "RouterExternalGatewayInUseByFloatingIp",
                    "Gateway cannot be updated for router " + router.id() + ", since a gateway to external network "
                            + gateway.networkId() + " is required by one or more floating IPs.");
        }
    }

    private void checkRoutes(Db db, Router router) {
        List<Leg> legs = store.legs(db, router.id());
        for (var route : router.routes()) {
            Ip next = Ip.of(route.nexthop());
            boolean reachable =
                    legs.stream().anyMatch(leg -> Prefix.of(leg.cidr()).contains(next)) || onGateway(db, router, next);
            if (!reachable) {
                throw Refusals.invalid(
                        "InvalidRoutes",
                        "Invalid format for routes: " + route.destination() + " via " + route.nexthop()
                                + ", the nexthop is not connected with router");
            }
        }
    }

    private boolean onGateway(Db db, Router router, Ip next) {
        Router.@Nullable Gateway gateway = router.gateway();
        return gateway != null
                && Estate.<Boolean>whole(
                        db,
                        () -> db.sql("select exists (select from subnet where network_id = ? and cidr >>= ?::inet)")
                                .params(gateway.networkId(), next.toString())
                                .query(Boolean.class)
                                .single());
    }

    private static Router withGateway(Router router, Router.@Nullable Gateway gateway) {
        return new Router(
                router.id(),
                router.project(),
                router.name(),
                router.description(),
                router.adminStateUp(),
                gateway,
                router.routes(),
                router.zoneHints(),
                router.tags(),
                router.stamp());
    }
}
