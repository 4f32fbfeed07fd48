package dev.unkai.identity.api;

import dev.unkai.base.Refusal;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One JSON object of a request body, read field by field; what does not fit is refused with the field's name. */
public final class Body {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9-]+");

    private final JsonNode node;
    private final String path;

    private Body(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The object that stands under {@code name} at the top of the body, as Identity v3 wraps every resource. */
    public static Body under(@Nullable JsonNode whole, String name) {
        if (whole == null || !whole.isObject()) {
            throw Refusal.invalid("Send a JSON object with the field \"" + name + "\".");
        }
        JsonNode inner = whole.get(name);
        if (inner == null || !inner.isObject()) {
            throw Refusal.invalid("The field \"" + name + "\" must be a JSON object.");
        }
        return new Body(inner, name);
    }

    /** The objects, one at least, that stand in a list under {@code name} at the top of the body. */
    public static List<Body> listUnder(@Nullable JsonNode whole, String name, int most) {
        if (whole == null || !whole.isObject()) {
            throw Refusal.invalid("Send a JSON object with the field \"" + name + "\".");
        }
        List<Body> list = new Body(whole, "").objects(name, most);
        if (list.isEmpty()) {
            throw Refusal.invalid("The field \"" + name + "\" must be a list of JSON objects, one at least.");
        }
        return list;
    }

    /** Refuses fields that nobody would read. */
    public Body only(String... names) {
        Set<String> known = Set.of(names);
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw Refusal.invalid("The field \"" + path + "." + shortened(name) + "\" is not known here.");
            }
        }
        return this;
    }

    /** The same by a record that describes the object: its components are the fields. */
    public Body only(Class<? extends Record> described) {
        return only(Arrays.stream(described.getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new));
    }

    /** Refuses an object without a field. */
    public Body saysSomething() {
        if (node.isEmpty()) {
            throw Refusal.invalid("The field \"" + path + "\" is empty: say what shall change.");
        }
        return this;
    }

    /** Refuses null in fields that are said or left out, as in the reference, where null in others clears them. */
    public Body refuseNull(String... names) {
        for (String name : names) {
            if (isNull(name)) {
                throw Refusal.invalid("The field " + full(name) + " cannot be null. Leave it out.");
            }
        }
        return this;
    }

    /** The fields beside these; {@code id} and {@code links} are ours to say. */
    public Extra beside(String... names) {
        Set<String> known = new HashSet<>(List.of(names));
        known.add("id");
        known.add("links");
        return Extra.of(node, known);
    }

    /** How many fields there are. */
    int size() {
        return node.size();
    }

    public boolean has(String name) {
        return node.has(name);
    }

    /** Whether the field is there and is null, as clients send to clear it. */
    public boolean isNull(String name) {
        JsonNode value = node.get(name);
        return value != null && value.isNull();
    }

    public Body object(String name) {
        return optionalObject(name).orElseThrow(() -> Refusal.invalid("The field " + full(name) + " is missing."));
    }

    public Optional<Body> optionalObject(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw wrong(name, "a JSON object");
        }
        return Optional.of(new Body(value, below(name)));
    }

    public boolean isText(String name) {
        JsonNode value = present(name);
        return value != null && value.isString();
    }

    /** A text that must be there and say something. */
    public String text(String name, int longest) {
        String value = optionalText(name, longest);
        if (value == null || value.isBlank()) {
            throw Refusal.invalid("The field " + full(name) + " is missing or empty.");
        }
        return value;
    }

    /** What a change makes of a text that says something: the present one unless the body has the field. */
    public String text(String name, int longest, String now) {
        return has(name) ? text(name, longest) : now;
    }

    /** A text, empty when the field is absent or null. */
    public String textOrEmpty(String name, int longest) {
        String value = optionalText(name, longest);
        return value == null ? "" : value;
    }

    /** What a change makes of a text: the present one unless the body has the field, empty for null. */
    public String textOrEmpty(String name, int longest, String now) {
        return has(name) ? textOrEmpty(name, longest) : now;
    }

    /** A text, or null when the field is absent or null. */
    public @Nullable String optionalText(String name, int longest) {
        JsonNode value = present(name);
        return value == null ? null : text(value, name, longest);
    }

    /** An ID, or null when the field is absent or null; what cannot be one is refused before it is looked for. */
    public @Nullable String optionalId(String name) {
        String id = optionalText(name, 64);
        if (id != null && !ID.matcher(id).matches()) {
            throw wrong(name, "an ID of letters, digits and hyphens");
        }
        return id;
    }

    private String text(JsonNode value, String name, int longest) {
        if (!value.isString()) {
            throw wrong(name, "a text");
        }
        String text = value.stringValue();
        if (text.length() > longest) {
            throw Refusal.invalid(
                    "The field " + full(name) + " is longer than " + longest + " characters. Shorten it.");
        }
        if (!Texts.isStorable(text)) {
            throw Refusal.invalid("The field " + full(name) + " contains characters that are not text.");
        }
        return text;
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode value = node.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.booleanValue();
    }

    public boolean requiredFlag(String name) {
        if (present(name) == null) {
            throw Refusal.invalid("The field " + full(name) + " is missing.");
        }
        return flag(name, false);
    }

    /** A whole number from {@code least} on, or null when the field is absent or null. */
    public @Nullable Integer number(String name, int least) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isInt() || value.intValue() < least) {
            throw wrong(name, "a whole number from " + least + " to " + Integer.MAX_VALUE);
        }
        return value.intValue();
    }

    /** Like {@link #number} for a field that must be there. */
    public int requiredNumber(String name, int least) {
        Integer value = number(name, least);
        if (value == null) {
            throw Refusal.invalid("The field " + full(name) + " is missing.");
        }
        return value;
    }

    /** ISO 8601 with or without a zone; without one it is UTC, as the reference takes it. Null when absent or null. */
    public @Nullable Instant time(String name) {
        String text = optionalText(name, 64);
        if (text == null) {
            return null;
        }
        try {
            Instant time = text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            if (!time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw wrong(name, "a time such as 2030-01-31T12:00:00");
    }

    /** Texts, empty when the field is absent. */
    public List<String> texts(String name, int most, int longest) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : items(name, most)) {
            texts.add(text(item, name, longest));
        }
        return texts;
    }

    /** Lists of texts, empty when the field is absent. */
    public List<List<String>> lists(String name, int most, int longest) {
        List<List<String>> lists = new ArrayList<>();
        for (JsonNode item : items(name, most)) {
            if (!item.isArray() || item.size() > most) {
                throw wrong(name, "a list of short lists");
            }
            lists.add(item.valueStream().map(text -> text(text, name, longest)).toList());
        }
        return lists;
    }

    /** Texts by name, empty when the field is absent; numbers and flags are taken as they would be written. */
    public Map<String, String> textsByName(String name, int most, int longest) {
        Map<String, String> texts = new LinkedHashMap<>();
        optionalObject(name).ifPresent(inner -> {
            if (inner.node.size() > most) {
                throw Refusal.invalid("The field " + full(name) + " has more than " + most + " entries.");
            }
            inner.node.propertyStream().forEach(field -> {
                JsonNode value = field.getValue();
                boolean plain = value.isNumber() || value.isBoolean();
                texts.put(
                        field.getKey(),
                        plain ? value.asString() : inner.text(value, shortened(field.getKey()), longest));
            });
        });
        return texts;
    }

    /** Objects, empty when the field is absent. */
    public List<Body> objects(String name, int most) {
        List<Body> objects = new ArrayList<>();
        for (JsonNode item : items(name, most)) {
            if (!item.isObject()) {
                throw wrong(name, "a list of JSON objects");
            }
            objects.add(new Body(item, below(name)));
        }
        return objects;
    }

    /** Refuses an {@code id} in the body that is not the one of the address. */
    public void sameId(String id) {
        String own = optionalText("id", 64);
        if (own != null && !own.equals(id)) {
            throw Refusal.invalid("Cannot change " + path + " ID");
        }
    }

    private Iterable<JsonNode> items(String name, int most) {
        JsonNode value = present(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "a list");
        }
        if (value.size() > most) {
            throw Refusal.invalid("The field " + full(name) + " has more than " + most + " entries.");
        }
        return value;
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private Refusal wrong(String name, String expected) {
        return Refusal.invalid("The field " + full(name) + " must be " + expected + ".");
    }

    private String full(String name) {
        return "\"" + below(name) + "\"";
    }

    private String below(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
