package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.proof.ExportedHistory;
import dev.unkai.base.proof.HistoryFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private static final ExportedHistory HISTORY = ExportedHistory.of(5);

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void aSoundHistoryEndsWithZeroAndSaysWhatIsShownAndWhatIsNot() throws IOException {
        Path file = write("history.jsonl", String.join("\n", HISTORY.lines()) + "\n");
        Path key = write("ledger.pem", HISTORY.key().pem());

        assertThat(run(Locale.ROOT, file.toString(), "--key", key.toString())).isZero();
        assertThat(text())
                .contains("OK: 5 events", "none is missing", "published round 3", "the key that you gave")
                .contains(ExportedHistory.LOG);
        assertThat(run(Locale.ROOT, file.toString())).isZero();
        assertThat(text()).contains("compare this fingerprint");
        Path dropped = write(
                "dropped.jsonl",
                String.join("\n", HISTORY.lines()).replace(HISTORY.line(1), HISTORY.droppedLine(1)) + "\n");
        assertThat(run(Locale.ROOT, dropped.toString())).isZero();
        assertThat(text()).contains("OK: 4 events", "Of 1 more events the file only shows that they were");
        Path choice = write("choice.jsonl", String.join("\n", HISTORY.lines(false, false, 1, 3)) + "\n");
        assertThat(run(Locale.JAPANESE, choice.toString())).isZero();
        assertThat(text()).contains("2 件すべてが", "5 件から選ばれた", "公開ラウンドにはまだ含まれていません");
    }

    @Test
    void aChangedByteEndsWithOneAndNamesTheLine() throws IOException {
        Path file = write("history.jsonl", String.join("\n", HISTORY.lines()).replace("雲2", "雲3") + "\n");

        assertThat(run(Locale.ROOT, file.toString())).isOne();
        assertThat(text()).contains("NOT OK: Line 4 was changed").contains("event 2");
        assertThat(run(Locale.JAPANESE, file.toString())).isOne();
        assertThat(text()).contains("4 行目が書き換えられています");
    }

    @Test
    void whatCannotBeCheckedEndsWithTwoAndSaysWhy() throws IOException {
        Path file = write("history.jsonl", String.join("\n", HISTORY.lines()) + "\n");

        assertThat(run(Locale.ROOT)).isEqualTo(2);
        assertThat(text()).contains("./unkai verify FILE");
        assertThat(run(Locale.ROOT, "/no/such/file")).isEqualTo(2);
        assertThat(text()).contains("/no/such/file");
        assertThat(run(Locale.ROOT, file.toString(), "--key", file.toString()))
                .as("the key in a history is no key file")
                .isEqualTo(2);
        assertThat(run(Locale.ROOT, file.toString(), "--kez", "x")).isEqualTo(2);
        assertThat(run(Locale.ROOT, file.toString(), file.toString())).isEqualTo(2);
    }

    @Test
    void everyFaultHasItsSentence() {
        for (HistoryFault fault : HistoryFault.values()) {
            assertThat(new Messages(Locale.ROOT).text("verify." + fault.name(), 1, 2, 3))
                    .contains("ine ");
        }
    }

    private int run(Locale locale, String... words) {
        said.reset();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return VerifyCommand.run(List.of(words), out, out, new Messages(locale));
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
