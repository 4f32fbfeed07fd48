package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.identity.RunningIdentity.Answer;
import dev.unkai.identity.backup.BackupProgram;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The rehearsal: identity, filled through its API, is backed up, restored into an empty database and compared with what it was. */
class BackupTest {
    /** What a restore changes by intent: nothing may be signed by an old key, and events get a source of their own. */
    private static final List<String> BEGUN_ANEW = List.of("signing_key", "outbox", "outbox_head");

    private static RunningIdentity identity;
    private static Path backup;
    private static String before;
    private static String revoked;
    private static Map<String, String> rowsAtTheBackup;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void fillAndBackUp() throws IOException {
        identity = RunningIdentity.start();
        fill();
        before = identity.token("alpha", "master");
        revoked = identity.token("beta", "master");
        identity.subject("DELETE", revoked, revoked);
        rowsAtTheBackup = rows(identity.sql());

        Map<String, Object> made = program(identity.database(), identity.data.resolve("identity/identity.key"))
                .run("make", nothing());

        assertThat(made).as("%s", made).containsKey("file");
        backup = Path.of(String.valueOf(made.get("file")));
    }

    @AfterAll
    static void stop() {
        identity.stop();
    }

    /** Something in as many tables as the API fills. */
    private static void fill() {
        Customer.of(identity, "alpha");
        Customer.of(identity, "beta");
        String operator = identity.token("Default", "operator");
        change(operator, "/identity/v3/regions", Map.of("region", Map.of("id", "elsewhere")));
        String service = change(operator, "/identity/v3/services", Map.of("service", Map.of("type", "dns")))
                .body()
                .at("/service/id")
                .asString();
        change(
                operator,
                "/identity/v3/endpoints",
                Map.of("endpoint", Map.of("service_id", service, "interface", "public", "url", "https://dns.test")));
        change(operator, "/identity/v3/roles", Map.of("role", Map.of("name", "stock-keeper")));
        change(operator, "/identity/v3/policies", Map.of("policy", Map.of("type", "text/plain", "blob", "a\tb\\n\nc")));
        change(operator, "/identity/v3/OS-OAUTH1/consumers", Map.of("consumer", Map.of("description", "雲海")));
        String master = identity.token("alpha", "master");
        change(
                master,
                "/identity/v3/users",
                Map.of(
                        "user",
                        Map.of(
                                "name",
                                "hanako",
                                "password",
                                "a-rather-good-secret-7",
                                "email",
                                "hanako@example.test",
                                "description",
                                "line one\nline \\two\ttab")));
        // Enough that it does not fit into one chunk, and so that packing makes it little smaller.
        identity.sql().sql("""
                        insert into account (id, domain_id, name, description)
                        select md5(n::text), d.id, 'somebody-' || n,
                               (select string_agg(md5(n || '/' || m), '') from generate_series(1, 60) m)
                          from generate_series(1, 300) n, domain d where d.name = 'alpha'
                        """).update();
        identity.sql()
                .sql("update account set description = ? where name = 'somebody-7'")
                .param("\\N \\. tab\t, lines\r\n, \u0001 and 雲")
                .update();
    }

    private static Answer change(String token, String path, Object body) {
        Answer answer = identity.send("POST", path, token, body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer;
    }

    @Test
    void everyRowComesBackAndEveryLogInWorksWhileAllTokensFromBeforeAreVoid() throws Exception {
        PostgresFixture.Database other = PostgresFixture.database("restored");

        Map<String, Object> restored = restore(other, key(), backup);

        assertThat(restored).as("%s", restored).doesNotContainKey("kind").containsKey("madeAt");
        JdbcClient sql = owner(other);
        Map<String, String> after = rows(sql);
        assertThat(after.keySet()).isEqualTo(rowsAtTheBackup.keySet());
        for (String table : after.keySet()) {
            if (!BEGUN_ANEW.contains(table)) {
                assertThat(after.get(table)).as(table).isEqualTo(rowsAtTheBackup.get(table));
            }
        }
        assertThat(rowsAtTheBackup.values().stream().filter(rows -> !rows.isEmpty()))
                .as("tables with rows")
                .hasSizeGreaterThan(15);
        assertThat(after.get("signing_key")).isEmpty();
        assertThat(sql.sql("select count(*) from outbox where event like '%\"restore\"%' and position is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(sql.sql("select source::text from outbox_head")
                        .query(String.class)
                        .single())
                .isNotEqualTo(identity.id("select source::text from outbox_head"));
        assertThat(constraints(sql)).isEqualTo(constraints(identity.sql()));

        RunningIdentity again = identity.startOn(other);
        try {
            for (String user : List.of("master", "reader")) {
                assertThat(again.get("/identity/v3/auth/projects", again.token("alpha", user))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(again.send(
                                    "POST",
                                    "/identity/v3/auth/tokens",
                                    null,
                                    RunningIdentity.login("alpha", "hanako", "a-rather-good-secret-7", null))
                            .status())
                    .isEqualTo(201);
            assertThat(again.get("/identity/v3/auth/projects", before).status()).isEqualTo(401);
            assertThat(again.get("/identity/v3/auth/projects", revoked).status())
                    .isEqualTo(401);
            // Numbers go on where they were: nothing new meets an old one.
            String fresh = again.token("alpha", "reader");
            assertThat(again.subject("DELETE", fresh, fresh).status()).isEqualTo(204);
        } finally {
            again.stop();
        }
    }

    @Test
    void aBackupThatWasCutShortOrChangedIsRefusedAndChangesNothing() throws IOException {
        PostgresFixture.Database empty = PostgresFixture.database("untouched");
        byte[] good = Files.readAllBytes(backup);
        assertThat(good.length).as("several chunks").isGreaterThan(3 * 65_552);

        for (int length :
                List.of(good.length - 1, good.length - 16, 48 + 65_552, 48 + 2 * 65_552, 48 + 65_552 + 100, 48)) {
            assertThat(restore(empty, key(), file(Arrays.copyOf(good, length))))
                    .as("cut to %s bytes", length)
                    .containsEntry("kind", "DAMAGED");
        }
        for (int place : List.of(8, 39, 48, 70_000, good.length / 2, good.length - 1)) {
            byte[] flipped = good.clone();
            flipped[place] ^= 0x10;
            assertThat(restore(empty, key(), file(flipped)))
                    .as("bit in byte %s", place)
                    .containsEntry("kind", "DAMAGED");
        }
        byte[] swapped = good.clone();
        System.arraycopy(good, 48, swapped, 48 + 65_552, 65_552);
        System.arraycopy(good, 48 + 65_552, swapped, 48, 65_552);
        assertThat(restore(empty, key(), file(swapped))).containsEntry("kind", "DAMAGED");
        assertThat(restore(empty, key(), file(Arrays.copyOf(good, good.length + 20))))
                .containsEntry("kind", "DAMAGED");
        assertThat(restore(empty, key(), file(Arrays.copyOf(good, 20)))).containsEntry("kind", "NO_BACKUP");
        assertThat(restore(empty, key(), file("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .containsEntry("kind", "NO_BACKUP");

        assertThat(things(empty)).isZero();
    }

    @Test
    void aBackupUnderAnotherKeyFileIsRefusedAndChangesNothing() throws IOException {
        PostgresFixture.Database empty = PostgresFixture.database("untouched");
        byte[] other = Files.readAllBytes(key());
        other[5] ^= 1;

        Map<String, Object> refused = restore(empty, file(other), backup);

        assertThat(refused).containsEntry("kind", "OTHER_KEY");
        assertThat(String.valueOf(refused.get("sentence"))).contains("key file");
        assertThat(things(empty)).isZero();
    }

    @Test
    void aDatabaseThatIsNotEmptyIsLeftAsItIs() throws IOException {
        PostgresFixture.Database full = PostgresFixture.database("full").migrated();
        Map<String, String> rows = rows(owner(full));

        assertThat(restore(full, key(), backup)).containsEntry("kind", "OCCUPIED");

        assertThat(rows(owner(full))).isEqualTo(rows);
    }

    @Test
    void onlyTheEdgeIsToldOfTheBackups() throws Exception {
        String address = "/identity/internal/v1/backups";
        String operator = identity.token("Default", "operator");

        assertThat(identity.get(address, operator).status()).isEqualTo(403);
        assertThat(identity.send(identity.process("ledger"), "GET", address, null, null, Map.of())
                        .status())
                .isEqualTo(403);
        Answer told = identity.send(identity.process("cloud"), "GET", address, null, null, Map.of());

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body().at("/state").asString()).isEqualTo("good");
        assertThat(told.body().at("/everySeconds").asInt()).isEqualTo(6 * 3600);
        assertThat(told.body().at("/keptSeconds").asInt()).isEqualTo(14 * 86_400);
        assertThat(told.body().at("/backups/0/name").asString())
                .isEqualTo(backup.getFileName().toString());
        assertThat(told.body().at("/backups/0/bytes").asLong()).isEqualTo(Files.size(backup));
        assertThat(told.body().at("/backups/0/by").asString()).isEqualTo("command");
        assertThat(identity.events().getLast().toString()).doesNotContain("alpha-master-secret");
        assertThat(identity.events().stream()
                        .filter(event -> event.at("/action").asString().equals("backup"))
                        .map(event -> event.at("/target/id").asString()))
                .containsExactly(backup.getFileName().toString());
    }

    private static BackupProgram program(PostgresFixture.Database database, Path key) {
        Map<String, String> environment = new HashMap<>();
        environment.put("UNKAI_DATABASE_URL", database.owner().url());
        environment.put("UNKAI_DATABASE_OWNER_USER", database.owner().user());
        environment.put("UNKAI_DATABASE_OWNER_PASSWORD", database.owner().password());
        environment.put("UNKAI_DATABASE_API_USER", database.api().user());
        environment.put("UNKAI_DATABASE_SYSTEM_USER", database.system().user());
        environment.put("UNKAI_DATABASE_SYSTEM_PASSWORD", database.system().password());
        environment.put("UNKAI_KEY", key.toString());
        environment.put(
                "UNKAI_BACKUP_DIRECTORY",
                identity.data.resolve("backup/identity").toString());
        return new BackupProgram(environment);
    }

    private static Map<String, Object> restore(PostgresFixture.Database into, Path key, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return program(into, key).run("restore", channel);
        }
    }

    private static FileChannel nothing() throws IOException {
        return FileChannel.open(Path.of("/dev/null"));
    }

    private static Path key() {
        return identity.data.resolve("identity/identity.key");
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(scratch, "part", ".backup"), content);
    }

    private static JdbcClient owner(PostgresFixture.Database database) {
        return JdbcClient.create(new SingleConnectionDataSource(
                database.owner().url(),
                database.owner().user(),
                database.owner().password(),
                true));
    }

    /** Every row of every table as text, by table. */
    private static Map<String, String> rows(JdbcClient sql) {
        Map<String, String> rows = new TreeMap<>();
        for (String table : sql.sql("select tablename from pg_tables where schemaname = 'public'"
                        + " and tablename not in ('flyway_schema_history', 'backup_run')")
                .query(String.class)
                .list()) {
            rows.put(
                    table,
                    sql.sql("select coalesce(string_agg(t::text, chr(10) order by t::text collate \"C\"), '') from \""
                                    + table + "\" t")
                            .query(String.class)
                            .single());
        }
        return rows;
    }

    private static List<String> constraints(JdbcClient sql) {
        return sql.sql(
                        "select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint"
                                + " where connamespace = 'public'::regnamespace and conrelid <> 0 order by 1")
                .query(String.class)
                .list();
    }

    private static long things(PostgresFixture.Database database) {
        return owner(database)
                .sql("select count(*) from pg_class where relnamespace = 'public'::regnamespace")
                .query(Long.class)
                .single();
    }
}
