package dev.unkai.identity.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.TurnedClock;
import dev.unkai.base.data.Migration;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.backup.BackupDirectory.Found;
import dev.unkai.identity.backup.BackupMaker.Step;
import dev.unkai.identity.backup.BackupRuns.By;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Backups as they are made, kept and cleared away: on time, all or nothing, and whatever goes wrong on the way. */
class BackupMakerTest {
    private static final BackupSettings SETTINGS =
            new BackupSettings(Duration.ofHours(6), Duration.ofDays(14), Duration.ZERO, null);

    @TempDir
    private Path data;

    private static PostgresFixture.Database database;
    private static HikariDataSource pool;
    private static Transactions transactions;
    private static JdbcClient sql;

    private final TurnedClock clock = new TurnedClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private KeySeal seal;
    private BackupDirectory directory;

    @BeforeAll
    static void start() {
        database = PostgresFixture.database("backup").migrated();
        pool = database.system().pool("test", 2);
        transactions = new Transactions(pool, pool, new Wakeups());
        sql = JdbcClient.create(new SingleConnectionDataSource(
                database.owner().url(),
                database.owner().user(),
                database.owner().password(),
                true));
    }

    @BeforeEach
    void makeRoom() {
        List.of("backup_run", "backup_hold", "outbox", "domain")
                .forEach(table -> sql.sql("delete from " + table).update());
        sql.sql("insert into domain (id, name) values ('d', 'first')").update();
        seal = KeySeal.at(data.resolve("identity.key"));
        directory = new BackupDirectory(data.resolve("backup/identity"));
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void oneIsMadeWhenItIsDueAndThoseOlderThanTwoWeeksGo() throws IOException {
        BackupSchedule schedule = schedule(directory);

        schedule.step();
        schedule.step();
        assertThat(directory.list()).hasSize(1);
        clock.turn(Duration.ofHours(6));
        schedule.step();

        assertThat(directory.list()).hasSize(2);
        assertThat(state(directory).view().state()).isEqualTo("good");
        for (int quarter = 0; quarter < 3; quarter++) {
            clock.turn(Duration.ofDays(6));
            schedule.step();
        }
        assertThat(directory.list())
                .hasSize(3)
                .allSatisfy(found ->
                        assertThat(found.madeAt()).isAfter(clock.instant().minus(SETTINGS.kept())));
    }

    @Test
    void noneGoesWhileTheyAreHeldAsEvidence() throws IOException {
        maker(directory).make(By.COMMAND);
        clock.turn(Duration.ofDays(20));
        maker(directory).make(By.COMMAND);
        UUID hold = UUID.randomUUID();
        transactions.doAsSystem(db -> BackupHolds.replace(db, List.of(hold, UUID.randomUUID())));
        transactions.doAsSystem(db -> BackupHolds.replace(db, List.of(hold)));

        maker(directory).tidy(SETTINGS.kept());
        assertThat(directory.list()).hasSize(2);
        transactions.doAsSystem(db -> BackupHolds.replace(db, List.of()));
        maker(directory).tidy(SETTINGS.kept());

        assertThat(directory.list()).hasSize(1);
    }

    @Test
    void theNewestGoodOneStaysHoweverOldItIs() throws IOException {
        maker(directory).make(By.COMMAND);
        clock.turn(Duration.ofDays(90));

        maker(directory).tidy(SETTINGS.kept());

        assertThat(directory.list()).hasSize(1);
        assertThat(state(directory).view().state()).isEqualTo("overdue");
    }

    @Test
    void aFailureIsRecordedShownAndTriedAgainTenMinutesLater() throws IOException {
        Files.writeString(data.resolve("a-file"), "");
        BackupDirectory nowhere = new BackupDirectory(data.resolve("a-file/below"));
        BackupSchedule schedule = schedule(nowhere);

        schedule.step();
        schedule.step();

        assertThat(state(directory).view().state()).isEqualTo("failing");
        assertThat(events("failure")).isEqualTo(1);
        clock.turn(Duration.ofMinutes(11));
        schedule.step();
        assertThat(events("failure")).isEqualTo(2);

        clock.turn(Duration.ofMinutes(11));
        schedule(directory).step();
        assertThat(state(directory).view().state()).isEqualTo("good");
        assertThat(events("success")).isEqualTo(1);
    }

    @Test
    void aTableThatAPolicyShowsWholeIsBackedUpAndOneThatAnotherPolicyNarrowsIsNot() throws IOException {
        String system = database.system().user();
        sql.sql("create table guarded (id int)").update();
        sql.sql("alter table guarded enable row level security").update();
        sql.sql("create policy all_of_it on guarded to " + system + " using (true)")
                .update();
        sql.sql("grant select on guarded to " + system).update();
        try {
            assertThat(maker(directory).make(By.COMMAND).dump().tables())
                    .extracting(Dump.Table::name)
                    .contains("guarded");
            sql.sql("create policy never on guarded as restrictive using (id > 0)")
                    .update();
            assertThatThrownBy(() -> maker(directory).make(By.COMMAND)).hasMessageContaining("guarded");
        } finally {
            sql.sql("drop table guarded").update();
        }
    }

    @Test
    void rowsThatRowSecurityWouldHideOrTablesThatMayNotBeReadAreAReasonToFailAndNotToBeLeftOut() {
        sql.sql("create table hidden (id int)").update();
        sql.sql("alter table hidden enable row level security").update();
        assertThatThrownBy(() -> maker(directory).make(By.COMMAND))
                .hasMessageContaining("Row-level security")
                .hasMessageContaining("hidden");
        sql.sql("create policy a_part on hidden to " + database.system().user() + " using (id > 0)")
                .update();
        assertThatThrownBy(() -> maker(directory).make(By.COMMAND)).hasMessageContaining("hidden");
        sql.sql("drop table hidden").update();
        sql.sql("create table closed (id int)").update();
        sql.sql("revoke all on closed from " + database.system().user()).update();
        assertThatThrownBy(() -> maker(directory).make(By.COMMAND))
                .isInstanceOfSatisfying(
                        BackupTrouble.class,
                        trouble -> assertThat(trouble.kind()).isEqualTo(BackupTrouble.Kind.UNREADABLE))
                .hasMessageContaining("closed");
        sql.sql("drop table closed").update();
        assertThat(data.resolve("backup/identity")).isEmptyDirectory();
    }

    @Test
    void theRowsAreThoseOfOneInstant() throws Exception {
        DumpWriter writer = new DumpWriter(database.system());
        Path file = data.resolve("dump");
        try (Connection connection = writer.connect();
                SealedOutput sealed = new SealedOutput(Files.newOutputStream(file), seal);
                GZIPOutputStream packed = new GZIPOutputStream(sealed)) {
            OutputStream slow = new FilterOutputStream(packed) {
                private boolean changed;

                @Override
                public void write(int one) throws IOException {
                    if (!changed) {
                        changed = true;
                        sql.sql("insert into domain (id, name) values ('late', 'late')")
                                .update();
                    }
                    out.write(one);
                }
            };
            writer.write(connection, slow, clock.instant());
            packed.finish();
            sealed.finish();
        }

        Dump dump = DumpReader.check(() -> Files.newInputStream(file), seal);

        assertThat(dump.tables().stream()
                        .filter(table -> table.name().equals("domain"))
                        .map(Dump.Table::rows))
                .containsExactly(1L);
    }

    @Test
    void twoAtATimeAreOneTooMany() throws IOException {
        BackupMaker inner = maker(directory);
        BackupMaker outer = new BackupMaker(database.system(), transactions, seal, directory, clock, step -> {
            if (step == Step.HALF_WRITTEN) {
                assertThatThrownBy(() -> inner.make(By.COMMAND)).hasMessageContaining("at this moment");
            }
        });

        outer.make(By.SCHEDULE);

        assertThat(directory.list()).hasSize(1);
        assertThat(events("failure")).isZero();
    }

    /** The process is gone from one instruction to the next, as by kill -9: nothing is closed, written or cleared away. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void aProcessThatDiesAtAnyStepLeavesTheLastGoodBackupAndNoFalseOne(Step step) throws Exception {
        BackupMaker.Made last = maker(directory).make(By.SCHEDULE);

        assertThat(runAndDieAt(step)).as("exit status").isEqualTo(DyingMaker.STATUS);

        List<Found> left = directory.list();
        assertThat(left.getLast().file()).isEqualTo(last.file());
        for (Found found : left) {
            assertThat(DumpReader.check(() -> Files.newInputStream(found.file()), seal)
                            .rows())
                    .isPositive();
        }
        assertThat(left).hasSize(step == Step.NAMED ? 2 : 1);

        maker(directory).tidy(SETTINGS.kept());
        assertThat(events("success")).as("a good one is recorded, if late").isEqualTo(left.size());
        clock.turn(Duration.ofHours(6));
        // The database finds out about the death of its client a moment later, and ends that one's turn.
        await().ignoreExceptionsInstanceOf(BackupTrouble.class)
                .until(() -> maker(directory).make(By.SCHEDULE).file() != null);
        assertThat(directory.path().toFile().list())
                .hasSize(left.size() + 1)
                .allMatch(name -> name.endsWith(".backup"));
    }

    private int runAndDieAt(Step step) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        DyingMaker.class.getName(),
                        database.system().url(),
                        database.system().user(),
                        database.system().password(),
                        data.toString(),
                        step.name())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start().waitFor();
    }

    @Test
    void aBackupOfAnOlderSchemaIsBroughtToThisOne() throws Exception {
        List<String> all = sql.sql("select version from flyway_schema_history order by installed_rank")
                .query(String.class)
                .list();
        List<String> older =
                all.stream().filter(version -> !version.equals("732")).toList();
        PostgresFixture.Database old = PostgresFixture.database("older");
        Migration.runOnly(old.owner(), old.api().user(), old.system().user(), older);
        JdbcClient.create(new SingleConnectionDataSource(
                        old.owner().url(), old.owner().user(), "test", true))
                .sql("insert into domain (id, name) values ('o', 'old')")
                .update();
        BackupMaker.Made made;
        try (HikariDataSource oldPool = old.system().pool("older", 1)) {
            made = new BackupMaker(
                            old.system(), new Transactions(oldPool, oldPool, new Wakeups()), seal, directory, clock)
                    .make(By.COMMAND);
        }
        assertThat(made.dump().migrations()).isEqualTo(older);
        PostgresFixture.Database fresh = PostgresFixture.database("fresh");

        new Restore(fresh.owner(), fresh.api().user(), fresh.system().user(), seal, clock)
                .run(() -> Files.newInputStream(made.file()));

        JdbcClient restored = JdbcClient.create(new SingleConnectionDataSource(
                fresh.owner().url(), fresh.owner().user(), "test", true));
        assertThat(restored.sql("select name from domain").query(String.class).list())
                .containsExactly("old");
        assertThat(restored.sql("select version from flyway_schema_history")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(restored.sql("select count(*) from registered_limit")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private BackupMaker maker(BackupDirectory where) {
        return new BackupMaker(database.system(), transactions, seal, where, clock);
    }

    private BackupState state(BackupDirectory where) {
        return new BackupState(transactions, where, SETTINGS, clock);
    }

    private BackupSchedule schedule(BackupDirectory where) {
        return new BackupSchedule(maker(where), state(where), SETTINGS, clock);
    }

    private long events(String outcome) {
        return sql.sql("select count(*) from outbox where event::json ->> 'action' = 'backup'"
                        + " and event::json ->> 'outcome' = ?")
                .param(outcome)
                .query(Long.class)
                .single();
    }
}
