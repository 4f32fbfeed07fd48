package dev.unkai.cloud.evidence.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.Secrecy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of {@code disclosure_secrecy}, and what packages owe to customers' histories because of them. */
@Component
public class SecrecyStore {
    /**
     * A package of which its customer's history is told now.
     *
     * @param recorded id of the event of its making, in the provider's history
     * @param sha256 of that event's text
     * @param until when the last period that was in force has ended, or was to end
     */
    public record Owed(UUID packageId, UUID disclosure, UUID recorded, String sha256, Instant until, String ground) {}

    /**
     * A period that ends soon, of which nothing was said for a day.
     *
     * @param reference of the request
     * @param packages whose making the customer's history will be told of then
     */
    public record Ending(UUID disclosure, String reference, Instant until, int packages) {}

    /** Oldest first. */
    public List<Secrecy> of(Db db, UUID disclosure) {
        return db.sql("select * from disclosure_secrecy where disclosure_id = ? order by asked_at, id")
                .param(disclosure)
                .query(SecrecyStore::read)
                .list();
    }

    public void ask(Db db, UUID disclosure, Instant until, String ground, Person by) {
        db.sql("""
                        insert into disclosure_secrecy (id, disclosure_id, until_at, ground, asked_by, asked_name)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(UUID.randomUUID())
                .param(disclosure)
                .param(Rows.timestamp(until))
                .param(ground)
                .param(by.id())
                .param(by.name())
                .update();
    }

    public void agree(Db db, UUID id, Person by) {
        db.sql("update disclosure_secrecy set agreed_by = ?, agreed_name = ?, agreed_at = now() where id = ?")
                .param(by.id())
                .param(by.name())
                .param(id)
                .update();
    }

    /** Ends what is in force or waits. */
    public void end(Db db, UUID disclosure, Person by, String reason) {
        db.sql("""
                        update disclosure_secrecy set ended_by = ?, ended_name = ?, ended_at = now(), end_reason = ?
                         where disclosure_id = ? and ended_at is null and until_at > now()
                        """)
                .param(by.id())
                .param(by.name())
                .param(reason)
                .param(disclosure)
                .update();
    }

    /** Packages whose customers may be told from now on, marked as told. */
    public List<Owed> due(Db db) {
        return db.sql("""
                        update evidence_package k set told_at = now()
                         where k.owed_event is not null and k.told_at is null and secret_until(k.disclosure_id) is null
                        returning k.id, k.disclosure_id, k.owed_event, k.owed_sha256,
                                  (select s.until_at from disclosure_secrecy s where s.disclosure_id = k.disclosure_id
                                      and s.agreed_by is not null order by s.until_at desc limit 1) as until_at,
                                  (select s.ground from disclosure_secrecy s where s.disclosure_id = k.disclosure_id
                                      and s.agreed_by is not null order by s.until_at desc limit 1) as ground
                        """)
                .query((row, _) -> new Owed(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getTimestamp(5).toInstant(),
                        row.getString(6)))
                .list();
    }

    /** Those in force that end within a week of {@code now} and are followed by no longer one, once a day each; marked as said. */
    public List<Ending> ending(Db db, Instant now) {
        return db.sql("""
                        update disclosure_secrecy s set reminded_at = :now from disclosure d
                         where d.id = s.disclosure_id and s.until_at = secret_until(d.id) and s.agreed_by is not null and s.ended_at is null
                           and s.until_at > :now and s.until_at < cast(:now as timestamptz) + interval '7 days'
                           and (s.reminded_at is null or s.reminded_at <= cast(:now as timestamptz) - interval '1 day')
                        returning d.id, 'D-' || d.number, s.until_at,
                                  (select count(*) from evidence_package k
                                    where k.disclosure_id = d.id and k.owed_event is not null and k.told_at is null)
                        """)
                .param("now", Rows.timestamp(now))
                .query((row, _) -> new Ending(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getInt(4)))
                .list();
    }

    private static Secrecy read(ResultSet row, int number) throws SQLException {
        return new Secrecy(
                row.getObject("id", UUID.class),
                row.getTimestamp("until_at").toInstant(),
                row.getString("ground"),
                Objects.requireNonNull(Rows.person(row, "asked")),
                row.getTimestamp("asked_at").toInstant(),
                Rows.person(row, "agreed"),
                Rows.time(row, "agreed_at"),
                Rows.person(row, "ended"),
                Rows.time(row, "ended_at"),
                row.getString("end_reason"));
    }
}
