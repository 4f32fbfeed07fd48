package dev.unkai.identity.backup;

import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.backup.BackupDirectory.Found;
import dev.unkai.identity.backup.BackupRuns.By;
import dev.unkai.identity.backup.BackupRuns.Run;
import dev.unkai.identity.backup.BackupTrouble.Kind;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one backup: written beside the good ones, forced to the disk, read back and compared, and only then given its name. If the process
 * dies at any of these steps, what was good before is good still, and the next attempt clears away what was left.
 */
public final class BackupMaker {
    private static final Logger log = LoggerFactory.getLogger(BackupMaker.class);
    private static final int LOCK = 4303;

    private final DumpWriter writer;
    private final Transactions transactions;
    private final KeySeal seal;
    private final BackupDirectory directory;
    private final Clock clock;
    private final Consumer<Step> reached;

    /** How far an attempt has come. */
    enum Step {
        BEGUN,
        HALF_WRITTEN,
        ON_DISK,
        CHECKED,
        NAMED
    }

    /** @param reader a database role that may read everything; it need not write anything */
    public BackupMaker(
            DatabaseAccess reader, Transactions transactions, KeySeal seal, BackupDirectory directory, Clock clock) {
        this(reader, transactions, seal, directory, clock, _ -> {});
    }

    /** @param reached is told of each step, for tests of what a sudden end leaves */
    BackupMaker(
            DatabaseAccess reader,
            Transactions transactions,
            KeySeal seal,
            BackupDirectory directory,
            Clock clock,
            Consumer<Step> reached) {
        this.writer = new DumpWriter(reader);
        this.transactions = transactions;
        this.seal = seal;
        this.directory = directory;
        this.clock = clock;
        this.reached = reached;
    }

    /** A good backup: where, how large, what is in it, how long it took. */
    public record Made(Path file, long bytes, Dump dump, Duration took) {}

    /**
     * Makes one now. A failure is recorded like a success.
     *
     * @throws BackupTrouble when another one is under way, or what is to be backed up cannot be read
     * @throws IOException when it cannot be written, or the database not be reached
     */
    Made make(By by) throws IOException {
        Instant began = clock.instant();
        try (Connection connection = writer.connect()) {
            if (!locked(connection)) {
                throw new BackupTrouble(Kind.BUSY, "Another backup is being made at this moment.");
            }
            Made made = write(connection, began);
            Run run = new Run(
                    made.file().getFileName().toString(),
                    by.word(),
                    began,
                    began.plus(made.took()),
                    made.bytes(),
                    made.dump().tables().size(),
                    made.dump().rows(),
                    null);
            transactions.doAsSystem(db -> BackupRuns.record(db, run));
            log.info(
                    "Backed identity's database up: {}, {} bytes, {} rows, {} ms",
                    made.file(),
                    made.bytes(),
                    made.dump().rows(),
                    made.took().toMillis());
            return made;
        } catch (SQLException e) {
            throw failed(by, began, new IOException("The database cannot be read: " + e.getMessage(), e));
        } catch (BackupTrouble e) {
            throw e.kind() == Kind.BUSY ? e : failed(by, began, e);
        } catch (IOException e) {
            throw failed(by, began, e);
        }
    }

    /** One attempt at a time, also among processes; the lock goes with the connection. */
    private static boolean locked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private Made write(Connection connection, Instant began) throws IOException, SQLException {
        Instant name = name(began);
        Path unfinished = directory.begin(name);
        try {
            reached.accept(Step.BEGUN);
            Dump written;
            try (FileOutputStream file = new FileOutputStream(unfinished.toFile());
                    SealedOutput sealed = new SealedOutput(new BufferedOutputStream(file, 1 << 16), seal)) {
                GZIPOutputStream packed = new GZIPOutputStream(sealed, 1 << 16);
                BufferedOutputStream buffered = new BufferedOutputStream(packed, 1 << 16);
                written = writer.write(connection, buffered, began);
                buffered.flush();
                reached.accept(Step.HALF_WRITTEN);
                packed.finish();
                sealed.finish();
                file.getChannel().force(true);
            }
            reached.accept(Step.ON_DISK);
            if (!DumpReader.check(() -> Files.newInputStream(unfinished), seal).equals(written)) {
                throw new BackupTrouble(
                        Kind.UNFAITHFUL,
                        "What was read back is not what was written. Check the disk of " + directory.path() + ".");
            }
            reached.accept(Step.CHECKED);
            Path file = directory.finish(unfinished, name);
            reached.accept(Step.NAMED);
            return new Made(file, Files.size(file), written, Duration.between(began, clock.instant()));
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Names go by the second: a second backup within one takes the next. */
    private Instant name(Instant began) throws IOException {
        Instant second = began.truncatedTo(ChronoUnit.SECONDS);
        List<Found> found = directory.list();
        return found.isEmpty() || found.getFirst().madeAt().isBefore(second)
                ? second
                : found.getFirst().madeAt().plusSeconds(1);
    }

    private IOException failed(By by, Instant began, IOException failure) {
        log.warn("No backup of identity's database could be made; the earlier ones stay: {}", failure.getMessage());
        Run run = new Run(
                null, by.word(), began, clock.instant(), null, null, null, String.valueOf(failure.getMessage()));
        try {
            transactions.doAsSystem(db -> BackupRuns.record(db, run));
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // the database is away: nothing can be recorded in it
        }
        return failure;
    }

    /**
     * Sees to what other attempts have left: a good file whose maker ended before it could record it is recorded now (after a restore, all
     * that are newer are), and files older than {@code kept} go, the newest good one never.
     */
    void tidy(Duration kept) throws IOException {
        Instant now = clock.instant();
        Map<String, Run> recorded = transactions.asSystem(BackupRuns::byFile);
        for (Found found : directory.list()) {
            if (!recorded.containsKey(found.name())) {
                Run run = adopted(found);
                transactions.doAsSystem(db -> BackupRuns.record(db, run));
            }
        }
        if (transactions.<Boolean>asSystem(BackupHolds::any)) {
            return;
        }
        Map<String, Run> all = transactions.asSystem(BackupRuns::byFile);
        boolean goodSeen = false;
        for (Found found : directory.list()) {
            Run run = all.get(found.name());
            boolean good = run != null && run.failure() == null;
            boolean newestGood = good && !goodSeen;
            goodSeen |= good;
            if (!newestGood && found.madeAt().isBefore(now.minus(kept))) {
                Files.deleteIfExists(found.file());
            }
        }
        List<String> files = directory.list().stream().map(Found::name).toList();
        transactions.doAsSystem(db -> BackupRuns.forget(db, now.minus(kept), files));
    }

    private Run adopted(Found found) {
        try {
            Dump dump = DumpReader.check(() -> Files.newInputStream(found.file()), seal);
            return new Run(
                    found.name(),
                    By.FOUND.word(),
                    dump.madeAt(),
                    dump.madeAt(),
                    found.bytes(),
                    dump.tables().size(),
                    dump.rows(),
                    null);
        } catch (IOException e) {
            log.warn("The backup {} cannot be used: {}", found.file(), e.getMessage());
            return new Run(
                    found.name(),
                    By.FOUND.word(),
                    found.madeAt(),
                    found.madeAt(),
                    found.bytes(),
                    null,
                    null,
                    String.valueOf(e.getMessage()));
        }
    }
}
