package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code server_disk}: which disk a server is on, which one it may go back to, and what it is shelved as. */
@Component
public class ServerDisks {
    private static final ServerDisk FIRST = new ServerDisk(0, null, null, 0, null);

    /**
     * A server's disk.
     *
     * @param edition of the present one; hosts keep disks by it
     * @param copyOf the edition that it began as a copy of; null when it was made from the image
     * @param kept the edition that a revert goes back to, else null
     * @param newest the highest edition so far
     * @param shelvedImage what the server is kept as while it is shelved, else null
     */
    public record ServerDisk(
            long edition,
            @Nullable Long copyOf,
            @Nullable Long kept,
            long newest,
            @Nullable UUID shelvedImage) {
        /** A new one, made from the server's image. */
        public ServerDisk fresh() {
            return new ServerDisk(newest + 1, null, null, newest + 1, shelvedImage);
        }

        /** A copy of the present one, which is kept. */
        public ServerDisk copied() {
            return new ServerDisk(newest + 1, edition, edition, newest + 1, shelvedImage);
        }

        /** No way back any more. */
        public ServerDisk confirmed() {
            return new ServerDisk(edition, copyOf, null, newest, shelvedImage);
        }

        /** The kept one again. */
        public ServerDisk reverted() {
            return kept == null ? this : new ServerDisk(kept, null, null, newest, shelvedImage);
        }

        public ServerDisk shelvedAs(@Nullable UUID image) {
            return new ServerDisk(edition, copyOf, kept, newest, image);
        }

        public List<Long> keptEditions() {
            return kept == null ? List.of() : List.of(kept);
        }
    }

    public ServerDisk of(Db db, UUID server) {
        return db.sql("select edition, copy_of, kept, newest, shelved_image_id from server_disk where server_id = ?")
                .param(server)
                .query((row, n) -> new ServerDisk(
                        row.getLong(1),
                        row.getObject(2, Long.class),
                        row.getObject(3, Long.class),
                        row.getLong(4),
                        row.getObject(5, UUID.class)))
                .optional()
                .orElse(FIRST);
    }

    public void save(Db db, UUID server, String project, ServerDisk disk) {
        db.sql("""
                insert into server_disk (server_id, project_id, edition, copy_of, kept, newest, shelved_image_id)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (server_id) do update
                   set edition = excluded.edition, copy_of = excluded.copy_of, kept = excluded.kept,
                       newest = excluded.newest, shelved_image_id = excluded.shelved_image_id
                """)
                .param(server)
                .param(project)
                .param(disk.edition())
                .param(disk.copyOf())
                .param(disk.kept())
                .param(disk.newest())
                .param(disk.shelvedImage())
                .update();
    }
}
