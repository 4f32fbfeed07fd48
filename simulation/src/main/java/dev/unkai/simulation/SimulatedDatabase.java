package dev.unkai.simulation;

import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Migration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL whose {@code now()} is the run's time: a function of that name stands before the built-in one in the
 * search path (decision 0022). Each run has a fresh database, copied from one that was migrated once.
 */
final class SimulatedDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Who enters the database. */
    enum Role {
        OWNER,
        API,
        SYSTEM;

        String user() {
            return "simulated_" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One server for all runs of this Java process. */
    private static final class Server {
        private static final Server ONE = new Server();
        private final EmbeddedPostgres postgres;

        private Server() {
            try {
                postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        // It would move rows at moments of its own, and with them the order in which they are found.
                        .setServerConfig("autovacuum", "off")
                        .setServerConfig("jit", "off")
                        .start();
                makeTemplate();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void makeTemplate() throws SQLException {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                for (Role role : Role.values()) {
                    statement.execute("create role " + role.user() + " login password 'test'");
                }
                statement.execute("create database simulated_template owner " + Role.OWNER.user());
            }
            try (Connection connection = superuser("simulated_template");
                    Statement statement = connection.createStatement()) {
                statement.execute(script("clock.sql"));
            }
            Migration.run(access("simulated_template", Role.OWNER), Role.API.user(), Role.SYSTEM.user());
            try (Connection connection = superuser("simulated_template");
                    Statement statement = connection.createStatement()) {
                statement.execute(script("checks.sql"));
            }
        }

        Connection superuser(String database) throws SQLException {
            return postgres.getDatabase("postgres", database).getConnection();
        }

        DatabaseAccess access(String database, Role role) {
            return new DatabaseAccess(
                    "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database, role.user(), "test");
        }

        private static String script(String name) {
            try (var in = SimulatedDatabase.class.getResourceAsStream(name)) {
                return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A connection and the time that it was last told. */
    static final class Physical {
        final Connection connection;
        private String told = "";

        private Physical(Connection connection) {
            this.connection = connection;
        }
    }

    private final String name = "simulated_" + NUMBER.incrementAndGet();
    private final SimulatedClock clock;
    private final Map<Role, Deque<Physical>> free = new EnumMap<>(Role.class);
    private final List<Connection> open = new ArrayList<>();
    private final Connection observer;
    private final PreparedStatement check;

    /** @param clock of the database's machine */
    SimulatedDatabase(SimulatedClock clock) {
        this.clock = clock;
        try (Connection connection = Server.ONE.postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template simulated_template");
            statement.execute("alter database " + name + " set search_path = public, simulation, pg_catalog");
            observer = Server.ONE.superuser(name);
            check = observer.prepareStatement("select * from simulation.violations()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection that nobody else has, with the present time. */
    Physical lease(Role role) throws SQLException {
        Physical physical = free.computeIfAbsent(role, r -> new ArrayDeque<>()).poll();
        if (physical == null) {
            DatabaseAccess access = Server.ONE.access(name, role);
            Connection connection = DriverManager.getConnection(
                    access.url() + "?prepareThreshold=1&stringtype=unspecified", access.user(), access.password());
            open.add(connection);
            physical = new Physical(connection);
        }
        String now = clock.instant().toString();
        if (!now.equals(physical.told)) {
            try (PreparedStatement tell =
                    physical.connection.prepareStatement("select set_config('simulation.now', ?, false)")) {
                tell.setString(1, now);
                tell.executeQuery().close();
            }
            physical.told = now;
        }
        return physical;
    }

    /** The connection is free for the next; whatever was open on it is undone. */
    void giveBack(Role role, Physical physical) throws SQLException {
        if (!physical.connection.getAutoCommit()) {
            physical.connection.rollback();
            physical.connection.setAutoCommit(true);
        }
        free.computeIfAbsent(role, r -> new ArrayDeque<>()).push(physical);
    }

    /** What must never be in the database and is, in sentences. */
    List<String> violations() {
        try (ResultSet rows = check.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, as text, columns joined by a space. */
    List<String> ask(String sql) {
        try (Statement statement = observer.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    line.append(i > 1 ? " " : "").append(rows.getString(i));
                }
                found.add(line.toString());
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void run(String sql) {
        try (Statement statement = observer.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            for (Connection connection : open) {
                connection.close();
            }
            observer.close();
            try (Connection connection =
                            Server.ONE.postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop database " + name + " with (force)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
