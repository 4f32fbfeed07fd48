package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.network.ProxiedNetworks;
import dev.unkai.cloud.network.ProxiedNetworks.Shown;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /os-networks} and {@code /os-tenant-networks} until 2.35, which stand for the Network API. */
@RestController("computeNetworks")
@RequestMapping("/compute/v2.1")
class NetworksController {
    private static final int LAST = 35;

    /** Of the networks of a time before the Network API; the reference answers null for all of them. */
    private static final List<String> PAST =
            List.of("cidr", "netmask", "gateway", "broadcast", "dns1", "dns2", "cidr_v6", "gateway_v6", "netmask_v6");

    private static final List<String> PAST_FOR_PROVIDER = List.of(
            "created_at",
            "updated_at",
            "deleted_at",
            "deleted",
            "injected",
            "bridge",
            "vlan",
            "vpn_public_address",
            "vpn_public_port",
            "vpn_private_address",
            "dhcp_start",
            "project_id",
            "host",
            "bridge_interface",
            "multi_host",
            "priority",
            "rxtx_base",
            "mtu",
            "dhcp_server",
            "enable_dhcp",
            "share_address");

    private final Transactions transactions;
    private final ProxiedNetworks networks;

    NetworksController(Transactions transactions, ProxiedNetworks networks) {
        this.transactions = transactions;
        this.networks = networks;
    }

    @GetMapping("/os-networks")
    @Allow("compute:network:show")
    Shape list(Caller caller, Microversion version) {
        return Shape.of(
                "networks",
                found(caller, version).stream().map(one -> shape(one, caller)).toList());
    }

    @GetMapping("/os-networks/{id}")
    @Allow("compute:network:show")
    Shape show(Caller caller, Microversion version, @PathVariable String id) {
        return Shape.of("network", shape(find(caller, version, id), caller));
    }

    @GetMapping("/os-tenant-networks")
    @Allow("compute:network:show")
    Shape listOfTenant(Caller caller, Microversion version) {
        return Shape.of(
                "networks",
                found(caller, version).stream().map(NetworksController::brief).toList());
    }

    @GetMapping("/os-tenant-networks/{id}")
    @Allow("compute:network:show")
    Shape showOfTenant(Caller caller, Microversion version, @PathVariable String id) {
        return Shape.of("network", brief(find(caller, version, id)));
    }

    private List<Shown> found(Caller caller, Microversion version) {
        Since.last(version, LAST);
        return transactions.asCaller(caller, networks::list);
    }

    private Shown find(Caller caller, Microversion version, String id) {
        Since.last(version, LAST);
        if (!Text.isUuid(id)) {
            throw Refusal.notFound("Network not found");
        }
        UUID known = Text.uuid(id);
        return transactions.asCaller(caller, db -> networks.get(db, known));
    }

    private static Shape shape(Shown network, Caller caller) {
        Shape shape = new Shape().with("id", network.id()).with("label", network.name());
        PAST.forEach(name -> shape.with(name, null));
        if (caller.isAdmin()) {
            PAST_FOR_PROVIDER.forEach(name -> shape.with(name, null));
        }
        return shape;
    }

    /** "None" as a word is what the reference answers. */
    private static Shape brief(Shown network) {
        return new Shape().with("id", network.id()).with("cidr", "None").with("label", network.name());
    }
}
