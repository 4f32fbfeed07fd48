package dev.unkai.web.seal;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While a former key file lies beside the present one, seals by the present key what the former sealed. When nothing is left, and no process seals by the
 * former any more, it is retired: recorded, and never again a key to begin with. Its file is not deleted: backups from before need it.
 */
public final class SealRenewal implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(SealRenewal.class);
    private static final int AT_ONCE = 200;
    /** After which a process that sealed by a key, and said so each minute, has ended or begun anew. */
    private static final Duration SILENT = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final KeySeal seal;
    private final List<SealedColumn> columns;
    private final String process;
    private final Clock clock;

    /** @param process as events name it */
    public SealRenewal(
            Transactions transactions, KeySeal seal, List<SealedColumn> columns, String process, Clock clock) {
        this.transactions = transactions;
        this.seal = seal;
        this.columns = List.copyOf(columns);
        this.process = process;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sealed secrets";
    }

    @Override
    public String channel() {
        return "seal";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        List<String> names = seal.names();
        transactions.doAsSystem(db -> stamp(db, names));
        if (names.size() == 1) {
            return false;
        }
        int renewed = columns.stream().mapToInt(this::renewed).sum();
        if (renewed > 0) {
            log.info("{} secrets were sealed by the former key and are by the present one now", renewed);
        }
        transactions.doAsSystem(db -> retire(db, names.getLast()));
        return false;
    }

    /** @param names of the present key, and of the former where there is one */
    private void stamp(Db db, List<String> names) {
        for (String former : names.subList(1, names.size())) {
            // Of a version that did not say so.
            db.sql(
                            "insert into seal_key (name, first_used, last_used) values (:name, :now, :now) on conflict do nothing")
                    .param("name", former)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
        db.sql("""
                        insert into seal_key (name, first_used, last_used) values (:name, :now, :now)
                        on conflict (name) do update set last_used = :now
                        """)
                .param("name", names.getFirst())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private record Row(String at, byte[] sealed, String place) {}

    /** Goes through the table as it lies; what it has written lies at the end, and is found good there. */
    private int renewed(SealedColumn column) {
        int renewed = 0;
        String at = "(0,0)";
        while (true) {
            String from = at;
            List<Row> rows = transactions.asSystem(db -> renew(db, column, from));
            renewed += (int) rows.stream().filter(row -> row.sealed.length > 0).count();
            if (rows.size() < AT_ONCE) {
                return renewed;
            }
            at = rows.getLast().at;
        }
    }

    /** The next rows; those that were sealed anew with their value, all others without. */
    private List<Row> renew(Db db, SealedColumn column, String from) {
        List<Row> rows = db.sql("""
                        select ctid::text, %2$s, %3$s from %1$s where %2$s is not null and ctid > cast(? as tid)
                         order by ctid limit %4$d for update
                        """.formatted(column.table(), column.column(), column.place(), AT_ONCE))
                .param(from)
                .query((row, _) -> new Row(row.getString(1), row.getBytes(2), row.getString(3)))
                .list();
        return rows.stream().map(row -> renew(db, column, row)).toList();
    }

    private Row renew(Db db, SealedColumn column, Row row) {
        byte[] fresh = fresh(column, row).orElse(new byte[0]);
        if (fresh.length > 0) {
            db.sql("update %s set %s = ? where ctid = cast(? as tid)".formatted(column.table(), column.column()))
                    .param(fresh)
                    .param(row.at)
                    .update();
        }
        return new Row(row.at, fresh, row.place);
    }

    /** Empty where there is nothing to do, or nothing that can be done. */
    private Optional<byte[]> fresh(SealedColumn column, Row row) {
        try {
            return seal.renewed(row.sealed, row.place);
        } catch (GeneralSecurityException e) {
            log.debug("A value of {} was sealed by neither key and stays as it is", column);
            return Optional.empty();
        }
    }

    private void retire(Db db, String former) {
        Instant now = clock.instant();
        boolean retired = db.sql("""
                        update seal_key set retired_at = ? where name = ? and retired_at is null and last_used < ?
                        """)
                        .param(Timestamp.from(now))
                        .param(former)
                        .param(Timestamp.from(now.minus(SILENT)))
                        .update()
                > 0;
        if (retired) {
            log.info(
                    "Nothing is sealed by the key {} any more. Move its file away; backups from before still need it.",
                    former);
            db.record(CadfEvent.bySystem(
                            process, "retire", new Target(former, "service/seal-key", former, null), now, null)
                    .with(Map.of("columns", columns.toString())));
        }
    }
}
