package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LoginTest {
    private static final String TOKENS = "/identity/v3/auth/tokens";
    private final RunningIdentity identity = RunningIdentity.shared();

    @Test
    void aPasswordGivesATokenOnTheDefaultProjectWithRolesAndCatalog() {
        Answer answer = identity.send(
                "POST", TOKENS, null, RunningIdentity.login("alpha", "master", "alpha-master-secret", null));

        assertThat(answer.status()).isEqualTo(201);
        JsonNode token = answer.body().get("token");
        assertThat(token.at("/project/name").asString()).isEqualTo("alpha");
        assertThat(token.at("/project/domain/name").asString()).isEqualTo("alpha");
        assertThat(token.at("/user/name").asString()).isEqualTo("master");
        assertThat(token.get("user").has("password_expires_at")).isTrue();
        assertThat(token.get("roles").valueStream().map(role -> role.get("name").asString()))
                .containsExactly("manager", "member", "reader");
        assertThat(token.get("catalog")
                        .valueStream()
                        .map(service -> service.get("type").asString()))
                .contains("identity", "compute", "network", "image", "placement");
        assertThat(token.get("catalog")
                        .valueStream()
                        .map(service -> service.get("name").asString()))
                .contains("keystone", "nova", "neutron", "glance", "placement");
        assertThat(token.get("methods").toString()).isEqualTo("[\"password\"]");
        assertThat(token.get("expires_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(token.get("is_domain").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "alpha, master, wrong-password",
        "alpha, nobody-such, alpha-master-secret",
        "nowhere, master, alpha-master-secret",
        "beta, master, alpha-master-secret"
    })
    void anythingWrongGetsTheSameAnswer(String domain, String user, String password) {
        Answer right =
                identity.send("POST", TOKENS, null, RunningIdentity.login("alpha", "reader", "no-the-one", null));
        Answer answer = identity.send("POST", TOKENS, null, RunningIdentity.login(domain, user, password, null));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo(right.body());
        assertThat(answer.header("WWW-Authenticate")).startsWith("Keystone");
    }

    @Test
    void aWrongPasswordIsOneEventWithTheNameAndTheAddressButNotThePassword() {
        int before = identity.events().size();
        identity.send("POST", TOKENS, null, RunningIdentity.login("beta", "reader", "Tr0ub4dor", null));

        List<JsonNode> events = identity.events();
        assertThat(events).hasSize(before + 1);
        JsonNode event = events.getLast();
        assertThat(event.get("action").asString()).isEqualTo("authenticate");
        assertThat(event.get("outcome").asString()).isEqualTo("failure");
        assertThat(event.at("/initiator/name").asString()).isEqualTo("reader");
        assertThat(event.at("/initiator/host/address").asString()).isEqualTo("127.0.0.1");
        assertThat(event.toString()).doesNotContain("Tr0ub4dor");
    }

    @Test
    void theForwardedAddressCountsOnlyFromTheCloudProcess() throws Exception {
        Map<String, Object> login = RunningIdentity.login("beta", "reader", "wrong", null);
        Map<String, String> header = Map.of("X-Forwarded-For", "198.51.100.7");

        identity.send(identity.process("node"), "POST", TOKENS, null, login, header);
        assertThat(identity.events().getLast().at("/initiator/host/address").asString())
                .isEqualTo("127.0.0.1");
        identity.send(identity.process("cloud"), "POST", TOKENS, null, login, header);
        assertThat(identity.events().getLast().at("/initiator/host/address").asString())
                .isEqualTo("198.51.100.7");
    }

    @Test
    void aTokenShowsItselfAndIsGoneAfterLogOut() {
        String token = identity.token("alpha", "reader");

        Answer shown = identity.subject("GET", token, token);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("X-Subject-Token")).isEqualTo(token);
        assertThat(shown.body().at("/token/user/name").asString()).isEqualTo("reader");
        assertThat(identity.subject("HEAD", token, token).status()).isEqualTo(200);

        assertThat(identity.subject("DELETE", token, token).status()).isEqualTo(204);
        assertThat(identity.subject("GET", token, token).status()).isEqualTo(401);
        assertThat(identity.subject("GET", identity.token("Default", "operator"), token)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void keysArePublicAndRevocationsAreForOurProcessesOnly() throws Exception {
        assertThat(identity.get("/identity/internal/v1/keys", null)
                        .body()
                        .at("/keys/0/crv")
                        .asString())
                .isEqualTo("P-256");
        assertThat(identity.get("/identity/internal/v1/keys", null).raw().body())
                .doesNotContain("\"d\"");
        assertThat(identity.get("/identity/internal/v1/revocations?since=0", null)
                        .status())
                .isEqualTo(404);
        Answer answer = identity.send(
                identity.process("cloud"), "GET", "/identity/internal/v1/revocations?since=0", null, null, Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().has("revocations")).isTrue();
    }

    @Test
    void theVersionDocumentsLeadTheWay() {
        Answer versions = identity.get("/identity/", null);
        assertThat(versions.status()).isEqualTo(300);
        assertThat(versions.body().at("/versions/values/0/id").asString()).isEqualTo("v3.14");
        assertThat(identity.get("/identity/v3", null)
                        .body()
                        .at("/version/links/0/href")
                        .asString())
                .isEqualTo("https://cloud.test:8443/identity/v3/");
        assertThat(identity.get("/health/live", null).status()).isEqualTo(200);
        assertThat(identity.get("/health/ready", null).status()).isEqualTo(200);
    }
}
