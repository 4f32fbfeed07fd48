package dev.unkai.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.Revocations.Revocation;
import dev.unkai.wire.token.Revocations.Subject;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.TokenVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a process knows of taken-back tokens when it takes its first request, in good times and in bad. */
class IdentityFeedTest {
    /** As few as make two pages: identity gives them in pages too, if larger ones. */
    private static final int PAGE = 2;

    @TempDir
    private Path cache;

    private final List<Revocation> revoked = new CopyOnWriteArrayList<>();
    private final List<IdentityFeed> started = new ArrayList<>();
    private ECKey key;
    private HttpServer identity;
    private volatile boolean answering = true;

    @BeforeEach
    void startIdentity() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        identity.createContext(
                "/identity/internal/v1/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        identity.createContext("/identity/internal/v1/revocations", exchange -> {
            long since = Long.parseLong(exchange.getRequestURI().getQuery().substring("since=".length()));
            answer(exchange, JsonMapper.shared().writeValueAsString(Map.of("revocations", page(since))));
        });
        identity.start();
    }

    @AfterEach
    void stopAll() {
        started.forEach(IdentityFeed::close);
        identity.stop(0);
    }

    @Test
    void whatWasTakenBackWhileAProcessWasDownIsVoidFromItsFirstRequestOn() {
        String good = token("good");
        String bad = token("bad");
        Process before = start();
        assertThat(before.verifier.verify(bad)).isPresent();
        before.feed.close();

        revoke("another", "still-another", "bad");
        Process after = start();

        assertThat(after.feed.ready()).isTrue();
        assertThat(after.verifier.verify(bad)).isEmpty();
        assertThat(after.verifier.verify(good)).isPresent();
    }

    @Test
    void whatIsTakenBackIsVoidSoonAfterwards() {
        String bad = token("bad");
        Process process = start();

        revoke("bad");

        await().until(() -> process.verifier.verify(bad).isEmpty());
    }

    @Test
    void whileIdentityIsDownWhatWasKnownHolds() {
        String good = token("good");
        String early = token("early");
        String late = token("late");
        revoke("early");
        Process before = start();
        revoke("late");
        await().until(() -> before.verifier.verify(late).isEmpty());
        before.feed.close();
        answering = false;

        Process after = start();

        assertThat(after.feed.ready()).isTrue();
        assertThat(after.verifier.verify(good)).isPresent();
        assertThat(after.verifier.verify(early)).isEmpty();
        assertThat(after.verifier.verify(late)).isEmpty();
    }

    @Test
    void withDamagedNotesAndNobodyToAskNoTokenIsJudged() throws IOException {
        revoke("one", "two");
        start().feed.close();
        Path kept = cache.resolve("cloud-revocations.jsonl");
        Files.writeString(kept, Files.readString(kept).substring(0, 40));
        answering = false;

        Process after = start();
        assertThat(after.feed.ready()).isFalse();

        answering = true;
        await().until(after.feed::ready);
        assertThat(after.verifier.verify(token("two"))).isEmpty();
        assertThat(Files.readAllLines(kept)).hasSize(2);
    }

    @Test
    void anIdentityThatCountsFromAnEarlierNumberIsHeardAfterARestart() {
        revoke("one", "two", "three");
        start().feed.close();
        revoked.removeLast();
        revoked.removeLast();

        revoke("four");

        assertThat(start().verifier.verify(token("four"))).isEmpty();
    }

    private record Process(IdentityFeed feed, TokenVerifier verifier) {}

    private Process start() {
        Revocations revocations = new Revocations();
        TokenVerifier verifier = new TokenVerifier(InstantSource.system(), revocations);
        try {
            IdentityFeed feed = new IdentityFeed(
                    SSLContext.getDefault(),
                    URI.create("http://127.0.0.1:" + identity.getAddress().getPort()),
                    cache,
                    "cloud",
                    verifier,
                    revocations);
            started.add(feed);
            feed.start();
            return new Process(feed, verifier);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void revoke(String... ids) {
        for (String id : ids) {
            revoked.add(new Revocation(revoked.size() + 1, Subject.TOKEN, id, Instant.now()));
        }
    }

    private List<Revocation> page(long since) {
        return revoked.stream()
                .filter(revocation -> revocation.number() > since)
                .limit(PAGE)
                .toList();
    }

    private String token(String auditId) {
        Instant issued = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MICROS);
        return new TokenSigner(key)
                .sign(new TokenClaims(
                        List.of(auditId),
                        List.of("password"),
                        "user",
                        "Taro",
                        "domain",
                        "Domain",
                        "project",
                        "Project",
                        "domain",
                        "Domain",
                        null,
                        null,
                        false,
                        List.of("member"),
                        null,
                        issued,
                        issued.plusSeconds(3600)));
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.sendResponseHeaders(answering ? 200 : 503, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
