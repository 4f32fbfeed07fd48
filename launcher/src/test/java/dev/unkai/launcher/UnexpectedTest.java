package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class UnexpectedTest {
    @Test
    void whatNobodyForesawIsOneSentenceAndWhereItHappenedStandsInAFile() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        new Unexpected(new PrintStream(said, true, StandardCharsets.UTF_8), new Messages(Locale.ROOT))
                .uncaughtException(Thread.currentThread(), new IllegalStateException("the moon is full"));

        String sentence = said.toString(StandardCharsets.UTF_8);
        assertThat(sentence.lines()).hasSize(1);
        assertThat(sentence).contains("the moon is full").doesNotContain("\tat ");
        Path report = Path.of(sentence.replaceAll("(?s).*report it with ([^,]+),.*", "$1"));
        assertThat(Files.readString(report))
                .contains("IllegalStateException", "\tat dev.unkai.launcher.UnexpectedTest");
        Files.delete(report);
    }
}
