package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.PortObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Servers whose guests are to be told anew what they are ({@code metadata_change}). */
@Component
public class MetadataChanges implements PortObserver {
    /** Wakes whoever writes the news into the hosts' plans. */
    public static final String CHANNEL = "metadata";

    /** @param id of the note, not of the server */
    public record Change(long id, UUID serverId) {}

    @Override
    public void changed(Db db, UUID server, String project) {
        db.sql("insert into metadata_change (server_id, project_id) values (?, ?)")
                .params(server, project)
                .update();
        db.wake(CHANNEL);
    }

    /** The oldest that is due and that no other process works on; it is taken away when the transaction commits. */
    public Optional<Change> take(Db db) {
        return db.sql("""
                delete from metadata_change where id =
                    (select id from metadata_change where due_at <= now() order by id limit 1 for update skip locked)
                returning id, server_id
                """)
                .query((row, n) -> new Change(row.getLong(1), row.getObject(2, UUID.class)))
                .optional();
    }

    public void postpone(Db db, Change change, Duration time) {
        db.sql("update metadata_change set due_at = now() + make_interval(secs => ?) where id = ?")
                .params(time.toMillis() / 1000.0, change.id())
                .update();
    }
}
