package dev.unkai.cloud.compute.api;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * {@code /os-server-external-events}: what another service tells of servers. Nothing here waits for it, since networks and
 * disks are reconciled in the same house: events are checked and acknowledged as by the reference.
 */
@RestController
class ExternalEventsController {
    private static final int MOST = 1000;
    private static final Set<String> NEED_A_TAG = Set.of("volume-extended", "accelerator-request-bound");

    private final Servers servers;

    ExternalEventsController(Servers servers) {
        this.servers = servers;
    }

    @PostMapping("/compute/v2.1/os-server-external-events")
    @Allow("compute:service:manage")
    ResponseEntity<Shape> create(
            Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        List<Fields> events = fields.objects("events", MOST);
        if (events == null || events.isEmpty()) {
            throw fields.missing("events");
        }
        fields.end();
        boolean all = true;
        List<Shape> answers = new ArrayList<>();
        for (Fields event : events) {
            UUID server = event.uuid("server_uuid");
            if (server == null) {
                throw event.missing("server_uuid");
            }
            String name = event.oneOf("name", names(version));
            if (name == null) {
                throw event.missing("name");
            }
            String status = event.oneOf("status", "failed", "completed", "in-progress");
            String tag = event.optionalText("tag", Text.META_VALUE);
            event.end();
            int code = code(caller, server, NEED_A_TAG.contains(name) && tag == null);
            all &= code == 200;
            answers.add(new Shape()
                    .with("server_uuid", server)
                    .with("name", name)
                    .when(tag != null, "tag", tag)
                    .with("status", code == 200 ? status == null ? "completed" : status : "failed")
                    .with("code", code));
        }
        return ResponseEntity.status(all ? 200 : 207).body(Shape.of("events", answers));
    }

    private int code(Caller caller, UUID id, boolean tagMissing) {
        Optional<Server> server = servers.known(caller, id);
        if (server.isEmpty()) {
            return 404;
        }
        return tagMissing ? 400 : server.get().observed().hostId() == null ? 422 : 200;
    }

    private static String[] names(Microversion version) {
        List<String> names = new ArrayList<>(
                List.of("network-changed", "network-vif-plugged", "network-vif-unplugged", "network-vif-deleted"));
        if (version.atLeast(51)) {
            names.add("volume-extended");
        }
        if (version.atLeast(76)) {
            names.add("power-update");
        }
        if (version.atLeast(82)) {
            names.add("accelerator-request-bound");
        }
        return names.toArray(String[]::new);
    }
}
