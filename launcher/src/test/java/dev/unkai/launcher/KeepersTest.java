package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeepersTest {
    private static final Service SLEEPER = Service.of("sleeper", List.of("sleep", "600"));

    private DataDirectory directory;
    private Keepers keepers;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = DataDirectory.at(Files.createTempDirectory("unkai-keep-"));
        List.of("run", "log", "lib").forEach(name -> directory.directory(name, "rwx------"));
        keepers = new Keepers(directory);
    }

    @AfterEach
    void stop() {
        keepers.stop("sleeper", 5);
        Command.of("rm", "-rf", directory.path().toString()).run();
    }

    @Test
    void aKilledServiceIsThereAgainWithinTwoSeconds() {
        keepers.start(SLEEPER);
        long first = awaitPid(0);

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofSeconds(2)).until(() -> pid() != first && alive(pid()));
    }

    @Test
    void aSecondStartOfTheSameLeavesItAloneAndAChangedOneReplacesIt() {
        assertThat(keepers.start(SLEEPER)).isTrue();
        long first = awaitPid(0);
        assertThat(keepers.start(SLEEPER)).isFalse();
        assertThat(pid()).isEqualTo(first);

        assertThat(keepers.start(SLEEPER.configured("other"))).isTrue();

        assertThat(alive(first)).isFalse();
        awaitPid(first);
    }

    @Test
    void stopEndsLoopAndService() {
        keepers.start(SLEEPER);
        long service = awaitPid(0);

        keepers.stop(SLEEPER);

        assertThat(alive(service)).isFalse();
        assertThat(keepers.running("sleeper")).isFalse();
        assertThat(directory.of("run/sleeper.pid")).doesNotExist();
    }

    @Test
    void aServiceWhoseLoopWasKilledIsNotRunTwice() throws IOException {
        keepers.start(SLEEPER);
        long orphan = awaitPid(0);
        long loop = Long.parseLong(
                Files.readString(directory.of("run/sleeper.keep.pid")).strip());
        ProcessHandle.of(loop).orElseThrow().destroyForcibly();
        await().until(() -> !keepers.running("sleeper"));

        keepers.start(SLEEPER);

        assertThat(alive(orphan)).isFalse();
        awaitPid(orphan);
    }

    @Test
    void aForeignProcessWithTheSameNumberIsNeverTouched() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            for (String suffix : List.of(".pid", ".keep.pid")) {
                Files.writeString(directory.of("run/sleeper" + suffix), stranger.pid() + "\n");
            }

            assertThat(keepers.running("sleeper")).isFalse();
            keepers.stop(SLEEPER);

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void lastWordsAreSentencesAlsoFromJsonLogs() throws IOException {
        Files.writeString(
                directory.of("log/sleeper.log"),
                "plain\n{\"level\":\"ERROR\",\"message\":\"The \\\"port\\\" is taken\",\"stack\":\"at x\"}\n");

        assertThat(keepers.lastWords("sleeper", 2)).isEqualTo("  plain\n  The \\\"port\\\" is taken");
    }

    private long awaitPid(long other) {
        await().atMost(Duration.ofSeconds(5)).until(() -> pid() > 0 && pid() != other && alive(pid()));
        return pid();
    }

    private long pid() {
        try {
            Path file = directory.of("run/sleeper.pid");
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean alive(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).matches("(?s).*\\) Z .*");
        } catch (IOException e) {
            return false;
        }
    }
}
