package dev.unkai.cloud.edge;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.PlayedProcess;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.TokenVerifier;
import dev.unkai.wire.token.ViewingClaim;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Identity, played by answers that are given in advance and by a key for tokens, with what the edge has to ask it and to read these. */
final class AnsweringIdentity implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What it was asked, oldest first. */
    final List<Asked> asked = new ArrayList<>();

    final TokenVerifier verifier = new TokenVerifier(Clock.systemUTC(), new Revocations());
    final TokenGate gate = new TokenGate(verifier);
    final IdentityLink link;

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final PlayedProcess process;
    private final TokenSigner signer;

    /** @param session the header by which a token is asked for as the console's */
    record Asked(
            String method,
            String path,
            @Nullable String token,
            @Nullable String session,
            JsonNode body) {}

    private record Answer(int status, Map<String, String> headers, String body) {}

    AnsweringIdentity() throws Exception {
        TestPki pki = new TestPki();
        process = new PlayedProcess(pki, "identity").answering("/", this::answer);
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        signer = new TokenSigner(key);
        verifier.trust(new JWKSet(key.toPublicJWK()));
        link = new IdentityLink(pki.issue("cloud"), process.address(), new ProvidersWord(gate, _ -> Optional.empty()));
    }

    void answers(int status, String body) {
        answers.add(new Answer(status, Map.of(), body));
    }

    void answersToken(String token) {
        answers.add(new Answer(201, Map.of("X-Subject-Token", token), "{}"));
    }

    void refuses(int status, String code, String sentence) {
        refuses(status, code, sentence, Map.of());
    }

    /** @param more what the answer has beside the error */
    void refuses(int status, String code, String sentence, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("error", Map.of("code", status, "message", sentence));
        answers.add(new Answer(status, Map.of("X-Unkai-Refusal", code), JSON.writeValueAsString(body)));
    }

    /** A token as the console has it. */
    String token(String project, String domain, String domainName, int seconds, @Nullable ViewingClaim viewing) {
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

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("X-Auth-Token"),
                exchange.getRequestHeaders().getFirst("X-Unkai-Session"),
                body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body)));
        Answer answer = answers.remove();
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        PlayedProcess.send(exchange, answer.status(), answer.body());
    }

    @Override
    public void close() {
        process.close();
    }
}
