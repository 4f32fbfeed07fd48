package dev.unkai.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs identity's own program for backups, under identity's account, against one database of this directory. */
final class IdentityBackup {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path NOTHING = Path.of("/dev/null");

    private final DataDirectory directory;
    private final Postgres postgres;
    private final Path source;

    IdentityBackup(DataDirectory directory, Postgres postgres, Path source) {
        this.directory = directory;
        this.postgres = postgres;
        this.source = source;
    }

    static Path directory(DataDirectory data) {
        return data.of("backup/identity");
    }

    static Path key(DataDirectory data) {
        return data.of("identity/identity.key");
    }

    /** Makes the directory of the backups, for identity alone. */
    static void prepare(DataDirectory data) {
        data.directory("backup", "rwx--x--x");
        Account.IDENTITY.own(data.directory("backup/identity", "rwx------"));
    }

    /** What {@code make} tells: file, bytes, rows, tables, millis. Throws a Problem when there is no backup. */
    JsonNode make() {
        prepare(directory);
        return run("make", "identity", key(directory), NOTHING);
    }

    /** What {@code restore} tells: madeAt, rows, tables. Throws a Problem when the database was left as it was. */
    JsonNode restore(String database, Path key, Path file) {
        return run("restore", database, key, file);
    }

    private JsonNode run(String what, String database, Path key, Path input) {
        Path jar = Program.IDENTITY.install(source, directory);
        List<String> command = new ArrayList<>(Account.IDENTITY.prefix());
        command.addAll(List.of(
                Program.java(Account.IDENTITY).toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar.toString(),
                "dev.unkai.identity.backup.BackupProgram",
                what));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .directory(Path.of("/").toFile());
        builder.environment()
                .putAll(Map.of(
                        "UNKAI_DATABASE_URL", postgres.url(database),
                        "UNKAI_DATABASE_OWNER_USER", "identity_owner",
                        "UNKAI_DATABASE_OWNER_PASSWORD", postgres.password("identity", "owner"),
                        "UNKAI_DATABASE_API_USER", "identity_api",
                        "UNKAI_DATABASE_SYSTEM_USER", "identity_system",
                        "UNKAI_DATABASE_SYSTEM_PASSWORD", postgres.password("identity", "system"),
                        "UNKAI_KEY", key.toString(),
                        "UNKAI_BACKUP_DIRECTORY", directory(directory).toString()));
        try {
            Path log = Files.createTempFile("unkai-backup", ".log");
            try {
                Process process = builder.redirectError(log.toFile()).start();
                String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                process.waitFor();
                return answer(told, log);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new Problem("backup.failed", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        }
    }

    private static JsonNode answer(String told, Path log) throws IOException {
        JsonNode answer;
        try {
            answer = JSON.readTree(told);
        } catch (JacksonException e) {
            throw new Problem("backup.failed", Files.readString(log).strip());
        }
        if (!answer.has("file") && !answer.has("rows")) {
            String sentence = answer.path("sentence").asString("");
            throw switch (answer.path("kind").asString("")) {
                case "BUSY" -> new Problem("backup.busy");
                case "NO_BACKUP" -> new Problem("restore.nobackup");
                case "OTHER_KEY" -> new Problem("restore.otherkey");
                case "DAMAGED" -> new Problem("restore.damaged");
                case "NEWER" -> new Problem("restore.newer");
                default ->
                    new Problem(
                            "backup.failed",
                            sentence.isEmpty() ? Files.readString(log).strip() : sentence);
            };
        }
        return answer;
    }
}
