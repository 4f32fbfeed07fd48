package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.hosts.Aggregates;
import dev.unkai.cloud.hosts.Aggregates.Aggregate;
import dev.unkai.cloud.hosts.ImagesAhead;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** {@code /os-aggregates}: groups of hosts, for the provider. */
@RestController
@RequestMapping("/compute/v2.1/os-aggregates")
class AggregatesController {
    private static final int MOST_IMAGES = 100;

    private final Aggregates aggregates;
    private final ImagesAhead ahead;

    AggregatesController(Aggregates aggregates, ImagesAhead ahead) {
        this.aggregates = aggregates;
        this.ahead = ahead;
    }

    @GetMapping
    @Allow("compute:host:show")
    Shape list(Caller caller, Microversion version) {
        return Shape.of(
                "aggregates",
                aggregates.list(caller).stream()
                        .map(aggregate -> shape(aggregate, version))
                        .toList());
    }

    @PostMapping
    @Allow("compute:aggregate:manage")
    Shape create(Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.only(body, "aggregate");
        String name = fields.text("name", Text.NAME);
        String zone = fields.nullableText("availability_zone", Text.NAME);
        fields.end();
        Shape shape = shape(aggregates.create(caller, name, zone), version);
        shape.remove("hosts"); // as the reference answers a creation
        shape.remove("metadata");
        return Shape.of("aggregate", shape);
    }

    @GetMapping("/{id}")
    @Allow("compute:host:show")
    Shape show(Caller caller, Microversion version, @PathVariable String id) {
        return Shape.of("aggregate", shape(aggregates.show(caller, number(id)), version));
    }

    @PutMapping("/{id}")
    @Allow("compute:aggregate:manage")
    Shape update(
            Caller caller,
            Microversion version,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.only(body, "aggregate");
        if (!fields.has("name") && !fields.has("availability_zone")) {
            throw fields.wrong("aggregate", "must hold a name or an availability_zone");
        }
        String name = fields.optionalText("name", Text.NAME);
        String zone = fields.nullableText("availability_zone", Text.NAME);
        fields.end();
        return Shape.of("aggregate", shape(aggregates.update(caller, number(id), name, zone), version));
    }

    @DeleteMapping("/{id}")
    @Allow("compute:aggregate:manage")
    void delete(Caller caller, @PathVariable String id) {
        aggregates.delete(caller, number(id));
    }

    @PostMapping("/{id}/action")
    @Allow("compute:aggregate:manage")
    Shape act(
            Caller caller,
            Microversion version,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        Aggregate changed = switch (fields.names().size() == 1
                ? fields.names().iterator().next()
                : "") {
            case "add_host" -> aggregates.addHost(caller, number(id), host(fields.object("add_host")));
            case "remove_host" -> aggregates.removeHost(caller, number(id), host(fields.object("remove_host")));
            case "set_metadata" -> aggregates.setMetadata(caller, number(id), metadata(fields.object("set_metadata")));
            default ->
                throw Refusal.invalid("The request body must hold one of add_host, remove_host and set_metadata.");
        };
        return Shape.of("aggregate", shape(changed, version));
    }

    /** The aggregate's hosts fetch the images before a guest asks for them; from 2.81 on. */
    @PostMapping("/{id}/images")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow("compute:aggregate:manage")
    void cache(
            Caller caller,
            Microversion version,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.first(version, 81);
        Fields fields = Fields.of(body);
        List<Fields> listed = fields.objects("cache", MOST_IMAGES);
        fields.end();
        if (listed == null || listed.isEmpty()) {
            throw fields.missing("cache");
        }
        List<UUID> images = new ArrayList<>();
        for (Fields one : listed) {
            UUID image = UUID.fromString(one.text("id", Text.UUID_ID));
            one.end();
            if (images.contains(image)) {
                throw Refusal.invalid("Duplicate images in request");
            }
            images.add(image);
        }
        ahead.ask(caller, number(id), images);
    }

    private static String host(Fields fields) {
        String host = fields.text("host", Text.NAME);
        fields.end();
        return host;
    }

    private static Map<String, @Nullable String> metadata(Fields fields) {
        JsonNode given = fields.raw("metadata");
        if (given == null || !given.isObject()) {
            throw fields.missing("metadata");
        }
        fields.end();
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        given.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isNull() && !value.isString() || entry.getKey().length() > 255) {
                throw Refusal.invalid("Invalid input for field/attribute metadata: values are texts or null.");
            }
            changes.put(entry.getKey(), value.isNull() ? null : value.asString());
        });
        return changes;
    }

    private static int number(String id) {
        if (!id.matches("-?[0-9]{1,60}")) {
            throw Refusal.invalid("Invalid input for field/attribute id: it must be a number.");
        }
        if (!id.matches("[0-9]{1,9}")) {
            throw Refusal.notFound("Aggregate " + id + " could not be found.");
        }
        return Integer.parseInt(id);
    }

    private static Shape shape(Aggregate aggregate, Microversion version) {
        return new Shape()
                .with("id", aggregate.id())
                .when(version.atLeast(41), "uuid", aggregate.uuid())
                .with("name", aggregate.name())
                .with("availability_zone", aggregate.metadata().get(Aggregates.ZONE))
                .with("hosts", List.copyOf(aggregate.hosts()))
                .with("metadata", aggregate.metadata())
                .with("created_at", Times.micros(aggregate.createdAt()))
                .with("updated_at", Times.microsOrNull(aggregate.updatedAt()))
                .with("deleted_at", null)
                .with("deleted", false);
    }
}
