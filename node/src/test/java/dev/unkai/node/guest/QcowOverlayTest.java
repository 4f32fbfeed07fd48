package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.node.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QcowOverlayTest {
    private static final long GIB = 1024L * 1024 * 1024;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1024 * 1024, GIB, 513 * 1024 * 1024, 64 * 1024 * GIB})
    void qemuFindsTheDiskInOrder(long size) throws Exception {
        Path base = Files.write(directory.resolve("base"), new byte[1024 * 1024]);
        Path disk = directory.resolve("disk.qcow2");

        QcowOverlay.create(disk, base, "raw", size);

        assertThat(Commands.run("qemu-img", "check", disk.toString())).contains("No errors were found");
        assertThat(Commands.run("qemu-img", "info", "--output=json", disk.toString()))
                .contains("\"virtual-size\": " + size)
                .contains("\"backing-filename-format\": \"raw\"")
                .contains("\"backing-filename\": \"" + base + "\"");
        assertThat(QcowOverlay.isQcow(disk)).isTrue();
        assertThat(QcowOverlay.base(disk)).contains(base);
        assertThat(QcowOverlay.virtualSize(disk, "qcow2")).isEqualTo(size);
    }

    @Test
    void showsTheBaseUntilItIsWritten() throws Exception {
        byte[] content = new byte[1024 * 1024];
        content[7] = 42;
        Path base = Files.write(directory.resolve("base"), content);
        Path disk = directory.resolve("disk.qcow2");
        QcowOverlay.create(disk, base, "raw", 8 * 1024 * 1024);

        Commands.run("qemu-io", "-c", "read -P 42 7 1", "-c", "write -P 9 7M 64k", disk.toString());

        assertThat(Commands.run("qemu-img", "check", disk.toString())).contains("No errors were found");
        assertThat(base).hasBinaryContent(content);
    }

    @Test
    void aFileOfZeroesIsNoDisk() throws Exception {
        Path cutOff = Files.write(directory.resolve("disk.qcow2"), new byte[100]);

        assertThat(QcowOverlay.isQcow(cutOff)).isFalse();
        assertThat(QcowOverlay.isQcow(Files.write(directory.resolve("empty"), new byte[0])))
                .isFalse();
        assertThat(QcowOverlay.base(cutOff)).isEmpty();
    }
}
