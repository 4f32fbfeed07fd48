package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.Round;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The published rounds, each with its secret seed. */
final class RoundStore {
    private static final String SELECT = "select number, root, time, previous, signature from round ";

    private RoundStore() {}

    static void insert(Db db, Round round, byte[] seed) {
        db.sql("insert into round (number, root, time, previous, signature, seed) values (?, ?, ?, ?, ?, ?)")
                .param(round.number())
                .param(round.root())
                .param(EventLog.utc(round.time()))
                .param(round.previous())
                .param(round.signature())
                .param(seed)
                .update();
    }

    static Optional<Round> newest(Db db) {
        return db.sql(SELECT + "order by number desc limit 1")
                .query((row, n) -> round(row))
                .optional();
    }

    static Optional<Round> numbered(Db db, long number) {
        return db.sql(SELECT + "where number = ?")
                .param(number)
                .query((row, n) -> round(row))
                .optional();
    }

    /** Newest first, older than {@code before}. */
    static List<Round> page(Db db, long before, int limit) {
        return db.sql(SELECT + "where number < ? order by number desc limit ?")
                .param(before)
                .param(limit)
                .query((row, n) -> round(row))
                .list();
    }

    /** In their order, from that number on. */
    static List<Round> following(Db db, long from, int limit) {
        return db.sql(SELECT + "where number >= ? order by number limit ?")
                .param(from)
                .param(limit)
                .query((row, n) -> round(row))
                .list();
    }

    static byte[] seed(Db db, long number) {
        return db.sql("select seed from round where number = ?")
                .param(number)
                .query((row, n) -> row.getBytes(1))
                .single();
    }

    private static Round round(ResultSet row) throws SQLException {
        return new Round(
                row.getLong(1),
                row.getBytes(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getBytes(4),
                row.getBytes(5));
    }
}
