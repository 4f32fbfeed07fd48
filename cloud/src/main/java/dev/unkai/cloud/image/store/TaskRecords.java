package dev.unkai.cloud.image.store;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rows of imports, each kept for two days. */
@Component
public class TaskRecords {
    /**
     * One import, which has succeeded.
     *
     * @param owner the project of the image, which may be gone by now
     * @param method the way of the import, such as {@code glance-direct}
     */
    public record Task(
            UUID id,
            String owner,
            UUID imageId,
            String method,
            String userId,
            String requestId,
            Instant createdAt,
            Instant expiresAt) {}

    /** Times are set by the database. */
    public void insert(Db db, UUID id, Image image, String method, String userId, String requestId) {
        db.sql("""
                insert into image_task (id, project_id, image_id, method, user_id, request_id) values (?, ?, ?, ?, ?, ?)
                """)
                .param(id)
                .param(image.owner())
                .param(image.id())
                .param(method)
                .param(userId)
                .param(requestId)
                .update();
    }

    public Optional<Task> find(Db db, UUID id) {
        return db.sql("select * from image_task where id = ? and expires_at > now()")
                .param(id)
                .query(TaskRecords::task)
                .optional();
    }

    public List<Task> ofImage(Db db, UUID imageId) {
        return db.sql("select * from image_task where image_id = ? and expires_at > now() order by created_at, id")
                .param(imageId)
                .query(TaskRecords::task)
                .list();
    }

    /** The page after the marker, by age. */
    public List<Task> list(Db db, @Nullable UUID marker, boolean newestFirst, int limit) {
        String order = newestFirst ? "desc" : "asc";
        return db.sql("""
                        select * from image_task
                         where expires_at > now() and (:marker::uuid is null or (created_at, id)
                               %s (select created_at, id from image_task where id = :marker::uuid))
                         order by created_at %s, id %s limit :limit
                        """.formatted(newestFirst ? "<" : ">", order, order))
                .param("marker", marker)
                .param("limit", limit)
                .query(TaskRecords::task)
                .list();
    }

    public void forget(Db db) {
        db.sql("delete from image_task where expires_at < now()").update();
    }

    private static Task task(ResultSet row, int number) throws SQLException {
        return new Task(
                row.getObject("id", UUID.class),
                row.getString("project_id"),
                row.getObject("image_id", UUID.class),
                row.getString("method"),
                row.getString("user_id"),
                row.getString("request_id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
