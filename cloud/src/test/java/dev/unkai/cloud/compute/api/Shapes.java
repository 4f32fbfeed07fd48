package dev.unkai.cloud.compute.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded shapes of answers per microversion, and a check against them as strict as the clients' own. */
final class Shapes {
    private static final JsonNode ALL = read();
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:?\\d{2})?");

    private Shapes() {}

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(Shapes.class.getResourceAsStream("/compute/shapes.json"))) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the answer to a client of 2.{@code minor}; empty when nothing is. */
    static List<String> faults(String resource, String shape, int minor, int status, JsonNode body) {
        JsonNode chosen = null;
        for (JsonNode one : ALL.path(resource).path(shape)) {
            if (Integer.parseInt(one.path("since").asString().substring(2)) <= minor) {
                chosen = one;
            }
        }
        if (chosen == null) {
            throw new IllegalArgumentException("There is no shape " + resource + "." + shape + " at 2." + minor);
        }
        List<String> faults = new ArrayList<>();
        boolean expected = false;
        for (JsonNode one : chosen.path("status")) {
            expected |= one.asInt() == status;
        }
        if (!expected) {
            faults.add("status " + status + " is not of " + chosen.path("status"));
        }
        if (!chosen.path("schema").isNull()) {
            check("$", chosen.path("schema"), body, faults);
        }
        return faults;
    }

    private static void check(String path, JsonNode schema, JsonNode value, List<String> faults) {
        if (schema.has("oneOf")) {
            long fits = 0;
            for (JsonNode option : schema.get("oneOf")) {
                List<String> own = new ArrayList<>();
                check(path, option, value, own);
                fits += own.isEmpty() ? 1 : 0;
            }
            if (fits == 0) {
                faults.add(path + " fits none of the allowed forms: " + value);
            }
        }
        if (schema.has("type") && !isOfType(schema.get("type"), value)) {
            faults.add(path + " should be " + schema.get("type") + " but is " + value);
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            faults.add(path + " is none of " + schema.get("enum") + " but " + value);
        }
        if (value.isObject()) {
            object(path, schema, value, faults);
        } else if (value.isArray()) {
            array(path, schema, value, faults);
        } else if (value.isString()) {
            text(path, schema, value.stringValue(), faults);
        }
    }

    private static void object(String path, JsonNode schema, JsonNode value, List<String> faults) {
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asString())) {
                faults.add(path + " lacks " + required.asString());
            }
        }
        boolean closed = schema.has("additionalProperties")
                && schema.get("additionalProperties").isBoolean();
        for (String name : value.propertyNames()) {
            boolean known = schema.path("properties").has(name);
            if (known) {
                check(path + "." + name, schema.get("properties").get(name), value.get(name), faults);
            }
            for (String pattern : schema.path("patternProperties").propertyNames()) {
                if (Pattern.compile(pattern).matcher(name).find()) {
                    known = true;
                    check(path + "." + name, schema.get("patternProperties").get(pattern), value.get(name), faults);
                }
            }
            if (!known && closed) {
                faults.add(path + " has the unknown field " + name);
            }
        }
    }

    private static void array(String path, JsonNode schema, JsonNode value, List<String> faults) {
        if (value.size() < schema.path("minItems").asInt(0)
                || value.size() > schema.path("maxItems").asInt(1 << 20)) {
            faults.add(path + " has " + value.size() + " items");
        }
        if (schema.path("items").isObject()) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", schema.get("items"), value.get(i), faults);
            }
        }
    }

    private static void text(String path, JsonNode schema, String text, List<String> faults) {
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").asString())
                        .matcher(text)
                        .find()) {
            faults.add(path + " is not like " + schema.get("pattern") + ": " + text);
        }
        if (text.length() > schema.path("maxLength").asInt(1 << 20)
                || text.length() < schema.path("minLength").asInt(0)) {
            faults.add(path + " has a wrong length");
        }
        String format = schema.path("format").asString("");
        if (!isOfFormat(format, text)) {
            faults.add(path + " is no " + format + ": " + text);
        }
    }

    private static boolean isOfFormat(String format, String text) {
        return switch (format) {
            case "uuid" -> Text.isUuid(text);
            case "ipv4" -> Text.IPV4.accepts(text);
            case "ipv6" -> text.indexOf(':') >= 0 && InetAddress.ofLiteral(text) != null;
            case "uri" -> URI.create(text).isAbsolute();
            case "iso8601-date-time" -> TIME.matcher(text).matches();
            default -> true;
        };
    }

    private static boolean isOfType(JsonNode types, JsonNode value) {
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (isOfType(type, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (types.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("Unknown type " + types);
        };
    }

    private static boolean contains(JsonNode options, JsonNode value) {
        for (JsonNode option : options) {
            if (option.equals(value) || (option.isNumber() && value.isNumber() && option.asInt() == value.asInt())) {
                return true;
            }
        }
        return false;
    }
}
