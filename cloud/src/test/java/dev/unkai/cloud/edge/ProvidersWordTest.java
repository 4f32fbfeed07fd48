package dev.unkai.cloud.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.BreakGlassWord;
import dev.unkai.wire.token.BreakGlassWord.Grant;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes to identity beside what a client has sent. */
class ProvidersWordTest {
    private static final String USERS = "/service/v1/users/u7";
    private static final String REASON = "X-Unkai-Reason";

    private final BreakGlassWord granted = new BreakGlassWord(
            true, List.of(new Grant("g1", "u1", "p7", "依頼-1", Instant.parse("2026-11-26T10:00:00Z"))));
    private ProvidersWord word;
    private String token;

    @BeforeEach
    void start() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        TokenVerifier verifier = new TokenVerifier(Clock.systemUTC(), new Revocations());
        verifier.trust(new JWKSet(key.toPublicJWK()));
        token = new TokenSigner(key).sign(claims());
        word = new ProvidersWord(
                new TokenGate(verifier),
                claims -> claims.userDomainId().equals("default") ? Optional.of(granted) : Optional.empty());
    }

    @Test
    void aChangeCarriesWhatItsCallerWasGrantedAndItsReason() {
        HttpHeaders sent = sent("PATCH", USERS, Map.of("X-Auth-Token", token, REASON, "%E4%BE%9D%E9%A0%BC"));

        assertThat(sent.firstValue(BreakGlassWord.HEADER).flatMap(BreakGlassWord::parse))
                .contains(granted);
        assertThat(sent.firstValue(REASON)).contains("%E4%BE%9D%E9%A0%BC");
    }

    @Test
    void aLookALogInAStrangerAndAWordOfTheClientsOwnCarryNothing() {
        Map<String, String> good = Map.of("X-Auth-Token", token);
        assertThat(sent("GET", USERS, good).map()).isEmpty();
        assertThat(sent("POST", "/identity/v3/auth/tokens", good).map()).isEmpty();
        Map<String, String> forged = Map.of("X-Auth-Token", "no token", BreakGlassWord.HEADER, granted.text());
        assertThat(sent("PATCH", USERS, forged).map()).isEmpty();
        assertThat(sent("PATCH", USERS, Map.of(REASON, "two\r\nlines")).map()).isEmpty();
    }

    private HttpHeaders sent(String method, String path, Map<String, String> headers) {
        HttpRequest.Builder outbound = HttpRequest.newBuilder(URI.create("https://identity.test/"));
        word.on(outbound, (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (_, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getRequestURI" -> path;
                    case "getHeader" -> headers.get(String.valueOf(arguments[0]));
                    default -> null;
                }));
        return outbound.build().headers();
    }

    private static TokenClaims claims() {
        Instant now = Instant.now();
        return new TokenClaims(
                List.of("audit"),
                List.of("password"),
                "u1",
                "kei",
                "default",
                "Default",
                "p1",
                "operator",
                "default",
                "Default",
                null,
                null,
                false,
                List.of("security-officer"),
                null,
                now,
                now.plusSeconds(3600));
    }
}
