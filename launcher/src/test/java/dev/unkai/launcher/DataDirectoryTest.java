package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final long LITTLE = 1L << 30;

    @TempDir
    private Path parent;

    @BeforeEach
    void openParent() throws Exception {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aNewCloudIsNotBegunOnANearlyFullDisk() {
        DataDirectory directory = DataDirectory.at(parent.resolve("new"));

        assertThatThrownBy(() -> directory.prepare(true, LITTLE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo("directory.full"));
        assertThat(directory.exists()).isFalse();
    }

    @Test
    void aCloudThatWasThereIsBegunAgainOnAFullDiskToo() {
        DataDirectory directory = DataDirectory.at(parent.resolve("old"));

        directory.prepare(false, 0);

        assertThat(directory.exists()).isTrue();
    }
}
