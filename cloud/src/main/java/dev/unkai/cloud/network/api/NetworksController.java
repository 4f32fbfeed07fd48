package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.DnsNames;
import dev.unkai.cloud.network.domain.Networks;
import dev.unkai.cloud.network.domain.QosUse;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
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

/** Network API v2.0: networks. */
@RestController
@RequestMapping("/network/v2.0/networks")
final class NetworksController {
    private static final int GENEVE_OVERHEAD = 58; // outer Ethernet, IPv4, UDP, Geneve with OVN's option
    private static final int LEAST_MTU = 68; // RFC 791
    private static final List<String> PROVIDERS =
            List.of("provider:network_type", "provider:physical_network", "provider:segmentation_id");
    private static final Set<String> TYPES = Set.of(Network.GENEVE, Network.VLAN, Network.FLAT);

    private final RequestTransactions transactions;
    private final Networks networks;
    private final QosUse qos;
    private final NetworkStore store;
    private final Listings listings;
    private final ZoneHints zones;
    private final Ids ids;
    private final int physicalMtu;

    NetworksController(
            RequestTransactions transactions,
            Networks networks,
            QosUse qos,
            NetworkStore store,
            Listings listings,
            ZoneHints zones,
            Ids ids,
            @Value("${unkai.network.mtu:1500}") int physicalMtu) {
        this.transactions = transactions;
        this.networks = networks;
        this.qos = qos;
        this.store = store;
        this.listings = listings;
        this.zones = zones;
        this.ids = ids;
        this.physicalMtu = physicalMtu;
    }

    @Allow("network:network:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller,
                db -> listings.page(
                        db, request, "networks", store.listing, network -> NetworkView.of(network, caller.isAdmin())));
    }

    @Allow("network:network:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Network network = transactions.asCaller(caller, db -> networks.get(db, Paths.id("Network", id)));
        return Listings.one(request, "network", NetworkView.of(network, caller.isAdmin()));
    }

    @Allow("network:network:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body,
                        "network",
                        "networks",
                        caller,
                        in -> NetworkView.of(networks.create(db, caller, read(db, in)), caller.isAdmin())));
    }

    @Allow("network:network:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "network", caller);
        Network network = Bodies.change(
                () -> transactions.asCaller(
                        caller,
                        db -> networks.update(db, caller, Paths.id("Network", id), present -> read(in, present))),
                () -> read(in, blank("", Network.FLAT, physicalMtu, null, null, List.of())));
        return Map.of("network", NetworkView.of(network, caller.isAdmin()));
    }

    @Allow("network:network:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> networks.delete(db, caller, Paths.id("Network", id)));
    }

    private Network read(Db db, Attributes in) {
        String type = in.word("provider:network_type", TYPES, Network.GENEVE);
        String physical = in.has("provider:physical_network") ? in.text("provider:physical_network", 255, "") : null;
        Integer number = in.number("provider:segmentation_id", 1, (1 << 24) - 1, null);
        PROVIDERS.forEach(in::operatorsName);
        String kind = type == null ? Network.GENEVE : type;
        checkProvider(kind, physical, number);
        int longest = kind.equals(Network.GENEVE) ? physicalMtu - GENEVE_OVERHEAD : physicalMtu;
        Network blank = blank(in.project(), kind, longest, physical, number, zones.read(db, in));
        boolean limitSaid = in.has("qos_policy_id");
        Network wanted = patch(in, blank, longest);
        return limitSaid
                ? wanted
                : wanted.limitedBy(qos.defaultOf(db, wanted.project()).orElse(null));
    }

    private Network blank(
            String project,
            String type,
            int longest,
            @Nullable String physical,
            @Nullable Integer number,
            List<String> zoneHints) {
        return new Network(
                ids.next(),
                project,
                "",
                "",
                true,
                false,
                false,
                false,
                true,
                longest,
                type,
                physical,
                number,
                List.of(),
                new Network.Links("", null, null, null, zoneHints),
                List.of(),
                Stamp.NEW);
    }

    private Network read(Attributes in, Network present) {
        PROVIDERS.forEach(in::operatorsName);
        int longest = present.networkType().equals(Network.GENEVE) ? physicalMtu - GENEVE_OVERHEAD : physicalMtu;
        return patch(in, present, longest);
    }

    private static Network patch(Attributes in, Network present, int longest) {
        Integer mtu = in.number("mtu", LEAST_MTU, longest, present.mtu());
        boolean external =
                in.operatorsOnly("router:external", in.flag("router:external", present.external()), present.external());
        Network patched = new Network(
                present.id(),
                present.project(),
                in.name(present.name()),
                in.description(present.description()),
                in.flag("admin_state_up", present.adminStateUp()),
                in.operatorsOnly("shared", in.flag("shared", present.shared()), present.shared()),
                external,
                in.operatorsOnly("is_default", in.flag("is_default", present.isDefault()), present.isDefault()),
                in.flag("port_security_enabled", present.portSecurity()),
                mtu == null ? present.mtu() : mtu,
                present.networkType(),
                present.physicalNetwork(),
                present.segmentationId(),
                present.subnets(),
                new Network.Links(
                        DnsNames.domain(
                                "dns_domain",
                                in.text("dns_domain", 255, present.links().dnsDomain())),
                        in.uuid("qos_policy_id", present.links().qosPolicyId()),
                        present.links().ipv4Scope(),
                        present.links().ipv6Scope(),
                        present.links().zoneHints()),
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    private static void checkProvider(String type, @Nullable String physical, @Nullable Integer number) {
        if (type.equals(Network.GENEVE) && physical != null) {
            throw Refusals.invalid("provider:physical_network specified for geneve network");
        }
        if (!type.equals(Network.GENEVE) && physical == null) {
            throw Refusals.invalid("physical_network required for " + type + " provider network");
        }
        if (type.equals(Network.FLAT) && number != null) {
            throw Refusals.invalid("segmentation_id specified for flat network");
        }
        if (type.equals(Network.VLAN) && number != null && number > 4094) {
            throw Refusals.invalid("segmentation_id out of range (1 through 4094)");
        }
    }
}
