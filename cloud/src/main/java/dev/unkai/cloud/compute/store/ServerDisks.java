package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code server_disk}: which disk a server is on, which one it may go back to, and what it is shelved as. */
@Component
public class ServerDisks {
    private static final ServerDisk FIRST = new ServerDisk(0, null, null, 0, null, 0, null, null);

    /**
     * A server's disk.
     *
     * @param edition of the present one; hosts keep disks by it
     * @param copyOf the edition that it began as a copy of; null when it was made from the image
     * @param kept the edition that a revert goes back to, else null
     * @param newest the highest edition so far
     * @param shelvedImage what the server is kept as while it is shelved, else null
     * @param localEdition of its present ephemeral disks
     * @param localCopyOf as {@code copyOf}, of those
     * @param localKept as {@code kept}, of those
     */
    public record ServerDisk(
            long edition,
            @Nullable Long copyOf,
            @Nullable Long kept,
            long newest,
            @Nullable UUID shelvedImage,
            long localEdition,
            @Nullable Long localCopyOf,
            @Nullable Long localKept) {
        /** A new one, made from the server's image; the ephemeral disks are new, too, unless they are to be kept. */
        public ServerDisk fresh(boolean keepsLocal) {
            return keepsLocal
                    ? new ServerDisk(
                            newest + 1, null, null, newest + 1, shelvedImage, localEdition, localCopyOf, localKept)
                    : new ServerDisk(newest + 1, null, null, newest + 1, shelvedImage, newest + 1, null, null);
        }

        /** A copy of the present one, which is kept. */
        public ServerDisk copied() {
            return new ServerDisk(
                    newest + 1, edition, edition, newest + 1, shelvedImage, newest + 1, localEdition, localEdition);
        }

        /** No way back any more. */
        public ServerDisk confirmed() {
            return new ServerDisk(edition, copyOf, null, newest, shelvedImage, localEdition, localCopyOf, null);
        }

        /** The kept one again. */
        public ServerDisk reverted() {
            if (kept == null) {
                return this;
            }
            long local = localKept == null ? localEdition : localKept;
            return new ServerDisk(kept, null, null, newest, shelvedImage, local, null, null);
        }

        public ServerDisk shelvedAs(@Nullable UUID image) {
            return new ServerDisk(edition, copyOf, kept, newest, image, localEdition, localCopyOf, localKept);
        }

        public List<Long> keptEditions() {
            return kept == null ? List.of() : List.of(kept);
        }
    }

    public ServerDisk of(Db db, UUID server) {
        return db.sql(
                        "select edition, copy_of, kept, newest, shelved_image_id, local_edition, local_copy_of, local_kept"
                                + " from server_disk where server_id = ?")
                .param(server)
                .query((row, n) -> new ServerDisk(
                        row.getLong(1),
                        row.getObject(2, Long.class),
                        row.getObject(3, Long.class),
                        row.getLong(4),
                        row.getObject(5, UUID.class),
                        row.getLong(6),
                        row.getObject(7, Long.class),
                        row.getObject(8, Long.class)))
                .optional()
                .orElse(FIRST);
    }

    public void save(Db db, UUID server, String project, ServerDisk disk) {
        db.sql("""
                insert into server_disk (server_id, project_id, edition, copy_of, kept, newest, shelved_image_id,
                       local_edition, local_copy_of, local_kept)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (server_id) do update
                   set edition = excluded.edition, copy_of = excluded.copy_of, kept = excluded.kept,
                       newest = excluded.newest, shelved_image_id = excluded.shelved_image_id,
                       local_edition = excluded.local_edition, local_copy_of = excluded.local_copy_of,
                       local_kept = excluded.local_kept
                """)
                .param(server)
                .param(project)
                .param(disk.edition())
                .param(disk.copyOf())
                .param(disk.kept())
                .param(disk.newest())
                .param(disk.shelvedImage())
                .param(disk.localEdition())
                .param(disk.localCopyOf())
                .param(disk.localKept())
                .update();
    }
}
