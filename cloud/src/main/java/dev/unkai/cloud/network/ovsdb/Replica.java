package dev.unkai.cloud.network.ovsdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the server holds, kept current by its monitor: reading it costs no round trip, and a change made by somebody else shows at once.
 * Safe for one writer (the connection's reader) and any readers.
 */
public final class Replica {
    private final Map<String, Map<UUID, Row>> tables = new HashMap<>();
    private final Map<String, Map<UUID, Row>> labelled = new HashMap<>();
    private final Function<Row, List<String>> labels;
    private final Consumer<Change> changed;

    /** @param columns column names to their values; those that are as in an empty row may be absent */
    public record Row(Schema schema, String table, UUID uuid, Map<String, OvsdbValue> columns) {
        public OvsdbValue column(String name) {
            OvsdbValue value = columns.get(name);
            return value == null ? schema.column(table, name).initial() : value;
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

    /** A row that came (nothing before), changed, or went (nothing after). */
    public record Change(@Nullable Row before, @Nullable Row after) {}

    /**
     * @param labels what a row can be found by, besides its table
     * @param changed told after every change of a row; on the reader's thread, so it must not block
     */
    public Replica(Function<Row, List<String>> labels, Consumer<Change> changed) {
        this.labels = labels;
        this.changed = changed;
    }

    /**
     * What a server tells of its tables.
     *
     * @param tables {@code table-updates2} (ovsdb-server(7), "update2"): rows whole when they are new, and only what differs when they change
     */
    public record Updates(Schema schema, JsonNode tables) {}

    /** Takes in what came and what changed. */
    public void apply(Updates updates) {
        List<Change> changes = new ArrayList<>();
        synchronized (this) {
            for (Map.Entry<String, JsonNode> table : updates.tables().properties()) {
                Map<UUID, Row> rows = tables.computeIfAbsent(table.getKey(), _ -> new HashMap<>());
                for (Map.Entry<String, JsonNode> update : table.getValue().properties()) {
                    UUID uuid = UUID.fromString(update.getKey());
                    Row before = rows.get(uuid);
                    Row after = after(updates.schema(), table.getKey(), uuid, before, update.getValue());
                    forget(before);
                    if (after == null) {
                        rows.remove(uuid);
                    } else {
                        rows.put(uuid, after);
                        labels.apply(after)
                                .forEach(label -> labelled.computeIfAbsent(label, _ -> new HashMap<>())
                                        .put(uuid, after));
                    }
                    if (before != null || after != null) {
                        changes.add(new Change(before, after));
                    }
                }
            }
        }
        changes.forEach(changed);
    }

    private static @Nullable Row after(Schema schema, String table, UUID uuid, @Nullable Row before, JsonNode update) {
        JsonNode whole = update.has("initial") ? update.path("initial") : update.path("insert");
        if (whole.isObject()) {
            Map<String, OvsdbValue> columns = new HashMap<>();
            whole.properties().forEach(column -> columns.put(column.getKey(), OvsdbValue.read(column.getValue())));
            return new Row(schema, table, uuid, Map.copyOf(columns));
        }
        JsonNode modified = update.path("modify");
        if (before == null || !modified.isObject()) {
            return null;
        }
        Map<String, OvsdbValue> columns = new HashMap<>(before.columns());
        modified.properties().forEach(column -> {
            Schema.Column kind = schema.column(table, column.getKey());
            OvsdbValue told = OvsdbValue.read(column.getValue());
            columns.put(
                    column.getKey(),
                    kind.many() ? before.column(column.getKey()).changedBy(told) : told);
        });
        return new Row(schema, table, uuid, Map.copyOf(columns));
    }

    private void forget(@Nullable Row row) {
        if (row != null) {
            for (String label : labels.apply(row)) {
                Map<UUID, Row> rows = labelled.getOrDefault(label, Map.of());
                rows.remove(row.uuid());
                if (rows.isEmpty()) {
                    labelled.remove(label);
                }
            }
        }
    }

    /** The rows with this label. */
    public synchronized List<Row> labelled(String label) {
        return List.copyOf(labelled.getOrDefault(label, Map.of()).values());
    }

    /** All labels that begin so. */
    public synchronized List<String> labels(String prefix) {
        return labelled.keySet().stream()
                .filter(label -> label.startsWith(prefix))
                .toList();
    }

    public synchronized List<Row> rows(String table) {
        return List.copyOf(tables.getOrDefault(table, Map.of()).values());
    }
}
