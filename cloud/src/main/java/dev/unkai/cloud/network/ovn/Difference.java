package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.ovsdb.Replica;
import dev.unkai.cloud.network.ovsdb.Replica.Row;
import dev.unkai.cloud.network.ovsdb.RowId;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of one OVSDB transaction that turn what the server holds of some units into what is wanted of them. The same for one
 * changed port and for everything; nothing to do gives no operations.
 */
final class Difference {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Something points at a row that neither exists nor is wanted here: more units must be looked at together. */
    static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1;

        Incomplete(String key) {
            super("Nothing is known of " + key, null, false, false);
        }
    }

    /** From so many rows on their holders are indexed first. */
    private static final int MANY = 50;

    private record Membership(String table, RowId holder, String column) {}

    private final Replica replica;
    private final boolean strict;
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();
    private final Map<String, RowId> fresh = new HashMap<>();
    private final Map<String, Row> present = new HashMap<>();
    private final List<ObjectNode> operations = new ArrayList<>();
    private final Set<RowId> asked = new HashSet<>();
    private @Nullable Map<RowId, Set<Membership>> held;
    private final Map<Membership, Set<RowId>> joining = new LinkedHashMap<>();
    private final Map<Membership, Set<RowId>> leaving = new LinkedHashMap<>();

    private Difference(Collection<Wanted> wanted, Replica replica, boolean strict) {
        this.replica = replica;
        this.strict = strict;
        wanted.forEach(row -> this.wanted.put(row.key(), row));
    }

    /**
     * @param units what the wanted rows are the whole of
     * @param strict whether to give up with {@link Incomplete} rather than leave out what points nowhere
     */
    static List<ObjectNode> between(
            Collection<Wanted> wanted, Collection<Unit> units, Replica replica, boolean strict) {
        return new Difference(wanted, replica, strict).compute(units);
    }

    private List<ObjectNode> compute(Collection<Unit> units) {
        List<Row> surplus = sortOut(units);
        int number = 0;
        for (Wanted row : wanted.values()) {
            if (!present.containsKey(row.key())) {
                fresh.put(row.key(), new RowId.Named("row" + number++));
            }
        }
        Map<String, Map<String, Set<RowId>>> born = new HashMap<>();
        for (Wanted row : wanted.values()) {
            hold(row, born);
        }
        for (Wanted row : wanted.values()) {
            Row old = present.get(row.key());
            if (old == null) {
                insert(row, born.getOrDefault(row.key(), Map.of()));
            } else {
                update(row, old);
            }
        }
        surplus.forEach(this::remove);
        mutate(leaving, "delete");
        mutate(joining, "insert");
        return operations;
    }

    /** Finds the row that stands for each wanted one; what is left over is returned. */
    private List<Row> sortOut(Collection<Unit> units) {
        List<Row> surplus = new ArrayList<>();
        for (Unit unit : units) {
            List<Row> rows = new ArrayList<>(replica.labelled(label(Tables.UNIT, unit.toString())));
            rows.sort(Comparator.comparing(Row::uuid));
            for (Row row : rows) {
                String key = row.pairs("external_ids").get(Tables.KEY);
                Wanted match = key == null ? null : wanted.get(key);
                if (match != null && match.table().equals(row.table()) && !present.containsKey(match.key())) {
                    present.put(match.key(), row);
                } else {
                    surplus.add(row);
                }
                asked.add(new RowId.Existing(row.uuid()));
            }
        }
        return surplus;
    }

    private void insert(Wanted row, Map<String, Set<RowId>> members) {
        ObjectNode content = JSON.objectNode();
        columns(row).forEach((column, value) -> content.set(column, value.write()));
        members.forEach((column, ids) -> content.set(column, OvsdbValue.of(ids).write()));
        ObjectNode operation = JSON.objectNode().put("op", "insert").put("table", row.table());
        if (fresh.get(row.key()) instanceof RowId.Named named) {
            operation.put("uuid-name", named.name());
        }
        operation.set("row", content);
        operations.add(operation);
    }

    private void update(Wanted row, Row old) {
        ObjectNode content = JSON.objectNode();
        columns(row).forEach((column, value) -> {
            if (!old.column(column).equals(value)) {
                content.set(column, value.write());
            }
        });
        if (!content.isEmpty()) {
            ObjectNode operation = on("update", row.table(), new RowId.Existing(old.uuid()));
            operation.set("row", content);
            operations.add(operation);
        }
    }

    private Map<String, OvsdbValue> columns(Wanted row) {
        Map<String, OvsdbValue> columns = new LinkedHashMap<>(row.columns());
        row.references().forEach((column, keys) -> {
            Set<RowId> ids = new LinkedHashSet<>();
            for (String key : keys) {
                RowId id = find(key);
                if (id != null) {
                    ids.add(id);
                }
            }
            columns.put(column, OvsdbValue.of(ids));
        });
        columns.put("external_ids", OvsdbValue.of(Map.of(Tables.UNIT, row.unit().toString(), Tables.KEY, row.key())));
        return columns;
    }

    /** Notes where the row must be listed and is not, and where it is listed and must not be. */
    private void hold(Wanted row, Map<String, Map<String, Set<RowId>>> born) {
        RowId self = find(row.key());
        if (self == null) {
            return;
        }
        Set<Membership> should = new HashSet<>();
        for (Wanted.Holder holder : row.holders()) {
            RowId id = find(holder.key());
            if (id instanceof RowId.Named) {
                born.computeIfAbsent(holder.key(), _ -> new HashMap<>())
                        .computeIfAbsent(holder.column(), _ -> new LinkedHashSet<>())
                        .add(self);
            } else if (id != null) {
                should.add(new Membership(tableOf(holder.key()), id, holder.column()));
            }
        }
        Set<Membership> is = present.containsKey(row.key()) ? memberships(row.table(), self) : Set.of();
        should.stream().filter(one -> !is.contains(one)).forEach(one -> note(joining, one, self));
        is.stream().filter(one -> !should.contains(one)).forEach(one -> note(leaving, one, self));
    }

    private Set<Membership> memberships(String table, RowId member) {
        if (wanted.size() > MANY) {
            return index().getOrDefault(member, Set.of());
        }
        Set<Membership> found = new HashSet<>();
        Tables.HOLDERS.getOrDefault(table, Map.of()).forEach((holderTable, column) -> {
            for (Row holder : replica.rows(holderTable)) {
                if (holder.atoms(column).contains(member)) {
                    found.add(new Membership(holderTable, new RowId.Existing(holder.uuid()), column));
                }
            }
        });
        return found;
    }

    /** Who holds which of our rows: all holders are gone through once, where asking each of them for each of many rows would take long. */
    private Map<RowId, Set<Membership>> index() {
        Map<RowId, Set<Membership>> known = held;
        if (known == null) {
            known = new HashMap<>();
            Set<Membership> columns = new HashSet<>();
            for (Map<String, String> holders : Tables.HOLDERS.values()) {
                for (Map.Entry<String, String> holding : holders.entrySet()) {
                    for (Row holder : replica.rows(holding.getKey())) {
                        Membership membership =
                                new Membership(holding.getKey(), new RowId.Existing(holder.uuid()), holding.getValue());
                        if (columns.add(membership)) {
                            for (Object member : holder.atoms(holding.getValue())) {
                                if (member instanceof RowId id && asked.contains(id)) {
                                    known.computeIfAbsent(id, _ -> new HashSet<>())
                                            .add(membership);
                                }
                            }
                        }
                    }
                }
            }
            held = known;
        }
        return known;
    }

    private void remove(Row row) {
        RowId id = new RowId.Existing(row.uuid());
        if (Tables.ROOTS.contains(row.table())) {
            operations.add(on("delete", row.table(), id));
        } else {
            memberships(row.table(), id).forEach(one -> note(leaving, one, id));
        }
    }

    private void mutate(Map<Membership, Set<RowId>> changes, String mutator) {
        changes.forEach((membership, members) -> {
            ObjectNode operation = on("mutate", membership.table(), membership.holder());
            ArrayNode mutation = JSON.arrayNode()
                    .add(membership.column())
                    .add(mutator)
                    .add(OvsdbValue.of(members).write());
            operation.set("mutations", JSON.arrayNode().add(mutation));
            operations.add(operation);
        });
    }

    private @Nullable RowId find(String key) {
        RowId named = fresh.get(key);
        if (named != null) {
            return named;
        }
        Row row = present.get(key);
        if (row == null && !wanted.containsKey(key)) {
            row = replica.labelled(label(Tables.KEY, key)).stream()
                    .min(Comparator.comparing(Row::uuid))
                    .orElse(null);
        }
        if (row != null) {
            return new RowId.Existing(row.uuid());
        }
        if (strict) {
            throw new Incomplete(key);
        }
        return null;
    }

    private String tableOf(String key) {
        Wanted row = wanted.get(key);
        return row != null
                ? row.table()
                : replica.labelled(label(Tables.KEY, key)).getFirst().table();
    }

    private static void note(Map<Membership, Set<RowId>> changes, Membership membership, RowId member) {
        changes.computeIfAbsent(membership, _ -> new LinkedHashSet<>()).add(member);
    }

    private static ObjectNode on(String operation, String table, RowId row) {
        JsonNode id = OvsdbValue.of(row).write();
        ArrayNode condition = JSON.arrayNode().add("_uuid").add("==").add(id);
        ObjectNode node = JSON.objectNode().put("op", operation).put("table", table);
        node.set("where", JSON.arrayNode().add(condition));
        return node;
    }

    /** What rows of ours can be found by in the replica. */
    static List<String> labels(Row row) {
        Map<String, String> ids = row.pairs("external_ids");
        String unit = ids.get(Tables.UNIT);
        String key = ids.get(Tables.KEY);
        return unit == null || key == null ? List.of() : List.of(label(Tables.UNIT, unit), label(Tables.KEY, key));
    }

    static String label(String kind, String value) {
        return kind + "=" + value;
    }
}
