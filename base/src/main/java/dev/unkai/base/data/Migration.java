package dev.unkai.base.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database to the schema of this version, as its owner; forward only. */
public final class Migration {
    private static final String SCRIPTS = "classpath:db/migration";

    private Migration() {}

    /** Scripts below {@code db/migration} may name the roles as {@code ${api}} and {@code ${system}}. */
    public static void run(DatabaseAccess owner, String apiUser, String systemUser) {
        configuration(owner, apiUser, systemUser).locations(SCRIPTS).load().migrate();
    }

    /** Those of the versions that this program has no script for, in their order. */
    public static List<String> unknown(DatabaseAccess owner, Collection<String> versions) {
        Set<String> known = new HashSet<>();
        for (MigrationInfo script : scripts(owner)) {
            known.add(script.getVersion().getVersion());
        }
        return versions.stream().filter(version -> !known.contains(version)).toList();
    }

    /**
     * Brings an empty database to exactly the schema that consists of these versions, for rows that come from such a one; {@link #run} takes
     * them on from there. Throws IllegalArgumentException for a version that this program has no script for.
     */
    public static void runOnly(DatabaseAccess owner, String apiUser, String systemUser, Collection<String> versions)
            throws IOException {
        if (!unknown(owner, versions).isEmpty()) {
            throw new IllegalArgumentException("No script for " + unknown(owner, versions));
        }
        Path directory = Files.createTempDirectory("unkai-migrations");
        List<Path> copies = new ArrayList<>();
        try {
            for (MigrationInfo script : scripts(owner)) {
                if (versions.contains(script.getVersion().getVersion())) {
                    Path copy = directory.resolve(script.getScript());
                    copies.add(copy);
                    try (InputStream in = Migration.class.getResourceAsStream("/db/migration/" + script.getScript())) {
                        if (in == null) {
                            throw new IllegalStateException(script.getScript() + " cannot be read");
                        }
                        Files.copy(in, copy);
                    }
                }
            }
            configuration(owner, apiUser, systemUser)
                    .locations("filesystem:" + directory)
                    .load()
                    .migrate();
        } finally {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
            Files.delete(directory);
        }
    }

    /** Looks at the class path alone, without a table of its own in the database. */
    private static List<MigrationInfo> scripts(DatabaseAccess owner) {
        return List.of(Flyway.configure()
                .dataSource(owner.url(), owner.user(), owner.password())
                .locations(SCRIPTS)
                .load()
                .info()
                .all());
    }

    private static FluentConfiguration configuration(DatabaseAccess owner, String apiUser, String systemUser) {
        return Flyway.configure()
                .dataSource(owner.url(), owner.user(), owner.password())
                // Each module has its own range of numbers, so a new script may well come before an applied one.
                .outOfOrder(true)
                .placeholders(Map.of("api", apiUser, "system", systemUser));
    }
}
