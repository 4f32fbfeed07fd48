package dev.unkai.cloud.evidence.store;

import dev.unkai.cloud.evidence.Hold.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the tables of this module have in common: people with the name they had, and times. */
final class Rows {
    private Rows() {}

    static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    /** What somebody has typed, as a piece of a pattern of {@code like} that means just this; null: any. */
    static @Nullable String literal(@Nullable String words) {
        return words == null ? null : words.replaceAll("([%_\\\\])", "\\\\$1");
    }

    /** Of the columns {@code what_by} and {@code what_name}. */
    static @Nullable Person person(ResultSet row, String what) throws SQLException {
        String id = row.getString(what + "_by");
        return id == null ? null : new Person(id, row.getString(what + "_name"));
    }
}
