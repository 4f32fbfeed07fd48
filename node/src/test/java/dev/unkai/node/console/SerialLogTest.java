package dev.unkai.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialLogTest {
    @TempDir
    private Path directory;

    @Test
    void givesTheLastLinesOfWhichTheOneAfterTheLastLineEndIsOne() throws Exception {
        Path log = Files.writeString(directory.resolve("serial.log"), "one\ntwo\nthree\n");

        assertThat(text(SerialLog.tail(log, 3))).isEqualTo("two\nthree\n");
        assertThat(text(SerialLog.tail(log, 1))).isEmpty();
        assertThat(text(SerialLog.tail(log, 9))).isEqualTo("one\ntwo\nthree\n");
        assertThat(text(SerialLog.tail(log, 0))).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void aLineWithoutEndCounts() throws Exception {
        Path log = Files.writeString(directory.resolve("serial.log"), "one\nlogin: ");

        assertThat(text(SerialLog.tail(log, 1))).isEqualTo("login: ");
    }

    @Test
    void goesOnIntoTheFilesThatWereRotatedAway() throws Exception {
        Path log = Files.writeString(directory.resolve("serial.log"), "three\n");
        Files.writeString(directory.resolve("serial.log.0"), "two\n");
        Files.writeString(directory.resolve("serial.log.1"), "one\n");

        assertThat(text(SerialLog.tail(log, 3))).isEqualTo("two\nthree\n");
        assertThat(text(SerialLog.tail(log, 0))).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void aGuestThatWroteNothingHasAnEmptyLog() throws Exception {
        assertThat(SerialLog.tail(directory.resolve("serial.log"), 10)).isEmpty();
    }

    @Test
    void longLogsComeInParts() throws Exception {
        Path log = Files.write(directory.resolve("serial.log"), new byte[200_000]);

        List<ByteString> parts = SerialLog.tail(log, 0);

        assertThat(parts).allMatch(part -> part.size() <= 65536);
        assertThat(parts.stream().mapToInt(ByteString::size).sum()).isEqualTo(200_000);
    }

    private static String text(List<ByteString> parts) {
        return ByteString.copyFrom(parts).toStringUtf8();
    }
}
