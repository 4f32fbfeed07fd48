package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.InstanceAction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code instance_action} and {@code instance_action_event}: what was asked of a server and how it went. */
@Component
public class InstanceActions {
    private static final String COLUMNS =
            "select id, server_id, project_id, user_id, request_id, action, message, started_at, updated_at from instance_action";

    /** Which part of a server's actions to list; nulls: no bound. */
    public record Range(
            @Nullable Instant since,
            @Nullable Instant before,
            @Nullable String marker,
            int limit) {
        public static final Range ALL = new Range(null, null, null, 1000);
    }

    /** Starts an action that a host must carry out; the reconciler ends its event. */
    public void begin(
            Db db,
            UUID server,
            String project,
            @Nullable String user,
            String request,
            String action,
            String event,
            Instant at) {
        db.sql("""
                with action as (
                    insert into instance_action (server_id, project_id, user_id, request_id, action, started_at, updated_at)
                    values (:server, :project, :user, :request, :action, :at, :at) returning id)
                insert into instance_action_event (action_id, server_id, project_id, event, started_at)
                select id, :server, :project, :event, :at from action
                """)
                .param("server", server)
                .param("project", project)
                .param("user", user)
                .param("request", request)
                .param("action", action)
                .param("event", event)
                .param("at", Columns.timestamp(at))
                .update();
    }

    /** Records an action that was done on the spot. */
    public void done(Db db, UUID server, String project, String user, String request, String action, Instant at) {
        db.sql("""
                insert into instance_action (server_id, project_id, user_id, request_id, action, started_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """)
                .params(server, project, user, request, action, Columns.timestamp(at), Columns.timestamp(at))
                .update();
    }

    /** Ends everything that is under way at the server; a failure's sentence is kept for the customer. */
    public void finish(Db db, UUID server, @Nullable String hostName, @Nullable String failure, Instant at) {
        db.sql("""
                with ended as (
                    update instance_action_event
                       set finished_at = :at, result = :result, host_name = :host, details = :failure
                     where server_id = :server and finished_at is null returning action_id)
                update instance_action set updated_at = :at, message = coalesce(:failure, message)
                  from ended where instance_action.id = ended.action_id
                """)
                .param("at", Columns.timestamp(at))
                .param("result", failure == null ? "Success" : "Error")
                .param("host", hostName)
                .param("failure", failure)
                .param("server", server)
                .update();
    }

    /** Newest first. */
    public List<InstanceAction> list(Db db, UUID server, Range range) {
        StringBuilder sql = new StringBuilder(COLUMNS).append(" where server_id = ?");
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(server);
        if (range.since() != null) {
            sql.append(" and updated_at >= ?");
            parameters.add(Columns.timestamp(range.since()));
        }
        if (range.before() != null) {
            sql.append(" and updated_at <= ?");
            parameters.add(Columns.timestamp(range.before()));
        }
        if (range.marker() != null) {
            sql.append(" and id < (select min(id) from instance_action where server_id = ? and request_id = ?)");
            parameters.add(server);
            parameters.add(range.marker());
        }
        sql.append(" order by id desc limit ?");
        parameters.add(range.limit());
        return db.sql(sql.toString())
                .params(parameters)
                .query(InstanceActions::read)
                .list();
    }

    public Optional<InstanceAction> find(Db db, UUID server, String request) {
        return db.sql(COLUMNS + " where server_id = ? and request_id = ? order by id desc limit 1")
                .param(server)
                .param(request)
                .query(InstanceActions::read)
                .optional();
    }

    public List<InstanceAction.Event> events(Db db, long action) {
        return db.sql("""
                select event, host_name, started_at, finished_at, result, details
                  from instance_action_event where action_id = ? order by id desc
                """)
                .param(action)
                .query((row, n) -> new InstanceAction.Event(
                        row.getString("event"),
                        row.getString("host_name"),
                        Columns.time(row, "started_at"),
                        Columns.instant(row, "finished_at"),
                        row.getString("result"),
                        row.getString("details")))
                .list();
    }

    private static InstanceAction read(ResultSet row, int number) throws SQLException {
        return new InstanceAction(
                row.getLong("id"),
                row.getObject("server_id", UUID.class),
                row.getString("project_id"),
                row.getString("user_id"),
                row.getString("request_id"),
                row.getString("action"),
                row.getString("message"),
                Columns.time(row, "started_at"),
                Columns.time(row, "updated_at"));
    }
}
