package dev.unkai.node.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.wire.node.FirewallLogPart;
import dev.unkai.wire.node.FirewallPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a file that grows, is rotated and is read by one process after the other: each reaches the cloud once. */
class FirewallLogTest {
    /** Takes parts as the cloud does, and loses its answer when told to. */
    private static final class Cloud {
        private final Map<String, Long> positions = new HashMap<>();
        private final List<Integer> ports = new ArrayList<>();
        private int answersLost;
        private boolean away;

        long take(FirewallLogPart part) {
            if (away) {
                throw new IllegalStateException("away");
            }
            long position = positions.getOrDefault(part.getSource(), 0L);
            if (part.getStart() == position && part.getEnd() > position) {
                part.getPacketsList().stream()
                        .map(FirewallPacket::getDestinationPort)
                        .forEach(ports::add);
                position = part.getEnd();
                positions.put(part.getSource(), position);
            }
            if (part.getEnd() > 0 && answersLost > 0) {
                answersLost--;
                throw new IllegalStateException("the answer was lost");
            }
            return position;
        }
    }

    @TempDir
    private Path directory;

    private final Cloud cloud = new Cloud();
    private Path file;
    private FirewallLog log;
    private int reopened;

    @BeforeEach
    void begin() {
        file = directory.resolve("firewall.log");
        restart();
    }

    @Test
    void everyLineArrivesOnceThoughAnswersAreLostAndTheProcessDies() throws IOException {
        write(1, 5);
        log.step();
        cloud.answersLost = 1;
        write(6, 8);
        assertThatThrownBy(() -> log.step()).hasMessageContaining("lost");
        restart();
        write(9, 9);
        log.step();
        log.step();

        assertThat(cloud.ports).containsExactlyElementsOf(numbers(1, 9));
    }

    @Test
    void aLineHalfWrittenWaitsForItsOtherHalf() throws IOException {
        String line = line(1);
        append(line.substring(0, 50));
        log.step();
        assertThat(cloud.ports).isEmpty();

        append(line.substring(50));
        log.step();
        assertThat(cloud.ports).containsExactly(1);
    }

    @Test
    void whatComesWhileTheCloudIsAwayComesLater() throws IOException {
        cloud.away = true;
        write(1, 3);
        assertThatThrownBy(() -> log.step()).hasMessageContaining("away");
        cloud.away = false;
        log.step();

        assertThat(cloud.ports).containsExactly(1, 2, 3);
    }

    @Test
    void aLongLogIsBegunAnewWithoutLossAlsoOfWhatIsWrittenMeanwhile() throws IOException {
        int lines = 0;
        while (reopened == 0) {
            assertThat(lines).isLessThan(6_000);
            write(lines + 1, lines + 1_500);
            lines += 1_500;
            log.step();
        }
        // the writer still had the old file open when it was renamed
        Files.writeString(file.resolveSibling("firewall.log.1"), line(lines + 1), StandardOpenOption.APPEND);
        restart();
        write(lines + 2, lines + 3);
        log.step();

        assertThat(cloud.ports).containsExactlyElementsOf(numbers(1, lines + 3));
    }

    private void restart() {
        log = new FirewallLog(file, Optional.of(() -> reopened++), cloud::take, 400_000);
    }

    private void write(int first, int last) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int number = first; number <= last; number++) {
            text.append(line(number));
        }
        append(text.toString());
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static String line(int number) {
        return FirewallLineTest.DROPPED.replace("|00012|", "|" + number + "|").replace("tp_dst=22", "tp_dst=" + number)
                + "\n";
    }
}
