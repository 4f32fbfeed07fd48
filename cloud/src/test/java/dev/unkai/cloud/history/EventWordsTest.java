package dev.unkai.cloud.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.wire.event.EventNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EventWordsTest {
    private static final String RENEW =
            "JAVA_TOOL_OPTIONS=-Dunkai.renew=yes mvn -pl cloud -am test -Dtest=EventWordsTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void aPdfSaysTheSameOfAnEventAsTheConsole(String language) throws IOException {
        JsonNode console = LedgerReader.JSON
                .readTree(Files.readString(Path.of("../console/src/i18n/" + language + ".json")))
                .path("history");
        ObjectNode wanted = LedgerReader.JSON.createObjectNode();
        for (String name : List.of("actionText", "refused", "verbs", "phrases", "kinds", "fields")) {
            wanted.set(name, console.path(name));
        }
        Path own = Path.of("src/main/resources/history/words." + language + ".json");
        if (System.getProperty("unkai.renew") != null) {
            Files.writeString(
                    own, LedgerReader.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(wanted) + "\n");
        }

        assertThat(LedgerReader.JSON.readTree(Files.readString(own)))
                .as("%s follows the console's words by: %s", own, RENEW)
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void eachNameThatAnEventMayUseHasAWord(String language) throws IOException {
        JsonNode console = LedgerReader.JSON
                .readTree(Files.readString(Path.of("../console/src/i18n/" + language + ".json")))
                .path("history");
        List<String> worded = Stream.of("fact", "field")
                .flatMap(kind ->
                        console.path(kind + "s").propertyNames().stream().map(name -> kind + " " + name))
                .sorted()
                .toList();
        Path list = Path.of("../wire/src/main/resources" + EventNames.LIST);
        if (System.getProperty("unkai.renew") != null) {
            Files.write(list, worded);
        }

        assertThat(Files.readAllLines(list))
                .as("A name is added to the console's texts (history.facts, history.fields), then here by: %s", RENEW)
                .isEqualTo(worded);
        assertThat(EventNames.hasFact("quota.cores")).isTrue();
        assertThat(EventNames.hasFact("quotas")).isFalse();
        assertThat(EventNames.hasField("metadata.anything")).isTrue();
        assertThat(EventNames.hasField("extras.dns_name")).isTrue();
        assertThat(EventNames.hasField("nobody.named.this")).isFalse();
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
        assertThat(japanese.field("gateway.network_id")).isEqualTo("外部ネットワーク");
        assertThat(japanese.field("metadata.role")).isEqualTo("メタデータ: role");
        assertThat(japanese.field("extras.dns_name")).isEqualTo("DNS 名");
        assertThat(japanese.field("unheard.of")).isEqualTo("unheard.of");
    }
}
