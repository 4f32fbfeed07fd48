package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Application credentials whose tokens may be used for some requests only. */
class AccessRuleTest {
    private static final String V3 = "/identity/v3";
    private static final String SECRET = "a-secret-of-a-program";
    private final RunningIdentity identity = RunningIdentity.shared();
    private final String suffix = Long.toString(System.nanoTime(), 36);
    private Customer alpha;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
    }

    @Test
    void aTokenWithRulesIsGoodForTheRequestsTheyNameAndForNoOthers() {
        JsonNode made =
                made(List.of(rule("identity", "GET", "/v3/users/*/projects"), rule("identity", "GET", "/v3/regions")));
        String token = login(made);

        assertThat(identity.get(V3 + "/users/" + alpha.reader() + "/projects", token)
                        .status())
                .isEqualTo(200);
        assertThat(identity.get(V3 + "/regions", token).status()).isEqualTo(200);
        assertThat(identity.get(V3 + "/regions/local", token).status()).isEqualTo(401);
        assertThat(identity.get(V3 + "/users/" + alpha.reader(), token).status())
                .isEqualTo(401);
        assertThat(identity.send("POST", V3 + "/regions", token, Map.of()).status())
                .isEqualTo(401);
        Answer itself = identity.subject("GET", token, token);
        assertThat(itself.status()).isEqualTo(200);
        assertThat(itself.body()
                        .at("/token/application_credential/access_rules")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aTokenExchangedForOneWithRulesHasThemToo() {
        JsonNode made = made(List.of(rule("identity", "GET", "/v3/regions")));
        String exchanged = identity.token(Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of("methods", List.of("token"), "token", Map.of("id", login(made))),
                        "scope",
                        Map.of("project", Map.of("id", alpha.project())))));

        assertThat(identity.get(V3 + "/regions", exchanged).status()).isEqualTo(200);
        assertThat(identity.get(V3 + "/services", exchanged).status()).isEqualTo(401);
    }

    @Test
    void aRuleIsSharedByItsMakersCredentialsAndOutlivesThem() {
        Map<String, String> rule = rule("compute", "GET", "/v2.1/servers/**/" + suffix);
        JsonNode first = made(List.of(rule));
        String id = first.at("/access_rules/0/id").asString();
        JsonNode second = made(List.of(Map.of("id", id)));
        assertThat(second.at("/access_rules/0/id").asString()).isEqualTo(id);
        assertThat(made(List.of(rule)).at("/access_rules/0/id").asString()).isEqualTo(id);
        String address = V3 + "/users/" + alpha.reader() + "/access_rules/" + id;

        assertThat(identity.delete(address, alpha.readerToken()).status()).isEqualTo(403);
        String credentials = V3 + "/users/" + alpha.reader() + "/application_credentials";
        identity.get(credentials, alpha.readerToken())
                .body()
                .get("application_credentials")
                .valueStream()
                .filter(one -> one.path("access_rules").toString().contains(id))
                .forEach(
                        one -> identity.delete(credentials + "/" + one.get("id").asString(), alpha.readerToken()));
        assertThat(identity.get(address, alpha.readerToken())
                        .body()
                        .at("/access_rule/method")
                        .asString())
                .isEqualTo("GET");
        assertThat(identity.get(address, alpha.masterToken()).status()).isEqualTo(403);
        assertThat(identity.delete(address, alpha.readerToken()).status()).isEqualTo(204);
        assertThat(identity.get(address, alpha.readerToken()).status()).isEqualTo(404);
    }

    @Test
    void aTokenWithRulesMakesNoCredentialWithoutThem() {
        String own = V3 + "/users/" + alpha.reader() + "/application_credentials";
        JsonNode made = made(List.of(rule("identity", "POST", "/v3/users/*/application_credentials")), true);

        Answer child = identity.send(
                "POST", own, login(made), Map.of("application_credential", Map.of("name", "child" + suffix)));

        assertThat(child.status()).isEqualTo(403);
    }

    private static Map<String, String> rule(String service, String method, String path) {
        return Map.of("service", service, "method", method, "path", path);
    }

    private JsonNode made(List<Map<String, String>> rules) {
        return made(rules, false);
    }

    private JsonNode made(List<Map<String, String>> rules, boolean unrestricted) {
        Answer answer = identity.send(
                "POST",
                V3 + "/users/" + alpha.reader() + "/application_credentials",
                alpha.readerToken(),
                Map.of(
                        "application_credential",
                        Map.of(
                                "name",
                                "ruled" + System.nanoTime(),
                                "secret",
                                SECRET,
                                "unrestricted",
                                unrestricted,
                                "access_rules",
                                rules)));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().get("application_credential");
    }

    private String login(JsonNode credential) {
        return identity.token(Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("application_credential"),
                                "application_credential",
                                Map.of("id", credential.get("id").asString(), "secret", SECRET)))));
    }
}
