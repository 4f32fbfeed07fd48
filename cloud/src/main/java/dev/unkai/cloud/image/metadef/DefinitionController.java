package dev.unkai.cloud.image.metadef;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.metadef.Item.Kind;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Image API v2: what is in a namespace: {@code objects}, {@code properties}, {@code tags}, {@code resource_types}. */
@RestController
@RequestMapping("/image/v2/metadefs/namespaces/{namespace}")
final class DefinitionController {
    private final Metadefs metadefs;

    DefinitionController(Metadefs metadefs) {
        this.metadefs = metadefs;
    }

    @Allow("image:metadef:show")
    @GetMapping({"/objects", "/properties", "/tags"})
    Map<String, Object> list(Caller caller, @PathVariable String namespace, HttpServletRequest request) {
        Kind asked = kind(request);
        List<Item> items = metadefs.items(caller, Definition.storable(namespace), asked);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("first", MetadefView.path(namespace) + "/" + asked.plural());
        answer.put(
                asked.plural(),
                asked == Kind.PROPERTY
                        ? MetadefView.byName(items)
                        : items.stream()
                                .map(item -> MetadefView.of(namespace, item))
                                .toList());
        answer.put("schema", "/v2/schemas/metadefs/" + asked.plural());
        return answer;
    }

    @Allow("image:metadef:show")
    @GetMapping({"/objects/{name}", "/properties/{name}", "/tags/{name}"})
    Map<String, Object> show(
            Caller caller, @PathVariable String namespace, HttpServletRequest request, @PathVariable String name) {
        return MetadefView.of(
                namespace,
                metadefs.item(caller, Definition.storable(namespace), kind(request), Definition.storable(name)));
    }

    @Allow("image:metadef:change")
    @PostMapping({"/objects", "/properties"})
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> add(
            Caller caller, @PathVariable String namespace, HttpServletRequest request, @RequestBody JsonNode body) {
        Kind asked = kind(request);
        return MetadefView.of(
                namespace,
                metadefs.add(caller, Definition.storable(namespace), asked, Definition.of(asked, body, null)));
    }

    @Allow("image:metadef:change")
    @PutMapping({"/objects/{name}", "/properties/{name}", "/tags/{name}"})
    Map<String, Object> change(
            Caller caller,
            @PathVariable String namespace,
            HttpServletRequest request,
            @PathVariable String name,
            @RequestBody JsonNode body) {
        Kind asked = kind(request);
        return MetadefView.of(
                namespace,
                metadefs.change(
                        caller,
                        Definition.storable(namespace),
                        asked,
                        Definition.storable(name),
                        Definition.of(asked, body, null)));
    }

    @Allow("image:metadef:change")
    @DeleteMapping({"/objects/{name}", "/properties/{name}", "/tags/{name}"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String namespace, HttpServletRequest request, @PathVariable String name) {
        metadefs.remove(caller, Definition.storable(namespace), kind(request), Definition.storable(name));
    }

    @Allow("image:metadef:change")
    @DeleteMapping({"/objects", "/properties", "/tags"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeAll(Caller caller, @PathVariable String namespace, HttpServletRequest request) {
        metadefs.removeAll(caller, Definition.storable(namespace), kind(request));
    }

    /** Which of the addresses of a handler was called. */
    private static Kind kind(HttpServletRequest request) {
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return pattern.contains("/objects") ? Kind.OBJECT : pattern.contains("/tags") ? Kind.TAG : Kind.PROPERTY;
    }

    /** A tag has nothing but its name, which stands in the address. */
    @Allow("image:metadef:change")
    @PostMapping("/tags/{name}")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> addTag(Caller caller, @PathVariable String namespace, @PathVariable String name) {
        Definition tag = Definition.of(Kind.TAG, JsonNodeFactory.instance.objectNode(), name);
        return MetadefView.of(namespace, metadefs.add(caller, Definition.storable(namespace), Kind.TAG, tag));
    }

    /** Several tags, which replace those that are there unless the client asks to put them beside. */
    @Allow("image:metadef:change")
    @PostMapping("/tags")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> putTags(
            Caller caller,
            @PathVariable String namespace,
            @RequestHeader(name = "X-Openstack-Append", required = false) @Nullable String append,
            @RequestBody JsonNode body) {
        JsonNode given = body.get("tags");
        if (given == null || !given.isArray()) {
            throw Refusal.invalid("The field \"tags\" must be a list.");
        }
        List<Definition> tags = new ArrayList<>();
        given.forEach(tag -> tags.add(Definition.of(Kind.TAG, tag, null)));
        List<Item> put =
                metadefs.putTags(caller, Definition.storable(namespace), tags, "true".equalsIgnoreCase(append));
        return Map.of(
                "tags", put.stream().map(tag -> Map.of("name", tag.name())).toList());
    }

    @Allow("image:metadef:show")
    @GetMapping("/resource_types")
    Map<String, Object> resourceTypes(Caller caller, @PathVariable String namespace) {
        return Map.of(
                Kind.RESOURCE_TYPE.plural(),
                metadefs.items(caller, Definition.storable(namespace), Kind.RESOURCE_TYPE).stream()
                        .map(item -> MetadefView.of(namespace, item))
                        .toList());
    }

    @Allow("image:metadef:change")
    @PostMapping("/resource_types")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> associate(Caller caller, @PathVariable String namespace, @RequestBody JsonNode body) {
        return MetadefView.of(
                namespace,
                metadefs.add(
                        caller,
                        Definition.storable(namespace),
                        Kind.RESOURCE_TYPE,
                        Definition.of(Kind.RESOURCE_TYPE, body, null)));
    }

    @Allow("image:metadef:change")
    @DeleteMapping("/resource_types/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void dissociate(Caller caller, @PathVariable String namespace, @PathVariable String name) {
        metadefs.remove(caller, Definition.storable(namespace), Kind.RESOURCE_TYPE, Definition.storable(name));
    }
}
