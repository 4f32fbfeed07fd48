package dev.unkai.cloud.image.metadef;

import dev.unkai.cloud.image.metadef.Item.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Definitions as the Image API v2 shows them; what is not there is left out, not null. */
final class MetadefView {
    private static final String ROOT = "/v2/metadefs/namespaces";

    private MetadefView() {}

    static Map<String, Object> of(Namespace namespace) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("namespace", namespace.name());
        if (namespace.displayName() != null) {
            view.put("display_name", namespace.displayName());
        }
        if (namespace.description() != null) {
            view.put("description", namespace.description());
        }
        view.put("visibility", namespace.isPublic() ? "public" : "private");
        view.put("protected", namespace.isProtected());
        view.put("owner", namespace.owner());
        view.put("created_at", time(namespace.createdAt()));
        view.put("updated_at", time(namespace.updatedAt()));
        view.put("self", path(namespace.name()));
        view.put("schema", "/v2/schemas/metadefs/namespace");
        return view;
    }

    static Map<String, Object> of(Metadefs.Listed listed) {
        Map<String, Object> view = of(listed.namespace());
        put(view, Kind.RESOURCE_TYPE, listed.namespace().name(), listed.resourceTypes());
        return view;
    }

    static Map<String, Object> of(Metadefs.Whole whole) {
        Map<String, Object> view = of(whole.namespace());
        String name = whole.namespace().name();
        put(view, Kind.RESOURCE_TYPE, name, whole.resourceTypes());
        put(view, Kind.OBJECT, name, whole.objects());
        if (!whole.properties().isEmpty()) {
            view.put(Kind.PROPERTY.plural(), byName(whole.properties()));
        }
        if (!whole.tags().isEmpty()) {
            view.put(
                    Kind.TAG.plural(),
                    whole.tags().stream().map(tag -> Map.of("name", tag.name())).toList());
        }
        return view;
    }

    private static void put(Map<String, Object> view, Kind kind, String namespace, List<Item> items) {
        if (!items.isEmpty()) {
            view.put(
                    kind.plural(),
                    items.stream().map(item -> of(namespace, item)).toList());
        }
    }

    static Map<String, Object> of(String namespace, Item item) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", item.name());
        item.body().propertyStream().forEach(field -> view.put(field.getKey(), field.getValue()));
        if (item.kind() == Kind.OBJECT) {
            view.putIfAbsent("required", List.of());
            view.put("self", path(namespace) + "/objects/" + encoded(item.name()));
            view.put("schema", "/v2/schemas/metadefs/object");
        }
        if (item.kind() != Kind.PROPERTY) {
            view.put("created_at", time(item.createdAt()));
            view.put("updated_at", time(item.updatedAt()));
        }
        return view;
    }

    /** Properties stand in an object, each under its name. */
    static Map<String, Object> byName(List<Item> properties) {
        Map<String, Object> all = new LinkedHashMap<>();
        properties.forEach(property -> all.put(property.name(), property.body()));
        return all;
    }

    static String path(String namespace) {
        return ROOT + "/" + encoded(namespace);
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
