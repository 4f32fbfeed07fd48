package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * How an event went that is not kept any more.
 *
 * @param about its class
 * @param month in which it was received
 * @param at when the month was dropped
 * @param act the number of the act that dropped it
 * @param days for how long the class was kept then
 */
record DroppedEvent(String about, String month, Instant at, long act, int days) {
    /** Empty for one that is there, or never was. */
    static Optional<DroppedEvent> at(Db db, String log, long place) {
        return db.sql("""
                        select d.class, to_char(d.month, 'YYYY-MM') as month, a.made_at, a.number, a.days
                          from dropped_event d
                          join act a on a.kind = 'drop' and a.id = d.class || '/' || to_char(d.month, 'YYYY-MM')
                         where d.log = ? and d.place = ? order by a.number desc limit 1""")
                .param(log)
                .param(place)
                .query((row, n) -> new DroppedEvent(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getLong(4),
                        row.getInt(5)))
                .optional();
    }
}
