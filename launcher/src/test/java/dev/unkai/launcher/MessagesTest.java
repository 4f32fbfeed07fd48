package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MessagesTest {
    @Test
    void everySentenceIsThereInBothLanguagesWithTheSamePlaces() throws IOException {
        Properties english = load("messages.properties");
        Properties japanese = load("messages_ja.properties");

        assertThat(japanese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            for (int place = 0; place < 4; place++) {
                assertThat(japanese.getProperty(key).contains("{" + place + "}"))
                        .as("%s {%d}", key, place)
                        .isEqualTo(english.getProperty(key).contains("{" + place + "}"));
            }
            // A lone apostrophe would swallow the places after it.
            assertThat(english.getProperty(key)).doesNotContain("'");
        }
    }

    @Test
    void japaneseIsReadAsUtf8() {
        assertThat(new Messages(Locale.JAPANESE).text("up.ready", "PostgreSQL")).isEqualTo("PostgreSQL の準備ができました");
    }

    private static Properties load(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Messages.class.getResourceAsStream(file)), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
