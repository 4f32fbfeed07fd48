package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body of the service API that cannot be read is refused with the field that is wrong. */
class ServiceBodyTest {
    private final ComputeSite site = ComputeSite.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"drain\":\"perhaps\"}|The field \"drain\" must be true or false.",
                "{\"drain\":[]}|The field \"drain\" must be true or false.",
                "{\"reason\":{}}|The field \"reason\" must be a text.",
                "[]|The request body must be a JSON object.",
                "{\"drain\":|The request body is not valid JSON.",
                "nonsense|The request body is not valid JSON."
            })
    void theSentenceNamesTheField(String body, String sentence) {
        Answer answer = site.cloud.send(
                site.cloud.token("provider", "admin"),
                "PUT",
                "/service/v1/hosts/" + UUID.randomUUID() + "/maintenance",
                body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("detail").asString()).isEqualTo(sentence);
    }
}
