package dev.unkai.cloud.hosts;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hosts that are to be emptied. The wish is kept here; who can move guests carries it out, woken by {@link #WAKE}. */
@Component
public class Drains {
    public static final String WAKE = "drain";

    /**
     * One time that a host was, or is, to be emptied.
     *
     * @param emptiedAt since when nothing of a guest is there; null while something is
     * @param endedAt when the wish was taken back; null while it lasts
     */
    public record Drain(
            UUID id,
            UUID hostId,
            String hostName,
            boolean hostUp,
            Instant startedAt,
            @Nullable Instant emptiedAt,
            @Nullable Instant endedAt) {
        /** {@code draining}, {@code drained} (nothing of a guest is there), or {@code ended}. */
        public String state() {
            return endedAt != null ? "ended" : emptiedAt != null ? "drained" : "draining";
        }
    }

    private static final String SELECT =
            "select d.*, h.name as host_name, h.state = 'up' as up from drain d join host h on h.id = d.host_id ";

    private final Ids ids;
    private final Clock clock;

    Drains(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** The host is to be emptied, and kept empty; true when that is new. */
    boolean begin(Db db, UUID host, String user) {
        int begun = db.sql("""
                insert into drain (id, host_id, requested_by, started_at) values (?, ?, ?, ?)
                on conflict (host_id) where ended_at is null do nothing
                """).params(ids.next(), host, user, now()).update();
        if (begun > 0) {
            db.wake(WAKE);
        }
        return begun > 0;
    }

    /** It is not any more; moves under way go on. True when there was such a wish. */
    boolean end(Db db, UUID host) {
        return db.sql("update drain set ended_at = ? where host_id = ? and ended_at is null")
                        .params(now(), host)
                        .update()
                > 0;
    }

    /** One that is due, held until the transaction ends; those that another process holds are left to it. */
    public Optional<Drain> due(Db db) {
        return db.sql(
                        SELECT
                                + "where d.ended_at is null and d.due_at <= now() order by d.due_at limit 1 for update of d skip locked")
                .query(Drains::read)
                .optional();
    }

    /** Look at it again after this time, in seconds. */
    public void lookAgain(Db db, UUID drain, double seconds) {
        db.sql("update drain set due_at = now() + make_interval(secs => ?) where id = ?")
                .params(seconds, drain)
                .update();
    }

    /** Notes whether the host is empty; true when that has changed. */
    public boolean empty(Db db, UUID drain, boolean now) {
        return db.sql("""
                        update drain set emptied_at = case when :empty then :at::timestamptz end
                         where id = :id and (emptied_at is null) = :empty
                        """)
                        .param("empty", now)
                        .param("at", now())
                        .param("id", drain)
                        .update()
                > 0;
    }

    /** Those that are wanted now, by host. */
    public Map<UUID, Drain> open(Db db) {
        return db.sql(SELECT + "where d.ended_at is null").query(Drains::read).list().stream()
                .collect(Collectors.toMap(Drain::hostId, drain -> drain));
    }

    /** The newest of the host. */
    public Optional<Drain> newest(Db db, UUID host) {
        return db.sql(SELECT + "where d.host_id = ? order by d.started_at desc limit 1")
                .param(host)
                .query(Drains::read)
                .optional();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Drain read(ResultSet row, int number) throws SQLException {
        return new Drain(
                row.getObject("id", UUID.class),
                row.getObject("host_id", UUID.class),
                row.getString("host_name"),
                row.getBoolean("up"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("emptied_at", OffsetDateTime.class)),
                instant(row.getObject("ended_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
