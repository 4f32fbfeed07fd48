package dev.unkai.cloud.image.metadef;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.metadef.Item.Kind;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Image API v2: {@code /v2/metadefs/namespaces} and {@code /v2/metadefs/resource_types}. */
@RestController
@RequestMapping("/image/v2/metadefs")
final class NamespaceController {
    private static final int DEFAULT_LIMIT = 25;
    private static final int LARGEST_LIMIT = 1_000;
    private static final Set<String> FIELDS = Set.of(
            "namespace",
            "display_name",
            "description",
            "visibility",
            "protected",
            "owner",
            "created_at",
            "updated_at",
            "self",
            "schema",
            "objects",
            "properties",
            "tags",
            "resource_type_associations");

    private final Metadefs metadefs;

    NamespaceController(Metadefs metadefs) {
        this.metadefs = metadefs;
    }

    @Allow("image:metadef:show")
    @GetMapping("/resource_types")
    Map<String, Object> resourceTypes(Caller caller) {
        return Map.of(
                "resource_types",
                metadefs.resourceTypes(caller).stream()
                        .map(type -> Map.of(
                                "name",
                                type.name(),
                                "created_at",
                                MetadefView.time(type.createdAt()),
                                "updated_at",
                                MetadefView.time(type.createdAt())))
                        .toList());
    }

    @Allow("image:metadef:show")
    @GetMapping("/namespaces")
    Map<String, Object> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String visibility,
            @RequestParam(name = "resource_types", required = false) @Nullable String resourceTypes,
            @RequestParam(required = false) @Nullable String marker,
            @RequestParam(required = false) @Nullable String limit) {
        if (visibility != null && !Set.of("public", "private").contains(visibility)) {
            throw Refusal.invalid("Invalid visibility value: " + Definition.storable(visibility));
        }
        int most = limit(limit);
        List<String> types = resourceTypes == null
                ? List.of()
                : List.of(Definition.storable(resourceTypes).split(","));
        List<Metadefs.Listed> found =
                metadefs.list(caller, visibility, types, marker == null ? null : Definition.storable(marker), most);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("first", "/v2/metadefs/namespaces");
        answer.put("namespaces", found.stream().map(MetadefView::of).toList());
        answer.put("schema", "/v2/schemas/metadefs/namespaces");
        if (!found.isEmpty() && found.size() == most) {
            String last = MetadefView.path(found.getLast().namespace().name());
            answer.put(
                    "next",
                    "/v2/metadefs/namespaces?marker=" + last.substring(last.lastIndexOf('/') + 1)
                            + (limit == null ? "" : "&limit=" + most));
        }
        return answer;
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 0) {
                return Math.min(limit, LARGEST_LIMIT);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Refusal.invalid("limit param must be a whole number, 0 or more.");
    }

    @Allow("image:metadef:change")
    @PostMapping("/namespaces")
    ResponseEntity<Map<String, Object>> create(Caller caller, @RequestBody JsonNode body) {
        Namespace wanted = read(body, caller.project());
        Map<Kind, List<Definition>> contents = new EnumMap<>(Kind.class);
        for (Kind kind : List.of(Kind.RESOURCE_TYPE, Kind.OBJECT, Kind.TAG)) {
            JsonNode given = body.get(kind.plural());
            if (given == null) {
                continue;
            }
            if (!given.isArray()) {
                throw Refusal.invalid("The field \"" + kind.plural() + "\" must be a list.");
            }
            List<Definition> definitions = new ArrayList<>();
            given.forEach(one -> definitions.add(Definition.of(kind, one, null)));
            contents.put(kind, definitions);
        }
        JsonNode properties = body.get(Kind.PROPERTY.plural());
        if (properties != null) {
            if (!properties.isObject()) {
                throw Refusal.invalid("The field \"properties\" must be a JSON object.");
            }
            contents.put(
                    Kind.PROPERTY,
                    properties
                            .propertyStream()
                            .map(one -> Definition.of(Kind.PROPERTY, one.getValue(), one.getKey()))
                            .toList());
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", MetadefView.path(wanted.name()))
                .body(MetadefView.of(metadefs.create(caller, wanted, contents)));
    }

    @Allow("image:metadef:show")
    @GetMapping("/namespaces/{namespace}")
    Map<String, Object> show(Caller caller, @PathVariable String namespace) {
        return MetadefView.of(metadefs.show(caller, Definition.storable(namespace)));
    }

    /** Replaces the whole: what is not said becomes what it is in a new namespace. */
    @Allow("image:metadef:change")
    @PutMapping("/namespaces/{namespace}")
    Map<String, Object> update(Caller caller, @PathVariable String namespace, @RequestBody JsonNode body) {
        Namespace wanted = read(body, caller.project());
        return MetadefView.of(metadefs.update(caller, Definition.storable(namespace), _ -> wanted));
    }

    @Allow("image:metadef:change")
    @DeleteMapping("/namespaces/{namespace}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String namespace) {
        metadefs.delete(caller, Definition.storable(namespace));
    }

    private static Namespace read(JsonNode body, String project) {
        if (!body.isObject()) {
            throw Refusal.invalid("A namespace must be a JSON object.");
        }
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw Refusal.invalid("Additional properties are not allowed: see /v2/schemas/metadefs/namespace.");
            }
        }
        JsonNode shielded = body.get("protected");
        if (shielded != null && !shielded.isBoolean()) {
            throw Refusal.invalid("The field \"protected\" must be true or false.");
        }
        String visibility = body.has("visibility") ? Definition.text(body, "visibility", 16) : "private";
        if (!Set.of("public", "private").contains(visibility)) {
            throw Refusal.invalid("The field \"visibility\" must be public or private.");
        }
        return new Namespace(
                Definition.checkedName(Definition.text(body, "namespace", 80)),
                body.has("owner") ? Definition.text(body, "owner", 255) : project,
                body.has("display_name") ? Definition.text(body, "display_name", 80) : null,
                body.has("description") ? Definition.text(body, "description", 500) : null,
                visibility.equals("public"),
                shielded != null && shielded.booleanValue(),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
