package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.ServerChanges;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /servers/{id}/tags}, since 2.26. */
@RestController
@RequestMapping("/compute/v2.1/servers/{server}/tags")
class ServerTagsController {
    private final Servers servers;
    private final ServerChanges changes;
    private final Links links;

    ServerTagsController(Servers servers, ServerChanges changes, Links links) {
        this.servers = servers;
        this.changes = changes;
        this.links = links;
    }

    @GetMapping
    @Allow("compute:server:show")
    Shape list(Caller caller, Microversion version, @PathVariable String server) {
        Since.first(version, 26);
        return Shape.of("tags", servers.find(caller, ServerIds.parse(server)).tags());
    }

    @PutMapping
    @Allow("compute:server:update")
    Shape replace(
            Caller caller,
            Microversion version,
            @PathVariable String server,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.first(version, 26);
        Fields fields = Fields.of(body);
        List<String> tags = fields.texts("tags", Text.TAG, 50);
        if (tags == null) {
            throw fields.missing("tags");
        }
        fields.end();
        return Shape.of("tags", changes.tags(caller, ServerIds.parse(server), old -> tags));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:server:update")
    void clear(Caller caller, Microversion version, @PathVariable String server) {
        Since.first(version, 26);
        changes.tags(caller, ServerIds.parse(server), old -> List.of());
    }

    @GetMapping("/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:server:show")
    void check(Caller caller, Microversion version, @PathVariable String server, @PathVariable String tag) {
        Since.first(version, 26);
        UUID id = ServerIds.parse(server);
        if (!servers.find(caller, id).tags().contains(tag)) {
            throw notFound(id, tag);
        }
    }

    @PutMapping("/{tag}")
    @Allow("compute:server:update")
    ResponseEntity<Void> add(
            Caller caller, Microversion version, @PathVariable String server, @PathVariable String tag) {
        Since.first(version, 26);
        if (!Text.TAG.accepts(tag)) {
            throw Refusal.invalid("Tag '" + tag.substring(0, Math.min(60, tag.length())) + "' is invalid: it "
                    + Text.TAG.rule() + ".");
        }
        AtomicBoolean fresh = new AtomicBoolean();
        UUID id = ServerIds.parse(server);
        changes.tags(caller, id, old -> {
            List<String> tags = new ArrayList<>(old);
            fresh.set(!old.contains(tag) && tags.add(tag));
            return tags;
        });
        return fresh.get()
                ? ResponseEntity.status(HttpStatus.CREATED)
                        .header("Location", links.self("servers/" + id + "/tags/" + Links.encoded(tag)))
                        .build()
                : ResponseEntity.noContent().build();
    }

    @DeleteMapping("/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:server:update")
    void remove(Caller caller, Microversion version, @PathVariable String server, @PathVariable String tag) {
        Since.first(version, 26);
        UUID id = ServerIds.parse(server);
        changes.tags(caller, id, old -> {
            List<String> tags = new ArrayList<>(old);
            if (!tags.remove(tag)) {
                throw notFound(id, tag);
            }
            return tags;
        });
    }

    private static Refusal notFound(UUID server, String tag) {
        return Refusal.notFound(
                "Server " + server + " has no tag '" + tag.substring(0, Math.min(60, tag.length())) + "'");
    }
}
