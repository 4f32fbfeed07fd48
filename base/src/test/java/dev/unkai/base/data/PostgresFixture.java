package dev.unkai.base.data;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, one per test process, with a fresh database and the production roles for each caller. */
public final class PostgresFixture {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final PostgresFixture SHARED = new PostgresFixture();

    private final EmbeddedPostgres server;

    private PostgresFixture() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The three ways into one fresh database. */
    public record Database(String name, DatabaseAccess owner, DatabaseAccess api, DatabaseAccess system) {
        /** Applies the migrations on the class path. */
        public Database migrated() {
            Migration.run(owner, api.user(), system.user());
            return this;
        }
    }

    /** Makes database {@code prefix_N} with roles {@code prefix_N_owner}, {@code _api} and {@code _system}. */
    public static Database database(String prefix) {
        String name = prefix + "_" + NUMBER.incrementAndGet();
        try (Connection connection = SHARED.server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String role : new String[] {"owner", "api", "system"}) {
                statement.execute("create role %s_%s login password 'test'".formatted(name, role));
            }
            statement.execute("create database %s owner %s_owner".formatted(name, name));
            statement.execute("revoke connect on database %s from public".formatted(name));
            statement.execute("grant connect on database %s to %s_api, %s_system".formatted(name, name, name));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String url = "jdbc:postgresql://127.0.0.1:" + SHARED.server.getPort() + "/" + name;
        return new Database(
                name,
                new DatabaseAccess(url, name + "_owner", "test"),
                new DatabaseAccess(url, name + "_api", "test"),
                new DatabaseAccess(url, name + "_system", "test"));
    }
}
