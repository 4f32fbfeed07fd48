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
import dev.unkai.cloud.edge.SessionController.Session;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.TokenVerifier;
import dev.unkai.wire.token.ViewingClaim;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which cookies a browser has before, in and after a view as customer, and with which of them identity is asked; its part is played by answers given in advance. */
class ViewingEdgeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OWN = OwnSession.COOKIE;

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private HttpsServer identity;
    private SessionController sessions;
    private ViewingController views;
    private TokenSigner signer;
    private TokenVerifier verifier;

    private record Answer(int status, @Nullable String token, String body) {}

    private record Asked(
            String method,
            String path,
            @Nullable String token,
            @Nullable String session,
            JsonNode body) {}

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
        verifier = new TokenVerifier(Clock.systemUTC(), new Revocations());
        verifier.trust(new JWKSet(key.toPublicJWK()));
        TokenGate gate = new TokenGate(verifier);
        IdentityLink link = new IdentityLink(
                pki.issue("cloud"),
                URI.create("https://127.0.0.1:" + identity.getAddress().getPort()),
                new ProvidersWord(gate, _ -> Optional.empty()));
        OwnSession own = new OwnSession(link, verifier, Clock.systemUTC());
        sessions = new SessionController(link, verifier, gate, own, Clock.systemUTC());
        views = new ViewingController(link, gate, verifier, own, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        identity.stop(0);
    }

    @Test
    void theViewTakesThePlaceOfTheSessionWhichWaitsBesideIt() {
        String own = own();
        String view = view(600);
        String renewed = own();
        answers.add(new Answer(201, view, ""));
        answers.add(new Answer(201, renewed, "{}"));

        ResponseEntity<Session> opened = views.open(
                caller(own),
                new ViewingController.Wish(null, "kumo", "ticket 42", null),
                request("POST", Map.of(TokenGate.COOKIE, own)));

        assertThat(asked.getFirst().path()).isEqualTo("/identity/service/v1/viewings");
        assertThat(asked.getFirst().token()).isEqualTo(own);
        assertThat(asked.getFirst().body().toString())
                .isEqualTo("{\"viewing\":{\"contract\":\"kumo\",\"reason\":\"ticket 42\",\"minutes\":30}}");
        assertThat(cookies(opened)).containsExactly("__Host-unkai=" + view, OWN + "=" + renewed);
        assertThat(opened.getHeaders().get("Set-Cookie"))
                .allMatch(cookie -> cookie.contains("HttpOnly")
                        && cookie.contains("Secure")
                        && cookie.contains("SameSite=Strict")
                        && cookie.contains("Path=/"));
        Session session = opened.getBody();
        assertThat(session.viewing().contract()).isEqualTo("Kumo Ltd");
        assertThat(session.viewing().until()).isEqualTo(session.expires());
        assertThat(JSON.writeValueAsString(session)).doesNotContain(own).doesNotContain(view);
    }

    @Test
    void whatIdentityRefusesChangesNoCookie() {
        answers.add(new Answer(403, null, "{\"error\":{\"message\":\"Your right has ended.\"}}"));
        assertThatThrownBy(() -> views.open(
                        caller(own()),
                        new ViewingController.Wish("p", null, "ticket 42", 5),
                        request("POST", Map.of(TokenGate.COOKIE, own()))))
                .isInstanceOf(Refusal.class)
                .hasMessage("Your right has ended.");
        assertThatThrownBy(() -> views.open(
                        caller(view(600)),
                        new ViewingController.Wish("p", null, "again", 5),
                        request("POST", Map.of(TokenGate.COOKIE, view(600), OWN, own()))))
                .as("from within a view")
                .isInstanceOf(Refusal.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void itsEndIsToldToIdentityAndGivesBackTheOwnSessionRenewed() {
        String own = own();
        String view = view(600);
        String renewed = own();
        answers.add(new Answer(204, null, ""));
        answers.add(new Answer(201, renewed, "{}"));

        ResponseEntity<Session> ended = views.end(request("DELETE", Map.of(TokenGate.COOKIE, view, OWN, own)));

        assertThat(asked.getFirst().method() + " " + asked.getFirst().path())
                .isEqualTo("DELETE /identity/service/v1/viewings/current");
        assertThat(asked.getFirst().token()).isEqualTo(view);
        assertThat(asked.getLast().body().at("/auth/identity/token/id").asString())
                .isEqualTo(own);
        assertThat(asked.getLast().body().at("/auth/scope/project/id").asString())
                .isEqualTo("operator");
        assertThat(asked.getLast().session()).isEqualTo("console; idle=0");
        assertThat(cookies(ended)).containsExactly("__Host-unkai=" + renewed, OWN + "=");
        assertThat(ended.getBody().viewing()).isNull();
    }

    @Test
    void aViewWhoseTimeIsOverGivesBackTheOwnSessionTooAndWithoutOneThereIsTheLogIn() {
        String own = own();
        answers.add(new Answer(201, own, "{}"));
        assertThat(cookies(views.end(request("DELETE", Map.of(OWN, own)))))
                .containsExactly("__Host-unkai=" + own, OWN + "=");
        assertThat(asked).hasSize(1);

        ResponseEntity<Session> over = views.end(request("DELETE", Map.of(OWN, "not a token")));
        assertThat(over.getStatusCode().value()).isEqualTo(204);
        assertThat(cookies(over)).containsExactly("__Host-unkai=", OWN + "=");

        answers.add(new Answer(401, null, "{}"));
        assertThat(cookies(views.end(request("DELETE", Map.of(OWN, own)))))
                .as("ended at identity")
                .containsExactly("__Host-unkai=", OWN + "=");
    }

    @Test
    void anotherSitesPageGetsNothingByTheWaitingCookieAndAViewDoesNotWaitAsASession() {
        MockHttpServletRequest forged = request("DELETE", Map.of(OWN, own()));
        forged.removeHeader(TokenGate.CONSOLE_HEADER);
        assertThat(views.end(forged).getStatusCode().value()).isEqualTo(204);
        assertThat(views.end(request("DELETE", Map.of(OWN, view(600))))
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(asked).isEmpty();
        assertThat(new TokenGate(verifier).claims(request("GET", Map.of(OWN, own()))))
                .as("no way in")
                .isEmpty();
    }

    @Test
    void workInTheViewKeepsTheOwnSessionAndNotTheView() {
        String own = own();
        String view = view(600);
        String renewed = own();
        answers.add(new Answer(201, renewed, "{}"));

        ResponseEntity<Session> answer = sessions.renew(
                caller(view),
                new SessionController.Renewal(7),
                request("POST", Map.of(TokenGate.COOKIE, view, OWN, own)));

        assertThat(asked.getFirst().body().at("/auth/identity/token/id").asString())
                .isEqualTo(own);
        assertThat(asked.getFirst().session()).isEqualTo("console; idle=7");
        assertThat(cookies(answer)).containsExactly(OWN + "=" + renewed);
        assertThat(answer.getBody().viewing()).isNotNull();
        assertThat(answer.getBody().expires()).isEqualTo(caller(view).token().expiresAt());

        answers.add(new Answer(401, null, "{}"));
        assertThat(cookies(
                        sessions.renew(caller(view), null, request("POST", Map.of(TokenGate.COOKIE, view, OWN, own)))))
                .isEmpty();
    }

    @Test
    void whoLogsOutOfAViewLogsOutAltogether() {
        String own = own();
        String view = view(600);
        answers.add(new Answer(204, null, ""));
        ResponseEntity<byte[]> left =
                sessions.logOut(caller(view), request("DELETE", Map.of(TokenGate.COOKIE, view, OWN, own)));
        assertThat(asked.getLast().method() + " " + asked.getLast().path())
                .isEqualTo("DELETE /identity/service/v1/sessions/session");
        assertThat(asked.getLast().token()).isEqualTo(own);
        assertThat(cookies(left)).containsExactly("__Host-unkai=", OWN + "=");

        answers.add(new Answer(204, null, ""));
        sessions.logOut(caller(view), request("DELETE", Map.of(TokenGate.COOKIE, view)));
        assertThat(asked.getLast().path()).isEqualTo("/identity/service/v1/viewings/current");
        assertThat(asked.getLast().token()).isEqualTo(view);
    }

    private Caller caller(String token) {
        return new Caller(verifier.verify(token).orElseThrow(), "198.51.100.9", "", "req-1");
    }

    private String own() {
        return token("operator", "default", "Default", 3600, null);
    }

    private String view(int seconds) {
        return token(
                "p1",
                "d1",
                "Kumo Ltd",
                seconds,
                new ViewingClaim("view", "operator", "default", List.of("service-operator")));
    }

    private String token(
            String project, String domain, String domainName, int seconds, @Nullable ViewingClaim viewing) {
        Instant now = Instant.now();
        return signer.sign(new TokenClaims(
                List.of("audit-" + System.nanoTime(), "session"),
                List.of("password"),
                "u1",
                "supporter",
                "default",
                "Default",
                project,
                project,
                domain,
                domainName,
                null,
                null,
                false,
                List.of("reader"),
                null,
                now,
                now.plusSeconds(seconds),
                null,
                null,
                now,
                viewing));
    }

    private static MockHttpServletRequest request(String method, Map<String, String> cookies) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/service/v1/session/view");
        request.addHeader(TokenGate.CONSOLE_HEADER, "1");
        request.setCookies(cookies.entrySet().stream()
                .map(cookie -> new Cookie(cookie.getKey(), cookie.getValue()))
                .toArray(Cookie[]::new));
        return request;
    }

    /** Name and value of each that an answer sets. */
    private static List<String> cookies(ResponseEntity<?> answer) {
        return answer.getHeaders().getOrEmpty("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("X-Auth-Token"),
                    exchange.getRequestHeaders().getFirst("X-Unkai-Session"),
                    body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body)));
            Answer answer = answers.remove();
            if (answer.token() != null) {
                exchange.getResponseHeaders().set("X-Subject-Token", answer.token());
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
