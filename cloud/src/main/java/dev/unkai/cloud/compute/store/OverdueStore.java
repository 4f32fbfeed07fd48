package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.base.openapi.Shape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Servers whose work is late, as {@link ServerProgress} keeps it. */
@Component
public class OverdueStore {
    /**
     * A server that is not yet what it should be by now.
     *
     * @param host null: on none yet
     * @param goal what it is to become, such as {@code active}
     * @param reason the sentence that its owner reads too, or null
     */
    @Shape(name = "OverdueServer")
    public record OverdueServer(
            UUID id,
            String name,
            String project,
            @Nullable String host,
            String goal,
            @Nullable String reason,
            Instant since) {}

    /** The longest late first. One that came to rest by another way, such as a move that was taken back, is late no longer. */
    public List<OverdueServer> list(Db db, int most) {
        return db.sql("""
                        select id, name, project_id, host_name, desired, fault_message, overdue_at
                          from server
                         where overdue_at is not null and terminated_at is null
                           and (settled is distinct from desired or work is not null or fault_at is not null)
                         order by overdue_at, id limit ?
                        """).param(most).query(OverdueStore::read).list();
    }

    private static OverdueServer read(ResultSet row, int number) throws SQLException {
        return new OverdueServer(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("project_id"),
                row.getString("host_name"),
                row.getString("desired"),
                row.getString("fault_message"),
                row.getTimestamp("overdue_at").toInstant());
    }
}
