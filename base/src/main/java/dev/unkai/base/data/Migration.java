package dev.unkai.base.data;

import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings a database to the schema of this version, as its owner; forward only. */
public final class Migration {
    private Migration() {}

    /** Scripts below {@code db/migration} may name the roles as {@code ${api}} and {@code ${system}}. */
    public static void run(DatabaseAccess owner, String apiUser, String systemUser) {
        Flyway.configure()
                .dataSource(owner.url(), owner.user(), owner.password())
                .locations("classpath:db/migration")
                // Each module has its own range of numbers, so a new script may well come before an applied one.
                .outOfOrder(true)
                .placeholders(Map.of("api", apiUser, "system", systemUser))
                .load()
                .migrate();
    }
}
