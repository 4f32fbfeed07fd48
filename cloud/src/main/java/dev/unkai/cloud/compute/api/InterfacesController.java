package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.ServerInterfaces;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.network.Ports.NicRequest;
import dev.unkai.cloud.network.Ports.ServerPort;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /servers/{id}/os-interface}: the network interfaces of a server, also plugged in and out while it runs. */
@RestController
@RequestMapping("/compute/v2.1/servers/{server}/os-interface")
class InterfacesController {
    private final Servers servers;
    private final ServerInterfaces interfaces;

    InterfacesController(Servers servers, ServerInterfaces interfaces) {
        this.servers = servers;
        this.interfaces = interfaces;
    }

    @GetMapping
    @Allow("compute:server:show")
    Shape list(Caller caller, Microversion version, @PathVariable String server) {
        UUID id = ServerIds.parse(server);
        List<ServerPort> ports = servers.ports(caller, id);
        Map<UUID, String> tags = tags(caller, version, id);
        return Shape.of(
                "interfaceAttachments",
                ports.stream()
                        .map(port -> attachment(port, version, tags.get(port.id())))
                        .toList());
    }

    @GetMapping("/{port}")
    @Allow("compute:server:show")
    Shape show(Caller caller, Microversion version, @PathVariable String server, @PathVariable String port) {
        return servers.ports(caller, ServerIds.parse(server)).stream()
                .filter(one -> one.id().toString().equals(port))
                .findFirst()
                .map(one -> Shape.of(
                        "interfaceAttachment",
                        attachment(
                                one,
                                version,
                                tags(caller, version, ServerIds.parse(server)).get(one.id()))))
                .orElseThrow(() -> missing(server, port));
    }

    @PostMapping
    @Allow("compute:server:act")
    Shape attach(
            Caller caller,
            Microversion version,
            @PathVariable String server,
            @RequestBody(required = false) @Nullable JsonNode body) {
        UUID id = ServerIds.parse(server);
        NicRequest nic = body == null
                ? new NicRequest(null, null, null, null)
                : nic(Fields.only(body, "interfaceAttachment"), version);
        servers.find(caller, id);
        return Shape.of("interfaceAttachment", attachment(interfaces.attach(caller, id, nic), version, nic.tag()));
    }

    /** Only where they are shown. */
    private Map<UUID, String> tags(Caller caller, Microversion version, UUID server) {
        return version.atLeast(70) ? interfaces.tags(caller, server) : Map.of();
    }

    private static NicRequest nic(Fields attachment, Microversion version) {
        UUID network = attachment.uuid("net_id");
        UUID port = attachment.uuid("port_id");
        String tag = version.atLeast(49) ? attachment.optionalText("tag", Text.TAG) : null;
        String address = null;
        List<Fields> addresses = attachment.objects("fixed_ips", 1);
        if (addresses != null) {
            if (addresses.isEmpty()) {
                throw Refusal.invalid(
                        "Invalid input for field/attribute interfaceAttachment.fixed_ips: it must have one address.");
            }
            Fields one = addresses.getFirst();
            address = one.text("ip_address", Text.IP);
            one.end();
        }
        attachment.end();
        if (network != null && port != null) {
            throw Refusal.invalid("Must not input both network_id and port_id");
        }
        if (address != null && network == null) {
            throw Refusal.invalid("Must input network_id when request IP address");
        }
        return new NicRequest(network, port, address, tag);
    }

    @DeleteMapping("/{port}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow("compute:server:act")
    void detach(Caller caller, @PathVariable String server, @PathVariable String port) {
        UUID id = ServerIds.parse(server);
        servers.find(caller, id);
        UUID wanted = Text.UUID_ID.accepts(port) ? UUID.fromString(port) : null;
        if (wanted == null) {
            throw missing(server, port);
        }
        interfaces.detach(caller, id, wanted);
    }

    private static Refusal missing(String server, String port) {
        return Refusal.notFound(
                "Instance " + server + " does not have port with id " + port.substring(0, Math.min(60, port.length())));
    }

    private static Shape attachment(ServerPort port, Microversion version, @Nullable String tag) {
        return new Shape()
                .with("net_id", port.networkId())
                .with("port_id", port.id())
                .with("mac_addr", port.mac())
                .with("port_state", port.status())
                .with(
                        "fixed_ips",
                        port.fixedIps().stream()
                                .map(ip -> new Shape()
                                        .with("subnet_id", ip.subnetId())
                                        .with("ip_address", ip.address()))
                                .toList())
                .when(version.atLeast(70), "tag", tag);
    }
}
