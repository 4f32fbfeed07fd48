package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The columns of {@code server} that say whether it may be deleted, and until when it can be restored. */
@Component
public class DeletionStore {
    private static final String EXPIRED = "select " + ServerStore.COLUMNS + ServerStore.WITHOUT_SECRETS + """
             from server s
             where s.terminated_at is null and s.reclaim_at <= ? and s.desired = 'soft_deleted'
               and not is_held('server', s.id::text, s.project_id)
             order by s.reclaim_at limit 1 for update skip locked
            """;

    public boolean isProtected(Db db, UUID server) {
        return db.sql("select delete_protected from server where id = ?")
                .param(server)
                .query(Boolean.class)
                .single();
    }

    public void protect(Db db, UUID server, boolean protect) {
        db.sql("update server set delete_protected = ? where id = ?")
                .param(protect)
                .param(server)
                .update();
    }

    /** From then on it is deleted for good. */
    public void keepUntil(Db db, UUID server, Instant time) {
        db.sql("update server set reclaim_at = ? where id = ?")
                .param(Columns.timestamp(time))
                .param(server)
                .update();
    }

    /** It is no longer deleted. */
    public void keep(Db db, UUID server) {
        db.sql("update server set reclaim_at = null where id = ?").param(server).update();
    }

    /** A deleted server whose time to be restored is over, locked; one that is held as evidence waits for the hold's end. */
    public Optional<Server> expired(Db db, Instant now) {
        return db.sql(EXPIRED)
                .param(Columns.timestamp(now))
                .query(ServerStore::read)
                .optional();
    }
}
