package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.RunningCloud.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicroversionTest {
    private final ComputeSite site = ComputeSite.shared();

    @Test
    void withoutAHeaderTheOldestIsMeant() {
        assertThat(Microversion.requested(List.of(), null)).isEqualTo(Microversion.OLDEST);
        assertThat(Microversion.requested(List.of("volume 3.60"), null)).isEqualTo(Microversion.OLDEST);
    }

    @Test
    void bothHeadersAreReadAndTheNewerOneWins() {
        assertThat(Microversion.requested(List.of("compute 2.52"), null).minor())
                .isEqualTo(52);
        assertThat(Microversion.requested(List.of(), "2.60").minor()).isEqualTo(60);
        assertThat(Microversion.requested(List.of("volume 3.1, compute 2.67"), "2.5")
                        .minor())
                .isEqualTo(67);
        assertThat(Microversion.requested(List.of("volume 3.1"), "2.5").minor()).isEqualTo(5);
        assertThat(Microversion.requested(List.of("compute latest"), null)).isEqualTo(Microversion.NEWEST);
    }

    @Test
    void whatIsNoVersionIsInvalidAndWhatIsOutOfRangeIsNotAcceptable() {
        for (String bad : List.of("2", "two", "2.x", "2.1.1", "-2.1", "2.01", "")) {
            if (!bad.isEmpty()) {
                assertThatThrownBy(() -> Microversion.requested(List.of("compute " + bad), null))
                        .as(bad)
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
            }
        }
        for (String far : List.of("2.0", "2.94", "3.0", "1.1", "2.999")) {
            assertThatThrownBy(() -> Microversion.requested(List.of("compute " + far), null))
                    .as(far)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_ACCEPTABLE));
        }
    }

    @Test
    void anAnswerSaysWhichVersionItIsOf() {
        String token = site.customer().token;
        var headers =
                site.cloud.headers(token, "/compute/v2.1/flavors", Map.of("OpenStack-API-Version", "compute 2.52"));

        assertThat(headers.firstValue("OpenStack-API-Version")).contains("compute 2.52");
        assertThat(headers.firstValue("X-OpenStack-Nova-API-Version")).contains("2.52");
        assertThat(headers.allValues("Vary")).contains("OpenStack-API-Version", "X-OpenStack-Nova-API-Version");
    }

    @Test
    void aRefusedVersionIsToldTheRange() {
        Answer answer = site.cloud.send(
                site.customer().token,
                "GET",
                "/compute/v2.1/flavors",
                null,
                Map.of("OpenStack-API-Version", "compute 2.999"));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.json().at("/computeFault/message").asString())
                .contains("2.1")
                .contains("2.93");
    }
}
