package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Marks of what OVN may not show yet, raised in the transaction of the change. */
@Component
public class OvnMarks {
    public static final String CHANNEL = "network";

    /** What is brought to OVN as one piece. */
    public enum Kind {
        NETWORK,
        SUBNET,
        ADDRESS_GROUP,
        GROUP,
        PORT,
        ROUTER,
        /** What all customers share in OVN; its id is {@link #BASE_ID}. */
        BASE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    public static final UUID BASE_ID = new UUID(0, 0);

    private static final BiConsumer<Db, Set<Unit>> WRITER = OvnMarks::write;

    public record Unit(Kind kind, UUID id) {
        @Override
        public String toString() {
            return kind.wireName() + "/" + id;
        }
    }

    /** @param generation rises with every change; a mark may be removed only at the generation that was applied */
    public record Mark(Unit unit, long generation, int failures) {}

    /** Holds from the commit on, like the change that it is about. */
    public void raise(Db db, Kind kind, UUID... ids) {
        raise(db, kind, Arrays.asList(ids));
    }

    public void raise(Db db, Kind kind, Collection<UUID> ids) {
        db.gather(WRITER, ids.stream().map(id -> new Unit(kind, id)).toList());
        db.wake(CHANNEL);
    }

    /** In one order, as in {@link #settle}: two transactions that mark the same things wait for one another one way only. */
    private static void write(Db db, Set<Unit> units) {
        if (units.isEmpty()) {
            return;
        }
        db.sql("""
                insert into ovn_mark (kind, id)
                select kind, id from unnest(?::text[], ?::uuid[]) as x (kind, id) order by kind, id
                on conflict (kind, id) do update
                   set generation = nextval('ovn_generation'), failures = 0, fault = null, retry_at = '-infinity'""")
                .param(texts(units.stream().map(unit -> unit.kind().wireName())))
                .param(texts(units.stream().map(unit -> unit.id().toString())))
                .update();
    }

    /** The oldest marks that are due. */
    public List<Mark> due(Db db, int limit) {
        return db.sql(
                        "select kind, id, generation, failures from ovn_mark where retry_at <= now() order by generation limit ?")
                .param(limit)
                .query((row, _) -> new Mark(
                        new Unit(Kind.of(row.getString("kind")), Columns.uuid(row, "id")),
                        row.getLong("generation"),
                        row.getInt("failures")))
                .list();
    }

    /** Takes the marks away unless they were raised again meanwhile. */
    public void settle(Db db, Collection<Mark> marks) {
        if (!marks.isEmpty()) {
            db.sql("""
                    delete from ovn_mark m
                     using (select o.kind, o.id
                              from ovn_mark o
                              join unnest(?::text[], ?::uuid[], ?::bigint[]) as x (kind, id, generation)
                                on o.kind = x.kind and o.id = x.id and o.generation = x.generation
                             order by o.kind, o.id for update of o) as done
                     where m.kind = done.kind and m.id = done.id""")
                    .param(texts(marks.stream().map(mark -> mark.unit().kind().wireName())))
                    .param(texts(marks.stream().map(mark -> mark.unit().id().toString())))
                    .param(texts(marks.stream().map(mark -> String.valueOf(mark.generation()))))
                    .update();
        }
    }

    /** Notes that OVN refused this one; it is tried again after ever longer pauses, up to five minutes. */
    public void fail(Db db, Mark mark, String fault) {
        db.sql("""
                update ovn_mark set failures = failures + 1, fault = ?,
                    retry_at = now() + least(interval '5 minutes', interval '1 second' * power(2, least(failures, 10)))
                 where kind = ? and id = ? and generation = ?""")
                .params(fault, mark.unit().kind().wireName(), mark.unit().id(), mark.generation())
                .update();
    }

    private static String[] texts(Stream<String> values) {
        return values.toArray(String[]::new);
    }
}
