package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every update tells in its event what was changed; what is confidential it tells as that alone. A new PATCH must be listed. */
class ToldChangesTest {
    private static final RunningIdentity identity = RunningIdentity.shared();

    private static final String V3 = "/identity/v3/";
    private static final String SERVICE = "/identity/service/v1/";
    /** Held elsewhere, or without values that could be told. */
    private static final Set<String> ELSEWHERE = Set.of(
            // DomainConfigTest; its values can be passwords, so that the event names the options alone.
            "/identity/v3/domains/{id}/config",
            "/identity/v3/domains/{id}/config/{group}",
            "/identity/v3/domains/{id}/config/{group}/{option}");

    private final String operator = identity.token("Default", "operator");
    private final Customer alpha = Customer.of(identity, "alpha");
    private final String suffix = Long.toString(System.nanoTime(), 36);
    private final Set<String> called = new TreeSet<>();

    @Test
    void everyUpdateTellsWhatItChangedAndNoSecret() {
        long first = identity.newestEvent();
        String user = made("users", "user", Map.of("name", "told-" + suffix, "password", "Planted-First-Secret-1"));
        update("PATCH", V3 + "users/{id}", user, Map.of("user", Map.of("description", "changed")), "description");
        update(
                "PATCH",
                V3 + "users/{id}",
                user,
                Map.of("user", Map.of("password", "Planted-Second-Secret-2")),
                "password");
        update("PATCH", SERVICE + "users/{user}", user, Map.of("user", Map.of("enabled", false)), "enabled");
        String group = made("groups", "group", Map.of("name", "told-" + suffix));
        update("PATCH", V3 + "groups/{id}", group, Map.of("group", Map.of("name", "retold-" + suffix)), "name");
        update("PUT", V3 + "groups/" + group + "/users/{user}", user, null, "member");
        String project = made("projects", "project", Map.of("name", "told-" + suffix, "domain_id", alpha.domain()));
        update(
                "PATCH",
                V3 + "projects/{id}",
                project,
                Map.of("project", Map.of("description", "changed")),
                "description");
        update("PUT", V3 + "projects/{id}/tags", project, Map.of("tags", List.of("one")), "tags");
        String role = made("roles", "role", Map.of("name", "told-" + suffix));
        update("PATCH", V3 + "roles/{id}", role, Map.of("role", Map.of("description", "changed")), "description");
        update("PUT", V3 + "projects/" + project + "/users/" + user + "/roles/{role}", role, null, "role");
        String domain = made("domains", "domain", Map.of("name", "told-" + suffix));
        update("PATCH", V3 + "domains/{id}", domain, Map.of("domain", Map.of("description", "changed")), "description");
        String region = made("regions", "region", Map.of("description", "old"));
        update("PATCH", V3 + "regions/{id}", region, Map.of("region", Map.of("description", "changed")), "description");
        String service = made("services", "service", Map.of("type", "told", "name", "told-" + suffix));
        update("PATCH", V3 + "services/{id}", service, Map.of("service", Map.of("enabled", false)), "enabled");
        String endpoint = made(
                "endpoints",
                "endpoint",
                Map.of("service_id", service, "interface", "public", "url", "https://told.test"));
        update("PATCH", V3 + "endpoints/{id}", endpoint, Map.of("endpoint", Map.of("url", "https://new.test")), "url");
        String choice = made(
                "OS-EP-FILTER/endpoint_groups",
                "endpoint_group",
                Map.of("name", "told-" + suffix, "filters", Map.of("service_id", service)));
        update(
                "PATCH",
                V3 + "OS-EP-FILTER/endpoint_groups/{group}",
                choice,
                Map.of("endpoint_group", Map.of("name", "retold-" + suffix)),
                "name");
        String consumer = made("OS-OAUTH1/consumers", "consumer", Map.of("description", "old"));
        update(
                "PATCH",
                V3 + "OS-OAUTH1/consumers/{consumer}",
                consumer,
                Map.of("consumer", Map.of("description", "changed")),
                "description");
        String policy = made("policies", "policy", Map.of("type", "application/json", "blob", "{}"));
        update("PATCH", V3 + "policies/{policy}", policy, Map.of("policy", Map.of("blob", "{\"a\":1}")), "blob");
        String credential = made(
                "credentials",
                "credential",
                Map.of("user_id", user, "type", "cert", "blob", "Planted-Third-Secret", "project_id", project));
        update(
                "PATCH",
                V3 + "credentials/{id}",
                credential,
                Map.of("credential", Map.of("blob", "Planted-Fourth-Secret")),
                "blob");
        Map<String, Object> wanted =
                Map.of("service_id", service, "resource_name", "told-" + suffix, "default_limit", 5);
        String registered = identity.send(
                        "POST", V3 + "registered_limits", operator, Map.of("registered_limits", List.of(wanted)))
                .body()
                .at("/registered_limits/0/id")
                .asString();
        update(
                "PATCH",
                V3 + "registered_limits/{limit}",
                registered,
                Map.of("registered_limit", Map.of("default_limit", 6)),
                "most");
        String limit = identity.send(
                        "POST",
                        V3 + "limits",
                        operator,
                        Map.of(
                                "limits",
                                List.of(Map.of(
                                        "project_id",
                                        project,
                                        "service_id",
                                        service,
                                        "resource_name",
                                        "told-" + suffix,
                                        "resource_limit",
                                        3))))
                .body()
                .at("/limits/0/id")
                .asString();
        update("PATCH", V3 + "limits/{limit}", limit, Map.of("limit", Map.of("resource_limit", 4)), "most");

        Set<String> updating = identity.handlers().stream()
                .filter(one -> one.startsWith("PATCH "))
                .map(one -> one.substring("PATCH ".length()))
                .filter(one -> !ELSEWHERE.contains(one))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(called).containsAll(updating);
        assertThat(identity.eventsSince(first).toString()).doesNotContain("Planted-");
    }

    private String made(String collection, String kind, Map<String, Object> wanted) {
        Answer answer = identity.send("POST", V3 + collection, operator, Map.of(kind, wanted));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().at("/" + kind + "/id").asString();
    }

    private void update(String method, String pattern, String id, @Nullable Object body, String field) {
        called.add(pattern);
        long before = identity.newestEvent();
        Answer answer = identity.send(method, pattern.replaceFirst("\\{[a-z]+}", id), operator, body);
        assertThat(answer.status())
                .as(method + " " + pattern + answer.raw().body())
                .isBetween(200, 299);
        assertThat(identity.eventsSince(before))
                .as(method + " " + pattern)
                .anySatisfy(event -> assertThat(event.path("changes").valueStream())
                        .anySatisfy(change ->
                                assertThat(change.path("field").asString()).isEqualTo(field)));
    }
}
