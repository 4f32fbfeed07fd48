package dev.unkai.identity.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often identity's database is backed up, and for how long.
 *
 * @param every from one backup to the next
 * @param kept after this a backup is deleted, unless it is the newest good one
 * @param afterStart for so long a process that has just started leaves a due backup: it has enough to do
 * @param directory where; null: {@code backup/identity} in the data directory
 */
@ConfigurationProperties("unkai.backup")
public record BackupSettings(
        @DefaultValue("6h") Duration every,
        @DefaultValue("14d") Duration kept,
        @DefaultValue("1m") Duration afterStart,
        @Nullable Path directory) {
    public BackupSettings {
        if (every.compareTo(Duration.ofMinutes(1)) < 0 || kept.compareTo(every) < 0) {
            throw new IllegalArgumentException(
                    "unkai.backup.every is at least 1m, and unkai.backup.kept at least as long as that.");
        }
    }

    static Path usualDirectory(Path data) {
        return data.resolve("backup").resolve("identity");
    }

    Path directoryIn(Path data) {
        return directory == null ? usualDirectory(data) : directory;
    }
}
