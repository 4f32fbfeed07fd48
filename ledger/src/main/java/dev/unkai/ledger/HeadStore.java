package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.SignedHead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient.MappedQuerySpec;

/** The signed heads of the logs. */
final class HeadStore {
    private static final String SELECT = "select log, size, root, time, previous, signature from head ";

    private HeadStore() {}

    static void insert(Db db, List<SignedHead> heads) {
        if (heads.isEmpty()) {
            return;
        }
        db.sql("""
                        insert into head (log, size, root, time, previous, signature)
                        select * from unnest(?::text[], ?::bigint[], ?::bytea[], ?::timestamptz[], ?::bytea[], ?::bytea[])""")
                .param(heads.stream().map(SignedHead::log).toArray(String[]::new))
                .param(heads.stream().map(SignedHead::size).toArray(Long[]::new))
                .param(heads.stream().map(SignedHead::root).toArray(byte[][]::new))
                .param(heads.stream().map(head -> head.time().toString()).toArray(String[]::new))
                .param(heads.stream().map(SignedHead::previous).toArray(byte[][]::new))
                .param(heads.stream().map(SignedHead::signature).toArray(byte[][]::new))
                .update();
    }

    static Optional<SignedHead> newest(Db db, String log) {
        return read(db, "where log = ? order by size desc limit 1", log).optional();
    }

    static Map<String, SignedHead> newest(Db db, Collection<String> logs) {
        return db.sql("""
                        select h.log, h.size, h.root, h.time, h.previous, h.signature from unnest(?::text[]) x (log)
                         cross join lateral (select * from head where head.log = x.log order by size desc limit 1) h""").param(logs.toArray(String[]::new)).query((row, n) -> head(row)).list().stream()
                .collect(Collectors.toMap(SignedHead::log, head -> head));
    }

    static Optional<SignedHead> ofSize(Db db, String log, long size) {
        return read(db, "where log = ? and size = ?", log, size).optional();
    }

    /** Heads by which a condition holds; the query may be streamed. */
    static MappedQuerySpec<SignedHead> read(Db db, String where, Object... parameters) {
        return db.sql(SELECT + where).params(parameters).query((row, n) -> head(row));
    }

    private static SignedHead head(ResultSet row) throws SQLException {
        return new SignedHead(
                row.getString(1),
                row.getLong(2),
                row.getBytes(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getBytes(5),
                row.getBytes(6));
    }
}
