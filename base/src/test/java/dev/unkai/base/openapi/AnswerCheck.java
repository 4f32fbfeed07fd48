package dev.unkai.base.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds what goes over the wire against the description of the API, which says it all: what is not in it is a fault too. */
public final class AnswerCheck {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String JSON_TYPE = "application/json";

    private final JsonNode document;
    private final List<Route> routes = new ArrayList<>();

    private record Route(Pattern pattern, int literals, JsonNode verbs) {}

    public AnswerCheck(Path description) {
        try {
            this.document = JSON.readTree(Files.readString(description));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            String pattern = path.getKey().replaceAll("\\{[^}]*}", "[^/]+");
            routes.add(new Route(
                    Pattern.compile(pattern),
                    path.getKey().replaceAll("\\{[^}]*}", "").length(),
                    path.getValue()));
        }
        routes.sort((one, two) -> two.literals - one.literals);
    }

    /**
     * What the description does not allow; empty where all is as it says.
     *
     * @param path as called, with or without a query
     */
    public List<String> faults(
            String method, String path, @Nullable String sent, int status, String type, String answered) {
        String bare = path.replaceAll("[?#].*", "");
        JsonNode operation = routes.stream()
                .filter(route -> route.pattern.matcher(bare).matches())
                .findFirst()
                .map(route -> route.verbs.path(method.toLowerCase(java.util.Locale.ROOT)))
                .orElseGet(JSON::missingNode);
        List<String> faults = new ArrayList<>();
        if (!operation.isObject()) {
            if (status < 300) {
                faults.add("is not described");
            }
            return faults;
        }
        if (status >= 300) {
            refused(status, type, answered, faults);
            return faults;
        }
        JsonNode response = operation.path("responses").path(String.valueOf(status));
        if (!response.isObject()) {
            faults.add("answered " + status + ", which is not described");
            return faults;
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode() != answered.isEmpty()) {
            faults.add(content.isMissingNode() ? "answered a body, which is not described" : "answered no body");
        } else if (content.has(JSON_TYPE) && type.startsWith(JSON_TYPE)) {
            check("answer", content.path(JSON_TYPE).path("schema"), JSON.readTree(answered), faults);
        } else if (!answered.isEmpty()
                && content.properties().stream().noneMatch(each -> type.startsWith(each.getKey()))) {
            faults.add("answered " + type + ", which is not described");
        }
        JsonNode bodies = operation.path("requestBody").path("content");
        JsonNode taken = bodies.path(JSON_TYPE).path("schema");
        boolean isJson = bodies.size() == 1 || sent != null && sent.startsWith("{");
        if (sent != null && !sent.isEmpty() && taken.isObject() && isJson) {
            check("body", taken, JSON.readTree(sent), faults);
        }
        return faults;
    }

    private void refused(int status, String type, String answered, List<String> faults) {
        // Before the handler is known an error has the shape that all APIs share.
        if (status != 401 && !answered.isEmpty() && type.startsWith("application/problem+json")) {
            try {
                check("refusal", resolved("#/components/schemas/Problem"), JSON.readTree(answered), faults);
            } catch (JacksonException e) {
                faults.add("refused in no JSON");
            }
        }
    }

    private JsonNode resolved(String reference) {
        return document.at(reference.substring(1));
    }

    private void check(String path, JsonNode schema, JsonNode value, List<String> faults) {
        if (schema.has("$ref")) {
            check(path, resolved(schema.path("$ref").asString()), value, faults);
            return;
        }
        if (schema.has("anyOf")) {
            List<String> nearest = null;
            for (JsonNode option : schema.path("anyOf")) {
                List<String> own = new ArrayList<>();
                check(path, option, value, own);
                nearest = nearest == null || own.size() < nearest.size() ? own : nearest;
            }
            if (nearest != null) {
                faults.addAll(nearest);
            }
            return;
        }
        if (schema.has("type") && !isOfType(schema.path("type"), value)) {
            faults.add(path + " should be " + schema.path("type") + " and is " + shortened(value));
            return;
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            faults.add(path + " is none of " + schema.path("enum") + " but " + shortened(value));
        }
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", schema.path("items"), value.get(i), faults);
            }
        }
        if (value.isObject()) {
            object(path, schema, value, faults);
        }
    }

    private void object(String path, JsonNode schema, JsonNode value, List<String> faults) {
        JsonNode rest = schema.path("additionalProperties");
        Set<String> known = new HashSet<>();
        for (JsonNode part : parts(schema)) {
            for (JsonNode name : part.path("required")) {
                if (!value.has(name.asString())) {
                    faults.add(path + " lacks " + name.asString());
                }
            }
            for (Map.Entry<String, JsonNode> property : part.path("properties").properties()) {
                known.add(property.getKey());
                if (value.has(property.getKey())) {
                    check(path + "." + property.getKey(), property.getValue(), value.get(property.getKey()), faults);
                }
            }
        }
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            if (rest.isObject()) {
                check(path + "." + property.getKey(), rest, property.getValue(), faults);
            } else if (!known.contains(property.getKey()) && !rest.asBoolean(known.isEmpty())) {
                faults.add(path + " has " + property.getKey() + ", which is not described");
            }
        }
    }

    private List<JsonNode> parts(JsonNode schema) {
        if (schema.has("$ref")) {
            return parts(resolved(schema.path("$ref").asString()));
        }
        if (!schema.has("allOf")) {
            return List.of(schema);
        }
        return schema.path("allOf")
                .valueStream()
                .flatMap(part -> parts(part).stream())
                .toList();
    }

    private static boolean isOfType(JsonNode types, JsonNode value) {
        if (types.isArray()) {
            return types.valueStream().anyMatch(type -> isOfType(type, value));
        }
        return switch (types.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
