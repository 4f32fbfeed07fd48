package dev.unkai.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The embedded PostgreSQL: one cluster, three databases that have nothing in common but the server. Each has its own roles
 * (owner, api, system), and neither host-based authentication nor grants let a role into another's database.
 */
final class Postgres {
    static final List<String> DATABASES = List.of("identity", "ledger", "cloud");
    private static final List<String> ROLES = List.of("owner", "api", "system");
    private static final String NAME = "postgresql";
    private static final String ADMINISTRATOR = "unkai";

    private final DataDirectory directory;
    private final Settings secrets;
    private final Keepers keepers;
    private final int port;

    Postgres(DataDirectory directory, Settings secrets, Keepers keepers, int port) {
        this.directory = directory;
        this.secrets = secrets;
        this.keepers = keepers;
        this.port = port;
    }

    /** Unpacks, initialises and starts what is not there yet; returns when the databases can be used. */
    void start() {
        Path home = unpack();
        Path data = directory.of("postgres/data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(home, data);
        }
        writeConfiguration(data);
        keepers.start(service(home, data));
        if (!Waiting.until(this::answers, Duration.ofSeconds(60))) {
            throw new Problem("service.silent", "PostgreSQL", keepers.lastWords(NAME, 5), directory.of("log"));
        }
        makeDatabases();
    }

    static void stop(Keepers keepers) {
        keepers.stop(NAME, 30);
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    String password(String database, String role) {
        return secrets.password("database." + database + "." + role);
    }

    private Service service(Path home, Path data) {
        List<String> command = new java.util.ArrayList<>(Account.DATABASE.prefix());
        command.addAll(List.of(home.resolve("bin/postgres").toString(), "-D", data.toString()));
        // Fast shutdown: open connections do not hold it up.
        return Service.of(NAME, command)
                .configured(configuration())
                .with(Map.of("LC_ALL", "C.UTF-8"))
                .stoppedBy(Service.StopSignal.INT, 30);
    }

    private Path unpack() {
        Path home = directory.of("postgres/18.6");
        if (Files.exists(home.resolve("bin/postgres"))) {
            return home;
        }
        directory.directory("postgres", "rwx--x--x");
        Path fresh = directory.directory("postgres/unpacked", "rwxr-xr-x");
        Path archive = directory.of("postgres/postgres.txz");
        try (InputStream in = Postgres.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
            if (in == null) {
                throw new IllegalStateException("The PostgreSQL archive is missing in the launcher");
            }
            Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
            Command.of("tar", "-xJf", archive.toString(), "-C", fresh.toString(), "--no-same-owner")
                    .run();
            Files.delete(archive);
            Files.move(fresh, home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home;
    }

    private void initialise(Path home, Path data) {
        try {
            Command.of("rm", "-rf", data.toString()).run();
            Files.createDirectory(data);
            Account.DATABASE.own(data);
            Path password = directory.of("postgres/administrator");
            directory.write("postgres/administrator", administratorPassword() + "\n", "rw-------");
            Account.DATABASE.own(password);
            List<String> command = new java.util.ArrayList<>(Account.DATABASE.prefix());
            command.addAll(List.of(
                    home.resolve("bin/initdb").toString(),
                    "--pgdata=" + data,
                    "--username=" + ADMINISTRATOR,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--no-sync",
                    "--no-instructions"));
            new Command(command).run();
            Files.delete(password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeConfiguration(Path data) {
        directory.write("postgres/data/unkai.conf", configuration(), "rw-------");
        Account.DATABASE.own(data.resolve("unkai.conf"));
        directory.write("postgres/data/postgresql.conf", "include 'unkai.conf'\n", "rw-------");
        Account.DATABASE.own(data.resolve("postgresql.conf"));
        StringBuilder access = new StringBuilder();
        access.append("host postgres " + ADMINISTRATOR + " 127.0.0.1/32 scram-sha-256\n");
        for (String database : DATABASES) {
            for (String role : ROLES) {
                access.append("host %s %s_%s 127.0.0.1/32 scram-sha-256\n".formatted(database, database, role));
            }
            access.append("host %s %s 127.0.0.1/32 scram-sha-256\n".formatted(database, ADMINISTRATOR));
        }
        // Where a backup is restored before it takes the place of what was there.
        access.append("host identity_restoring identity_owner 127.0.0.1/32 scram-sha-256\n");
        directory.write("postgres/data/pg_hba.conf", access.toString(), "rw-------");
        Account.DATABASE.own(data.resolve("pg_hba.conf"));
    }

    /**
     * Small: the whole server stays below 250 MiB with the pools of all processes full. The log of changes may grow to a gigabyte, uncompressed: after each checkpoint
     * every page goes into it whole once more, and squeezing these took a third of the processor time of 10,000 events a second (decision 0100).
     */
    private String configuration() {
        return """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 60
                shared_buffers = %dMB
                work_mem = 2MB
                maintenance_work_mem = 32MB
                effective_cache_size = 512MB
                max_wal_size = 1GB
                jit = off
                io_method = sync
                autovacuum_max_workers = 1
                max_parallel_workers = 2
                max_parallel_workers_per_gather = 0
                max_worker_processes = 4
                max_replication_slots = 0
                max_wal_senders = 0
                wal_level = minimal
                huge_pages = off
                password_encryption = scram-sha-256
                log_line_prefix = '%%m [%%p] %%q%%u@%%d '
                log_timezone = 'UTC'
                timezone = 'UTC'
                log_min_duration_statement = 1000
                idle_in_transaction_session_timeout = 60s
                """.formatted(port, LargeSite.mib("UNKAI_DATABASE_BUFFERS_MIB", 48));
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void makeDatabases() {
        try (Connection server = connect("postgres");
                Statement statement = server.createStatement()) {
            for (String database : DATABASES) {
                for (String role : ROLES) {
                    String name = database + "_" + role;
                    if (!exists(statement, "select 1 from pg_roles where rolname = '" + name + "'")) {
                        statement.execute("create role " + name + " login noinherit connection limit 30");
                    }
                    // Names are ours and passwords are letters and digits: nothing to quote.
                    statement.execute("alter role " + name + " password '" + password(database, role) + "'");
                }
                if (!exists(statement, "select 1 from pg_database where datname = '" + database + "'")) {
                    statement.execute("create database " + database + " owner " + database + "_owner");
                }
                letIn(statement, database, database);
            }
            statement.execute("revoke all on database postgres, template1 from public");
        } catch (SQLException e) {
            throw new Problem("service.silent", "PostgreSQL", e.getMessage(), directory.of("log"));
        }
    }

    private static void letIn(Statement statement, String database, String owner) throws SQLException {
        statement.execute("revoke all on database " + database + " from public");
        statement.execute("grant connect on database " + database + " to " + owner + "_api, " + owner + "_system");
    }

    /** Whether anything is in the database. */
    boolean hasTables(String database) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            return exists(statement, "select 1 from pg_class where relnamespace = 'public'::regnamespace");
        } catch (SQLException e) {
            throw new Problem("service.silent", "PostgreSQL", e.getMessage(), directory.of("log"));
        }
    }

    /** Makes an empty database that belongs to the same roles as another; one of that name is dropped before. */
    void makeDatabase(String name, String like) {
        dropDatabase(name);
        onServer(statement -> {
            // A server that was started before this version does not know yet that the owner may enter.
            statement.execute("select pg_reload_conf()");
            statement.execute("create database " + name + " owner " + like + "_owner");
            letIn(statement, name, like);
        });
    }

    void dropDatabase(String name) {
        onServer(statement -> statement.execute("drop database if exists " + name + " with (force)"));
    }

    /** {@code fresh} takes the name {@code name}, and what bore it is called {@code aside}: both, or neither. */
    void exchange(String name, String fresh, String aside) {
        onServer(statement -> {
            statement.getConnection().setAutoCommit(false);
            statement.execute("alter database " + name + " rename to " + aside);
            statement.execute("alter database " + fresh + " rename to " + name);
            statement.getConnection().commit();
        });
    }

    @FunctionalInterface
    private interface Work {
        void on(Statement statement) throws SQLException;
    }

    private void onServer(Work work) {
        try (Connection server = connect("postgres");
                Statement statement = server.createStatement()) {
            work.on(statement);
        } catch (SQLException e) {
            throw new Problem("service.silent", "PostgreSQL", e.getMessage(), directory.of("log"));
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", ADMINISTRATOR);
        properties.setProperty("password", administratorPassword());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "20");
        return DriverManager.getConnection(url(database), properties);
    }

    private String administratorPassword() {
        return secrets.password("database.administrator");
    }
}
