package dev.unkai.cloud.compute.api;

import dev.unkai.base.access.Allow;
import dev.unkai.base.access.Role;
import dev.unkai.cloud.compute.NewServer;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerChanges;
import dev.unkai.cloud.compute.ServerCreation;
import dev.unkai.cloud.compute.ServerDeletion;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.compute.ShownServer;
import dev.unkai.cloud.network.AddressText;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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

/** {@code /servers}: making, finding, naming and deleting servers. */
@RestController
@RequestMapping("/compute/v2.1/servers")
class ServersController {
    private final Servers servers;
    private final ServerCreation creation;
    private final ServerChanges changes;
    private final ServerDeletion deletion;
    private final ServerView view;
    private final Links links;

    ServersController(
            Servers servers,
            ServerCreation creation,
            ServerChanges changes,
            ServerDeletion deletion,
            ServerView view,
            Links links) {
        this.servers = servers;
        this.creation = creation;
        this.changes = changes;
        this.deletion = deletion;
        this.view = view;
        this.links = links;
    }

    @GetMapping
    @Allow("compute:server:list")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        ServerListing listing = new ServerListing(request, version, caller);
        if (listing.isEmpty()) {
            return Shape.of("servers", List.of());
        }
        List<Server> found = listing.byAddress() == null
                ? servers.list(caller, listing.search())
                : servers
                        .listByAddress(
                                caller,
                                listing.search(),
                                listing.byAddress(),
                                listing.marker(),
                                listing.query().limit())
                        .stream()
                        .map(ShownServer::server)
                        .toList();
        return page(
                "servers",
                listing.query(),
                found,
                found.stream().map(view::brief).toList());
    }

    @GetMapping("/detail")
    @Allow("compute:server:list")
    Shape detail(Caller caller, Microversion version, HttpServletRequest request) {
        ServerListing listing = new ServerListing(request, version, caller);
        if (listing.isEmpty()) {
            return Shape.of("servers", List.of());
        }
        List<ShownServer> found = listing.byAddress() == null
                ? servers.listShown(caller, listing.search(), depth(caller, version))
                : servers.listByAddress(
                        caller,
                        listing.search(),
                        listing.byAddress(),
                        listing.marker(),
                        listing.query().limit());
        return page(
                "servers/detail",
                listing.query(),
                found.stream().map(ShownServer::server).toList(),
                found.stream()
                        .map(one -> shown(one, version, ServerView.Occasion.DETAIL, caller))
                        .toList());
    }

    private Shape page(String path, Query query, List<Server> found, List<Shape> shapes) {
        Shape page = Shape.of("servers", shapes);
        if (query.isFull(found.size())) {
            page.with(
                    "servers_links",
                    links.next(path, query, found.getLast().id().toString()));
        }
        return page;
    }

    @PostMapping
    @Allow("compute:server:create")
    ResponseEntity<Shape> create(Caller caller, Microversion version, @RequestBody(required = false) JsonNode body) {
        ServerCreateBody wanted = ServerCreateBody.read(body, version, caller);
        NewServer server = wanted.server();
        List<Server> made = creation.create(caller, server);
        Server first = made.getFirst();
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.ACCEPTED);
        if (wanted.reservationWanted()) {
            return answer.body(Shape.of("reservation_id", first.origin().reservationId()));
        }
        List<String> groups = server.securityGroups().isEmpty() ? List.of("default") : server.securityGroups();
        return answer.header("Location", links.self("servers/" + first.id()))
                .body(Shape.of(
                        "server",
                        new Shape()
                                .with("id", first.id())
                                .with("links", links.of("servers/" + first.id()))
                                .with("OS-DCF:diskConfig", first.boot().diskConfig())
                                .with(
                                        "security_groups",
                                        groups.stream()
                                                .map(name -> Shape.of("name", name))
                                                .toList())
                                .with("adminPass", wanted.password().text())));
    }

    @GetMapping("/{id}")
    @Allow("compute:server:show")
    Shape show(Caller caller, Microversion version, @PathVariable String id) {
        ShownServer shown = servers.show(caller, ServerIds.parse(id), depth(caller, version));
        return Shape.of("server", shown(shown, version, ServerView.Occasion.SHOW, caller));
    }

    @PutMapping("/{id}")
    @Allow("compute:server:update")
    Shape update(
            Caller caller,
            Microversion version,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Fields server = Fields.only(body, "server");
        String ipv6 = server.optionalText("accessIPv6", Text.IPV6);
        ServerChanges.Description change = new ServerChanges.Description(
                server.optionalText("name", Text.NAME),
                version.atLeast(90) ? server.optionalText("hostname", Text.HOSTNAME) : null,
                version.atLeast(19) && server.has("description"),
                version.atLeast(19) ? server.nullableText("description", Text.DESCRIPTION) : null,
                server.optionalText("accessIPv4", Text.IPV4),
                ipv6 == null ? null : AddressText.canonical(ipv6),
                server.oneOf("OS-DCF:diskConfig", "AUTO", "MANUAL"));
        server.end();
        ShownServer shown = changes.describe(caller, ServerIds.parse(id), change, depth(caller, version));
        return Shape.of("server", shown(shown, version, ServerView.Occasion.UPDATE, caller));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:server:delete")
    void delete(Caller caller, @PathVariable String id) {
        deletion.delete(caller, ServerIds.parse(id));
    }

    /** What a customer gives a guest for its first start may hold secrets: of the provider's people only an admin sees it. */
    private Shape shown(ShownServer server, Microversion version, ServerView.Occasion occasion, Caller caller) {
        Shape shape = view.of(server, version, occasion, caller.isAdmin());
        if (caller.isAdmin() && !caller.has(Role.ADMIN)) {
            shape.remove("OS-EXT-SRV-ATTR:user_data");
        }
        return shape;
    }

    private static Servers.Depth depth(Caller caller, Microversion version) {
        return caller.isAdmin() ? new Servers.Depth(version.atLeast(3), version.atLeast(16)) : Servers.Depth.PLAIN;
    }
}
