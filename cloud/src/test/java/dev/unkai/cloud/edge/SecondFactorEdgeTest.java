package dev.unkai.cloud.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.unkai.base.Refusal;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the edge makes of identity's answers about second factors; identity's part is played by answers given in advance. */
class SecondFactorEdgeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private HttpsServer identity;
    private SessionController sessions;
    private AccountController accounts;
    private ProviderSignInController providers;
    private TokenSigner signer;

    private record Answer(int status, Map<String, String> headers, String body) {}

    private record Asked(String method, String path, String token, JsonNode body) {}

    @BeforeEach
    void start() throws Exception {
        TestPki pki = new TestPki();
        PemFiles pem = pki.issue("identity");
        identity = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        identity.setHttpsConfigurator(new HttpsConfigurator(pem.sslContext()));
        identity.createContext("/", this::answer);
        identity.start();
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        signer = new TokenSigner(key);
        TokenVerifier verifier = new TokenVerifier(Clock.systemUTC(), new Revocations());
        verifier.trust(new JWKSet(key.toPublicJWK()));
        TokenGate gate = new TokenGate(verifier);
        IdentityLink link = new IdentityLink(
                pki.issue("cloud"),
                URI.create("https://127.0.0.1:" + identity.getAddress().getPort()),
                new ProvidersWord(gate, _ -> Optional.empty()));
        sessions = new SessionController(
                link, verifier, gate, new OwnSession(link, verifier, Clock.systemUTC()), Clock.systemUTC());
        accounts = new AccountController(link, gate);
        providers = new ProviderSignInController(link, verifier, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        identity.stop(0);
    }

    @Test
    void aMissingCodeIsToldByNameAndWithTheCodeBothMethodsAreSent() {
        answers.add(refused(401, "SecondFactorMissing", "This account needs more."));
        assertThatThrownBy(() -> sessions.logIn(form(null), request("POST", "/service/v1/session", "")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAUTHORIZED);
                    assertThat(refusal.code()).isEqualTo("SecondFactorMissing");
                    assertThat(refusal.sentence()).isEqualTo("This account needs more.");
                });
        assertThat(asked.getFirst().body().at("/auth/identity/methods").toString())
                .isEqualTo("[\"password\"]");

        answers.add(new Answer(201, Map.of("X-Subject-Token", token()), "{}"));
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
        answers.add(new Answer(
                401,
                Map.of("X-Unkai-Refusal", "SecondFactorMissing"),
                "{\"error\":{\"message\":\"This account needs more.\"},\"required_auth_methods\":[[\"password\",\"passkey\"]],"
                        + "\"passkey\":{\"challenge\":\"abc\"}}"));
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
        answers.add(new Answer(201, Map.of("X-Subject-Token", token()), "{}"));
        sessions.logIn(
                new SessionController.LogIn("kumo", "master", "secret", null, credential, null),
                request("POST", "/service/v1/session", ""));
        JsonNode sent = asked.getLast().body().at("/auth/identity");
        assertThat(sent.at("/methods").toString()).isEqualTo("[\"password\",\"passkey\"]");
        assertThat(sent.at("/passkey/credential")).isEqualTo(credential);

        answers.add(new Answer(201, Map.of("X-Subject-Token", token()), "{}"));
        answers.add(new Answer(200, Map.of(), "{\"recoveryCodes\":[]}"));
        sessions.registerPasskey(
                new SessionController.NewPasskey("kumo", "master", "secret", "Desk", credential),
                request("PUT", "/service/v1/session/passkey", ""));
        assertThat(asked.getLast().path()).isEqualTo("/identity/service/v1/account/passkeys");
        assertThat(asked.getLast().body().at("/passkey/name").asString()).isEqualTo("Desk");
        assertThat(asked.getLast().body().at("/passkey/credential")).isEqualTo(credential);
    }

    @Test
    void aSignInAtAProviderIsBoundToItsBrowserAndMayHaveASecondStep() {
        answers.add(new Answer(200, Map.of(), "{\"name\":\"SSO\",\"address\":\"https://login.test/\"}"));
        ResponseEntity<byte[]> begun = providers.begin(
                new ProviderSignInController.Begin("the-key", null),
                request("POST", "/service/v1/session/provider", ""));
        String cookie = String.valueOf(begun.getHeaders().getFirst("Set-Cookie"));
        assertThat(cookie).startsWith("__Host-unkai-sign-in=").contains("HttpOnly", "Secure", "SameSite=Strict");
        String browser = asked.getLast().body().at("/signIn/browser").asString();
        assertThat(cookie).contains(browser);

        answers.add(refused(401, "SecondFactorMissing", "This account needs more."));
        assertThatThrownBy(() -> providers.finish(
                        new ProviderSignInController.Back("state", "code", null, "https://login.test"),
                        request("PUT", "/service/v1/session/provider", "")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("SecondFactorMissing"));
        assertThat(asked.getLast().body().toString())
                .isEqualTo("{\"signIn\":{\"state\":\"state\",\"browser\":\"none\",\"code\":\"code\","
                        + "\"issuer\":\"https://login.test\"}}");

        answers.add(new Answer(201, Map.of("X-Subject-Token", token()), ""));
        ResponseEntity<SessionController.Session> entered = providers.second(
                new ProviderSignInController.Second("state", "123456", null),
                request("PUT", "/service/v1/session/provider/second-factor", ""));
        assertThat(entered.getHeaders().getFirst("Set-Cookie")).startsWith("__Host-unkai=");
    }

    @Test
    void ofAnyOtherRefusalAStrangerLearnsNothing() {
        answers.add(refused(401, "Unauthorized", "The account is disabled since Monday."));
        assertThatThrownBy(() -> sessions.logIn(form("1"), request("POST", "/service/v1/session", "")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.sentence()).doesNotContain("disabled"));
    }

    @Test
    void aFactorThatMustBeThereFirstIsSetUpWithATokenWithoutScopeThatNobodySees() {
        String bare = token();
        answers.add(new Answer(201, Map.of("X-Subject-Token", bare), "{}"));
        answers.add(new Answer(200, Map.of(), "{\"secret\":\"ABC\"}"));
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

        answers.add(new Answer(201, Map.of("X-Subject-Token", bare), "{}"));
        answers.add(refused(400, "WrongCode", "The code is not right."));
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
        answers.add(refused(400, "WeakPassword", "This password is among the first."));
        String body = "{\"password\":{\"present\":\"a\",\"fresh\":\"b\"}}";
        assertThatThrownBy(() -> accounts.change(request("POST", "/service/v1/account/password", body)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
                    assertThat(refusal.code()).isEqualTo("WeakPassword");
                });
        assertThat(asked.getFirst().path()).isEqualTo("/identity/service/v1/account/password");
        assertThat(asked.getFirst().token()).isEqualTo("the-callers-token");
        assertThat(asked.getFirst().body().toString()).isEqualTo(body);

        answers.add(new Answer(204, Map.of(), ""));
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

    private static Answer refused(int status, String code, String sentence) {
        return new Answer(
                status,
                Map.of("X-Unkai-Refusal", code),
                JSON.writeValueAsString(Map.of("error", Map.of("code", status, "message", sentence))));
    }

    private String token() {
        Instant now = Instant.now();
        return signer.sign(new TokenClaims(
                List.of("audit"),
                List.of("password", "totp"),
                "u1",
                "master",
                "d1",
                "kumo",
                "p1",
                "kumo",
                "d1",
                "kumo",
                null,
                null,
                false,
                List.of("reader"),
                null,
                now,
                now.plusSeconds(3600)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readAllBytes();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("X-Auth-Token"),
                    body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body)));
            Answer answer = answers.remove();
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A request as the servlet container would give it, as far as the edge looks at it. */
    private static HttpServletRequest request(String method, String path, String body) {
        InputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (_, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getRequestURI" -> path;
                    case "getRemoteAddr" -> "198.51.100.9";
                    case "getHeader" -> "X-Auth-Token".equals(arguments[0]) ? "the-callers-token" : null;
                    case "getInputStream" -> new Bytes(bytes);
                    default -> null;
                });
    }

    private static final class Bytes extends ServletInputStream {
        private final InputStream in;

        Bytes(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(jakarta.servlet.ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
