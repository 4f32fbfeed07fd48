package dev.unkai.base.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Where a database is and as whom to enter it; {@code toString} leaves the password out. */
public record DatabaseAccess(String url, String user, String password) {
    /**
     * Every statement is planned once for a connection and by index: a plan made while a table was nearly empty serves it when
     * it is full, since nobody makes it again until the statistics have changed.
     */
    private static final String PLANS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";

    /** A connection's plans and catalogue take ten MiB of PostgreSQL's memory; a new one takes some milliseconds. */
    private static final long IDLE_MILLIS = 60_000;

    /** A pool of at most {@code size} connections that is filled on demand and shrinks when idle. */
    public HikariDataSource pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(30_000);
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("ApplicationName", name);
        config.addDataSourceProperty("stringtype", "unspecified");
        config.addDataSourceProperty("options", PLANS);
        return new HikariDataSource(config);
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
