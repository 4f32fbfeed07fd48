package dev.unkai.identity.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants in the two forms of the Identity API: tokens say {@code …123456Z}, resources {@code …123456} (UTC). */
public final class Times {
    private static final DateTimeFormatter BARE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    public static String ofToken(Instant instant) {
        return BARE.format(instant) + "Z";
    }

    public static @Nullable String ofResource(@Nullable Instant instant) {
        return instant == null ? null : BARE.format(instant);
    }

    /** A column that may be null. */
    public static @Nullable Instant column(ResultSet row, String name) throws SQLException {
        Timestamp value = row.getTimestamp(name);
        return value == null ? null : value.toInstant();
    }
}
