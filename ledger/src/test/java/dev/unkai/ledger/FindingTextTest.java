package dev.unkai.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every finding that the code raises is told in both languages, with the same facts. */
class FindingTextTest {
    private static final Pattern RAISED =
            Pattern.compile("(?:FindingText\\.of\\(|wrong\\(db, \\w+, |changed\\(db, leaf, )\\s*\"([a-z-]+)\"");

    @Test
    void bothLanguagesHaveTheSameSentencesWithTheSamePlaces() throws IOException {
        Properties english = sentences("en");
        Properties japanese = sentences("ja");

        assertThat(japanese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(places(japanese, key)).as(key).isEqualTo(places(english, key));
            assertThat(japanese.getProperty(key)).as(key).endsWith("。").isNotEqualTo(english.getProperty(key));
        }
    }

    @Test
    void everySentenceIsRaisedAndEverythingRaisedHasASentence() throws IOException {
        Set<String> raised = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(file -> file.toString().endsWith(".java"))
                    .map(FindingTextTest::text)
                    .forEach(source -> RAISED.matcher(source).results().forEach(found -> raised.add(found.group(1))));
        }

        assertThat(raised).isEqualTo(new TreeSet<>(sentences("en").stringPropertyNames()));
    }

    @Test
    void factsStandInTheSentenceAsTheyAre() {
        FindingText text = FindingText.of("event-lost", "place", 7, "log", "$1\\{place}");

        assertThat(text.english()).isEqualTo("Event 7 of log $1\\{place} is not there, or not in its place.");
        assertThat(text.japanese()).startsWith("ログ $1\\{place} のイベント 7 ");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties sentences(String language) throws IOException {
        Properties sentences = new Properties();
        try (var bytes = Objects.requireNonNull(
                FindingTextTest.class.getResourceAsStream("/findings/" + language + ".properties"))) {
            sentences.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        }
        return sentences;
    }

    private static Set<String> places(Properties sentences, String key) {
        return Pattern.compile("\\{([a-z]+)}")
                .matcher(sentences.getProperty(key))
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
