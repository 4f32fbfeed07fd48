package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RecordedAnswers;
import dev.unkai.cloud.RecordedAnswers.Request;
import dev.unkai.cloud.image.RunningImages.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a running glance 25.1 answered members, a reader and an operator about images of their own, of another project, shared and public. */
class RecordedImageRolesTest {
    private static RunningImages images;

    private final Map<String, String> things = new HashMap<>(Map.of(
            "p1", project(),
            "p2", project(),
            "p3", project(),
            "nobody", "00000000-0000-0000-8000-000000000000"));
    private final Map<String, String> tokens = Map.of(
            "member", RunningImages.member(filled("{p1}")),
            "reader", RunningImages.token(filled("{p1}"), "reader"),
            "other", RunningImages.member(filled("{p2}")),
            "operator", RunningImages.operator());

    @BeforeAll
    static void start() throws IOException {
        images = new RunningImages();
    }

    @AfterAll
    static void stop() {
        images.close();
    }

    @Test
    void everyRoleIsAnsweredAsByTheReference() {
        List<String> differ = new ArrayList<>();
        for (Request request : RecordedAnswers.read("/image/roles.json")) {
            Answer answer = ask(request);
            if (request.makes().isEmpty()) {
                differ.addAll(request.faults(answer.status(), answer.text(), Set.of()));
            } else {
                assertThat(answer.status()).as(request + ": " + answer.text()).isEqualTo(201);
                things.put(request.makes(), answer.json().path("id").asString());
            }
        }

        assertThat(differ).isEmpty();
    }

    private Answer ask(Request request) {
        String token = Objects.requireNonNull(tokens.get(request.by()), request.by());
        String body = request.body();
        return images.send(
                token,
                request.method(),
                "/image/v2/" + filled(request.path()),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(filled(body)),
                body == null ? Map.of() : Map.of("Content-Type", request.type()));
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> thing : things.entrySet()) {
            filled = filled.replace("{" + thing.getKey() + "}", thing.getValue());
        }
        return filled;
    }

    private static String project() {
        return "p" + UUID.randomUUID().toString().replace("-", "");
    }
}
