package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RecordedAnswers;
import dev.unkai.cloud.RecordedAnswers.Request;
import dev.unkai.cloud.RunningCloud.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a running neutron 21.0 answered members and operators about things of their own, of another project, shared and of nobody. */
class RecordedRolesTest {
    private static final NetworkSite MEMBER = NetworkSite.project();
    private static final NetworkSite OTHER = NetworkSite.project();
    private static final NetworkSite OPERATOR = NetworkSite.operator();
    private static final Map<String, NetworkSite> WHO =
            Map.of("member", MEMBER, "reader", MEMBER.reader(), "other", OTHER, "operator", OPERATOR);

    /** Shown here beside the reference's, whoever asks. */
    private static final Set<String> BESIDE = Set.of(
            "created_at",
            "description",
            "distributed",
            "flavor_id",
            "ha",
            "is_default",
            "port_forwardings",
            "project_id",
            "revision_number",
            "segment_id",
            "shared",
            "tags",
            "trunk_details",
            "updated_at");

    private final Map<String, String> things = new HashMap<>(Map.of(
            "p1", MEMBER.id(),
            "p2", OTHER.id(),
            "admin", OPERATOR.id(),
            "nobody", "00000000-0000-0000-8000-000000000000"));

    @Test
    void everyRoleIsAnsweredAsByTheReference() {
        List<String> differ = new ArrayList<>();
        for (Request request : RecordedAnswers.read("/network/roles.json")) {
            Answer answer = ask(request);
            if (request.makes().isEmpty()) {
                differ.addAll(request.faults(answer.status(), answer.text(), BESIDE));
                forget(request, answer);
            } else {
                assertThat(answer.status()).as(request + ": " + answer.text()).isEqualTo(201);
                things.put(request.makes(), resource(answer.json()).path("id").asString());
            }
        }

        assertThat(differ).isEmpty();
    }

    private Answer ask(Request request) {
        String body = request.body();
        return Objects.requireNonNull(WHO.get(request.by()), request.by())
                .answer(
                        request.method(),
                        filled(request.path()).replace(" ", "%20"),
                        body == null ? null : filled(body));
    }

    /** What was made goes at once, for the next one is alike. */
    private void forget(Request request, Answer answer) {
        if (!request.method().equals("POST") || answer.status() != 201) {
            return;
        }
        JsonNode made = resource(answer.json());
        for (JsonNode one : made.isArray() ? made : List.of(made)) {
            OPERATOR.answer(
                    "DELETE", filled(request.path()) + "/" + one.path("id").asString(), null);
        }
    }

    private static JsonNode resource(JsonNode answer) {
        return answer.properties().iterator().next().getValue();
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> thing : things.entrySet()) {
            filled = filled.replace("{" + thing.getKey() + "}", thing.getValue());
        }
        return filled;
    }
}
