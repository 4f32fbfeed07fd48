package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One project in a running cloud that all tests of the Network API share; each test has projects of its own. */
final class NetworkSite {
    private static @Nullable RunningCloud shared;

    private final RunningCloud cloud;
    private final String project;
    private final String token;

    private NetworkSite(RunningCloud cloud, String project, String... roles) {
        this.cloud = cloud;
        this.project = project;
        this.token = cloud.token(project, roles);
    }

    /** A member of a project that nobody else has. */
    static NetworkSite project() {
        return new NetworkSite(cloud(), "project-" + UUID.randomUUID(), "member", "reader");
    }

    static NetworkSite operator() {
        return new NetworkSite(cloud(), "operator-" + UUID.randomUUID(), "admin");
    }

    /** One who only looks at this project. */
    NetworkSite reader() {
        return new NetworkSite(cloud, project, "reader");
    }

    private static synchronized RunningCloud cloud() {
        RunningCloud running = shared;
        if (running == null) {
            running = RunningCloud.start();
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    String id() {
        return project;
    }

    JsonNode get(String path) {
        return send("GET", path, null, 200);
    }

    /** An answer of the service API. */
    JsonNode service(String path) {
        Answer answer = cloud.send(token, "GET", path, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** Makes one; gives the resource without its frame. */
    JsonNode make(String path, String body) {
        JsonNode answer = send("POST", path, body, 201);
        return answer.properties().iterator().next().getValue();
    }

    String makeId(String path, String body) {
        return make(path, body).path("id").asString();
    }

    /** A new network; gives its id. */
    String network() {
        return makeId("networks", "{\"network\": {\"name\": \"net\"}}");
    }

    String subnet(String network, String cidr) {
        return makeId(
                "subnets",
                "{\"subnet\": {\"network_id\": \"%s\", \"cidr\": \"%s\", \"ip_version\": %d}}"
                        .formatted(network, cidr, cidr.contains(":") ? 6 : 4));
    }

    JsonNode put(String path, String body) {
        JsonNode answer = send("PUT", path, body, 200);
        return answer.size() == 1 ? answer.properties().iterator().next().getValue() : answer;
    }

    void delete(String path) {
        send("DELETE", path, null, 204);
    }

    /** The message of the refusal. */
    String refused(String method, String path, @Nullable String body, int status, String type) {
        JsonNode answer = send(method, path, body, status);
        assertThat(answer.at("/NeutronError/type").asString())
                .as(answer.toString())
                .isEqualTo(type);
        String message = answer.at("/NeutronError/message").asString();
        assertThat(message).isNotEmpty();
        return message;
    }

    JsonNode send(String method, String path, @Nullable String body, int expected) {
        return send(method, path, body, expected, Map.of());
    }

    JsonNode send(String method, String path, @Nullable String body, int expected, Map<String, String> headers) {
        Answer answer = cloud.send(token, method, "/network/v2.0/" + path, body, headers);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isEqualTo(expected);
        return answer.text().isEmpty() ? RunningCloud.JSON.createObjectNode() : answer.json();
    }

    /** Whatever is answered. */
    Answer answer(String method, String path, @Nullable String body) {
        return cloud.send(token, method, "/network/v2.0/" + path, body);
    }

    /** The texts of one field of each entry. */
    static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.path(field).asString()));
        return texts;
    }
}
