package dev.unkai.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UptimeTest {
    @TempDir
    private Path folder;

    @Test
    void itIsTheLineOfTheCommand() throws Exception {
        Files.writeString(folder.resolve("loadavg"), "0.20 0.12 0.14 2/345 6789\n");
        ByteBuffer logins = ByteBuffer.allocate(3 * 384).order(ByteOrder.nativeOrder());
        logins.putShort(0, (short) 2).putShort(384, (short) 7).putShort(768, (short) 7);
        Files.write(folder.resolve("utmp"), logins.array());

        assertThat(after(93 * 86_400 + 18 * 3_600 + 25 * 60))
                .isEqualTo(" 08:32:11 up 93 days, 18:25,  2 users,  load average: 0.20, 0.12, 0.14");
        assertThat(after(86_400 + 9 * 3_600 + 5 * 60)).contains(" up 1 day,  9:05,  2 users");
        assertThat(after(7 * 60)).contains(" up 7 min,  2 users");
        Files.delete(folder.resolve("utmp"));
        assertThat(after(60)).contains(",  0 users,");
    }

    @Test
    void thisHostHasOne() {
        assertThat(new Uptime().line()).matches(" \\d\\d:\\d\\d:\\d\\d up .*,  \\d+ users?,  load average: .*");
    }

    @Test
    void aKernelThatDoesNotTellIsNoFailure() {
        assertThat(new Uptime(folder, folder, () -> LocalTime.NOON).line()).isEmpty();
    }

    private String after(long seconds) throws Exception {
        Files.writeString(folder.resolve("uptime"), seconds + ".73 123.45\n");
        return new Uptime(folder, folder.resolve("utmp"), () -> LocalTime.of(8, 32, 11)).line();
    }
}
