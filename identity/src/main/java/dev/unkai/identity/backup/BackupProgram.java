package dev.unkai.identity.backup;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.backup.BackupRuns.By;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code make} and {@code restore} for {@code ./unkai}: beside identity or without it, with the database alone. Where that is comes by the
 * environment, the file to restore by standard input, so that this account need not be able to open it. Answers one line of JSON.
 */
public final class BackupProgram {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> environment;

    public BackupProgram(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Ends with 0, or with 1 when there is no backup or no restored database. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answer = System.out;
        System.setOut(System.err);
        System.setProperty("unkai.process", "identity");
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            Map<String, Object> told =
                    new BackupProgram(System.getenv()).run(String.join(" ", arguments), in.getChannel());
            answer.println(JSON.writeValueAsString(told));
            answer.flush();
            System.exit(told.containsKey("kind") ? 1 : 0);
        }
    }

    /**
     * Does {@code make} or {@code restore}.
     *
     * @return what was done, or why not: {@code kind} (of {@link BackupTrouble}, or FAILED) and {@code sentence}
     */
    public Map<String, Object> run(String command, FileChannel file) {
        try {
            return switch (command) {
                case "make" -> make();
                case "restore" -> restore(file);
                default -> throw new IllegalArgumentException("Say make or restore.");
            };
        } catch (BackupTrouble e) {
            return Map.of("kind", e.kind().name(), "sentence", String.valueOf(e.getMessage()));
        } catch (IOException | SQLException | RuntimeException e) {
            return Map.of("kind", "FAILED", "sentence", String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> make() throws IOException {
        DatabaseAccess system = access("SYSTEM");
        try (HikariDataSource pool = system.pool("identity-backup", 1)) {
            BackupMaker.Made made = new BackupMaker(
                            system,
                            new Transactions(pool, pool, new Wakeups()),
                            seal(),
                            new BackupDirectory(Path.of(needed("UNKAI_BACKUP_DIRECTORY"))),
                            Clock.systemUTC())
                    .make(By.COMMAND);
            Map<String, Object> told = facts(made.dump());
            told.put("file", made.file().toString());
            told.put("bytes", made.bytes());
            told.put("millis", made.took().toMillis());
            return told;
        }
    }

    private Map<String, Object> restore(FileChannel file) throws IOException, SQLException {
        Restore restore = new Restore(
                access("OWNER"),
                needed("UNKAI_DATABASE_API_USER"),
                needed("UNKAI_DATABASE_SYSTEM_USER"),
                seal(),
                Clock.systemUTC());
        return facts(restore.run(() -> fromItsBeginning(file)));
    }

    private static InputStream fromItsBeginning(FileChannel file) throws IOException {
        file.position(0);
        return new FilterInputStream(Channels.newInputStream(file)) {
            @Override
            public void close() {
                // it is read once more
            }
        };
    }

    private static Map<String, Object> facts(Dump dump) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("madeAt", dump.madeAt().toString());
        facts.put("tables", dump.tables().size());
        facts.put("rows", dump.rows());
        return facts;
    }

    private KeySeal seal() {
        return KeySeal.existing(Path.of(needed("UNKAI_KEY")));
    }

    private DatabaseAccess access(String role) {
        return new DatabaseAccess(
                needed("UNKAI_DATABASE_URL"),
                needed("UNKAI_DATABASE_" + role + "_USER"),
                needed("UNKAI_DATABASE_" + role + "_PASSWORD"));
    }

    private String needed(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The environment lacks " + name + ".");
        }
        return value;
    }
}
