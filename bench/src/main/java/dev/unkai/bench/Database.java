package dev.unkai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The cloud's own database, entered as its reconcilers enter it: to put rows there in bulk and to count what is open. */
final class Database implements AutoCloseable {
    /** Reads one row. */
    @FunctionalInterface
    interface Query<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;

    /** @param data the site's directory */
    Database(Path data) throws IOException, SQLException {
        JsonNode settings = BenchSite.JSON
                .valueToTree(new Yaml().<Map<String, Object>>load(Files.readString(data.resolve("etc/cloud.yaml"))))
                .at("/unkai/database");
        connection = DriverManager.getConnection(
                settings.path("url").asString() + "?stringtype=unspecified",
                settings.path("system-user").asString(),
                settings.path("system-password").asString());
    }

    /** Runs a statement in a transaction of its own; the number of rows. */
    int run(String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The only row. */
    <T> T one(Query<T> query, String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return query.read(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql, Object... parameters) {
        return one(row -> row.getLong(1), sql, parameters);
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else if (parameters[i] instanceof byte[][] bytes) {
                statement.setArray(i + 1, connection.createArrayOf("bytea", bytes));
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
