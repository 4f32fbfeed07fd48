package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.FloatingIps;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** Network API v2.0: floating addresses. */
@RestController
@RequestMapping("/network/v2.0/floatingips")
final class FloatingIpsController {
    private final RequestTransactions transactions;
    private final FloatingIps floatingIps;
    private final FloatingIpStore store;
    private final PortStore ports;
    private final Listings listings;
    private final Ids ids;

    FloatingIpsController(
            RequestTransactions transactions,
            FloatingIps floatingIps,
            FloatingIpStore store,
            PortStore ports,
            Listings listings,
            Ids ids) {
        this.transactions = transactions;
        this.floatingIps = floatingIps;
        this.store = store;
        this.ports = ports;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:floatingip:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(caller, db -> {
            Map<UUID, Port> known = new HashMap<>();
            return listings.page(db, request, "floatingips", store.listing, one -> view(one, port(db, one, known)));
        });
    }

    @Allow("network:floatingip:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return transactions.asCaller(caller, db -> {
            FloatingIp found = floatingIps.get(db, Paths.id("Floating IP", id));
            return Listings.one(request, "floatingip", view(found, port(db, found, new HashMap<>())));
        });
    }

    @Allow("network:floatingip:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        Attributes in = Attributes.of(body, "floatingip", caller);
        FloatingIp blank = new FloatingIp(
                ids.next(),
                in.project(),
                "",
                in.requiredUuid("floating_network_id"),
                "",
                null,
                null,
                null,
                List.of(),
                Stamp.NEW);
        UUID subnet = in.uuid("subnet_id", null);
        String address = in.has("floating_ip_address") && !in.isNull("floating_ip_address")
                ? in.operatorsOnly(
                        "floating_ip_address",
                        Attributes.ip("floating_ip_address", in.raw("floating_ip_address")),
                        null)
                : null;
        for (String name : List.of("dns_name", "dns_domain")) {
            if (!in.text(name, 255, "").isEmpty()) {
                throw Refusals.field(
                        name,
                        "Names of floating addresses are kept in your own DNS; ports have names inside their network.");
            }
        }
        FloatingIp wanted = patch(in, blank);
        if (wanted.portId() == null && wanted.fixedIp() != null) {
            throw Refusals.invalid(
                    "BadRequest", "Bad floatingip request: fixed_ip_address cannot be specified without a port_id.");
        }
        return transactions.asCaller(caller, db -> {
            FloatingIp made = floatingIps.create(db, caller, wanted, subnet, address);
            return Map.of("floatingip", view(made, port(db, made, new HashMap<>())));
        });
    }

    @Allow("network:floatingip:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.of(body, "floatingip", caller);
        return transactions.asCaller(caller, db -> {
            FloatingIp now = floatingIps.update(db, caller, Paths.id("Floating IP", id), present -> patch(in, present));
            return Map.of("floatingip", view(now, port(db, now, new HashMap<>())));
        });
    }

    @Allow("network:floatingip:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> floatingIps.delete(db, caller, Paths.id("Floating IP", id)));
    }

    /** A new port without a word about the fixed address means: find the address anew. Nothing said at all takes the port away. */
    private static FloatingIp patch(Attributes in, FloatingIp present) {
        UUID port = in.isEmpty() ? null : in.uuid("port_id", present.portId());
        boolean fixedSaid = in.has("fixed_ip_address") && !in.isNull("fixed_ip_address");
        boolean samePort = Objects.equals(port, present.portId());
        String fixed = fixedSaid
                ? Attributes.ip("fixed_ip_address", in.raw("fixed_ip_address"))
                : samePort ? present.fixedIp() : null;
        FloatingIp patched = new FloatingIp(
                present.id(),
                present.project(),
                in.description(present.description()),
                present.floatingNetworkId(),
                present.address(),
                port,
                fixed,
                present.routerId(),
                in.uuid("qos_policy_id", present.qosPolicyId()),
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    private @Nullable Port port(Db db, FloatingIp floatingIp, Map<UUID, Port> known) {
        UUID id = floatingIp.portId();
        if (id == null) {
            return null;
        }
        ports.listing.find(db, id).ifPresent(port -> known.put(id, port));
        return known.get(id);
    }

    private static Map<String, Object> view(FloatingIp floatingIp, @Nullable Port port) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", floatingIp.id());
        body.put("tenant_id", floatingIp.project());
        body.put("floating_ip_address", floatingIp.address());
        body.put("floating_network_id", floatingIp.floatingNetworkId());
        body.put("router_id", floatingIp.routerId());
        body.put("port_id", floatingIp.portId());
        body.put("fixed_ip_address", floatingIp.fixedIp());
        body.put("status", floatingIp.portId() == null ? "DOWN" : "ACTIVE");
        body.put("description", floatingIp.description());
        body.put("port_details", port == null ? null : details(port));
        body.put("port_forwardings", List.of());
        body.put("qos_policy_id", floatingIp.qosPolicyId());
        body.put("dns_name", "");
        body.put("dns_domain", "");
        body.put("tags", floatingIp.tags());
        Bodies.stamp(body, floatingIp.stamp(), floatingIp.project());
        return body;
    }

    private static Map<String, Object> details(Port port) {
        return Map.of(
                "name", port.name(),
                "network_id", port.networkId(),
                "mac_address", port.mac(),
                "admin_state_up", port.adminStateUp(),
                "status", port.up() ? "ACTIVE" : "DOWN",
                "device_id", port.deviceId(),
                "device_owner", port.deviceOwner());
    }
}
