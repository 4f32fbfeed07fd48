package dev.unkai.cloud.network.ovsdb;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a server's columns hold (RFC 7047 §3.2), as far as reading {@code update2} notifications needs it. */
final class Schema {
    /**
     * @param map whether it holds pairs
     * @param many whether it may hold more than one, so that a change tells the difference and not the new value
     * @param initial what it holds where nothing is said of it
     */
    record Column(boolean map, boolean many, OvsdbValue initial) {}

    private static final Column UNKNOWN = new Column(false, false, OvsdbValue.none());

    private final Map<String, Map<String, Column>> tables = new HashMap<>();

    /** @param schema the result of {@code get_schema} */
    Schema(JsonNode schema) {
        schema.path("tables").properties().forEach(table -> {
            Map<String, Column> columns = new HashMap<>();
            table.getValue()
                    .path("columns")
                    .properties()
                    .forEach(column -> columns.put(
                            column.getKey(), column(column.getValue().path("type"))));
            tables.put(table.getKey(), columns);
        });
    }

    Column column(String table, String name) {
        return tables.getOrDefault(table, Map.of()).getOrDefault(name, UNKNOWN);
    }

    private static Column column(JsonNode type) {
        if (type.isString()) {
            return new Column(false, false, initial(type.stringValue()));
        }
        JsonNode key = type.path("key");
        boolean map = type.has("value");
        boolean optional = type.path("min").asInt(1) == 0;
        boolean many = type.path("max").asString("1").equals("unlimited")
                || type.path("max").asInt(1) > 1;
        OvsdbValue initial = map
                ? OvsdbValue.of(Map.of())
                : optional
                        ? OvsdbValue.none()
                        : initial(
                                key.isString()
                                        ? key.stringValue()
                                        : key.path("type").asString());
        return new Column(map, many, initial);
    }

    private static OvsdbValue initial(String atom) {
        return switch (atom) {
            case "string" -> OvsdbValue.of("");
            case "integer" -> OvsdbValue.of(0);
            case "boolean" -> OvsdbValue.of(false);
            default -> OvsdbValue.none(); // a real or a reference: we read none whose absence would mean something
        };
    }
}
