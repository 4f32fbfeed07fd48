package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.stereotype.Component;

/** Events from before they were divided by class and month are moved as they are: number, place, hash and seal stay. Before anything else comes in. */
@Component
final class Undivided {
    private static final int PAGE = 1_000;

    private final Transactions transactions;

    Undivided(Transactions transactions) {
        this.transactions = transactions;
    }

    void take() {
        if (isThere("event_undivided")) {
            while (transactions.asSystem(Undivided::move)) {
                // page by page
            }
        }
    }

    boolean isThere(String table) {
        return transactions.asSystem(db -> db.sql("select to_regclass(?) is not null")
                .param(table)
                .query(Boolean.class)
                .single());
    }

    private static boolean move(Db db) {
        EventLog.turn(db);
        List<Row> rows = db.sql("""
                        select number, source, position, log, place, hash, seal, received_at, body from event_undivided
                         where number >= coalesce((select places from log_end where log = 'journal'), 0) order by number limit ?""").param(PAGE).query((row, n) -> read(row)).list();
        Batch.store(db, rows);
        return !rows.isEmpty();
    }

    private static Row read(ResultSet row) throws SQLException {
        String body = row.getString("body");
        return new Row(
                JournalRow.read(row),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                body,
                Facts.of(row.getString("source"), body));
    }
}
