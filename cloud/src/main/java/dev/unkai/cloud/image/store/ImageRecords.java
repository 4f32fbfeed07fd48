package dev.unkai.cloud.image.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.image.store.Image.ImageAttributes;
import dev.unkai.cloud.image.store.Image.Status;
import dev.unkai.cloud.image.store.Image.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of images. Which rows a statement meets is decided by row-level security on the transaction's caller. */
@Component
public final class ImageRecords {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> PROPERTIES = new TypeReference<>() {};

    /** What an upload has brought. */
    public record Content(long size, @Nullable Long virtualSize, String md5, String sha512) {}

    public Optional<Image> find(Db db, UUID id) {
        return db.sql("select * from image where id = ?")
                .param(id)
                .query(ImageRecords::image)
                .optional();
    }

    /** The image held until the transaction ends; empty also when the caller may see but not change it. */
    public Optional<Image> lock(Db db, UUID id) {
        return db.sql("select * from image where id = ? for update")
                .param(id)
                .query(ImageRecords::image)
                .optional();
    }

    /** False when an image of that id exists, visible to the caller or not. */
    public boolean insert(Db db, UUID id, String owner, ImageAttributes attributes) {
        return db.sql("""
                insert into image (id, project_id, status, name, visibility, protected, hidden, disk_format,
                                   container_format, min_disk, min_ram, tags, properties)
                values (:id, :owner, 'queued', :name, :visibility, :protected, :hidden, :disk, :container, :minDisk,
                        :minRam, :tags, :properties::jsonb)
                on conflict do nothing
                """)
                        .params(named(attributes))
                        .param("id", id)
                        .param("owner", owner)
                        .update()
                == 1;
    }

    public void update(Db db, UUID id, String owner, ImageAttributes attributes) {
        db.sql("""
                update image
                   set name = :name, visibility = :visibility, protected = :protected, hidden = :hidden,
                       disk_format = :disk, container_format = :container, min_disk = :minDisk, min_ram = :minRam,
                       tags = :tags, properties = :properties::jsonb, project_id = :owner, updated_at = now()
                 where id = :id
                """)
                .params(named(attributes))
                .param("id", id)
                .param("owner", owner)
                .update();
    }

    /** Whether it has to stay as evidence. */
    public boolean isHeld(Db db, UUID id) {
        return db.sql(
                        "select is_held('image', id::text, project_id) and status in ('active', 'deactivated') from image where id = ?")
                .param(id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from image where id = ?").param(id).update();
    }

    /** From queued to saving, under the name of this upload. */
    public void beginUpload(Db db, UUID id, UUID uploadId, long reserved) {
        db.sql("""
                update image set status = 'saving', upload_id = :upload, upload_beat = now(), reserved = :reserved,
                                 updated_at = now()
                 where id = :id and status = 'queued'
                """)
                .param("upload", uploadId)
                .param("reserved", reserved)
                .param("id", id)
                .update();
    }

    /** Says that the upload lives and how much it takes; false when the image or the upload is gone. */
    public boolean beat(Db db, UUID uploadId, long reserved) {
        return db.sql("""
                update image set upload_beat = now(), reserved = greatest(reserved, ?)
                 where upload_id = ? and status = 'saving'
                """).param(reserved).param(uploadId).update() == 1;
    }

    /** From saving to active or, when it was staged, to uploading; false when the image or the upload is gone. */
    public boolean endUpload(Db db, UUID uploadId, Content content, Status next) {
        return db.sql("""
                update image set status = :next, size = :size, virtual_size = :virtual, checksum = :md5,
                                 sha512 = :sha512, reserved = 0, upload_beat = null, updated_at = now()
                 where upload_id = :upload and status = 'saving'
                """)
                        .param("next", next.wireName())
                        .param("size", content.size())
                        .param("virtual", content.virtualSize())
                        .param("md5", content.md5())
                        .param("sha512", content.sha512())
                        .param("upload", uploadId)
                        .update()
                == 1;
    }

    /** From one status to another; the image must be held. */
    public void move(Db db, UUID id, Status from, Status to) {
        db.sql("update image set status = :to, updated_at = now() where id = :id and status = :from")
                .param("to", to.wireName())
                .param("id", id)
                .param("from", from.wireName())
                .update();
    }

    /** Back from saving to queued, as if nothing had been sent. */
    public boolean dropUpload(Db db, UUID uploadId) {
        return db.sql("""
                update image set status = 'queued', upload_id = null, upload_beat = null, reserved = 0, updated_at = now()
                 where upload_id = ? and status = 'saving'
                """).param(uploadId).update() == 1;
    }

    /** Uploads whose process has been silent for {@code seconds}. */
    public List<Image> silentUploads(Db db, int seconds) {
        return db.sql("""
                select * from image where status = 'saving' and upload_beat < now() - make_interval(secs => ?)
                   for update skip locked
                """).param(seconds).query(ImageRecords::image).list();
    }

    /** The names of all files that a row stands for. */
    public List<UUID> uploadIds(Db db) {
        return db.sql("select upload_id from image where upload_id is not null")
                .query(UUID.class)
                .list();
    }

    /** Bytes of a project's images, those on their way included; holds the project's total until the transaction ends. */
    public long usedBytes(Db db, String project) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('image-quota/' || ?, 0))")
                .param(project)
                .query()
                .singleRow();
        return db.sql("""
                select coalesce(sum(case when status in ('uploading', 'active', 'deactivated') then size else reserved end), 0)
                  from image where project_id = ?
                """).param(project).query(Long.class).single();
    }

    /** The project's images that carry all of the properties, newest first. */
    public List<Image> carrying(Db db, String project, Map<String, String> properties) {
        return db.sql(
                        "select * from image where project_id = ? and properties @> ?::jsonb order by created_at desc, id desc")
                .param(project)
                .param(JSON.writeValueAsString(properties))
                .query(ImageRecords::image)
                .list();
    }

    public long count(Db db, String project) {
        return db.sql("select count(*) from image where project_id = ?")
                .param(project)
                .query(Long.class)
                .single();
    }

    /** The project's own total, where it has one. */
    public Optional<Long> quotaBytes(Db db, String project) {
        return db.sql("select bytes from image_quota where project_id = ?")
                .param(project)
                .query(Long.class)
                .optional();
    }

    static Image image(ResultSet row, int number) throws SQLException {
        String[] tags = (String[]) row.getArray("tags").getArray();
        ImageAttributes attributes = new ImageAttributes(
                row.getString("name"),
                Visibility.valueOf(row.getString("visibility").toUpperCase(Locale.ROOT)),
                row.getBoolean("protected"),
                row.getBoolean("hidden"),
                row.getString("disk_format"),
                row.getString("container_format"),
                row.getInt("min_disk"),
                row.getInt("min_ram"),
                List.of(tags),
                JSON.readValue(row.getString("properties"), PROPERTIES));
        return new Image(
                row.getObject("id", UUID.class),
                row.getString("project_id"),
                attributes,
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                number(row, "size"),
                number(row, "virtual_size"),
                row.getString("checksum"),
                row.getString("sha512"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getObject("upload_id", UUID.class));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static Map<String, @Nullable Object> named(ImageAttributes attributes) {
        Map<String, @Nullable Object> values = new java.util.HashMap<>();
        values.put("name", attributes.name());
        values.put("visibility", attributes.visibility().wireName());
        values.put("protected", attributes.isProtected());
        values.put("hidden", attributes.hidden());
        values.put("disk", attributes.diskFormat());
        values.put("container", attributes.containerFormat());
        values.put("minDisk", attributes.minDisk());
        values.put("minRam", attributes.minRam());
        values.put("tags", attributes.tags().toArray(String[]::new));
        values.put("properties", JSON.writeValueAsString(attributes.properties()));
        return values;
    }
}
