package dev.unkai.cloud.image.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.Qcow2Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiskContentTest {
    private static final long NO_DISK = -1;
    private static final int CLUSTER = Qcow2Sample.CLUSTER;
    private static final long GIB = 1L << 30;

    private final DiskContent content = new DiskContent(new ImageLimits(10 * GIB, 100 * GIB, 10 * GIB, 0));

    @TempDir
    Path directory;

    @Test
    void aSoundQcow2FileTellsTheSizeOfItsDisk() throws IOException {
        assertThat(size(Qcow2Sample.sound().bytes(), "qcow2")).isEqualTo(64L << 20);
    }

    @Test
    void aRawFileIsItsOwnDisk() throws IOException {
        assertThat(size(new byte[4096], "raw")).isEqualTo(4096);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("backing file", file -> file.putLong(8, 1024).putInt(16, 11)),
                lie("backing file", file -> file.putLong(8, 1024)),
                lie("in another file", file -> file.putLong(72, 1L << 2)),
                lie("in another file", file -> file.putInt(104, 0x44415441).putInt(108, 8)),
                lie("backing format", file -> file.putInt(104, 0xe2792aca).putInt(108, 3)),
                lie("encrypted", file -> file.putInt(32, 2)),
                lie("encrypted", file -> file.putInt(104, 0x0537be77).putInt(108, 16)),
                lie("snapshots", file -> file.putInt(60, 1)),
                lie("not supported", file -> file.putLong(72, 1L << 40)),
                lie("marked as damaged", file -> file.putLong(72, 1L << 1)),
                lie("at most 100 GiB", file -> file.putLong(24, 101 * GIB)),
                lie("at most 100 GiB", file -> file.putLong(24, Long.MAX_VALUE)),
                lie("disk size", file -> file.putLong(24, 0)),
                lie("disk size", file -> file.putLong(24, -1)),
                lie("version", file -> file.putInt(4, 1)),
                lie("version", file -> file.putInt(4, -1)),
                lie("cluster size", file -> file.putInt(20, 40)),
                lie("cluster size", file -> file.putInt(20, 0)),
                lie("header length", file -> file.putInt(100, Integer.MAX_VALUE)),
                lie("header extensions", file -> file.putInt(104, 7).putInt(108, -1)),
                lie("first-level", file -> file.putInt(36, 0)),
                lie("first-level", file -> file.putInt(36, Integer.MAX_VALUE)),
                lie("first-level", file -> file.putInt(36, -1)),
                lie("first-level", file -> file.putLong(40, 1L << 50)),
                lie("first-level", file -> file.putLong(40, -CLUSTER)),
                lie("first-level", file -> file.putLong(3 * CLUSTER, 77L * CLUSTER)),
                lie("used twice", file -> file.putInt(36, 2).putLong(3 * CLUSTER + 8, 4L * CLUSTER)),
                lie("second-level", file -> file.putLong(4 * CLUSTER + 8, 1L << 40)),
                lie("reference count", file -> file.putLong(48, 0)),
                lie("reference count", file -> file.putInt(56, -1)),
                lie("reference count width", file -> file.putInt(96, 60)));
    }

    private static Arguments lie(String sentence, Consumer<ByteBuffer> change) {
        return Arguments.of(sentence, change);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("lies")
    void aQcow2FileThatLeadsOutOfItselfOrIsUnsoundIsRefused(String sentence, Consumer<ByteBuffer> change) {
        assertRefused(Qcow2Sample.sound().with(change).bytes(), "qcow2", sentence);
    }

    @Test
    void aQcow2FileThatLostItsEndIsRefused() {
        byte[] whole = Qcow2Sample.sound().bytes();
        assertRefused(Arrays.copyOf(whole, 5 * CLUSTER), "qcow2", "second-level table");
        assertRefused(Arrays.copyOf(whole, 4 * CLUSTER), "qcow2", "first-level table");
        assertRefused(Arrays.copyOf(whole, 50), "qcow2", "not a qcow2 image");
    }

    @Test
    void contentOfAnotherFormatThanDeclaredIsRefused() {
        assertRefused(Qcow2Sample.sound().bytes(), "raw", "is a qcow2 image");
        assertRefused(text("KDMV"), "raw", "VMDK");
        assertRefused(text("vhdxfile"), "raw", "VHDX");
        assertRefused(text("QED\0"), "raw", "QED");
        assertRefused(new byte[0], "raw", "no data");
    }

    @Test
    void contentOfAFormatThatNoHostBootsIsNoDisk() throws IOException {
        assertThat(size(new byte[CLUSTER], "qcow2")).isEqualTo(NO_DISK);
        assertThat(size(text("KDMV"), "vmdk")).isEqualTo(NO_DISK);
        assertThat(size(Qcow2Sample.sound().bytes(), "iso")).isEqualTo(NO_DISK);
        assertRefused(new byte[0], "iso", "no data");
    }

    @Test
    void aRawDiskLargerThanAllowedIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("large"));
        try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(101 * GIB);
        }
        assertThatThrownBy(() -> content.virtualSize(file, "raw")).hasMessageContaining("larger than 100 GiB");
    }

    @Test
    void noBytesAtAllMakeTheParserDoAnythingButAcceptOrRefuse() throws IOException {
        Random random = new Random(20261123);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = Qcow2Sample.sound().bytes();
            for (int n = 0; n < 1 + random.nextInt(8); n++) {
                int region = random.nextInt(3);
                int at = region == 0 ? 4 + random.nextInt(120) : (region + 2) * CLUSTER + random.nextInt(64);
                bytes[at] = (byte) random.nextInt(256);
            }
            try {
                assertThat(size(bytes, "qcow2")).isBetween(1L, 100 * GIB);
            } catch (Refusal refusal) {
                assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
            }
        }
    }

    private static byte[] text(String start) {
        return Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 4096);
    }

    private long size(byte[] bytes, String format) throws IOException {
        Path file = directory.resolve("image");
        Files.write(file, bytes);
        return content.virtualSize(file, format).orElse(NO_DISK);
    }

    private void assertRefused(byte[] bytes, String format, String sentence) {
        assertThatThrownBy(() -> size(bytes, format))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(sentence);
    }
}
