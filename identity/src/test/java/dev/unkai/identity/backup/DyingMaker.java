package dev.unkai.identity.backup;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.backup.BackupMaker.Step;
import dev.unkai.identity.backup.BackupRuns.By;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A process of its own that makes a backup and is gone at one of the steps. */
final class DyingMaker {
    static final int STATUS = 77;

    private DyingMaker() {}

    /** Takes the database's address, user and password, the directory of key and backups, and the step. */
    public static void main(String[] arguments) throws IOException {
        DatabaseAccess system = new DatabaseAccess(arguments[0], arguments[1], arguments[2]);
        Path data = Path.of(arguments[3]);
        Step last = Step.valueOf(arguments[4]);
        try (HikariDataSource pool = system.pool("dying", 1)) {
            new BackupMaker(
                            system,
                            new Transactions(pool, pool, new Wakeups()),
                            KeySeal.at(data.resolve("identity.key")),
                            new BackupDirectory(data.resolve("backup/identity")),
                            // Another second than the backup before, whose name stays.
                            Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5)),
                            step -> {
                                if (step == last) {
                                    Runtime.getRuntime().halt(STATUS);
                                }
                            })
                    .make(By.SCHEDULE);
        }
    }
}
