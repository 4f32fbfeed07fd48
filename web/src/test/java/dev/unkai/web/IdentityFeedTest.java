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
import dev.unkai.wire.origin.IpAddress;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.SourceRule;
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
import java.util.concurrent.atomic.AtomicInteger;
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
    private final List<SourceRule> ruled = new CopyOnWriteArrayList<>();
    private final List<IdentityFeed> started = new ArrayList<>();
    private ECKey key;
    private HttpServer identity;
    private volatile boolean answering = true;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger senseless = new AtomicInteger();

    @BeforeEach
    void startIdentity() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        identity.createContext(
                "/identity/internal/v1/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        identity.createContext("/identity/internal/v1/revocations", exchange -> {
            if (senseless.get() > 0) {
                answer(exchange, "{}");
                senseless.decrementAndGet();
                return;
            }
            long since = Long.parseLong(exchange.getRequestURI().getQuery().substring("since=".length()));
            answer(exchange, JsonMapper.shared().writeValueAsString(Map.of("revocations", page(since))));
        });
        identity.createContext("/identity/internal/v1/source-rules", exchange -> {
            long since = Long.parseLong(exchange.getRequestURI().getQuery().substring("since=".length()));
            answer(
                    exchange,
                    JsonMapper.shared()
                            .writeValueAsString(Map.of(
                                    "rules",
                                    ruled.stream()
                                            .filter(rule -> rule.number() > since)
                                            .limit(PAGE)
                                            .toList(),
                                    "newest",
                                    ruled.isEmpty() ? 0 : ruled.getLast().number())));
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
    void answersThatNobodyThoughtOfDoNotEndTheFeed() {
        String bad = token("bad");
        Process process = start();
        senseless.set(2);
        await().until(() -> senseless.get() == 0);

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

    @Test
    void whereOneMayComeFromIsKnownBeforeTheFirstRequestAndSoonAfterAChange() {
        rule(3, "198.51.100.0/24");
        Process process = start();
        assertThat(process.letsIn("198.51.100.7")).isTrue();
        assertThat(process.letsIn("203.0.113.7")).isFalse();

        rule(4, "203.0.113.0/24");

        await().until(() -> process.letsIn("203.0.113.7"));
        assertThat(process.letsIn("198.51.100.7")).isFalse();
    }

    @Test
    void whileIdentityIsDownTheRulesThatWereKnownHold() {
        rule(3, "203.0.113.0/24");
        Process before = start();
        rule(4, "198.51.100.0/24");
        await().until(() -> before.letsIn("198.51.100.7"));
        before.feed.close();
        answering = false;

        Process after = start();

        assertThat(after.feed.ready()).isTrue();
        assertThat(after.letsIn("198.51.100.7")).isTrue();
        assertThat(after.letsIn("203.0.113.7")).isFalse();
    }

    @Test
    void withoutKnowingTheRulesNoTokenIsJudged() throws IOException {
        start().feed.close();
        Files.delete(cache.resolve("cloud-source-rules.jsonl"));
        answering = false;

        assertThat(start().feed.ready()).isFalse();
    }

    @Test
    void rulesOfAnIdentityThatCountsFromAnEarlierNumberAreHeard() {
        rule(7, "203.0.113.0/24");
        Process process = start();
        ruled.clear();

        rule(2, "198.51.100.0/24");

        await().until(() -> process.letsIn("198.51.100.7"));
        assertThat(process.letsIn("203.0.113.7")).isFalse();
    }

    @Test
    void anIdentityRestoredFromABackupIsTakenForNewAsSoonAsItAnswers() throws Exception {
        revoke("one", "two", "three");
        Process process = start();
        String before = token("before");
        assertThat(process.verifier.verify(before)).isPresent();

        answering = false;
        int inVain = refused.get();
        await().until(() -> refused.get() > inVain);
        key = new ECKeyGenerator(Curve.P_256).keyID("of the restored one").generate();
        revoked.clear();
        revoke("four");
        String after = token("after");
        answering = true;

        await().until(() -> process.verifier.verify(after).isPresent());
        assertThat(process.verifier.verify(before)).isEmpty();
        await().until(() -> process.verifier.verify(token("four")).isEmpty());
    }

    private void rule(long number, String prefix) {
        ruled.add(new SourceRule(number, SourceRules.Subject.DOMAIN, "domain", "", List.of(prefix)));
    }

    private record Process(IdentityFeed feed, TokenVerifier verifier, SourceRules rules) {
        boolean letsIn(String address) {
            return rules.permits(
                    new SourceRules.Bearer("domain", "domain", List.of("member"), null),
                    IpAddress.parse(address).orElseThrow());
        }
    }

    private Process start() {
        Revocations revocations = new Revocations();
        SourceRules rules = new SourceRules();
        TokenVerifier verifier = new TokenVerifier(InstantSource.system(), revocations);
        try {
            IdentityFeed feed = new IdentityFeed(
                    SSLContext.getDefault(),
                    URI.create("http://127.0.0.1:" + identity.getAddress().getPort()),
                    cache,
                    "cloud",
                    verifier,
                    revocations,
                    rules,
                    new Sightings(InstantSource.system()));
            started.add(feed);
            feed.start();
            return new Process(feed, verifier, rules);
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
        boolean good = answering;
        exchange.sendResponseHeaders(good ? 200 : 503, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
        if (!good) {
            refused.incrementAndGet();
        }
    }
}
