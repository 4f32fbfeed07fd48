package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One JSON object of a request, read strictly: a field of the wrong type or form is refused with a sentence that names
 * it, and {@link #end} refuses the fields that nobody asked for. Values are never repeated in the sentences, since
 * they may be secrets.
 */
final class Fields {
    private static final Set<String> TRUE = Set.of("true", "1", "on", "yes");
    private static final Set<String> FALSE = Set.of("false", "0", "off", "no");

    private final String path;
    private final ObjectNode node;
    private final Set<String> known = new HashSet<>();

    private Fields(String path, ObjectNode node) {
        this.path = path;
        this.node = node;
    }

    /** The request's body, which must be an object. */
    static Fields of(@Nullable JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            throw Refusal.invalid("The request's body must be a JSON object.");
        }
        return new Fields("", object);
    }

    /** Reads the object {@code {name: {…}}} that holds nothing else. */
    static Fields only(@Nullable JsonNode body, String name) {
        Fields outer = of(body);
        Fields inner = outer.object(name);
        outer.end();
        return inner;
    }

    boolean has(String name) {
        known.add(name);
        return node.has(name);
    }

    /** Whether the field is there with the value null. */
    boolean isNull(String name) {
        JsonNode value = value(name);
        return value != null && value.isNull();
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        return node.get(name);
    }

    Fields object(String name) {
        return optionalObject(name, true);
    }

    @Nullable
    Fields optionalObject(String name) {
        return has(name) ? optionalObject(name, true) : null;
    }

    private Fields optionalObject(String name, boolean required) {
        JsonNode value = value(name);
        if (!(value instanceof ObjectNode object)) {
            throw value == null ? missing(name) : wrong(name, "must be an object");
        }
        return new Fields(at(name), object);
    }

    String text(String name, Text rule) {
        String text = optionalText(name, rule);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    /** Null when absent; a null value is refused. */
    @Nullable
    String optionalText(String name, Text rule) {
        JsonNode value = value(name);
        return value == null ? null : text(name, value, rule);
    }

    /** Null when absent or null. */
    @Nullable
    String nullableText(String name, Text rule) {
        JsonNode value = value(name);
        return value == null || value.isNull() ? null : text(name, value, rule);
    }

    private String text(String name, JsonNode value, Text rule) {
        if (!value.isString() || !rule.accepts(value.stringValue())) {
            throw wrong(name, rule.rule());
        }
        return value.stringValue();
    }

    @Nullable
    String oneOf(String name, String... choices) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isString() || !List.of(choices).contains(value.stringValue())) {
            throw wrong(name, "must be one of " + String.join(", ", choices));
        }
        return value.stringValue();
    }

    @Nullable
    UUID uuid(String name) {
        String text = nullableText(name, Text.UUID_ID);
        return text == null ? null : UUID.fromString(text);
    }

    /** A number, or its digits as text, within the bounds. */
    int integer(String name, int otherwise, int least, int most) {
        JsonNode value = value(name);
        return value == null ? otherwise : integer(name, value, least, most);
    }

    int integer(String name, int least, int most) {
        JsonNode value = value(name);
        if (value == null) {
            throw missing(name);
        }
        return integer(name, value, least, most);
    }

    private int integer(String name, JsonNode value, int least, int most) {
        String rule = most == Integer.MAX_VALUE
                ? "must be a whole number of at least " + least
                : "must be a whole number from " + least + " to " + most;
        String digits = value.isIntegralNumber() ? value.asString() : value.isString() ? value.stringValue() : "";
        if (!digits.matches("-?[0-9]{1,10}")) {
            throw wrong(name, rule);
        }
        long number = Long.parseLong(digits);
        if (number < least || number > most) {
            throw wrong(name, rule);
        }
        return (int) number;
    }

    /** A positive number or its text. */
    double positive(String name, double otherwise) {
        JsonNode value = value(name);
        if (value == null) {
            return otherwise;
        }
        String digits = value.isNumber() ? value.asString() : value.isString() ? value.stringValue() : "";
        if (!digits.matches("[0-9]{1,30}(\\.[0-9]{1,30})?") || Double.parseDouble(digits) <= 0) {
            throw wrong(name, "must be a number above 0");
        }
        return Double.parseDouble(digits);
    }

    boolean bool(String name, boolean otherwise) {
        JsonNode value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        String word = value.isString() ? value.stringValue().toLowerCase(Locale.ROOT) : "";
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw wrong(name, "must be true or false");
        }
        return TRUE.contains(word);
    }

    /** The texts of an array; null when absent. */
    @Nullable
    List<String> texts(String name, Text rule, int most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(name, value, most)) {
            texts.add(text(name, item, rule));
        }
        return texts;
    }

    /** The objects of an array; null when absent. */
    @Nullable
    List<Fields> objects(String name, int most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        List<Fields> objects = new ArrayList<>();
        for (JsonNode item : array(name, value, most)) {
            if (!(item instanceof ObjectNode object)) {
                throw wrong(name, "must be an array of objects");
            }
            objects.add(new Fields(at(name) + "[" + objects.size() + "]", object));
        }
        return objects;
    }

    private JsonNode array(String name, JsonNode value, int most) {
        if (!value.isArray() || value.size() > most) {
            throw wrong(name, "must be an array of at most " + most + " items");
        }
        return value;
    }

    /** Whether the field is text, so that a choice between text and another shape can be made. */
    boolean isText(String name) {
        JsonNode value = value(name);
        return value != null && value.isString();
    }

    /** Name to text, as metadata and extra specs are given; null when absent. */
    @Nullable
    Map<String, String> map(String name) {
        Fields inner = optionalObject(name);
        return inner == null ? null : inner.asMap();
    }

    /** Refuses what is not a list, and by the sentence a list with something in it. */
    void requireEmptyList(String name, String sentence) {
        JsonNode list = value(name);
        if (list != null && !list.isArray()) {
            throw Refusal.invalid("Invalid input for field/attribute " + path + "." + name + ": it must be a list.");
        }
        if (list != null && !list.isEmpty()) {
            throw Refusal.invalid(sentence);
        }
    }

    /** All of this object's fields as name to text. */
    Map<String, String> asMap() {
        return asMap(false);
    }

    /** The same of extra specs, which may be numbers; they are kept as they are written. */
    Map<String, String> asSpecs() {
        return asMap(true);
    }

    private Map<String, String> asMap(boolean numbers) {
        Map<String, String> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (!Text.SPEC_KEY.accepts(entry.getKey())) {
                throw Refusal.invalid(
                        "Invalid input for field/attribute " + path + ": a name " + Text.SPEC_KEY.rule() + ".");
            }
            JsonNode value = entry.getValue();
            JsonNode given = numbers && value.isNumber() ? StringNode.valueOf(value.asString()) : value;
            map.put(entry.getKey(), text(entry.getKey(), given, Text.META_VALUE));
        });
        known.addAll(map.keySet());
        return map;
    }

    /** The names that are there. */
    Set<String> names() {
        return Set.copyOf(node.propertyNames());
    }

    /** The field as it is, for what only needs to be kept; null when absent. */
    @Nullable
    JsonNode raw(String name) {
        return value(name);
    }

    /** Refuses every field that was not asked for. */
    void end() {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw Refusal.invalid("Additional properties are not allowed"
                        + (path.isEmpty() ? "" : " in " + path) + " ('" + name.substring(0, Math.min(60, name.length()))
                        + "' was unexpected).");
            }
        }
    }

    Refusal missing(String name) {
        return Refusal.invalid("Invalid input" + (path.isEmpty() ? "" : " for field/attribute " + path) + ": '" + name
                + "' is a required property.");
    }

    Refusal wrong(String name, String rule) {
        return Refusal.invalid("Invalid input for field/attribute " + at(name) + ": it " + rule + ".");
    }

    private String at(String name) {
        String shown = name.substring(0, Math.min(60, name.length()));
        return path.isEmpty() ? shown : path + "." + shown;
    }
}
