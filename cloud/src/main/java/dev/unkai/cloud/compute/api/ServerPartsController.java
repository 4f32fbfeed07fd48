package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.GuestPasswords;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.compute.ShownServer;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
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

/** What hangs on a server: addresses, volumes, consoles, topology. */
@RestController
@RequestMapping("/compute/v2.1/servers/{server}")
class ServerPartsController {
    private final Servers servers;
    private final ConsoleActions consoles;
    private final GuestPasswords passwords;

    ServerPartsController(Servers servers, ConsoleActions consoles, GuestPasswords passwords) {
        this.servers = servers;
        this.consoles = consoles;
        this.passwords = passwords;
    }

    @GetMapping("/ips")
    @Allow("compute:server:show")
    Shape ips(Caller caller, @PathVariable String server) {
        return Shape.of("addresses", addresses(caller, server));
    }

    @GetMapping("/ips/{network}")
    @Allow("compute:server:show")
    Shape ipsOf(Caller caller, @PathVariable String server, @PathVariable String network) {
        List<Shape> addresses = addresses(caller, server).get(network);
        if (addresses == null) {
            throw Refusal.notFound("Instance is not a member of specified network");
        }
        return Shape.of(network, addresses);
    }

    private Map<String, List<Shape>> addresses(Caller caller, String server) {
        ShownServer shown = servers.show(caller, ServerIds.parse(server), Servers.Depth.PLAIN);
        return shown.server().state().vm() == Vm.BUILDING ? Map.of() : ServerView.addresses(shown.addresses(), false);
    }

    @GetMapping("/os-volume_attachments")
    @Allow("compute:server:show")
    Shape volumes(Caller caller, @PathVariable String server) {
        servers.find(caller, ServerIds.parse(server));
        return Shape.of("volumeAttachments", List.of());
    }

    @GetMapping("/os-volume_attachments/{volume}")
    @Allow("compute:server:show")
    Shape volume(Caller caller, @PathVariable String server, @PathVariable String volume) {
        throw noVolume(caller, server, volume);
    }

    @PostMapping("/os-volume_attachments")
    @Allow("compute:server:act")
    Shape attachVolume(
            Caller caller, @PathVariable String server, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields attachment = Fields.only(body, "volumeAttachment");
        throw noVolume(caller, server, attachment.text("volumeId", Text.UUID_ID));
    }

    @DeleteMapping("/os-volume_attachments/{volume}")
    @Allow("compute:server:act")
    void detachVolume(Caller caller, @PathVariable String server, @PathVariable String volume) {
        throw noVolume(caller, server, volume);
    }

    private Refusal noVolume(Caller caller, String server, String volume) {
        servers.find(caller, ServerIds.parse(server));
        return Refusal.notFound("Volume " + volume + " could not be found.");
    }

    @PostMapping("/remote-consoles")
    @Allow("compute:server:act")
    Shape remoteConsole(
            Caller caller,
            Microversion version,
            @PathVariable String server,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.first(version, 6);
        return consoles.remote(caller, ServerIds.parse(server), version, Fields.only(body, "remote_console"));
    }

    @GetMapping("/topology")
    @Allow("compute:server:show")
    Shape topology(Caller caller, Microversion version, @PathVariable String server) {
        Since.first(version, 78);
        servers.find(caller, ServerIds.parse(server));
        return new Shape().with("nodes", List.of()).with("pagesize_kb", null);
    }

    /** Forgets the password that the guest left at its metadata service. */
    @DeleteMapping("/os-server-password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:server:act")
    void clearPassword(Caller caller, @PathVariable String server) {
        passwords.clear(caller, ServerIds.parse(server));
    }

    @GetMapping("/os-server-password")
    @Allow("compute:server-password:show")
    Shape password(Caller caller, @PathVariable String server) {
        return Shape.of("password", passwords.of(caller, ServerIds.parse(server)));
    }
}
