package dev.unkai.cloud.image.metadef;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.metadef.Item.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads definitions from request bodies; what their schemas ({@code /v2/schemas/metadefs/…}) do not know is refused. */
record Definition(String name, ObjectNode body) {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_BODY = 65_536;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> OURS = Set.of("self", "schema", "created_at", "updated_at");
    private static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");

    /** @param named the name where it stands outside of the body, or null */
    static Definition of(Kind kind, JsonNode from, @Nullable String named) {
        if (!from.isObject()) {
            throw Refusal.invalid("A definition of the kind " + kind.wireName() + " must be a JSON object.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        from.propertyStream().forEach(field -> {
            String key = field.getKey();
            if (key.equals("name") || OURS.contains(key)) {
                return;
            }
            if (!kind.fields().contains(key)) {
                throw Refusal.invalid("Additional properties are not allowed ('" + shown(key) + "' was unexpected)");
            }
            body.set(key, field.getValue());
        });
        String name = named != null ? named : text(from, "name", LONGEST_NAME);
        if (kind == Kind.PROPERTY) {
            checkProperty(body);
        } else if (kind == Kind.OBJECT) {
            checkObject(body);
        } else {
            body.propertyStream().forEach(field -> text(body, field.getKey(), LONGEST_NAME));
        }
        return new Definition(checkedName(name), storable(body));
    }

    private static void checkProperty(JsonNode property) {
        if (!property.isObject()) {
            throw Refusal.invalid("A property must be a JSON object.");
        }
        text(property, "title", 255);
        if (!TYPES.contains(text(property, "type", 32))) {
            throw Refusal.invalid("The type of a property must be one of "
                    + String.join(", ", TYPES.stream().sorted().toList()) + ".");
        }
        for (String list : Set.of("enum", "operators")) {
            if (property.has(list) && !property.get(list).isArray()) {
                throw Refusal.invalid("The field \"" + list + "\" of a property must be a list.");
            }
        }
    }

    private static void checkObject(JsonNode object) {
        if (object.has("required") && !object.get("required").isArray()) {
            throw Refusal.invalid("The field \"required\" of an object must be a list.");
        }
        JsonNode properties = object.get("properties");
        if (properties != null) {
            if (!properties.isObject()) {
                throw Refusal.invalid("The field \"properties\" of an object must be a JSON object.");
            }
            properties.propertyStream().forEach(property -> {
                checkedName(property.getKey());
                checkProperty(property.getValue());
            });
        }
    }

    static String text(JsonNode from, String field, int longest) {
        JsonNode value = from.get(field);
        if (value == null || !value.isString()) {
            throw Refusal.invalid("The field \"" + field + "\" must be there and must be a text.");
        }
        String text = value.stringValue();
        if (text.length() > longest) {
            throw Refusal.invalid("The field \"" + field + "\" is longer than " + longest + " characters.");
        }
        return storable(text);
    }

    static String checkedName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.contains("/")) {
            throw Refusal.invalid("A name has 1 to " + LONGEST_NAME + " characters, without a slash.");
        }
        return storable(name);
    }

    /** Throws a refusal for what a database of UTF-8 text cannot hold. */
    static String storable(String text) {
        if (text.codePoints().anyMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF))) {
            throw Refusal.invalid("The request holds a character that cannot be stored.");
        }
        return text;
    }

    private static ObjectNode storable(ObjectNode body) {
        check(body);
        if (JSON.writeValueAsString(body).length() > LONGEST_BODY) {
            throw Refusal.tooLarge("A definition may have " + LONGEST_BODY + " characters.");
        }
        return body;
    }

    private static void check(JsonNode value) {
        if (value.isString()) {
            storable(value.stringValue());
        }
        value.propertyStream().forEach(field -> storable(field.getKey()));
        value.forEach(Definition::check);
    }

    private static String shown(String key) {
        String clean = key.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 64 ? clean.substring(0, 64) : clean;
    }
}
