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
    /** Of {@code t}: begun longer ago than a source may take to open, and nothing is being written. */
    private static final String FALLEN = "t.updated_at < now() - interval '2 minutes'"
            + " and not exists (select from image i where i.id = t.image_id and i.status = 'saving')";

    /** The type of a task that an image's owner began. */
    public static final String OF_IMAGE = "api_image_import";

    /** The type of a task that an operator began, and that made the image. */
    public static final String OF_OPERATOR = "import";

    /**
     * One import.
     *
     * @param owner the project of the image, which may be gone by now
     * @param status pending, processing, success or failure
     * @param message why it failed, else empty
     * @param method the way of the import, such as {@code glance-direct}
     * @param uri where the data is fetched from, or null
     * @param input JSON, as it was sent with a task of an operator, or null
     */
    public record Task(
            UUID id,
            String type,
            String owner,
            UUID imageId,
            String status,
            String message,
            String method,
            @Nullable String uri,
            @Nullable String input,
            String userId,
            String requestId,
            Instant createdAt,
            Instant updatedAt,
            Instant expiresAt) {}

    /**
     * What shall be fetched.
     *
     * @param input JSON, as it was sent with a task of an operator, or null
     */
    public record Wanted(
            String type,
            String method,
            String uri,
            @Nullable String input) {}

    /** One attempt to fetch what an import wants. */
    public record Fetch(UUID id, UUID imageId, String uri, int attempt) {}

    /** False when an import of the image is under way already. */
    public boolean want(Db db, UUID id, Image image, Wanted wanted, String userId, String requestId) {
        return db.sql("""
                                insert into image_task (id, project_id, image_id, method, user_id, request_id, type, status,
                                                        uri, input)
                                values (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)
                                on conflict (image_id) where status in ('pending', 'processing') do nothing
                                """)
                        .param(id)
                        .param(image.owner())
                        .param(image.id())
                        .param(wanted.method())
                        .param(userId)
                        .param(requestId)
                        .param(wanted.type())
                        .param(wanted.uri())
                        .param(wanted.input())
                        .update()
                > 0;
    }

    /**
     * The oldest that waits, from now on under way: also one that another process has let fall, whose upload was dropped
     * for its silence.
     */
    public Optional<Fetch> begin(Db db) {
        return db.sql("""
                        update image_task set status = 'processing', attempts = attempts + 1, updated_at = now()
                         where id = (select t.id from image_task t
                                      where t.status = 'pending' or (t.status = 'processing' and %s)
                                      order by t.created_at limit 1 for update skip locked)
                        returning id, image_id, uri, attempts
                        """.formatted(FALLEN))
                .query((row, number) -> new Fetch(
                        row.getObject("id", UUID.class),
                        row.getObject("image_id", UUID.class),
                        row.getString("uri"),
                        row.getInt("attempts")))
                .optional();
    }

    /** Ends those that were let fall so often. */
    public void giveUp(Db db, int attempts) {
        db.sql("""
                        update image_task t set status = 'failure', updated_at = now(),
                               message = 'The import was interrupted on our side, again and again. Begin it once more.'
                         where t.status = 'processing' and t.attempts >= ? and %s
                        """.formatted(FALLEN)).param(attempts).update();
    }

    /** False when it is not this attempt's any more. */
    public boolean succeed(Db db, Fetch fetch) {
        return end(db, fetch, "success", "");
    }

    /** False when it is not this attempt's any more. */
    public boolean fail(Db db, Fetch fetch, String message) {
        return end(db, fetch, "failure", message);
    }

    private static boolean end(Db db, Fetch fetch, String status, String message) {
        return db.sql("""
                                update image_task set status = ?, message = ?, updated_at = now()
                                 where id = ? and status = 'processing' and attempts = ?
                                """)
                        .param(status)
                        .param(message)
                        .param(fetch.id())
                        .param(fetch.attempt())
                        .update()
                > 0;
    }

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

    /** The page after the marker, by age; of a status or a type, or null for any. */
    public List<Task> list(
            Db db,
            @Nullable UUID marker,
            boolean newestFirst,
            int limit,
            @Nullable String status,
            @Nullable String type) {
        String order = newestFirst ? "desc" : "asc";
        return db.sql("""
                        select * from image_task
                         where expires_at > now() and (:status::text is null or status = :status)
                           and (:type::text is null or type = :type) and (:marker::uuid is null or (created_at, id)
                               %s (select created_at, id from image_task where id = :marker::uuid))
                         order by created_at %s, id %s limit :limit
                        """.formatted(newestFirst ? "<" : ">", order, order))
                .param("marker", marker)
                .param("status", status)
                .param("type", type)
                .param("limit", limit)
                .query(TaskRecords::task)
                .list();
    }

    /** Unless it is still to be ended. */
    public void forget(Db db) {
        db.sql("delete from image_task where expires_at < now() and status in ('success', 'failure')")
                .update();
    }

    private static Task task(ResultSet row, int number) throws SQLException {
        return new Task(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("project_id"),
                row.getObject("image_id", UUID.class),
                row.getString("status"),
                row.getString("message"),
                row.getString("method"),
                row.getString("uri"),
                row.getString("input"),
                row.getString("user_id"),
                row.getString("request_id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
