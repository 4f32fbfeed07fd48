package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Images of guests' disks that hosts are to make. The row lives until the image is stored or given up. */
@Component
public class Captures {
    /**
     * One image to be made.
     *
     * @param backup how many of this kind to keep once it is stored, or null for an image that is no backup
     */
    public record Capture(
            UUID id,
            UUID serverId,
            String projectId,
            UUID imageId,
            @Nullable Backup backup,
            Instant createdAt) {}

    /** Backups of a type beyond the newest {@code rotation} are deleted. */
    public record Backup(String type, int rotation) {}

    public void begin(Db db, Capture capture) {
        Backup backup = capture.backup();
        db.sql("""
                insert into capture (id, server_id, project_id, image_id, backup_type, rotation, created_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """)
                .param(capture.id())
                .param(capture.serverId())
                .param(capture.projectId())
                .param(capture.imageId())
                .param(backup == null ? null : backup.type())
                .param(backup == null ? null : backup.rotation())
                .param(Timestamp.from(capture.createdAt()))
                .update();
    }

    public List<Capture> of(Db db, UUID server) {
        return db.sql("select * from capture where server_id = ? order by created_at")
                .param(server)
                .query(Captures::capture)
                .list();
    }

    public Optional<Capture> find(Db db, UUID id) {
        return db.sql("select * from capture where id = ?")
                .param(id)
                .query(Captures::capture)
                .optional();
    }

    /** The capture, if the host is the one that has the guest. */
    public Optional<Capture> at(Db db, UUID host, UUID id) {
        return db.sql("""
                select capture.* from capture join guest on guest.server_id = capture.server_id
                 where capture.id = ? and guest.host_id = ? and guest.role = 'main'
                """).params(id, host).query(Captures::capture).optional();
    }

    public void end(Db db, UUID id) {
        db.sql("delete from capture where id = ?").param(id).update();
    }

    private static Capture capture(ResultSet row, int number) throws SQLException {
        String type = row.getString("backup_type");
        return new Capture(
                row.getObject("id", UUID.class),
                row.getObject("server_id", UUID.class),
                row.getString("project_id"),
                row.getObject("image_id", UUID.class),
                type == null ? null : new Backup(type, row.getInt("rotation")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
