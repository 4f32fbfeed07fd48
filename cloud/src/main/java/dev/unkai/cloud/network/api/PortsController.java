package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.Macs;
import dev.unkai.cloud.network.domain.PortAllocation;
import dev.unkai.cloud.network.domain.PortNames;
import dev.unkai.cloud.network.domain.PortWish;
import dev.unkai.cloud.network.domain.PortWish.AddressWish;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Trunk;
import dev.unkai.cloud.network.store.TrunkStore;
import dev.unkai.web.Access;
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

/** Network API v2.0: ports. */
@RestController
@RequestMapping("/network/v2.0/ports")
final class PortsController {
    private static final int MOST_PAIRS = 10;
    private static final int MOST_GROUPS = 20;
    private static final int LONGEST_PROFILE = 4095;

    private final RequestTransactions transactions;
    private final PortAllocation ports;
    private final PortNames names;
    private final Access access;
    private final TrunkStore trunks;
    private final PortStore store;
    private final Listings listings;
    private final Macs macs;
    private final Ids ids;

    PortsController(
            RequestTransactions transactions,
            PortAllocation ports,
            PortNames names,
            Access access,
            TrunkStore trunks,
            PortStore store,
            Listings listings,
            Macs macs,
            Ids ids) {
        this.transactions = transactions;
        this.ports = ports;
        this.names = names;
        this.access = access;
        this.trunks = trunks;
        this.store = store;
        this.listings = listings;
        this.macs = macs;
        this.ids = ids;
    }

    @Allow("network:port:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller,
                db -> listings.pageOf(db, request, "ports", "ports", store.listing, found -> views(db, found, caller)));
    }

    @Allow("network:port:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return transactions.asCaller(caller, db -> {
            Port port = ports.get(db, Paths.id("Port", id));
            return Listings.one(
                    request, "port", views(db, List.of(port), caller).getFirst());
        });
    }

    @Allow("network:port:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body, "port", "ports", caller, in -> view(ports.create(db, caller, read(in, caller)), caller)));
    }

    @Allow("network:port:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "port", caller);
        return Bodies.change(
                () -> transactions.asCaller(caller, db -> {
                    Port port = ports.update(db, caller, Paths.id("Port", id), present -> change(in, caller, present));
                    return Map.of("port", views(db, List.of(port), caller).getFirst());
                }),
                () -> change(in, caller, PortAllocation.blank(ids.next(), "", ids.next(), "", "", "", null)));
    }

    @Allow("network:port:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> ports.delete(db, caller, Paths.id("Port", id)));
    }

    /** A trunk's parent shows what the trunk carries. */
    private List<Map<String, Object>> views(Db db, List<Port> found, Caller caller) {
        Map<UUID, Trunk> carried =
                trunks.ofParents(db, found.stream().map(Port::id).toList());
        return found.stream()
                .map(port -> {
                    Map<String, Object> body = view(port, caller);
                    Trunk trunk = carried.get(port.id());
                    if (trunk != null) {
                        body.put("trunk_details", TrunksController.details(trunk));
                    }
                    return body;
                })
                .toList();
    }

    private Map<String, Object> view(Port port, Caller caller) {
        return PortView.of(port, names.assignments(port), caller.isAdmin());
    }

    private PortWish read(Attributes in, Caller caller) {
        UUID network = in.requiredUuid("network_id");
        return wish(
                in,
                caller,
                PortAllocation.blank(ids.next(), in.project(), network, "", "", "", null),
                mac(in),
                TagsController.read(in));
    }

    private PortWish change(Attributes in, Caller caller, Port present) {
        if (in.has("mac_address") && !in.isNull("mac_address")) {
            in.operatorsOnly("mac_address", Attributes.mac("mac_address", in.raw("mac_address")), present.mac());
        }
        // Null asks for a fresh one.
        String mac = in.isNull("mac_address") ? in.operatorsOnly("mac_address", macs.next(), present.mac()) : mac(in);
        return wish(in, caller, present, mac, present.tags());
    }

    private static @Nullable String mac(Attributes in) {
        boolean said = in.has("mac_address") && !in.isNull("mac_address");
        return said ? Attributes.mac("mac_address", in.raw("mac_address")) : null;
    }

    private PortWish wish(Attributes in, Caller caller, Port present, @Nullable String mac, List<String> tags) {
        in.refuseNull("fixed_ips");
        String owner = in.text("device_owner", 255, present.deviceOwner());
        if (owner.startsWith("network:") && !owner.equals(present.deviceOwner())) {
            in.operatorsOnly("device_owner", owner, present.deviceOwner());
        }
        String device = in.text("device_id", 255, present.deviceId());
        boolean same = owner.equals(present.deviceOwner());
        if (!same && (owner.equals(Port.ROUTER_INTERFACE) || owner.equals(Port.ROUTER_GATEWAY))) {
            throw Refusals.conflict(
                    "PortInUse", "A port becomes a leg of a router by add_router_interface, not by its device_owner.");
        }
        if (present.ofRouter() && !(same && device.equals(present.deviceId()))) {
            throw Refusals.conflict(
                    "PortInUse", "Port " + present.id() + " is a leg of a router; take it off the router instead.");
        }
        Port port = new Port(
                present.id(),
                present.project(),
                present.networkId(),
                in.name(present.name()),
                in.description(present.description()),
                in.flag("admin_state_up", present.adminStateUp()),
                present.mac(),
                device,
                owner,
                present.portSecurity(),
                in.list("allowed_address_pairs", MOST_PAIRS, present.allowedPairs(), PortsController::pair),
                present.fixedIps(),
                present.securityGroups(),
                in.raw("binding:host_id").isNull() ? "" : in.text("binding:host_id", 255, present.bindingHost()),
                profile(in, present),
                vnicType(in, present),
                present.up(),
                present.serverId(),
                present.deviceIndex(),
                present.ownedByDevice(),
                PortExtras.read(in, present.extras()),
                present.fromNetwork(),
                tags,
                present.stamp());
        PortWish wish = new PortWish(
                port,
                mac,
                addresses(in),
                in.has("security_groups")
                        ? in.list(
                                "security_groups",
                                MOST_GROUPS,
                                List.of(),
                                one -> Attributes.asUuid("security_groups", one))
                        : null,
                in.has("port_security_enabled") ? in.flag("port_security_enabled", true) : null);
        in.operatorsName("binding:host_id");
        in.operatorsName("binding:profile");
        in.finish();
        refuseLoosening(caller, present, wish);
        return wish;
    }

    /** Who may let a guest use addresses that are not its own is said in the policy, apart from who may change a port. */
    private void refuseLoosening(Caller caller, Port present, PortWish wish) {
        boolean unguarded = Boolean.FALSE.equals(wish.portSecurity());
        boolean paired = !present.allowedPairs().equals(wish.port().allowedPairs());
        if ((unguarded || paired)
                && !access.policy()
                        .permits("network:port:loosen", caller.token().roles())) {
            throw Refusal.forbidden(
                    "Your role does not allow you to loosen port security. Ask a member of your project.");
        }
    }

    private static String vnicType(Attributes in, Port present) {
        String type = in.word("binding:vnic_type", Set.of("normal"), present.vnicType());
        return type == null ? present.vnicType() : type;
    }

    private static String profile(Attributes in, Port present) {
        if (!in.has("binding:profile") || in.isNull("binding:profile")) {
            return present.bindingProfile();
        }
        JsonNode profile = in.raw("binding:profile");
        String text = profile.toString();
        if (!profile.isObject() || text.length() > LONGEST_PROFILE || text.contains("\\u0000")) {
            throw Refusals.field(
                    "binding:profile", "It must be a JSON object of at most " + LONGEST_PROFILE + " characters.");
        }
        return text;
    }

    static @Nullable List<AddressWish> addresses(Attributes in) {
        return in.has("fixed_ips") ? in.list("fixed_ips", 100, List.of(), PortsController::address) : null;
    }

    static AddressWish address(JsonNode node) {
        JsonNode subnet = node.path("subnet_id");
        JsonNode address = node.path("ip_address");
        int known = (node.has("subnet_id") ? 1 : 0) + (node.has("ip_address") ? 1 : 0);
        if (!node.isObject() || known == 0 || known != node.size()) {
            throw Refusals.field("fixed_ips", "An entry has 'subnet_id', 'ip_address' or both.");
        }
        return new AddressWish(
                subnet.isMissingNode() ? null : Attributes.asUuid("subnet_id", subnet),
                address.isMissingNode() ? null : Attributes.ip("ip_address", address));
    }

    private static Port.AddressPair pair(JsonNode node) {
        JsonNode mac = node.path("mac_address");
        int known = 1 + (node.has("mac_address") ? 1 : 0);
        if (!node.isObject() || !node.has("ip_address") || known != node.size()) {
            throw Refusals.field("allowed_address_pairs", "An entry has 'ip_address' and perhaps 'mac_address'.");
        }
        String address = node.path("ip_address").asString("");
        String canonical = Prefix.parse(address)
                .map(prefix -> address.contains("/")
                        ? prefix.canonical().toString()
                        : prefix.base().toString())
                .orElseThrow(() -> Refusals.field(
                        "allowed_address_pairs",
                        "'" + Attributes.brief(node.path("ip_address")) + "' is not a valid IP address or subnet"));
        return new Port.AddressPair(canonical, mac.isMissingNode() ? null : Attributes.mac("mac_address", mac));
    }
}
