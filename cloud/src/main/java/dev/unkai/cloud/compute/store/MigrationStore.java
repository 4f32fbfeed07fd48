package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Migration;
import dev.unkai.cloud.compute.Migration.Status;
import dev.unkai.cloud.compute.Server;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code migration}. */
@Component
public class MigrationStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OPEN =
            "status not in ('completed', 'confirmed', 'reverted', 'error', 'failed', 'cancelled')";

    /** Which migrations to list; nulls: no condition. */
    public record Filter(
            @Nullable UUID server,
            @Nullable String host,
            @Nullable String source,
            @Nullable String status,
            @Nullable String type,
            @Nullable String user,
            @Nullable String project,
            @Nullable Instant since,
            @Nullable Instant before,
            @Nullable UUID marker,
            @Nullable Integer limit) {}

    public long insert(Db db, Migration migration) {
        return db.sql("""
                insert into migration (uuid, server_id, project_id, user_id, type, status, source_host_id, source_host,
                        wanted_host, old_size, new_size, ran, drain_id, created_at, updated_at)
                values (:uuid, :server, :project, :user, :type, :status, :sourceId, :source,
                        :wanted, :old::jsonb, :new::jsonb, :ran, :drain, :at, :at)
                returning id
                """)
                .param("uuid", migration.uuid())
                .param("server", migration.serverId())
                .param("project", migration.projectId())
                .param("user", migration.userId())
                .param("type", migration.type().wireName())
                .param("status", migration.status().wireName())
                .param("sourceId", migration.source().id())
                .param("source", migration.source().name())
                .param("wanted", migration.wantedHost())
                .param("old", JSON.writeValueAsString(migration.oldSize()))
                .param("new", JSON.writeValueAsString(migration.newSize()))
                .param("ran", migration.ran())
                .param("drain", migration.drainId())
                .param("at", Columns.timestamp(migration.createdAt()))
                .query(Long.class)
                .single();
    }

    /** The server's migration that is not over yet, held until the transaction ends. */
    public Optional<Migration> open(Db db, UUID server) {
        return db.sql("select * from migration where server_id = ? and " + OPEN
                        + " order by id desc limit 1 for update")
                .param(server)
                .query(MigrationStore::read)
                .optional();
    }

    public Optional<Migration> find(Db db, UUID server, long id) {
        return db.sql("select * from migration where server_id = ? and id = ?")
                .params(server, id)
                .query(MigrationStore::read)
                .optional();
    }

    public void status(Db db, long id, Status status, Instant at) {
        db.sql("update migration set status = ?, updated_at = ? where id = ?")
                .params(status.wireName(), Columns.timestamp(at), id)
                .update();
    }

    public void fail(Db db, long id, Status status, String sentence, Instant at) {
        db.sql("update migration set status = ?, failure = ?, updated_at = ? where id = ?")
                .params(status.wireName(), sentence, Columns.timestamp(at), id)
                .update();
    }

    public void target(Db db, long id, Migration.Place target, Status status, Instant at) {
        db.sql("""
                update migration set target_host_id = ?, target_host = ?, status = ?, updated_at = ? where id = ?
                """)
                .params(target.id(), target.name(), status.wireName(), Columns.timestamp(at), id)
                .update();
    }

    public void forceComplete(Db db, long id, Instant at) {
        db.sql("update migration set force_complete = true, updated_at = ? where id = ?")
                .params(Columns.timestamp(at), id)
                .update();
    }

    public void progress(Db db, long id, Migration.Progress progress, Instant at) {
        db.sql("""
                update migration set memory_total = ?, memory_processed = ?, memory_remaining = ?, disk_total = ?,
                       disk_processed = ?, disk_remaining = ?, downtime_millis = coalesce(?, downtime_millis), updated_at = ?
                 where id = ?
                """)
                .param(progress.memoryTotal())
                .param(progress.memoryProcessed())
                .param(progress.memoryRemaining())
                .param(progress.diskTotal())
                .param(progress.diskProcessed())
                .param(progress.diskRemaining())
                .param(progress.downtimeMillis())
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    /** Newest first; empty when the marker is no migration that the caller sees. */
    public Optional<List<Migration>> list(Db db, Filter filter) {
        StringBuilder sql = new StringBuilder("select * from migration where true");
        List<@Nullable Object> parameters = new ArrayList<>();
        condition(sql, parameters, " and server_id = ?", filter.server());
        condition(sql, parameters, " and source_host = ?", filter.source());
        condition(sql, parameters, " and status = ?", filter.status());
        condition(sql, parameters, " and type = ?", filter.type());
        condition(sql, parameters, " and user_id = ?", filter.user());
        condition(sql, parameters, " and project_id = ?", filter.project());
        if (filter.host() != null) {
            sql.append(" and (source_host = ? or target_host = ?)");
            parameters.add(filter.host());
            parameters.add(filter.host());
        }
        if (filter.since() != null) {
            condition(sql, parameters, " and updated_at >= ?", Columns.timestamp(filter.since()));
        }
        if (filter.before() != null) {
            condition(sql, parameters, " and updated_at <= ?", Columns.timestamp(filter.before()));
        }
        if (filter.marker() != null) {
            Optional<Long> after = db.sql("select id from migration where uuid = ?")
                    .param(filter.marker())
                    .query(Long.class)
                    .optional();
            if (after.isEmpty()) {
                return Optional.empty();
            }
            condition(sql, parameters, " and id < ?", after.get());
        }
        sql.append(" order by id desc");
        condition(sql, parameters, " limit ?", filter.limit());
        return Optional.of(db.sql(sql.toString())
                .params(parameters)
                .query(MigrationStore::read)
                .list());
    }

    private static void condition(
            StringBuilder sql, List<@Nullable Object> parameters, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            parameters.add(value);
        }
    }

    private static Migration read(ResultSet row, int number) throws SQLException {
        UUID target = Columns.uuid(row, "target_host_id");
        String targetName = row.getString("target_host");
        return new Migration(
                row.getLong("id"),
                row.getObject("uuid", UUID.class),
                row.getObject("server_id", UUID.class),
                row.getString("project_id"),
                row.getString("user_id"),
                Migration.Type.of(row.getString("type")),
                Status.of(row.getString("status")),
                new Migration.Place(row.getObject("source_host_id", UUID.class), row.getString("source_host")),
                target == null || targetName == null ? null : new Migration.Place(target, targetName),
                row.getString("wanted_host"),
                JSON.readValue(row.getString("old_size"), Server.Size.class),
                JSON.readValue(row.getString("new_size"), Server.Size.class),
                row.getBoolean("ran"),
                row.getBoolean("force_complete"),
                progress(row),
                row.getString("failure"),
                Columns.uuid(row, "drain_id"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"));
    }

    private static Migration.@Nullable Progress progress(ResultSet row) throws SQLException {
        if (row.getObject("memory_total") == null) {
            return null;
        }
        return new Migration.Progress(
                row.getLong("memory_total"),
                row.getLong("memory_processed"),
                row.getLong("memory_remaining"),
                row.getLong("disk_total"),
                row.getLong("disk_processed"),
                row.getLong("disk_remaining"),
                row.getObject("downtime_millis", Long.class));
    }
}
