package dev.unkai.cloud.edge;

import dev.unkai.cloud.edge.SessionController.Named;
import dev.unkai.cloud.edge.SessionController.Session;
import dev.unkai.cloud.edge.SessionController.Viewing;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import dev.unkai.wire.token.ViewingClaim;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;

/** What a browser gets when identity has let somebody in: the token in a cookie that no script can read, and who it is. */
final class OpenedSession {
    /** The first method of who signed in at the contract's identity provider. */
    private static final String PROVIDER = "openid";

    private final TokenVerifier verifier;
    private final Clock clock;

    OpenedSession(TokenVerifier verifier, Clock clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    /** Empty when identity has let nobody in. */
    Optional<ResponseEntity<Session>> of(HttpResponse<byte[]> answer) {
        String token = answer.headers().firstValue("X-Subject-Token").orElse("");
        return answer.statusCode() != 201
                ? Optional.empty()
                : verifier.verify(token)
                        .map(claims -> ResponseEntity.ok()
                                .header(
                                        HttpHeaders.SET_COOKIE,
                                        cookie(
                                                TokenGate.COOKIE,
                                                token,
                                                Duration.between(clock.instant(), claims.expiresAt())))
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .body(view(claims)));
    }

    static String cookie(String name, String value, Duration life) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(true)
                .sameSite("Strict")
                .path("/")
                .maxAge(life)
                .build()
                .toString();
    }

    static Session view(TokenClaims claims) {
        Named project = claims.projectId() == null || claims.projectName() == null
                ? null
                : new Named(claims.projectId(), claims.projectName());
        return new Session(
                new Named(claims.userId(), claims.userName()),
                project,
                new Named(claims.userDomainId(), claims.userDomainName()),
                claims.roles(),
                claims.methods().contains(PROVIDER),
                claims.expiresAt(),
                viewing(claims));
    }

    private static @Nullable Viewing viewing(TokenClaims claims) {
        ViewingClaim viewing = claims.viewing();
        return viewing == null
                ? null
                : new Viewing(viewing.id(), String.valueOf(claims.projectDomainName()), claims.expiresAt());
    }
}
