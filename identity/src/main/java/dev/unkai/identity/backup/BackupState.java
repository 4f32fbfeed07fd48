package dev.unkai.identity.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.backup.BackupDirectory.Found;
import dev.unkai.identity.backup.BackupRuns.Run;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers how well the database is backed up just now: from the files that are there and what is known of their making. */
public final class BackupState {
    /** A backup later than its time by this is overdue. */
    static final Duration GRACE = Duration.ofMinutes(30);

    private final Transactions transactions;
    private final BackupDirectory directory;
    private final BackupSettings settings;
    private final Clock clock;

    public BackupState(Transactions transactions, BackupDirectory directory, BackupSettings settings, Clock clock) {
        this.transactions = transactions;
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
    }

    /** In a word. */
    enum Word {
        /** There is none yet, and none was tried in vain. */
        NONE,
        GOOD,
        /** The last attempt failed; earlier backups are there, or not. */
        FAILING,
        /** The newest is older than it should be. */
        OVERDUE
    }

    /**
     * What an operator sees.
     *
     * @param state none, good, failing or overdue
     * @param everySeconds from one to the next
     * @param directory on the machine of identity
     * @param newestAt when the newest good one was made; null: there is none
     * @param backups newest first
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Shape(name = "Backups")
    public record View(
            @OneOf(of = Word.class) String state,
            long everySeconds,
            long keptSeconds,
            String directory,
            @Nullable Instant newestAt,
            @Nullable Failure lastFailure,
            List<Backup> backups) {}

    /** Why an attempt failed. */
    @Shape(name = "BackupFailure")
    public record Failure(Instant at, String reason) {}

    /**
     * One file.
     *
     * @param good false: it is there but cannot be used
     * @param rows, tables, seconds and by are null until the file was looked at
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Shape(name = "Backup")
    public record Backup(
            String name,
            Instant madeAt,
            long bytes,
            boolean good,
            @Nullable Long rows,
            @Nullable Integer tables,
            @Nullable Double seconds,
            @OneOf(of = BackupRuns.By.class) @Nullable String by) {}

    View view() throws IOException {
        Map<String, Run> runs = transactions.asSystem(BackupRuns::byFile);
        Optional<Run> failure = transactions.asSystem(BackupRuns::lastFailure);
        List<Backup> backups = new ArrayList<>();
        for (Found found : directory.list()) {
            backups.add(backup(found, runs.get(found.name())));
        }
        Instant newest = backups.stream()
                .filter(Backup::good)
                .map(Backup::madeAt)
                .findFirst()
                .orElse(null);
        return new View(
                word(newest, failure.orElse(null)).name().toLowerCase(Locale.ROOT),
                settings.every().toSeconds(),
                settings.kept().toSeconds(),
                directory.path().toString(),
                newest,
                failure.map(run -> new Failure(run.beganAt(), String.valueOf(run.failure())))
                        .orElse(null),
                List.copyOf(backups));
    }

    private Word word(@Nullable Instant newest, @Nullable Run failure) {
        if (failure != null && (newest == null || failure.beganAt().isAfter(newest))) {
            return Word.FAILING;
        }
        if (newest == null) {
            return Word.NONE;
        }
        return newest.plus(settings.every()).plus(GRACE).isBefore(clock.instant()) ? Word.OVERDUE : Word.GOOD;
    }

    private static Backup backup(Found found, @Nullable Run run) {
        return run == null
                ? new Backup(found.name(), found.madeAt(), found.bytes(), true, null, null, null, null)
                : new Backup(
                        found.name(),
                        found.madeAt(),
                        found.bytes(),
                        run.failure() == null,
                        run.rows(),
                        run.tables(),
                        Duration.between(run.beganAt(), run.endedAt()).toMillis() / 1000.0,
                        run.by());
    }
}
