package dev.unkai.rack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Looks behind the processes of a site into what its databases hold, as their owner's administrator would. */
final class Databases {
    static final List<String> ALL = List.of("cloud", "identity", "ledger");

    private final Site site;
    private final String password;

    Databases(Site site) {
        this.site = site;
        Properties secrets = new Properties();
        try (var reader = Files.newBufferedReader(site.data().resolve("etc/secrets"))) {
            secrets.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.password = secrets.getProperty("database.administrator");
    }

    /** In which tables of a database a row holds the text: {@code database.table}, and how many rows. */
    Map<String, Integer> holding(String text) {
        Map<String, Integer> found = new TreeMap<>();
        for (String database : ALL) {
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement()) {
                for (String table : tables(statement)) {
                    int rows = count(connection, table, text);
                    if (rows > 0) {
                        found.put(database + "." + table, rows);
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return found;
    }

    /** The number that a query answers. */
    long number(String database, String query) {
        try (Connection connection = connect(database)) {
            return number(connection, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes an advisory lock of the processes, until it is closed. */
    Lock lock(String database, long key) throws SQLException {
        Connection connection = connect(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + key + ")");
        }
        return new Lock(connection, key);
    }

    /** A lock that is held here. */
    record Lock(Connection connection, long key) implements AutoCloseable {
        boolean isWaitedFor() throws SQLException {
            return number(
                            connection,
                            "select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = "
                                    + key)
                    > 0;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("""
                select quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind = 'r' and n.nspname = 'public' order by 1
                """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    /** Bytes are looked through as what they are, not as the digits that they are shown by. */
    private static int count(Connection connection, String table, String text) throws SQLException {
        try (var query = connection.prepareStatement(
                "select count(*) from public." + table
                        + " t where position(? in t::text) > 0 or position(encode(convert_to(?, 'UTF8'), 'hex') in t::text) > 0")) {
            query.setString(1, text);
            query.setString(2, text);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "unkai");
        properties.setProperty("password", password);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (site.port() + 4) + "/" + database, properties);
    }
}
