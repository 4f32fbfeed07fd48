package dev.unkai.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.postgresql.PGConnection;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The ledger's rows as PostgreSQL gives them to its owner, without anybody between: the raw part under questions and files. */
final class LedgerRows implements AutoCloseable {
    private static final int PAGES = 50;
    private static final String COPY =
            "copy (select place, received_at, body from event where log = '%s' and received_at < '%s') to stdout";

    private final Connection connection;
    private final String log;

    LedgerRows(Path data, String log) throws IOException, SQLException {
        this.log = log;
        JsonNode settings = BenchSite.JSON
                .valueToTree(new Yaml().<Map<String, Object>>load(Files.readString(data.resolve("etc/ledger.yaml"))))
                .at("/unkai/database");
        connection = DriverManager.getConnection(
                settings.path("url").asString(),
                settings.path("owner-user").asString(),
                settings.path("owner-password").asString());
    }

    long all() throws SQLException {
        return number("select places from log_end where log = ?", "journal");
    }

    long own() throws SQLException {
        return number("select places from log_end where log = ?", log);
    }

    long mebibytes() throws SQLException {
        return number("select pg_database_size(current_database()) / 1048576 where ? is not null", "");
    }

    /** When the event at that place was received. */
    Instant received(long place) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select received_at from event where log = ? and place = ?")) {
            statement.setString(1, log);
            statement.setLong(2, place);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getTimestamp(1).toInstant();
            }
        }
    }

    /** A page of fifty by its index. */
    Figure page() throws SQLException {
        double[] taken = new double[PAGES];
        long end = own();
        for (int i = 0; i < PAGES; i++) {
            long start = System.nanoTime();
            try (PreparedStatement statement = connection.prepareStatement(
                    "select body from event where log = ? and place < ? order by place desc limit 50")) {
                statement.setString(1, log);
                statement.setLong(2, end * (i + 1) / PAGES);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rows.getString(1);
                    }
                }
            }
            taken[i] = (System.nanoTime() - start) / 1e6;
        }
        return Figure.of("a page of 50 straight from PostgreSQL", "ms", taken);
    }

    /** What was received before, by COPY into nothing; the seconds. */
    double copy(Instant before) throws SQLException, IOException {
        long start = System.nanoTime();
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(COPY.formatted(log, before), OutputStream.nullOutputStream());
        return (System.nanoTime() - start) / 1e9;
    }

    private long number(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
