package dev.unkai.cloud.edge;

import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The browser's own session while it looks as a customer sees it: it waits in a second cookie, which is no way in. No request is made with it but the three that
 * know of it: to go on with it, to come back to it, and to log out.
 */
@Component
final class OwnSession {
    static final String COOKIE = "__Host-unkai-own";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final IdentityLink identity;
    private final TokenVerifier verifier;
    private final Clock clock;

    OwnSession(IdentityLink identity, TokenVerifier verifier, Clock clock) {
        this.identity = identity;
        this.verifier = verifier;
        this.clock = clock;
    }

    /** A token that waits, and what it says. */
    record Waiting(String token, TokenClaims claims) {}

    /** Empty where none waits, it has ended, or another site's page may have sent the request. */
    Optional<Waiting> waiting(HttpServletRequest request) {
        if (request.getHeader(TokenGate.CONSOLE_HEADER) == null || request.getCookies() == null) {
            return Optional.empty();
        }
        for (Cookie cookie : request.getCookies()) {
            if (cookie.getName().equals(COOKIE)) {
                return of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    Optional<Waiting> of(String token) {
        return verifier.verify(token)
                .filter(claims -> !claims.isView() && claims.projectId() != null)
                .map(claims -> new Waiting(token, claims));
    }

    /** The header's value by which the browser keeps it. */
    String kept(Waiting own) {
        return OpenedSession.cookie(
                COOKIE,
                own.token(),
                Duration.between(clock.instant(), own.claims().expiresAt()));
    }

    static String gone() {
        return OpenedSession.cookie(COOKIE, "", Duration.ZERO);
    }

    /** Its next token; empty where identity gives none. */
    Optional<Waiting> next(Waiting own, int idleSeconds, HttpServletRequest request) {
        HttpResponse<byte[]> answer = exchange(own, idleSeconds, request);
        return answer.statusCode() == 201
                ? answer.headers().firstValue("X-Subject-Token").flatMap(this::of)
                : Optional.empty();
    }

    /** Identity's answer to the same question. */
    HttpResponse<byte[]> exchange(Waiting own, int idleSeconds, HttpServletRequest request) {
        Map<String, Object> byToken = Map.of("methods", List.of("token"), "token", Map.of("id", own.token()));
        Map<String, Object> scope =
                Map.of("project", Map.of("id", String.valueOf(own.claims().projectId())));
        return identity.send(identity.request(request, "/identity/v3/auth/tokens?nocatalog")
                .header(ConsoleLogIn.CONSOLE, "console; idle=" + idleSeconds)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("auth", Map.of("identity", byToken, "scope", scope)))))
                .build());
    }
}
