package dev.unkai.identity.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.event.Confidential;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Attributes that a client keeps beside the known ones of a resource, of any JSON type. They mean nothing to us; they are
 * kept and shown, as the Identity API promises.
 */
public record Extra(@Confidential Map<String, JsonNode> attributes) {
    public static final Extra NONE = new Extra(Map.of());
    private static final int LONGEST = 4_096;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Extra {
        attributes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** Those of a row, as {@link #text} wrote them. */
    public static Extra of(String text) {
        if (text.equals("{}")) {
            return NONE;
        }
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        JSON.readTree(text).propertyStream().forEach(field -> attributes.put(field.getKey(), field.getValue()));
        return new Extra(attributes);
    }

    /** Everything in the body but the known fields; what belongs to the answer only is left aside. */
    static Extra of(JsonNode body, Set<String> known) {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        body.propertyStream()
                .filter(field -> !known.contains(field.getKey()))
                .forEach(field -> attributes.put(field.getKey(), field.getValue()));
        attributes.forEach((name, value) -> {
            check(name);
            check(value);
        });
        return new Extra(attributes).checked();
    }

    /** These with the others put over them. */
    public Extra with(Extra others) {
        if (others.attributes.isEmpty()) {
            return this;
        }
        Map<String, JsonNode> all = new LinkedHashMap<>(attributes);
        all.putAll(others.attributes);
        return new Extra(all).checked();
    }

    public String text() {
        return JSON.writeValueAsString(attributes);
    }

    private Extra checked() {
        if (text().length() > LONGEST) {
            throw Refusal.invalid("The attributes beside the known ones are longer than " + LONGEST
                    + " characters together. Shorten them, or check the names.");
        }
        return this;
    }

    private static void check(JsonNode value) {
        if (value.isString()) {
            check(value.stringValue());
        }
        value.propertyStream().forEach(field -> check(field.getKey()));
        value.forEach(Extra::check);
    }

    private static void check(String text) {
        if (!Texts.isStorable(text)) {
            throw Refusal.invalid("An attribute beside the known ones contains characters that are not text.");
        }
    }
}
