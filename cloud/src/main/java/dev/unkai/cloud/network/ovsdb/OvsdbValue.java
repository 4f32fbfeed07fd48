package dev.unkai.cloud.network.ovsdb;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A column's value in one canonical form, so that what we want and what the server holds compare by {@code equals}. RFC 7047 §5.1
 * writes a set of one member and its member alike; here both are {@link Atoms}.
 */
public sealed interface OvsdbValue {
    JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A set with so many members, such as a switch's ports, shares what a change leaves as it is with the set before. */
    int MANY = 64;

    /** @param members of type String, Long, Boolean or RowId */
    record Atoms(Set<Object> members) implements OvsdbValue {
        public Atoms {
            members = members instanceof PSet<Object> ? members : Set.copyOf(members);
        }
    }

    record Pairs(Map<String, String> entries) implements OvsdbValue {
        public Pairs {
            entries = Map.copyOf(entries);
        }
    }

    /** A map whose values are integers, such as a limit's rate. */
    record Numbers(Map<String, Long> entries) implements OvsdbValue {
        public Numbers {
            entries = Map.copyOf(entries);
        }
    }

    static OvsdbValue of(String text) {
        return new Atoms(Set.of(text));
    }

    static OvsdbValue of(long number) {
        return new Atoms(Set.of(number));
    }

    static OvsdbValue of(boolean flag) {
        return new Atoms(Set.of(flag));
    }

    static OvsdbValue of(RowId row) {
        return new Atoms(Set.of(row));
    }

    static OvsdbValue of(Collection<?> members) {
        return new Atoms(new LinkedHashSet<>(members));
    }

    static OvsdbValue of(Map<String, String> entries) {
        return new Pairs(entries);
    }

    /** No entry at all is the same as an empty map of texts. */
    static OvsdbValue numbers(Map<String, Long> entries) {
        return entries.isEmpty() ? new Pairs(Map.of()) : new Numbers(entries);
    }

    static OvsdbValue none() {
        return new Atoms(Set.of());
    }

    /** Reads RFC 7047 notation. */
    static OvsdbValue read(JsonNode node) {
        if (node.isArray() && node.size() == 2 && node.get(0).isString()) {
            JsonNode content = node.get(1);
            switch (node.get(0).stringValue()) {
                case "set" -> {
                    Set<Object> members = new LinkedHashSet<>();
                    for (JsonNode member : content) {
                        members.add(atom(member));
                    }
                    return new Atoms(members);
                }
                case "map" -> {
                    if (!content.isEmpty() && content.get(0).get(1).isIntegralNumber()) {
                        Map<String, Long> numbers = new LinkedHashMap<>();
                        for (JsonNode pair : content) {
                            numbers.put(pair.get(0).asString(), pair.get(1).longValue());
                        }
                        return new Numbers(numbers);
                    }
                    Map<String, String> entries = new LinkedHashMap<>();
                    for (JsonNode pair : content) {
                        entries.put(Objects.toString(atom(pair.get(0))), Objects.toString(atom(pair.get(1))));
                    }
                    return new Pairs(entries);
                }
                default -> {
                    return new Atoms(Set.of(atom(node)));
                }
            }
        }
        return new Atoms(Set.of(atom(node)));
    }

    /**
     * This value after a change that tells only the difference (ovsdb-server(7), "update2"): members on one side only; pairs that came, went (the
     * same pair again) or have another value.
     */
    default OvsdbValue changedBy(OvsdbValue difference) {
        return switch (this) {
            case Atoms atoms
            when difference instanceof Atoms told -> new Atoms(changed(atoms.members(), told.members()));
            case Pairs pairs when difference instanceof Pairs told -> of(merged(pairs.entries(), told.entries()));
            case Numbers numbers
            when difference instanceof Numbers told -> numbers(merged(numbers.entries(), told.entries()));
            case Atoms atoms -> difference;
            case Pairs pairs -> difference;
            case Numbers numbers -> difference;
        };
    }

    private static Set<Object> changed(Set<Object> members, Set<Object> difference) {
        if (members.size() < MANY) {
            Set<Object> changed = new LinkedHashSet<>(members);
            difference.stream().filter(member -> !changed.remove(member)).forEach(changed::add);
            return changed;
        }
        PSet<Object> changed = members instanceof PSet<Object> many ? many : HashTreePSet.from(members);
        for (Object member : difference) {
            changed = changed.contains(member) ? changed.minus(member) : changed.plus(member);
        }
        return changed;
    }

    private static <V> Map<String, V> merged(Map<String, V> entries, Map<String, V> difference) {
        Map<String, V> merged = new LinkedHashMap<>(entries);
        difference.forEach((key, value) -> {
            if (!merged.remove(key, value)) {
                merged.put(key, value);
            }
        });
        return merged;
    }

    /** Writes RFC 7047 notation. */
    default JsonNode write() {
        return switch (this) {
            case Atoms atoms -> {
                if (atoms.members().size() == 1) {
                    yield atomNode(atoms.members().iterator().next());
                }
                ArrayNode content = JSON.arrayNode();
                atoms.members().forEach(member -> content.add(atomNode(member)));
                yield JSON.arrayNode().add("set").add(content);
            }
            case Numbers numbers -> {
                ArrayNode content = JSON.arrayNode();
                numbers.entries()
                        .forEach((key, value) ->
                                content.add(JSON.arrayNode().add(key).add(value)));
                yield JSON.arrayNode().add("map").add(content);
            }
            case Pairs pairs -> {
                ArrayNode content = JSON.arrayNode();
                pairs.entries()
                        .forEach((key, value) ->
                                content.add(JSON.arrayNode().add(key).add(value)));
                yield JSON.arrayNode().add("map").add(content);
            }
        };
    }

    private static Object atom(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isArray() && node.size() == 2) {
            String tag = node.get(0).asString();
            String id = node.get(1).asString();
            return "named-uuid".equals(tag) ? new RowId.Named(id) : new RowId.Existing(UUID.fromString(id));
        }
        throw new OvsdbUnavailable("The OVSDB server sent a value that RFC 7047 does not know: " + node);
    }

    private static JsonNode atomNode(Object atom) {
        return switch (atom) {
            case String text -> JSON.stringNode(text);
            case Long number -> JSON.numberNode(number);
            case Boolean flag -> JSON.booleanNode(flag);
            case RowId.Existing row ->
                JSON.arrayNode().add("uuid").add(row.uuid().toString());
            case RowId.Named row -> JSON.arrayNode().add("named-uuid").add(row.name());
            default -> throw new IllegalArgumentException("Not an OVSDB atom: " + atom);
        };
    }
}
