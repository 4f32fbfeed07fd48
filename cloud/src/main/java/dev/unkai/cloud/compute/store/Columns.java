package dev.unkai.cloud.compute.store;

import dev.unkai.cloud.compute.LocalDrives;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Between column types and Java values. */
final class Columns {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> TEXT_MAP = new TypeReference<>() {};

    private Columns() {}

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Of a column that is never null. */
    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Map<String, String> map(ResultSet row, String column) throws SQLException {
        String json = row.getString(column);
        return json == null || json.equals("{}") ? Map.of() : JSON.readValue(json, TEXT_MAP);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        String[] texts = (String[]) row.getArray(column).getArray();
        return texts.length == 0 ? List.of() : List.of(texts);
    }

    static LocalDrives drives(ResultSet row, String column) throws SQLException {
        String json = row.getString(column);
        return json == null ? LocalDrives.UNASKED : JSON.readValue(json, LocalDrives.class);
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }
}
