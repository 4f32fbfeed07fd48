package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Needs root, as {@code ./unkai up} does: the server runs under an account of its own. */
@EnabledIf("root")
class PostgresTest {
    private static DataDirectory directory;
    private static Keepers keepers;
    private static Postgres postgres;

    static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    @BeforeAll
    static void start() throws IOException {
        directory = DataDirectory.at(Files.createTempDirectory("unkai-pg-"));
        directory.directory("", "rwx--x--x");
        List.of("run", "log", "lib", "etc").forEach(name -> directory.directory(name, "rwx--x--x"));
        Account.makeAbsent();
        keepers = new Keepers(directory);
        postgres = new Postgres(directory, new Settings(directory, "etc/secrets"), keepers, freePort());
        postgres.start();
    }

    @AfterAll
    static void stop() {
        Postgres.stop(keepers);
        Command.of("rm", "-rf", directory.path().toString()).run();
    }

    @Test
    void everyRoleEntersItsOwnDatabase() throws SQLException {
        for (String database : Postgres.DATABASES) {
            for (String role : List.of("owner", "api", "system")) {
                try (Connection connection = enter(database, database, role)) {
                    assertThat(connection.isValid(1)).isTrue();
                }
            }
        }
    }

    @Test
    void noRoleEntersAnothersDatabase() {
        for (String database : Postgres.DATABASES) {
            for (String other : List.of("identity", "ledger", "cloud", "postgres", "template1")) {
                for (String role : List.of("owner", "api", "system")) {
                    if (!other.equals(database)) {
                        assertThatThrownBy(() -> enter(other, database, role))
                                .as("%s_%s into %s", database, role, other)
                                .isInstanceOf(SQLException.class)
                                .extracting(e -> ((SQLException) e).getSQLState())
                                .isEqualTo("28000"); // invalid_authorization_specification
                    }
                }
            }
        }
    }

    @Test
    void aSecondStartFindsItRunning() throws IOException {
        String process = Files.readString(directory.of("run/postgresql.pid"));

        postgres.start();

        assertThat(Files.readString(directory.of("run/postgresql.pid"))).isEqualTo(process);
    }

    @Test
    void requestsMayNotChangeTheSchema() throws SQLException {
        try (Connection connection = enter("cloud", "cloud", "api");
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("create table mine (id int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void aRestoredDatabaseTakesThePlaceOfTheOtherWhichIsKept() throws SQLException {
        execute("identity", "owner", "create table accounts (name text)");
        assertThat(postgres.hasTables("identity")).isTrue();
        postgres.makeDatabase("identity_restoring", "identity");
        assertThat(postgres.hasTables("identity")).isTrue();
        execute("identity_restoring", "owner", "create table restored (name text)");

        postgres.exchange("identity", "identity_restoring", "identity_before_now");
        postgres.dropDatabase("identity_restoring");

        execute("identity", "owner", "grant select on restored to identity_system");
        execute("identity", "system", "select name from restored");
        assertThatThrownBy(() -> enter("identity_before_now", "identity", "owner"))
                .isInstanceOf(SQLException.class);
        postgres.makeDatabase("identity_restoring", "identity");
        assertThatThrownBy(() -> postgres.exchange("identity", "identity_restoring", "identity_before_now"))
                .as("a name that is taken")
                .isInstanceOf(Problem.class);
        execute("identity", "system", "select name from restored");
        postgres.dropDatabase("identity_restoring");
    }

    private static void execute(String database, String role, String text) throws SQLException {
        try (Connection connection = enter(database, "identity", role);
                var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static Connection enter(String database, String owner, String role) throws SQLException {
        return DriverManager.getConnection(postgres.url(database), owner + "_" + role, postgres.password(owner, role));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
