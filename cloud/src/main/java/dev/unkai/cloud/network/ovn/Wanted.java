package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import java.util.List;
import java.util.Map;

/**
 * A row as the northbound database should have it.
 *
 * @param key names the row among all of ours, for ever
 * @param columns plain values
 * @param references columns that point at other rows, by their keys
 * @param holders rows that must hold this one in a set
 */
record Wanted(
        String table,
        Unit unit,
        String key,
        Map<String, OvsdbValue> columns,
        Map<String, List<String>> references,
        List<Holder> holders) {
    /** A row, by key, and its column that lists others. */
    record Holder(String key, String column) {}
}
