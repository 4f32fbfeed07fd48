package dev.unkai.cloud.evidence.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.evidence.Hold;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.Hold.State;
import dev.unkai.cloud.evidence.Hold.Thing;
import dev.unkai.cloud.evidence.Holds.Wanted;
import dev.unkai.cloud.evidence.ThingKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code evidence_hold}. What the time says of a row is asked of the database each time. */
@Component
public class HoldStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Thing>> THINGS = new TypeReference<>() {};

    private static final String SELECT = """
            select h.*, case
                     when ended_at is not null then 'ended'
                     when confirmed_by is null and made_at <= now() - interval '3 days' then 'lapsed'
                     when ends_at <= now() then 'over'
                     when confirmed_by is null then 'provisional'
                     when end_by is not null then 'ending'
                     else 'in_force' end as state,
                   coalesce((select jsonb_agg(jsonb_build_object('kind', t.kind, 'id', t.thing_id, 'name', t.name)
                                              order by t.kind, t.thing_id)
                               from evidence_hold_thing t where t.hold_id = h.id), '[]') as things
              from evidence_hold h
            """;

    /**
     * Which are asked for; null means any.
     *
     * @param words in any of the texts
     * @param thing id of a thing that it holds, by itself or with all that its project has
     * @param project of the thing, or of the hold
     */
    public record Search(
            @Nullable String words,
            @Nullable String thing,
            @Nullable String project,
            boolean inForceOnly) {}

    public List<Hold> list(Db db, Search search) {
        return db.sql("select * from (" + SELECT + """
                        ) h
                         where (:words::text is null or concat_ws(' ', reference, reason, authority, project_id, made_name, things::text)
                                                        ilike '%' || :words || '%')
                           and (:project::text is null or project_id = :project)
                           and (:thing::text is null or everything and project_id = :project
                                or exists (select from evidence_hold_thing t where t.hold_id = h.id and t.thing_id = :thing))
                           and (not :inForce or state in ('provisional', 'in_force', 'ending'))
                         order by made_at desc, id limit 500
                        """)
                .param("words", Rows.literal(search.words()))
                .param("thing", search.thing())
                .param("project", search.project())
                .param("inForce", search.inForceOnly())
                .query(HoldStore::read)
                .list();
    }

    public Optional<Hold> find(Db db, UUID id) {
        return db.sql(SELECT + " where id = ?").param(id).query(HoldStore::read).optional();
    }

    /** Taken for a change, so that of two decisions one comes first. */
    public Optional<Hold> lock(Db db, UUID id) {
        return db.sql(SELECT + " where id = ? for update of h")
                .param(id)
                .query(HoldStore::read)
                .optional();
    }

    /** Waits until deletions under way have committed; those that come later wait for this transaction, and see its hold. */
    public void awaitDeletions(Db db) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('evidence-hold', 0))")
                .query()
                .singleRow();
    }

    /** The project's thing with its name; empty when the project has no such thing. */
    public Optional<Thing> named(Db db, String project, Thing thing) {
        String table = thing.kind().table().orElseThrow();
        String name = thing.kind() == ThingKind.FLOATING_IP ? "description" : "name";
        return db.sql("select " + name + " from " + table + " where id::text = ? and project_id = ?")
                .param(thing.id())
                .param(project)
                .query((row, _) -> new Thing(thing.kind(), thing.id(), row.getString(1)))
                .optional();
    }

    public void insert(Db db, UUID id, Wanted wanted, List<Thing> things, Person by) {
        db.sql("""
                        insert into evidence_hold (id, reference, project_id, everything, reason, authority, may_tell, ends_at,
                                                   made_by, made_name)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(wanted.reference())
                .param(wanted.project())
                .param(wanted.everything())
                .param(wanted.reason())
                .param(wanted.authority())
                .param(wanted.mayTell())
                .param(Rows.timestamp(wanted.endsAt()))
                .param(by.id())
                .param(by.name())
                .update();
        things.forEach(thing -> db.sql(
                        "insert into evidence_hold_thing (hold_id, kind, thing_id, name) values (?, ?, ?, ?) on conflict do nothing")
                .param(id)
                .param(thing.kind().wireName())
                .param(thing.id())
                .param(thing.name())
                .update());
    }

    public void confirm(Db db, UUID id, Person by) {
        db.sql("update evidence_hold set confirmed_by = ?, confirmed_name = ?, confirmed_at = now() where id = ?")
                .param(by.id())
                .param(by.name())
                .param(id)
                .update();
    }

    public void askEnd(Db db, UUID id, Person by, String reason) {
        db.sql("update evidence_hold set end_by = ?, end_name = ?, end_at = now(), end_reason = ? where id = ?")
                .param(by.id())
                .param(by.name())
                .param(reason)
                .param(id)
                .update();
    }

    public void keep(Db db, UUID id) {
        db.sql("update evidence_hold set end_by = null, end_name = null, end_at = null, end_reason = null where id = ?")
                .param(id)
                .update();
    }

    public void end(Db db, UUID id, Person by) {
        db.sql("""
                        update evidence_hold set ended_by = ?, ended_name = ?, ended_at = now(), end_recorded = true where id = ?
                        """).param(by.id()).param(by.name()).param(id).update();
    }

    public void open(Db db, UUID id) {
        db.sql("update evidence_hold set may_tell = true where id = ?")
                .param(id)
                .update();
    }

    /** Those that have ended by themselves and of which no history says so, marked as said. */
    public List<Hold> endedUnsaid(Db db) {
        return db.sql("""
                        update evidence_hold set end_recorded = true
                         where not end_recorded and ended_at is null
                           and (ends_at <= now() or confirmed_by is null and made_at <= now() - interval '3 days')
                        returning id
                        """).query(UUID.class).list().stream()
                .flatMap(id -> lock(db, id).stream())
                .toList();
    }

    /** Those that have waited a day for their second person, once in an hour each; marked as told. */
    public List<Hold> unconfirmed(Db db) {
        return db.sql("""
                        update evidence_hold set alarmed_at = now()
                         where ended_at is null and confirmed_by is null
                           and made_at <= now() - interval '1 day' and made_at > now() - interval '3 days'
                           and (alarmed_at is null or alarmed_at < now() - interval '1 hour') returning id
                        """).query(UUID.class).list().stream()
                .flatMap(id -> lock(db, id).stream())
                .toList();
    }

    /** Those in force that hold something of the kind. */
    public List<Hold> inForce(Db db, ThingKind kind) {
        return db.sql("select * from (" + SELECT + """
                        ) h where state in ('provisional', 'in_force', 'ending')
                           and exists (select from evidence_hold_thing t where t.hold_id = h.id and t.kind = ?) order by made_at, id
                        """)
                .param(kind.wireName())
                .query(HoldStore::read)
                .list();
    }

    /** Those in force that hold logs: by themselves, or with everything. */
    public List<Hold> inForceOnLogs(Db db) {
        return db.sql("select * from (" + SELECT + """
                        ) h where state in ('provisional', 'in_force', 'ending')
                           and (everything or exists (select from evidence_hold_thing t where t.hold_id = h.id and t.kind = 'log'))
                         order by made_at, id
                        """).query(HoldStore::read).list();
    }

    private static Hold read(ResultSet row, int number) throws SQLException {
        return new Hold(
                row.getObject("id", UUID.class),
                row.getString("reference"),
                row.getString("project_id"),
                row.getBoolean("everything"),
                JSON.readValue(row.getString("things"), THINGS),
                row.getString("reason"),
                row.getString("authority"),
                row.getBoolean("may_tell"),
                Rows.time(row, "ends_at"),
                new Person(row.getString("made_by"), row.getString("made_name")),
                row.getTimestamp("made_at").toInstant(),
                Rows.person(row, "confirmed"),
                Rows.time(row, "confirmed_at"),
                Rows.person(row, "end"),
                Rows.time(row, "end_at"),
                row.getString("end_reason"),
                Rows.person(row, "ended"),
                Rows.time(row, "ended_at"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
    }
}
