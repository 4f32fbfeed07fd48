package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Migration;
import dev.unkai.cloud.compute.ServerMoving;
import dev.unkai.cloud.compute.store.MigrationStore.Filter;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /os-migrations} and {@code /servers/{id}/migrations}: resizes and moves, for the provider. */
@RestController
class MigrationsController {
    /** Versions by what came with them: pages, an end of the time of changes, whose a migration is. */
    private static final int PAGED = 59;

    private static final int BOUNDED = 66;
    private static final int OWNED = 80;

    private final ServerMoving moving;
    private final MigrationView view;
    private final Links links;

    MigrationsController(ServerMoving moving, MigrationView view, Links links) {
        this.moving = moving;
        this.view = view;
        this.links = links;
    }

    @GetMapping("/compute/v2.1/os-migrations")
    @Allow("compute:migration:list")
    Shape all(Caller caller, Microversion version, HttpServletRequest request) {
        boolean pages = version.atLeast(PAGED);
        Query query = Query.strictFrom(PAGED, request, version, known(version));
        if (pages) {
            query.once("limit", "marker", "changes-since", "changes-before");
        }
        if (version.atLeast(OWNED)) {
            query.once("user_id", "project_id");
        }
        String server = query.text("instance_uuid");
        String marker = pages ? query.text("marker") : null;
        List<Migration> found = moving.list(
                caller,
                new Filter(
                        server == null ? null : uuid(server),
                        query.text("host"),
                        query.text("source_compute"),
                        query.text("status"),
                        query.text("migration_type"),
                        version.atLeast(OWNED) ? query.text("user_id") : null,
                        version.atLeast(OWNED) ? query.text("project_id") : null,
                        pages ? time(query, "changes-since") : null,
                        version.atLeast(BOUNDED) ? time(query, "changes-before") : null,
                        marker == null ? null : uuid(marker),
                        pages ? query.limit() : null));
        Shape answer = Shape.of(
                "migrations", found.stream().map(one -> view.of(one, version)).toList());
        if (pages && query.isFull(found.size())) {
            answer.with(
                    "migrations_links",
                    links.next("os-migrations", query, found.getLast().uuid().toString()));
        }
        return answer;
    }

    private static String[] known(Microversion version) {
        List<String> known = new ArrayList<>(List.of(
                "hidden",
                "host",
                "instance_uuid",
                "source_compute",
                "status",
                "migration_type",
                "limit",
                "marker",
                "changes-since"));
        if (version.atLeast(BOUNDED)) {
            known.add("changes-before");
        }
        if (version.atLeast(OWNED)) {
            known.addAll(List.of("user_id", "project_id"));
        }
        return known.toArray(String[]::new);
    }

    private static @Nullable Instant time(Query query, String name) {
        String text = query.text(name);
        return text == null ? null : Times.parse(name, text);
    }

    private static UUID uuid(String text) {
        if (!Text.isUuid(text)) {
            throw Refusal.invalid("Marker or instance_uuid must be a UUID.");
        }
        return UUID.fromString(text);
    }

    @GetMapping("/compute/v2.1/servers/{server}/migrations")
    @Allow("compute:migration:list")
    Shape ofServer(Caller caller, Microversion version, @PathVariable String server) {
        Since.first(version, 23);
        return Shape.of(
                "migrations",
                moving.inProgress(caller, ServerIds.parse(server)).stream()
                        .map(one -> view.ofServer(one, version))
                        .toList());
    }

    @GetMapping("/compute/v2.1/servers/{server}/migrations/{migration}")
    @Allow("compute:migration:list")
    Shape show(Caller caller, Microversion version, @PathVariable String server, @PathVariable String migration) {
        Since.first(version, 23);
        return Shape.of(
                "migration",
                view.ofServer(moving.show(caller, ServerIds.parse(server), number(server, migration)), version));
    }

    @DeleteMapping("/compute/v2.1/servers/{server}/migrations/{migration}")
    @Allow("compute:migration:change")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void abort(Caller caller, Microversion version, @PathVariable String server, @PathVariable String migration) {
        Since.first(version, 24);
        moving.abort(caller, ServerIds.parse(server), number(server, migration), version.atLeast(65));
    }

    @PostMapping("/compute/v2.1/servers/{server}/migrations/{migration}/action")
    @Allow("compute:migration:change")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void act(
            Caller caller,
            Microversion version,
            @PathVariable String server,
            @PathVariable String migration,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.first(version, 22);
        Fields action = Fields.of(body);
        if (!action.isNull("force_complete")) {
            throw action.missing("force_complete");
        }
        action.end();
        moving.forceComplete(caller, ServerIds.parse(server), number(server, migration));
    }

    private static long number(String server, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Refusal.notFound("In-progress live migration " + text.substring(0, Math.min(40, text.length()))
                    + " is not found for server " + server + ".");
        }
        return Long.parseLong(text);
    }
}
