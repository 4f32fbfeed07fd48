package dev.unkai.rack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Somebody of the provider's who decides and looks, and runs no machines. */
final class Officer {
    private static final String PASSWORD = "seven calm herons at noon";

    private Officer() {}

    /** A new one, who needs no second factor here. */
    static Api of(Site site) {
        Api operator = Api.as(site, "operator");
        String project = operator.get("/service/v1/session")
                .expect(200)
                .at("/project/id")
                .asString();
        String id = operator.post(
                        "/identity/v3/users",
                        Map.of("user", Map.of("name", Api.unique("kei"), "password", PASSWORD, "domain_id", "default")))
                .expect(201)
                .at("/user/id")
                .asString();
        for (JsonNode role : operator.get("/identity/v3/roles").expect(200).path("roles")) {
            if (Set.of("security-officer", "auditor").contains(role.path("name").asString())) {
                operator.put(
                                "/identity/v3/projects/" + project + "/users/" + id + "/roles/"
                                        + role.path("id").asString(),
                                null)
                        .expect(204);
            }
        }
        operator.put("/service/v1/second-factor-exceptions/" + id, Map.of("exception", Map.of("reason", "a test")))
                .expect(204);
        Map<String, Object> user = Map.of("user", Map.of("id", id, "password", PASSWORD));
        Api officer = Api.as(site, "operator");
        officer.useToken(operator.post(
                        "/identity/v3/auth/tokens",
                        Map.of(
                                "auth",
                                Map.of(
                                        "identity", Map.of("methods", List.of("password"), "password", user),
                                        "scope", Map.of("project", Map.of("id", project)))))
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow());
        return officer;
    }
}
