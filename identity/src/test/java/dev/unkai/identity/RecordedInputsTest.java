package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.recorded.RecordedInputs;
import dev.unkai.identity.RunningIdentity.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the reference's own schemas (keystone 22.0) say of bodies. */
class RecordedInputsTest {
    private static final RunningIdentity IDENTITY = RunningIdentity.shared();
    private static final RecordedInputs THINGS = new RecordedInputs();
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("users", "{'user': {'name': 'recorded', 'domain_id': '{domain}'}}"),
            Map.entry("projects", "{'project': {'name': 'recorded', 'domain_id': '{domain}'}}"),
            Map.entry("domains", "{'domain': {'name': 'recorded-too', 'enabled': false}}"),
            Map.entry("groups", "{'group': {'name': 'recorded', 'domain_id': '{domain}'}}"),
            Map.entry("roles", "{'role': {'name': 'recorded'}}"),
            Map.entry("regions", "{'region': {'id': 'recorded-too'}}"),
            Map.entry("services", "{'service': {'name': 'recorded', 'type': 'recorded'}}"),
            Map.entry(
                    "endpoints",
                    "{'endpoint': {'service_id': '{service}', 'interface': 'public', 'url': 'http://e.example/'}}"),
            Map.entry("credentials", "{'credential': {'blob': 'x', 'type': 'cert', 'user_id': '{me}'}}"),
            Map.entry("policies", "{'policy': {'blob': '{}', 'type': 'application/json'}}"),
            Map.entry(
                    "registered_limits",
                    "{'registered_limits': [{'service_id': '{service}', 'resource_name': 'too', 'default_limit': 10}]}"),
            Map.entry(
                    "limits",
                    "{'limits': [{'service_id': '{service}', 'resource_name': 'thing', 'resource_limit': 5, 'project_id': '{myproject}'}]}"),
            Map.entry(
                    "OS-EP-FILTER/endpoint_groups",
                    "{'endpoint_group': {'name': 'recorded', 'filters': {'interface': 'public'}}}"),
            Map.entry("OS-OAUTH1/consumers", "{'consumer': {'description': 'recorded'}}"));
    private static String operator;

    @BeforeAll
    static void begin() {
        operator = IDENTITY.token("Default", "operator");
        JsonNode token = IDENTITY.subject("GET", operator, operator).body().path("token");
        THINGS.name("me", token.at("/user/id").asString());
        THINGS.name("myproject", token.at("/project/id").asString());
        THINGS.name("mydomain", token.at("/project/domain/id").asString());
        THINGS.name("nobody", "a".repeat(32));
        token.path("roles").forEach(role -> {
            if (role.path("name").asString().equals("admin")) {
                THINGS.name("role", role.path("id").asString());
            }
        });
        thing("domain", "domains", "{'domain': {'name': 'recorded'}}");
        thing("project", "projects", "{'project': {'name': 'p', 'domain_id': '{domain}'}}");
        thing("user", "users", "{'user': {'name': 'u', 'domain_id': '{domain}'}}");
        thing("service", "services", "{'service': {'name': 's', 'type': 'thing'}}");
        thing("region", "regions", "{'region': {'id': 'recorded'}}");
        thing(
                "limit",
                "registered_limits",
                "{'registered_limits': [{'service_id': '{service}', 'resource_name': 'thing', 'default_limit': 10}]}");
        KINDS.forEach((path, body) -> thing(path.substring(path.indexOf('/') + 1), path, body));
    }

    /** Others look at whole lists of the process that they share with this. */
    @AfterAll
    static void end() {
        gone("limits", THINGS.id("limits"));
        KINDS.keySet().stream()
                .filter(path -> !path.equals("limits"))
                .forEach(path -> gone(path, THINGS.id(path.substring(path.indexOf('/') + 1))));
        gone("registered_limits", THINGS.id("limit"));
        for (String kind : List.of("project", "user", "service", "region", "domain")) {
            gone(kind + "s", THINGS.id(kind));
        }
    }

    @Test
    void bodiesAreTakenAndRefusedAsByTheReference() {
        assertThat(RecordedInputs.differing("/identity/inputs.txt", RecordedInputsTest::ask))
                .isEmpty();
    }

    /** What was made goes at once, for the next one is alike; what was changed is put back to one that may be changed. */
    private static int ask(String method, String path, String body) {
        Answer answer = IDENTITY.send(method, "/identity/v3/" + THINGS.filled(path), operator, THINGS.filled(body));
        if (method.equals("POST") && answer.status() == 201) {
            gone(THINGS.filled(path), made(answer).path("id").asString());
        } else if (method.equals("PATCH") && answer.status() == 200) {
            String collection = path.substring(0, path.lastIndexOf('/'));
            String kind = collection.substring(collection.indexOf('/') + 1);
            gone(collection, THINGS.id(kind));
            thing(kind, collection, KINDS.get(collection));
        }
        return answer.status();
    }

    private static void gone(String path, String id) {
        String one = "/identity/v3/" + path + "/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        if (path.equals("domains")) {
            IDENTITY.send("PATCH", one, operator, "{\"domain\": {\"enabled\": false}}");
        }
        Answer answer = IDENTITY.delete(one, operator);
        if (answer.status() == 403) {
            String singular = path.substring(0, path.length() - 1);
            IDENTITY.send("PATCH", one, operator, "{\"" + singular + "\": {\"options\": {\"immutable\": false}}}");
            answer = IDENTITY.delete(one, operator);
        }
        assertThat(answer.status()).as(one + ": " + answer.raw().body()).isEqualTo(204);
    }

    private static void thing(String name, String path, String body) {
        Answer answer = IDENTITY.send("POST", "/identity/v3/" + path, operator, THINGS.filled(body.replace('\'', '"')));
        assertThat(answer.status()).as(path + ": " + answer.raw().body()).isEqualTo(201);
        THINGS.name(name, made(answer).path("id").asString());
    }

    private static JsonNode made(Answer answer) {
        JsonNode made = answer.body().properties().iterator().next().getValue();
        return made.isArray() ? made.get(0) : made;
    }
}
