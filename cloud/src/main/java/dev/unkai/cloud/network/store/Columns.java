package dev.unkai.cloud.network.store;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the column types that JDBC does not know by itself. */
final class Columns {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private Columns() {}

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static @Nullable Integer integerOrNull(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    static List<UUID> uuids(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.copyOf(Arrays.asList((UUID[]) array.getArray()));
    }

    static JsonNode json(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? JSON.nullNode() : JSON.readTree(text);
    }

    static List<Port.FixedIp> fixedIps(ResultSet row, String column) throws SQLException {
        List<Port.FixedIp> result = new ArrayList<>();
        for (JsonNode node : json(row, column)) {
            result.add(new Port.FixedIp(
                    UUID.fromString(node.path("subnet_id").asString()),
                    node.path("ip_address").asString()));
        }
        return List.copyOf(result);
    }

    static List<Subnet.HostRoute> routes(ResultSet row, String column) throws SQLException {
        List<Subnet.HostRoute> result = new ArrayList<>();
        for (JsonNode node : json(row, column)) {
            result.add(new Subnet.HostRoute(
                    node.path("destination").asString(), node.path("nexthop").asString()));
        }
        return List.copyOf(result);
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    static String[] array(List<String> values) {
        return values.toArray(String[]::new);
    }
}
