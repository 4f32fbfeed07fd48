package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.ServerChanges;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.wire.token.Caller;
import java.util.Map;
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

/** {@code /servers/{id}/metadata}: the customer's own notes on a server. */
@RestController
@RequestMapping("/compute/v2.1/servers/{server}/metadata")
class ServerMetadataController {
    private final Servers servers;
    private final ServerChanges changes;

    ServerMetadataController(Servers servers, ServerChanges changes) {
        this.servers = servers;
        this.changes = changes;
    }

    @GetMapping
    @Allow("compute:server:show")
    Shape list(Caller caller, @PathVariable String server) {
        return Shape.of(
                "metadata", servers.find(caller, ServerIds.parse(server)).metadata());
    }

    @PostMapping
    @Allow("compute:server:update")
    Shape add(Caller caller, @PathVariable String server, @RequestBody(required = false) @Nullable JsonNode body) {
        Map<String, String> items = Fields.only(body, "metadata").asMap();
        return Shape.of("metadata", changes.metadata(caller, ServerIds.parse(server), metadata -> {
            metadata.putAll(items);
            return metadata;
        }));
    }

    @PutMapping
    @Allow("compute:server:update")
    Shape replace(Caller caller, @PathVariable String server, @RequestBody(required = false) @Nullable JsonNode body) {
        Map<String, String> items = Fields.only(body, "metadata").asMap();
        return Shape.of("metadata", changes.metadata(caller, ServerIds.parse(server), metadata -> items));
    }

    @GetMapping("/{key}")
    @Allow("compute:server:show")
    Shape show(Caller caller, @PathVariable String server, @PathVariable String key) {
        String value = servers.find(caller, ServerIds.parse(server)).metadata().get(key);
        if (value == null) {
            throw notFound();
        }
        return Shape.of("meta", Map.of(key, value));
    }

    @PutMapping("/{key}")
    @Allow("compute:server:update")
    Shape set(
            Caller caller,
            @PathVariable String server,
            @PathVariable String key,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Map<String, String> items = Fields.only(body, "meta").asMap();
        if (items.size() != 1 || !items.containsKey(key)) {
            throw Refusal.invalid("Request body and URI mismatch: meta must hold exactly the item of the address.");
        }
        changes.metadata(caller, ServerIds.parse(server), metadata -> {
            metadata.putAll(items);
            return metadata;
        });
        return Shape.of("meta", items);
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:server:update")
    void delete(Caller caller, @PathVariable String server, @PathVariable String key) {
        changes.metadata(caller, ServerIds.parse(server), metadata -> {
            if (metadata.remove(key) == null) {
                throw notFound();
            }
            return metadata;
        });
    }

    private static Refusal notFound() {
        return Refusal.notFound("Metadata item was not found");
    }
}
