package dev.unkai.cloud.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.edge.SessionController.Session;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.ViewingClaim;
import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

/** Which cookies a browser has before, in and after a view as customer, and with which of them identity is asked; its part is played by answers given in advance. */
class ViewingEdgeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OWN = OwnSession.COOKIE;

    private AnsweringIdentity identity;
    private List<AnsweringIdentity.Asked> asked;
    private SessionController sessions;
    private ViewingController views;

    @BeforeEach
    void start() throws Exception {
        identity = new AnsweringIdentity();
        asked = identity.asked;
        OwnSession own = new OwnSession(identity.link, identity.verifier, Clock.systemUTC());
        sessions = new SessionController(identity.link, identity.verifier, identity.gate, own, Clock.systemUTC());
        views = new ViewingController(identity.link, identity.gate, identity.verifier, own, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        identity.close();
    }

    @Test
    void theViewTakesThePlaceOfTheSessionWhichWaitsBesideIt() {
        String own = own();
        String view = view(600);
        String renewed = own();
        identity.answersToken(view);
        identity.answersToken(renewed);

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
        identity.refuses(403, "Forbidden", "Your right has ended.");
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
        identity.answers(204, "");
        identity.answersToken(renewed);

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
        identity.answersToken(own);
        assertThat(cookies(views.end(request("DELETE", Map.of(OWN, own)))))
                .containsExactly("__Host-unkai=" + own, OWN + "=");
        assertThat(asked).hasSize(1);

        ResponseEntity<Session> over = views.end(request("DELETE", Map.of(OWN, "not a token")));
        assertThat(over.getStatusCode().value()).isEqualTo(204);
        assertThat(cookies(over)).containsExactly("__Host-unkai=", OWN + "=");

        identity.answers(401, "{}");
        assertThat(cookies(views.end(request("DELETE", Map.of(OWN, own)))))
                .as("ended at identity")
                .containsExactly("__Host-unkai=", OWN + "=");
    }

    @Test
    void whatIsOnlyBrokenForAMomentEndsNoSession() {
        String own = own();
        identity.answers(204, "");
        identity.answers(500, "");
        assertThatThrownBy(() -> views.end(request("DELETE", Map.of(TokenGate.COOKIE, view(600), OWN, own))))
                .as("identity's fault after the end of the view")
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
        identity.refuses(429, "TooMany", "Wait a minute.");
        assertThatThrownBy(() -> views.end(request("DELETE", Map.of(OWN, own))))
                .isInstanceOf(Refusal.class)
                .hasMessage("Wait a minute.");

        String renewed = own();
        identity.answers(401, "{}");
        identity.answersToken(renewed);
        assertThat(cookies(views.end(request("DELETE", Map.of(TokenGate.COOKIE, view(600), OWN, own)))))
                .as("asked again, of a view that has ended at identity and not yet here")
                .containsExactly("__Host-unkai=" + renewed, OWN + "=");

        identity.answers(503, "");
        assertThatThrownBy(() -> sessions.renew(caller(own), null, request("POST", Map.of(TokenGate.COOKIE, own))))
                .as("whoever works on is not told to log in")
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
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
        assertThat(identity.gate.claims(request("GET", Map.of(OWN, own()))))
                .as("no way in")
                .isEmpty();
    }

    @Test
    void workInTheViewKeepsTheOwnSessionAndNotTheView() {
        String own = own();
        String view = view(600);
        String renewed = own();
        identity.answersToken(renewed);

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

        identity.answers(401, "{}");
        assertThat(cookies(
                        sessions.renew(caller(view), null, request("POST", Map.of(TokenGate.COOKIE, view, OWN, own)))))
                .isEmpty();
    }

    @Test
    void whoLogsOutOfAViewLogsOutAltogether() {
        String own = own();
        String view = view(600);
        identity.answers(204, "");
        ResponseEntity<byte[]> left =
                sessions.logOut(caller(view), request("DELETE", Map.of(TokenGate.COOKIE, view, OWN, own)));
        assertThat(asked.getLast().method() + " " + asked.getLast().path())
                .isEqualTo("DELETE /identity/service/v1/sessions/session");
        assertThat(asked.getLast().token()).isEqualTo(own);
        assertThat(cookies(left)).containsExactly("__Host-unkai=", OWN + "=");

        identity.answers(204, "");
        sessions.logOut(caller(view), request("DELETE", Map.of(TokenGate.COOKIE, view)));
        assertThat(asked.getLast().path()).isEqualTo("/identity/service/v1/viewings/current");
        assertThat(asked.getLast().token()).isEqualTo(view);
    }

    private Caller caller(String token) {
        return new Caller(identity.verifier.verify(token).orElseThrow(), "198.51.100.9", "", "req-1");
    }

    private String own() {
        return identity.token("operator", "default", "Default", 3600, null);
    }

    private String view(int seconds) {
        return identity.token(
                "p1",
                "d1",
                "Kumo Ltd",
                seconds,
                new ViewingClaim("view", "operator", "default", List.of("service-operator")));
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
}
