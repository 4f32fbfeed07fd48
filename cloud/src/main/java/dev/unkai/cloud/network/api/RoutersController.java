package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.RouterInterfaces;
import dev.unkai.cloud.network.domain.Routers;
import dev.unkai.cloud.network.domain.Routers.GatewayChange;
import dev.unkai.cloud.network.domain.Routers.GatewayWish;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.RouterStore.Leg;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
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

/** Network API v2.0: routers, their gateways and interfaces. */
@RestController
@RequestMapping("/network/v2.0/routers")
final class RoutersController {
    private static final int MOST_ROUTES = 30;

    private final RequestTransactions transactions;
    private final Routers routers;
    private final RouterInterfaces interfaces;
    private final RouterStore store;
    private final Listings listings;
    private final ZoneHints zones;
    private final Ids ids;

    RoutersController(
            RequestTransactions transactions,
            Routers routers,
            RouterInterfaces interfaces,
            RouterStore store,
            Listings listings,
            ZoneHints zones,
            Ids ids) {
        this.transactions = transactions;
        this.routers = routers;
        this.interfaces = interfaces;
        this.store = store;
        this.listings = listings;
        this.zones = zones;
        this.ids = ids;
    }

    @Allow("network:router:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller,
                db -> listings.page(
                        db, request, "routers", store.listing, router -> RouterView.of(router, caller.isAdmin())));
    }

    @Allow("network:router:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Router router = transactions.asCaller(caller, db -> routers.get(db, Paths.id("Router", id)));
        return Listings.one(request, "router", RouterView.of(router, caller.isAdmin()));
    }

    @Allow("network:router:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        Attributes in = Attributes.of(body, "router", caller);
        String project = in.project();
        GatewayChange gateway = gateway(in, caller);
        in.operatorsOnly("ha", in.flag("ha", false), false);
        in.operatorsOnly("distributed", in.flag("distributed", false), false);
        if (in.has("routes")) {
            throw Refusals.invalid("HTTPBadRequest", "Attribute 'routes' not allowed in POST");
        }
        Router router = transactions.asCaller(caller, db -> {
            Router blank = new Router(
                    ids.next(), project, "", "", true, null, List.of(), zones.read(db, in), List.of(), Stamp.NEW);
            return routers.create(db, caller, patch(in, blank), gateway);
        });
        return Map.of("router", RouterView.of(router, caller.isAdmin()));
    }

    @Allow("network:router:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "router", caller);
        Router router = Bodies.change(
                () -> {
                    GatewayChange gateway = gateway(in, caller);
                    return transactions.asCaller(
                            caller,
                            db -> routers.update(
                                    db, caller, Paths.id("Router", id), present -> patch(in, present), gateway));
                },
                () -> {
                    in.has("external_gateway_info");
                    patch(
                            in,
                            new Router(ids.next(), "", "", "", true, null, List.of(), List.of(), List.of(), Stamp.NEW));
                });
        return Map.of("router", RouterView.of(router, caller.isAdmin()));
    }

    @Allow("network:router:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> routers.delete(db, caller, Paths.id("Router", id)));
    }

    @Allow("network:router:interface")
    @PutMapping("/{id}/add_router_interface")
    Map<String, Object> addInterface(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = new Attributes("router interface", body, caller);
        UUID subnet = in.uuid("subnet_id", null);
        UUID port = in.uuid("port_id", null);
        in.finish();
        UUID router = Paths.id("Router", id);
        Leg leg = transactions.asCaller(caller, db -> interfaces.add(db, caller, router, subnet, port));
        return legView(leg, caller);
    }

    @Allow("network:router:interface")
    @PutMapping("/{id}/remove_router_interface")
    Map<String, Object> removeInterface(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = new Attributes("router interface", body, caller);
        UUID subnet = in.uuid("subnet_id", null);
        UUID port = in.uuid("port_id", null);
        in.finish();
        UUID router = Paths.id("Router", id);
        Leg leg = transactions.asCaller(caller, db -> interfaces.remove(db, caller, router, subnet, port));
        return legView(leg, caller);
    }

    /** Adds routes to those that are there; one that is there already is no fault. */
    @Allow("network:router:update")
    @PutMapping("/{id}/add_extraroutes")
    Map<String, Object> addRoutes(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        return changeRoutes(caller, id, body, (present, said) -> {
            Set<Subnet.HostRoute> all = new LinkedHashSet<>(present);
            all.addAll(said);
            return List.copyOf(all);
        });
    }

    /** Takes routes away; one that is not there is no fault. */
    @Allow("network:router:update")
    @PutMapping("/{id}/remove_extraroutes")
    Map<String, Object> removeRoutes(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        return changeRoutes(
                caller,
                id,
                body,
                (present, said) ->
                        present.stream().filter(route -> !said.contains(route)).toList());
    }

    private Map<String, Object> changeRoutes(
            Caller caller, String id, JsonNode body, BinaryOperator<List<Subnet.HostRoute>> change) {
        Attributes in = Attributes.of(body, "router", caller);
        if (!in.has("routes")) {
            throw in.missing("routes");
        }
        List<Subnet.HostRoute> said = in.list("routes", MOST_ROUTES, List.of(), SubnetsController::route);
        in.finish();
        Router router = transactions.asCaller(
                caller,
                db -> routers.update(
                        db,
                        caller,
                        Paths.id("Router", id),
                        present -> present.withRoutes(change.apply(present.routes(), said)),
                        GatewayChange.NONE));
        return Map.of("router", RouterView.of(router, caller.isAdmin()));
    }

    private static Router patch(Attributes in, Router present) {
        Router patched = new Router(
                present.id(),
                present.project(),
                in.name(present.name()),
                in.description(present.description()),
                in.flag("admin_state_up", present.adminStateUp()),
                present.gateway(),
                in.list("routes", MOST_ROUTES, present.routes(), SubnetsController::route),
                present.zoneHints(),
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    private static GatewayChange gateway(Attributes in, Caller caller) {
        if (!in.has("external_gateway_info")) {
            return GatewayChange.NONE;
        }
        JsonNode info = in.raw("external_gateway_info");
        if (info.isNull() || (info.isObject() && info.isEmpty())) {
            return new GatewayChange(true, null);
        }
        Attributes gateway = new Attributes("external_gateway_info", info, caller);
        UUID network = gateway.requiredUuid("network_id");
        boolean snat = gateway.flag("enable_snat", true);
        gateway.operatorsName("enable_snat");
        gateway.operatorsName("external_fixed_ips");
        gateway.refuseNull("external_fixed_ips");
        // An empty list leaves the address to the service, like none.
        JsonNode fixed = gateway.raw("external_fixed_ips");
        boolean said = gateway.has("external_fixed_ips") && !(fixed.isArray() && fixed.isEmpty());
        GatewayWish wish = new GatewayWish(
                network,
                snat,
                said ? gateway.list("external_fixed_ips", 10, List.of(), PortsController::address) : null);
        gateway.finish();
        return new GatewayChange(true, wish);
    }

    private static Map<String, Object> legView(Leg leg, Caller caller) {
        return Map.of(
                "id", leg.routerId(),
                "tenant_id", caller.project(),
                "project_id", caller.project(),
                "port_id", leg.portId(),
                "network_id", leg.networkId(),
                "subnet_id", leg.subnetId(),
                "subnet_ids", List.of(leg.subnetId()),
                "tags", List.of());
    }
}
