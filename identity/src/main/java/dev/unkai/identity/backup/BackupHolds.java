package dev.unkai.identity.backup;

import dev.unkai.base.data.Db;
import java.util.List;
import java.util.UUID;

/** Evidence holds that keep the backups, as the edge told last. */
final class BackupHolds {
    private BackupHolds() {}

    static void replace(Db db, List<UUID> holds) {
        UUID[] ids = holds.toArray(UUID[]::new);
        db.sql("delete from backup_hold where id <> all (?)").param(ids).update();
        db.sql("insert into backup_hold (id) select unnest(?) on conflict do nothing")
                .param(ids)
                .update();
    }

    static boolean any(Db db) {
        return db.sql("select exists (select from backup_hold)")
                .query(Boolean.class)
                .single();
    }
}
