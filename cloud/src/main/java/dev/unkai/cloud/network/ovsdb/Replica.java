package dev.unkai.cloud.network.ovsdb;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the server holds, kept current by its monitor: reading it costs no round trip, and a change made by somebody else shows at once.
 * Safe for one writer (the connection's reader) and any readers.
 */
public final class Replica {
    private final Map<String, Map<UUID, Row>> tables = new HashMap<>();
    private final BiConsumer<String, Row> changed;

    /** @param columns column names to their values; columns not monitored are absent */
    public record Row(String table, UUID uuid, Map<String, OvsdbValue> columns) {
        public OvsdbValue column(String name) {
            OvsdbValue value = columns.get(name);
            return value == null ? OvsdbValue.none() : value;
        }

        public Map<String, String> pairs(String name) {
            return column(name) instanceof OvsdbValue.Pairs pairs ? pairs.entries() : Map.of();
        }

        public Set<Object> atoms(String name) {
            return column(name) instanceof OvsdbValue.Atoms atoms ? atoms.members() : Set.of();
        }

        public @Nullable String text(String name) {
            return atoms(name).stream().findFirst().map(Object::toString).orElse(null);
        }
    }

    /** @param changed told after every insert and update of a row (not of deletes), on the reader's thread; must not block */
    public Replica(BiConsumer<String, Row> changed) {
        this.changed = changed;
    }

    /** Takes in the {@code table-updates} of RFC 7047 §4.1.6. */
    public void apply(JsonNode updates) {
        Set<Row> touched = new HashSet<>();
        synchronized (this) {
            for (Map.Entry<String, JsonNode> table : updates.properties()) {
                Map<UUID, Row> rows = tables.computeIfAbsent(table.getKey(), _ -> new HashMap<>());
                for (Map.Entry<String, JsonNode> update : table.getValue().properties()) {
                    UUID uuid = UUID.fromString(update.getKey());
                    JsonNode content = update.getValue().path("new");
                    if (content.isObject()) {
                        Map<String, OvsdbValue> columns = new HashMap<>();
                        content.properties()
                                .forEach(column -> columns.put(column.getKey(), OvsdbValue.read(column.getValue())));
                        Row row = new Row(table.getKey(), uuid, Map.copyOf(columns));
                        rows.put(uuid, row);
                        touched.add(row);
                    } else {
                        rows.remove(uuid);
                    }
                }
            }
        }
        touched.forEach(row -> changed.accept(row.table(), row));
    }

    public synchronized @Nullable Row row(String table, UUID uuid) {
        return tables.getOrDefault(table, Map.of()).get(uuid);
    }

    public synchronized List<Row> rows(String table) {
        return List.copyOf(tables.getOrDefault(table, Map.of()).values());
    }

    public synchronized List<Row> rows(Collection<String> names, Predicate<Row> wanted) {
        return names.stream()
                .flatMap(table -> tables.getOrDefault(table, Map.of()).values().stream())
                .filter(wanted)
                .toList();
    }
}
