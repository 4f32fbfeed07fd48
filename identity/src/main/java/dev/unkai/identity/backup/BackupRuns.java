package dev.unkai.identity.backup;

import dev.unkai.base.data.Db;
import dev.unkai.wire.event.CadfEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of the attempts, each written together with its event. */
final class BackupRuns {
    /** The provider's own project, in whose history operators read what becomes of the backups; none before the first start. */
    static final String PROVIDER = "select id from project where domain_id = 'default' order by created_at, id limit 1";

    private static final String SELECT =
            "select file, made_by, began_at, ended_at, bytes, tables, row_count, failure from backup_run";

    private BackupRuns() {}

    /** Who wanted a backup. */
    enum By {
        SCHEDULE,
        COMMAND,
        FOUND;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * An attempt.
     *
     * @param file its name; null when there is none
     * @param failure why there is no good backup; null when there is
     */
    record Run(
            @Nullable String file,
            String by,
            Instant beganAt,
            Instant endedAt,
            @Nullable Long bytes,
            @Nullable Integer tables,
            @Nullable Long rows,
            @Nullable String failure) {}

    static void record(Db db, Run run) {
        db.sql("""
                insert into backup_run (file, made_by, began_at, ended_at, bytes, tables, row_count, failure)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .param(run.file())
                .param(run.by())
                .param(Timestamp.from(run.beganAt()))
                .param(Timestamp.from(run.endedAt()))
                .param(run.bytes())
                .param(run.tables())
                .param(run.rows())
                .param(run.failure())
                .update();
        String provider = db.sql(PROVIDER).query(String.class).optional().orElse(null);
        db.record(event(run, provider));
    }

    private static CadfEvent event(Run run, @Nullable String project) {
        String name = run.file() == null ? "identity" : run.file();
        CadfEvent event = CadfEvent.bySystem(
                "identity",
                "backup",
                new CadfEvent.Target(name, "identity/backup", name, project),
                run.endedAt(),
                null);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("by", run.by());
        if (run.bytes() != null) {
            facts.put("bytes", String.valueOf(run.bytes()));
        }
        if (run.rows() != null) {
            facts.put("rows", String.valueOf(run.rows()));
        }
        CadfEvent told = event.with(facts);
        return run.failure() == null ? told : told.failed("BackupFailed", run.failure());
    }

    /** By file name; those without a file are not in it. */
    static Map<String, Run> byFile(Db db) {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (Run run : db.sql(SELECT + " where file is not null")
                .query(BackupRuns::read)
                .list()) {
            runs.put(String.valueOf(run.file()), run);
        }
        return runs;
    }

    /** The newest attempt that failed. */
    static Optional<Run> lastFailure(Db db) {
        return db.sql(SELECT + " where failure is not null order by began_at desc limit 1")
                .query(BackupRuns::read)
                .optional();
    }

    static void forget(Db db, Instant before, List<String> filesThatStay) {
        db.sql("delete from backup_run where began_at < ? and (file is null or file <> all (?::text[]))")
                .param(Timestamp.from(before))
                .param(filesThatStay.toArray(String[]::new))
                .update();
    }

    private static Run read(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getString("file"),
                row.getString("made_by"),
                row.getTimestamp("began_at").toInstant(),
                row.getTimestamp("ended_at").toInstant(),
                row.getObject("bytes", Long.class),
                row.getObject("tables", Integer.class),
                row.getObject("row_count", Long.class),
                row.getString("failure"));
    }
}
