package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A browser that signs in at a contract's identity provider, and the operator who registers it. */
record SignIn(
        RunningIdentity identity, HttpClient cloud, String operator, String provider, String key, String browser) {
    private static final AtomicInteger HOSTS = new AtomicInteger();
    private static final Map<RunningIdentity, HttpClient> CLOUDS = new ConcurrentHashMap<>();
    private static final Map<RunningIdentity, String> OPERATORS = new ConcurrentHashMap<>();
    static final String PROVIDERS = "/identity/service/v1/identity-providers";
    static final String SIGN_INS = "/identity/service/v1/sign-ins";

    /** Registers an issuer for the contract; each rule gives a role or a group. */
    static SignIn registered(
            RunningIdentity identity, String contract, String issuer, Map<String, Object> more, List<?> rules) {
        String operator = operator(identity);
        Answer made = identity.send("POST", PROVIDERS, operator, settings(identity, contract, issuer, more, rules));
        if (made.status() != 201) {
            throw new AssertionError(made.raw().body());
        }
        String link = made.body().path("signInLink").asString();
        return new SignIn(
                identity,
                CLOUDS.computeIfAbsent(identity, SignIn::cloudOf),
                operator,
                made.body().path("id").asString(),
                link.substring(link.lastIndexOf('/') + 1),
                "a-browser-" + System.nanoTime());
    }

    static Map<String, Object> settings(
            RunningIdentity identity, String contract, String issuer, Map<String, Object> more, List<?> rules) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "contract",
                identity.id("select id from domain where name = ?", contract),
                "name",
                "Kumo SSO",
                "issuer",
                issuer,
                "clientId",
                FakeIssuer.CLIENT,
                "clientSecret",
                FakeIssuer.SECRET,
                "mappingClaim",
                "groups",
                "rules",
                rules));
        all.putAll(more);
        return Map.of("identityProvider", all);
    }

    SignIn inAnotherBrowser() {
        return new SignIn(identity, cloud, operator, provider, key, browser + "-other");
    }

    Answer begin() {
        return begin(Map.of());
    }

    Answer begin(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("key", key, "browser", browser));
        body.putAll(more);
        return send("POST", SIGN_INS, body);
    }

    /** What the issuer's log-in page is opened with. */
    Map<String, String> sent() {
        Answer answer = begin();
        if (answer.status() != 200) {
            throw new AssertionError(answer.raw().body());
        }
        return FakeIssuer.query(answer.body().path("address").asString());
    }

    Answer finish(String state, String code, @Nullable String issuer) {
        Map<String, Object> body = new HashMap<>(Map.of("state", state, "browser", browser, "code", code));
        if (issuer != null) {
            body.put("issuer", issuer);
        }
        return finish(body);
    }

    Answer finish(Map<String, Object> body) {
        return send("PUT", SIGN_INS, body);
    }

    /** All of it, at a fake issuer. */
    Answer at(FakeIssuer issuer) {
        Map<String, String> sent = sent();
        return finish(sent.get("state"), issuer.logIn(sent), null);
    }

    Answer second(String state, Map<String, Object> shown) {
        Map<String, Object> body = new HashMap<>(Map.of("state", state, "browser", browser));
        body.putAll(shown);
        return send("PUT", SIGN_INS + "/second-factor", body);
    }

    /** As the console asks, by the cloud process; each time from another address, so that what is wrong is counted against nobody's. */
    private Answer send(String method, String path, Map<String, Object> signIn) {
        return identity.send(
                cloud,
                method,
                path,
                null,
                Map.of("signIn", signIn),
                Map.of(
                        "X-Unkai-Session",
                        "console; idle=0",
                        "X-Forwarded-For",
                        "203.0.113." + (1 + HOSTS.incrementAndGet() % 250)));
    }

    private static HttpClient cloudOf(RunningIdentity identity) {
        try {
            return identity.process("cloud");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String operator(RunningIdentity identity) {
        return OPERATORS.computeIfAbsent(identity, running -> running.token("Default", "operator"));
    }

    /** The settings of {@link #registered} with others among them. */
    Answer put(FakeIssuer issuer, Map<String, Object> more, List<?> rules) {
        String contract = identity.id(
                "select d.name from domain d join identity_provider p on p.domain_id = d.id where p.id = ?", provider);
        return identity.send(
                "PUT",
                PROVIDERS + "/" + provider,
                operator,
                settings(identity, contract, issuer.address(), more, rules));
    }

    void change(FakeIssuer issuer, Map<String, Object> more, List<?> rules) {
        Answer answer = put(issuer, more, rules);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    }

    void remove() {
        identity.delete(PROVIDERS + "/" + provider, operator);
    }

    /** Nobody is let in, and the history says why. */
    void assertRefused(Answer answer, String code, String reason) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(401);
        assertThat(answer.header("X-Unkai-Refusal")).isEqualTo(code);
        assertThat(answer.header("X-Subject-Token")).isEmpty();
        JsonNode event = identity.events().getLast();
        assertThat(event.path("outcome").asString()).isEqualTo("failure");
        assertThat(event.at("/reason/reasonType").asString()).contains(reason);
    }
}
