package dev.unkai.cloud.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.evidence.Obstacle.Kind;
import dev.unkai.wire.evidence.CaptureFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ObstacleTest {
    @Test
    void aPackageSaysTheSameInBothLanguagesAsTheConsole() throws IOException {
        assertThat(console("en")).isEqualTo(sentences(Kind::english));
        assertThat(console("ja")).isEqualTo(sentences(Kind::japanese));
        assertThat(Obstacle.of(Kind.NOT_RUNNING).told())
                .contains(Kind.NOT_RUNNING.english(), " / ", Kind.NOT_RUNNING.japanese());
    }

    @Test
    void whatAHostSaysIsKnownAndWhatAnotherVersionSaysIsKeptAsItCame() {
        for (CaptureFault fault : CaptureFault.values()) {
            assertThat(Obstacle.of(fault.sentence()).detail()).as(fault.name()).isNull();
        }
        assertThat(Obstacle.of("A sentence of next year."))
                .isEqualTo(new Obstacle(Kind.HOST, "A sentence of next year."));
    }

    @Test
    void aFailedStepTellsAFullDiskTheLedgersRefusalAndAnythingElseApart() {
        assertThat(Obstacle.of(new IOException("write: No space left on device")))
                .isEqualTo(Obstacle.of(Kind.NO_ROOM));
        assertThat(Obstacle.of(Refusal.unavailable("The ledger rests.")))
                .isEqualTo(new Obstacle(Kind.LEDGER, "The ledger rests."));
        assertThat(Obstacle.of(new IOException("Input/output error")))
                .isEqualTo(new Obstacle(Kind.NOT_WRITTEN, "Input/output error"));
    }

    private static Map<String, String> sentences(java.util.function.Function<Kind, String> language) {
        return Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::wireName, language));
    }

    private static Map<String, String> console(String language) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        JsonMapper.builder()
                .build()
                .readTree(Files.readString(Path.of("../console/src/i18n/" + language + ".json")))
                .at("/evidence/obstacles")
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asString()));
        return texts;
    }
}
