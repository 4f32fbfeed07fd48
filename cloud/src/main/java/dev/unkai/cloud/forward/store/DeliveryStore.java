package dev.unkai.cloud.forward.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.forward.Destination;
import dev.unkai.cloud.forward.send.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Rows of {@code forwarding} as those work on them that send: each for a time its lease's, so that no two processes send the same. All times are this
 * database's.
 */
@Component
public class DeliveryStore {
    private static final String SECRETS =
            "sealed_key, sealed_secret, case when former_until > now() then sealed_former end as sealed_former";

    /**
     * What is secret about a destination.
     *
     * @param key of the client certificate
     * @param secrets that a webhook is signed with, the newest first
     */
    public record Sealed(byte @Nullable [] key, List<byte[]> secrets) {
        static Sealed read(ResultSet row) throws SQLException {
            List<byte[]> secrets = new ArrayList<>();
            for (String column : List.of("sealed_secret", "sealed_former")) {
                byte[] sealed = row.getBytes(column);
                if (sealed != null) {
                    secrets.add(sealed);
                }
            }
            return new Sealed(row.getBytes("sealed_key"), secrets);
        }
    }

    public Optional<Sealed> secrets(Db db, UUID id) {
        return db.sql("select " + SECRETS + " from forwarding where id = ?")
                .param(id)
                .query((row, _) -> Sealed.read(row))
                .optional();
    }

    /** A destination to work on. */
    public record Leased(Destination destination, UUID lease, long againFrom, boolean mailed, Sealed sealed) {}

    /**
     * Takes what is due.
     *
     * @param failing those of which the last try failed, or the others
     */
    public List<Leased> take(Db db, boolean failing, int most, Duration lease) {
        List<UUID> ids = db.sql("""
                        update forwarding set lease = gen_random_uuid(), leased_until = now() + make_interval(secs => :secs)
                         where id in (select id from forwarding
                                       where state = 'active' and look_at <= now() and (tries > 0) = :failing
                                         and (leased_until is null or leased_until < now())
                                       order by look_at limit :most for update skip locked)
                        returning id
                        """)
                .param("secs", (double) lease.toSeconds())
                .param("failing", failing)
                .param("most", most)
                .query(UUID.class)
                .list();
        return ids.isEmpty()
                ? List.of()
                : db.sql("select " + DestinationStore.COLUMNS + ", lease, mailed_at is not null as mailed, " + SECRETS
                                + " from forwarding where id = any (?)")
                        .param(ids.toArray(UUID[]::new))
                        .query((row, number) -> new Leased(
                                DestinationStore.read(row, number),
                                row.getObject("lease", UUID.class),
                                row.getLong("again_from"),
                                row.getBoolean("mailed"),
                                Sealed.read(row)))
                        .list();
    }

    /**
     * The events from one place up to another were taken; false when the lease is not ours any more, or it was deleted: then somebody else sends them
     * again.
     *
     * @param end where the history ended
     * @param waitingSince when the first event that is left came in; null: none is
     */
    public boolean taken(Db db, Leased leased, long from, long next, long end, @Nullable Instant waitingSince) {
        return db.sql("""
                        update forwarding
                           set next_place = greatest(next_place, :next), again_from = :from, seen_end = :end, waiting_since = :waiting,
                               delivered_at = now(), quiet = 0, tries = 0, failing_since = null, problem = null, detail = null,
                               mailed_at = null
                         where id = :id and lease = :lease
                        """)
                        .param("next", next)
                        .param("from", from)
                        .param("end", end)
                        .param("waiting", waitingSince == null ? null : Timestamp.from(waitingSince))
                        .param("id", leased.destination().id())
                        .param("lease", leased.lease())
                        .update()
                == 1;
    }

    /** What had stood between the places is not kept any more: there is nothing to send. */
    public boolean skipped(Db db, Leased leased, long next, long end) {
        return db.sql("""
                        update forwarding set next_place = greatest(next_place, :next), seen_end = :end where id = :id and lease = :lease
                        """)
                        .param("next", next)
                        .param("end", end)
                        .param("id", leased.destination().id())
                        .param("lease", leased.lease())
                        .update()
                == 1;
    }

    /** Gives the lease back; the more often nothing was new, the later it is looked at again. */
    public void release(Db db, Leased leased, boolean quiet, Duration least, Duration most) {
        db.sql("""
                        update forwarding
                           set lease = null, leased_until = null, quiet = case when :quiet then quiet + 1 else 0 end,
                               look_at = now() + make_interval(secs => least(:most, :least * (case when :quiet then quiet + 1 else 1 end)))
                         where id = :id and lease = :lease
                        """)
                .param("quiet", quiet)
                .param("least", least.toMillis() / 1_000.0)
                .param("most", most.toMillis() / 1_000.0)
                .param("id", leased.destination().id())
                .param("lease", leased.lease())
                .update();
    }

    /** How the row was before a failure was written into it. */
    public record Before(@Nullable Instant failingSince, Instant now) {}

    /** Goes on behind an event that is too large for the receiver; false when the lease is not ours any more. */
    public boolean parked(Db db, Leased leased, long from, long place, int characters, long end) {
        boolean ours = db.sql("""
                        update forwarding set next_place = greatest(next_place, :next), again_from = :from, seen_end = :end
                         where id = :id and lease = :lease
                        """)
                        .param("next", place + 1)
                        .param("from", from)
                        .param("end", end)
                        .param("id", leased.destination().id())
                        .param("lease", leased.lease())
                        .update()
                == 1;
        if (ours) {
            db.sql(
                            "insert into forwarding_parked (forwarding, project_id, place, characters) values (?, ?, ?, ?) on conflict do nothing")
                    .param(leased.destination().id())
                    .param(leased.destination().log())
                    .param(place)
                    .param(characters)
                    .update();
        }
        return ours;
    }

    /**
     * Notes a failure and gives the lease back.
     *
     * @param gone whether the receiver wants no more
     * @return what it was before; empty when the lease is not ours any more
     */
    public Optional<Before> failed(
            Db db,
            Leased leased,
            Trouble trouble,
            long end,
            @Nullable Instant waitingSince,
            Duration pause,
            boolean gone) {
        return db.sql("""
                        with before as (
                            select id, failing_since from forwarding where id = :id and lease = :lease for update)
                        update forwarding f
                           set tries = tries + 1, failing_since = coalesce(f.failing_since, now()), problem = :problem, detail = :detail,
                               seen_end = greatest(seen_end, :end), waiting_since = coalesce(:waiting, waiting_since),
                               look_at = now() + make_interval(secs => :pause), lease = null, leased_until = null,
                               state = case when :gone then 'gone' else state end
                          from before where f.id = before.id
                        returning before.failing_since, now() as at
                        """)
                .param("id", leased.destination().id())
                .param("lease", leased.lease())
                .param("problem", trouble.reason().wireName())
                .param("detail", trouble.detail())
                .param("end", end)
                .param("waiting", waitingSince == null ? null : Timestamp.from(waitingSince))
                .param("pause", pause.toMillis() / 1_000.0)
                .param("gone", gone)
                .query((row, _) -> {
                    Timestamp since = row.getTimestamp("failing_since");
                    return new Before(
                            since == null ? null : since.toInstant(),
                            row.getTimestamp("at").toInstant());
                })
                .optional();
    }

    public void mailed(Db db, UUID id) {
        db.sql("update forwarding set mailed_at = now() where id = ?").param(id).update();
    }
}
