package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.recorded.RecordedInputs;
import dev.unkai.cloud.image.RunningImages.Answer;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries, bodies and patches that a running glance 25.1 took or refused. */
class RecordedImageInputsTest {
    private static RunningImages images;
    private final String token =
            RunningImages.member("p" + UUID.randomUUID().toString().replace("-", ""));

    @BeforeAll
    static void start() throws IOException {
        images = new RunningImages();
    }

    @AfterAll
    static void stop() {
        images.close();
    }

    @Test
    void inputsAreTakenAndRefusedAsByTheReference() {
        assertThat(RecordedInputs.differing(
                        "/image/inputs.txt", (method, path, body) -> ask(method, path, body == null ? "" : body)))
                .isEmpty();
    }

    /** What was made goes at once: an id can be said by the maker, once. */
    private int ask(String method, String path, String body) {
        if (method.equals("GET")) {
            return images.get(token, "/image/v2/" + path).status();
        }
        if (method.equals("POST")) {
            Answer answer = images.sendJson(token, "POST", "/image/v2/" + path, body, "application/json");
            if (answer.status() == 201) {
                gone(answer.json().path("id").asString());
            }
            return answer.status();
        }
        String image = images.image(token, Map.of("name", "i", "disk_format", "raw", "container_format", "bare"));
        int status = images.patch(token, image, body).status();
        gone(image);
        return status;
    }

    private void gone(String image) {
        images.patch(token, image, "[{\"op\":\"replace\",\"path\":\"/protected\",\"value\":false}]");
        assertThat(images.delete(token, "/image/v2/images/" + image).status()).isEqualTo(204);
    }
}
