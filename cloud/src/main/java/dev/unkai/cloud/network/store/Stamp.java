package dev.unkai.cloud.network.store;

import dev.unkai.base.event.Unrecorded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** When a resource was made and last changed, and how often. */
@Unrecorded
public record Stamp(Instant createdAt, Instant updatedAt, long revision) {
    /** For a resource that is not stored yet. */
    public static final Stamp NEW = new Stamp(Instant.EPOCH, Instant.EPOCH, 1);

    static Stamp of(ResultSet row) throws SQLException {
        return new Stamp(
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("revision"));
    }
}
