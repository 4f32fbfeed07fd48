package dev.unkai.cloud.forward.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.forward.Destination;
import dev.unkai.cloud.forward.Destination.Progress;
import dev.unkai.cloud.forward.Destination.State;
import dev.unkai.cloud.forward.Way;
import dev.unkai.cloud.forward.Way.Syslog;
import dev.unkai.cloud.forward.Way.Webhook;
import dev.unkai.cloud.forward.send.Trouble;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code forwarding} as their owners see and change them: secrets, sealed, go in and do not come out here. */
@Component
public class DestinationStore {
    static final String COLUMNS = """
            id, project_id, name, kind, host, port, server_name, client_certificate, address, authority, former_until, created_at,
            created_name, state, next_place, again_from, delivered_at, seen_end, waiting_since, look_at, tries, failing_since, problem, detail,
            (select count(*) from forwarding_parked p where p.forwarding = forwarding.id) as parked,
            (select max(place) from forwarding_parked p where p.forwarding = forwarding.id) as last_parked
            """;

    /** What is secret about a destination, sealed. */
    public record Sealed(byte @Nullable [] key, byte @Nullable [] secret) {}

    public List<Destination> list(Db db, String log) {
        return db.sql("select " + COLUMNS + " from forwarding where project_id = ? order by created_at, id")
                .param(log)
                .query(DestinationStore::read)
                .list();
    }

    public Optional<Destination> find(Db db, UUID id) {
        return db.sql("select " + COLUMNS + " from forwarding where id = ?")
                .param(id)
                .query(DestinationStore::read)
                .optional();
    }

    /** Taken for a change. */
    public Optional<Destination> held(Db db, UUID id) {
        return db.sql("select " + COLUMNS + " from forwarding where id = ? for update")
                .param(id)
                .query(DestinationStore::read)
                .optional();
    }

    /** Holds other new destinations of the history back until this transaction ends, and counts what there is. */
    public int countAlone(Db db, String log) {
        db.sql("select pg_advisory_xact_lock(4705, hashtext(?))")
                .param(log)
                .query()
                .listOfRows();
        return db.sql("select count(*) from forwarding where project_id = ?")
                .param(log)
                .query(Integer.class)
                .single();
    }

    /** @param from the place in the history that is sent first; {@code end} where the history ends now */
    public void insert(
            Db db, UUID id, String log, String name, Way way, Sealed sealed, String createdBy, long from, long end) {
        db.sql("insert into forwarding (id, project_id, name, kind, created_name, next_place, again_from, seen_end"
                        + columns(way) + ") values (:id, :log, :name, :kind, :by, :from, :from, :end" + values(way)
                        + ")")
                .param("id", id)
                .param("log", log)
                .param("name", name)
                .param("kind", way instanceof Syslog ? "syslog" : "webhook")
                .param("by", createdBy)
                .param("from", from)
                .param("end", end)
                .params(parameters(way, sealed))
                .update();
    }

    /** Other words and another way of the same kind; it is tried at once, by whoever takes it then. A key that is not given stays, as does a webhook's secret. */
    public void change(Db db, UUID id, String name, Way way, byte @Nullable [] key, boolean newKey) {
        String ways = switch (way) {
            case Syslog _ ->
                "host = :host, port = :port, server_name = :serverName, client_certificate = :certificate"
                        + (newKey ? ", sealed_key = :key" : "");
            case Webhook _ -> "address = :address";
        };
        Map<String, @Nullable Object> parameters = parameters(way, new Sealed(key, null));
        parameters.remove("secret");
        if (!newKey) {
            parameters.remove("key");
        }
        db.sql("update forwarding set name = :name, authority = :authority, " + ways
                        + ", look_at = now(), lease = null, leased_until = null where id = :id")
                .param("name", name)
                .param("id", id)
                .params(parameters)
                .update();
    }

    private static String columns(Way way) {
        return switch (way) {
            case Syslog _ -> ", authority, host, port, server_name, client_certificate, sealed_key";
            case Webhook _ -> ", authority, address, sealed_secret";
        };
    }

    private static String values(Way way) {
        return switch (way) {
            case Syslog _ -> ", :authority, :host, :port, :serverName, :certificate, :key";
            case Webhook _ -> ", :authority, :address, :secret";
        };
    }

    private static Map<String, @Nullable Object> parameters(Way way, Sealed sealed) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("authority", way.authority());
        switch (way) {
            case Syslog syslog -> {
                parameters.put("host", syslog.host());
                parameters.put("port", syslog.port());
                parameters.put("serverName", syslog.serverName());
                parameters.put("certificate", syslog.clientCertificate());
                parameters.put("key", sealed.key());
            }
            case Webhook webhook -> {
                parameters.put("address", webhook.address().toString());
                parameters.put("secret", sealed.secret());
            }
        }
        return parameters;
    }

    /** A new secret; what it was before signs as well for that long. */
    public void rotate(Db db, UUID id, byte[] secret, Duration both) {
        db.sql("""
                        update forwarding set sealed_former = sealed_secret, sealed_secret = ?, former_until = now() + make_interval(secs => ?)
                         where id = ?
                        """).param(secret).param((double) both.toSeconds()).param(id).update();
    }

    /** Takes the lease from whoever sends at the moment: what he has sent and not noted is sent again. */
    public void state(Db db, UUID id, State state) {
        db.sql("update forwarding set state = ?, look_at = now(), lease = null, leased_until = null where id = ?")
                .param(state.wireName())
                .param(id)
                .update();
    }

    public void tryNow(Db db, UUID id) {
        db.sql("update forwarding set look_at = now() where id = ?").param(id).update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from forwarding where id = ?").param(id).update();
    }

    static Destination read(ResultSet row, int number) throws SQLException {
        String authority = row.getString("authority");
        Way way = row.getString("kind").equals("syslog")
                ? new Syslog(
                        row.getString("host"),
                        row.getInt("port"),
                        row.getString("server_name"),
                        authority,
                        row.getString("client_certificate"))
                : new Webhook(URI.create(row.getString("address")), authority);
        String problem = row.getString("problem");
        return new Destination(
                row.getObject("id", UUID.class),
                row.getString("project_id"),
                row.getString("name"),
                way,
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_name"),
                time(row, "former_until"),
                State.of(row.getString("state")),
                new Progress(
                        row.getLong("next_place"),
                        row.getLong("seen_end"),
                        row.getLong("parked"),
                        (Long) row.getObject("last_parked"),
                        time(row, "delivered_at"),
                        time(row, "waiting_since"),
                        row.getTimestamp("look_at").toInstant(),
                        row.getInt("tries"),
                        time(row, "failing_since"),
                        problem == null
                                ? null
                                : new Trouble(
                                        Trouble.Reason.of(problem),
                                        Optional.ofNullable(row.getString("detail"))
                                                .orElse(""))));
    }

    private static @Nullable Instant time(ResultSet row, String name) throws SQLException {
        Timestamp value = row.getTimestamp(name);
        return value == null ? null : value.toInstant();
    }
}
