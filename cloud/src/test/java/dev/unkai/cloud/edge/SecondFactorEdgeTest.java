package dev.unkai.cloud.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the edge makes of identity's answers about second factors; identity's part is played by answers given in advance. */
class SecondFactorEdgeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AnsweringIdentity identity;
    private List<AnsweringIdentity.Asked> asked;
    private SessionController sessions;
    private AccountController accounts;
    private ProviderSignInController providers;

    @BeforeEach
    void start() throws Exception {
        identity = new AnsweringIdentity();
        asked = identity.asked;
        OwnSession own = new OwnSession(identity.link, identity.verifier, Clock.systemUTC());
        sessions = new SessionController(identity.link, identity.verifier, identity.gate, own, Clock.systemUTC());
        accounts = new AccountController(identity.link, identity.gate);
        providers = new ProviderSignInController(identity.link, identity.verifier, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        identity.close();
    }

    @Test
    void aMissingCodeIsToldByNameAndWithTheCodeBothMethodsAreSent() {
        identity.refuses(401, "SecondFactorMissing", "This account needs more.");
        assertThatThrownBy(() -> sessions.logIn(form(null), request("POST", "/service/v1/session", "")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAUTHORIZED);
                    assertThat(refusal.code()).isEqualTo("SecondFactorMissing");
                    assertThat(refusal.sentence()).isEqualTo("This account needs more.");
                });
        assertThat(asked.getFirst().body().at("/auth/identity/methods").toString())
                .isEqualTo("[\"password\"]");

        identity.answersToken(token());
        ResponseEntity<SessionController.Session> entered =
                sessions.logIn(form("123456"), request("POST", "/service/v1/session", ""));
        assertThat(entered.getStatusCode().value()).isEqualTo(200);
        assertThat(entered.getHeaders().getFirst("Set-Cookie")).startsWith("__Host-unkai=");
        JsonNode sent = asked.getLast().body().at("/auth/identity");
        assertThat(sent.at("/methods").toString()).isEqualTo("[\"password\",\"totp\"]");
        assertThat(sent.at("/totp/user/passcode").asString()).isEqualTo("123456");
        assertThat(sent.at("/totp/user/domain/name").asString()).isEqualTo("kumo");
    }

    @Test
    void thePasskeysOptionsComeWithTheRefusalAndItsAnswerIsHandedOn() {
        identity.refuses(
                401,
                "SecondFactorMissing",
                "This account needs more.",
                Map.of(
                        "required_auth_methods",
                        List.of(List.of("password", "passkey")),
                        "passkey",
                        Map.of("challenge", "abc")));
        assertThatThrownBy(() -> sessions.logIn(form(null), request("POST", "/service/v1/session", "")))
                .isInstanceOfSatisfying(StepMissing.class, step -> {
                    ResponseEntity<Map<String, Object>> problem = new ServiceErrors().anything(step);
                    assertThat(problem.getStatusCode().value()).isEqualTo(401);
                    assertThat(problem.getBody())
                            .containsEntry("code", "SecondFactorMissing")
                            .containsEntry("codes", false)
                            .containsEntry("passkey", JSON.readTree("{\"challenge\":\"abc\"}"));
                });

        JsonNode credential = JSON.readTree("{\"id\":\"key\",\"response\":{}}");
        identity.answersToken(token());
        sessions.logIn(
                new SessionController.LogIn("kumo", "master", "secret", null, credential, null),
                request("POST", "/service/v1/session", ""));
        JsonNode sent = asked.getLast().body().at("/auth/identity");
        assertThat(sent.at("/methods").toString()).isEqualTo("[\"password\",\"passkey\"]");
        assertThat(sent.at("/passkey/credential")).isEqualTo(credential);

        identity.answersToken(token());
        identity.answers(200, "{\"recoveryCodes\":[]}");
        sessions.registerPasskey(
                new SessionController.NewPasskey("kumo", "master", "secret", "Desk", credential),
                request("PUT", "/service/v1/session/passkey", ""));
        assertThat(asked.getLast().path()).isEqualTo("/identity/service/v1/account/passkeys");
        assertThat(asked.getLast().body().at("/passkey/name").asString()).isEqualTo("Desk");
        assertThat(asked.getLast().body().at("/passkey/credential")).isEqualTo(credential);
    }

    @Test
    void aSignInAtAProviderIsBoundToItsBrowserAndMayHaveASecondStep() {
        identity.answers(200, "{\"name\":\"SSO\",\"address\":\"https://login.test/\"}");
        ResponseEntity<byte[]> begun = providers.begin(
                new ProviderSignInController.Begin("the-key", null),
                request("POST", "/service/v1/session/provider", ""));
        String cookie = String.valueOf(begun.getHeaders().getFirst("Set-Cookie"));
        assertThat(cookie).startsWith("__Host-unkai-sign-in=").contains("HttpOnly", "Secure", "SameSite=Strict");
        String browser = asked.getLast().body().at("/signIn/browser").asString();
        assertThat(cookie).contains(browser);

        identity.refuses(401, "SecondFactorMissing", "This account needs more.");
        assertThatThrownBy(() -> providers.finish(
                        new ProviderSignInController.Back("state", "code", null, "https://login.test"),
                        request("PUT", "/service/v1/session/provider", "")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("SecondFactorMissing"));
        assertThat(asked.getLast().body().toString())
                .isEqualTo("{\"signIn\":{\"state\":\"state\",\"browser\":\"none\",\"code\":\"code\","
                        + "\"issuer\":\"https://login.test\"}}");

        identity.answersToken(token());
        ResponseEntity<SessionController.Session> entered = providers.second(
                new ProviderSignInController.Second("state", "123456", null),
                request("PUT", "/service/v1/session/provider/second-factor", ""));
        assertThat(entered.getHeaders().getFirst("Set-Cookie")).startsWith("__Host-unkai=");
    }

    @Test
    void ofAnyOtherRefusalAStrangerLearnsNothing() {
        identity.refuses(401, "Unauthorized", "The account is disabled since Monday.");
        assertThatThrownBy(() -> sessions.logIn(form("1"), request("POST", "/service/v1/session", "")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.sentence()).doesNotContain("disabled"));
    }

    @Test
    void aFactorThatMustBeThereFirstIsSetUpWithATokenWithoutScopeThatNobodySees() {
        String bare = token();
        identity.answersToken(bare);
        identity.answers(200, "{\"secret\":\"ABC\"}");
        ResponseEntity<byte[]> seed =
                sessions.beginSecondFactor(form(null), request("POST", "/service/v1/session/second-factor", ""));

        assertThat(text(seed)).isEqualTo("{\"secret\":\"ABC\"}");
        assertThat(seed.getHeaders().getFirst("Cache-Control")).isEqualTo("no-store");
        assertThat(seed.getHeaders().toString()).doesNotContain(bare);
        assertThat(asked.getFirst().body().at("/auth/scope").asString()).isEqualTo("unscoped");
        assertThat(asked.getLast()).satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/identity/service/v1/account/second-factor");
            assertThat(request.token()).isEqualTo(bare);
            assertThat(request.body().toString()).isEqualTo("{\"proof\":{\"password\":\"secret\"}}");
        });

        identity.answersToken(bare);
        identity.refuses(400, "WrongCode", "The code is not right.");
        assertThatThrownBy(() -> sessions.confirmSecondFactor(
                        form("000000"), request("PUT", "/service/v1/session/second-factor", "")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("WrongCode"));
        assertThat(asked.get(2).body().at("/auth/identity/methods").toString())
                .as("the first code is not used up by the log-in before it")
                .isEqualTo("[\"password\"]");
        assertThat(asked.getLast().body().toString()).isEqualTo("{\"proof\":{\"code\":\"000000\"}}");
    }

    @Test
    void requestsAboutOnesAccountAreHandedOnWithTheTokenAndRefusalsKeepTheirName() throws IOException {
        identity.refuses(400, "WeakPassword", "This password is among the first.");
        String body = "{\"password\":{\"present\":\"a\",\"fresh\":\"b\"}}";
        assertThatThrownBy(() -> accounts.change(request("POST", "/service/v1/account/password", body)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
                    assertThat(refusal.code()).isEqualTo("WeakPassword");
                });
        assertThat(asked.getFirst().path()).isEqualTo("/identity/service/v1/account/password");
        assertThat(asked.getFirst().token()).isEqualTo("the-callers-token");
        assertThat(asked.getFirst().body().toString()).isEqualTo(body);

        identity.answers(204, "");
        assertThat(accounts.endException(request("DELETE", "/service/v1/second-factor-exceptions/u1", ""))
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
    }

    private static SessionController.LogIn form(String code) {
        return new SessionController.LogIn("kumo", "master", "secret", code, null, null);
    }

    private static String text(ResponseEntity<byte[]> answer) {
        return new String(answer.getBody(), StandardCharsets.UTF_8);
    }

    private String token() {
        return identity.token("p1", "d1", "kumo", 3600, null);
    }

    private static MockHttpServletRequest request(String method, String path, String body) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.addHeader("X-Auth-Token", "the-callers-token");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }
}
