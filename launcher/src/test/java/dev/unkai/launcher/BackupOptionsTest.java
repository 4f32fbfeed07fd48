package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupOptionsTest {
    @TempDir
    private Path directory;

    @Test
    void aBackupAloneIsOfTheDefaultDirectory() {
        assertThat(BackupOptions.parse(List.of("backup")))
                .isEqualTo(new BackupOptions(
                        Path.of("/var/lib/unkai"), Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    @Test
    void aRestoreTakesItsFileAndAllItsOptionsInAnyOrder() throws IOException {
        Path file = Files.createFile(directory.resolve("b.backup"));
        Path key = Files.createFile(directory.resolve("identity.key"));

        assertThat(BackupOptions.parse(List.of(
                        "restore",
                        "--replace",
                        "--data",
                        "/d",
                        file.toString(),
                        "--key",
                        key.toString(),
                        "--port",
                        "9000")))
                .isEqualTo(
                        new BackupOptions(Path.of("/d"), Optional.of(file), Optional.of(key), Optional.of(9000), true));
    }

    @Test
    void whatCannotBeMeantIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("b.backup"));

        assertRefused("restore.usage", "restore");
        assertRefused("restore.nofile", "restore", directory.resolve("absent").toString());
        assertRefused("restore.nofile", "restore", directory.toString());
        assertRefused("option.unknown", "restore", file.toString(), file.toString());
        assertRefused("option.unknown", "backup", file.toString());
        assertRefused("option.unknown", "backup", "--replace");
        assertRefused("option.value", "restore", file.toString(), "--key");
        assertRefused("option.port", "restore", file.toString(), "--port", "0");
    }

    private static void assertRefused(String key, String... words) {
        assertThatThrownBy(() -> BackupOptions.parse(List.of(words)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo(key));
    }
}
