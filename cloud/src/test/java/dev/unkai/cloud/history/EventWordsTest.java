package dev.unkai.cloud.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aPdfSaysTheSameOfAnEventAsTheConsole(String language) throws IOException {
        JsonNode console = LedgerReader.JSON
                .readTree(Files.readString(Path.of("../console/src/i18n/" + language + ".json")))
                .path("history");
        JsonNode own = LedgerReader.JSON.readTree(
                Files.readString(Path.of("src/main/resources/history/words." + language + ".json")));

        assertThat(own.propertyNames()).containsExactlyInAnyOrder("actionText", "refused", "verbs", "phrases", "kinds");
        own.propertyNames()
                .forEach(name -> assertThat(own.path(name))
                        .as("%s of history/words.%s.json: copy it from the console's file", name, language)
                        .isEqualTo(console.path(name)));
    }

    @Test
    void anActionIsSaidInWordsAndOneThatHasNoneAsItWasRecorded() {
        EventWords japanese = EventWords.of(Locale.JAPANESE);
        assertThat(japanese.action("create", "compute/server")).isEqualTo("サーバーの作成");
        assertThat(japanese.action("update", "service/request")).isEqualTo("拒否された要求（update）");
        assertThat(japanese.action("transmogrify", "compute/server")).isEqualTo("transmogrify サーバー");
        assertThat(japanese.action("transmogrify", "nothing/known")).isEqualTo("transmogrify");
        assertThat(EventWords.of(Locale.ENGLISH).action("create", "compute/server"))
                .isNotEqualTo("create")
                .containsIgnoringCase("server");
        assertThat(EventWords.of(Locale.ENGLISH).kind("nothing/known")).isEmpty();
    }
}
