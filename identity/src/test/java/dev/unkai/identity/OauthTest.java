package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program asks for rights by OAuth 1.0a, a user agrees, the program logs in with them, and the user takes them back. */
class OauthTest {
    private static final String V3 = "/identity/v3";
    private static final String OAUTH = V3 + "/OS-OAUTH1";
    private static final String TOKENS = V3 + "/auth/tokens";
    private static final Map<String, Object> LOGIN =
            Map.of("auth", Map.of("identity", Map.of("methods", List.of("oauth1"), "oauth1", Map.of())));

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String operator = identity.token("Default", "operator");
    private Customer alpha;
    private Key consumer;
    private String accessTokens;

    /** Something that signs. */
    private record Key(String id, String secret) {}

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        accessTokens = V3 + "/users/" + alpha.master() + "/OS-OAUTH1/access_tokens";
        Answer made = identity.send(
                "POST", OAUTH + "/consumers", operator, Map.of("consumer", Map.of("description", "backup")));
        consumer = new Key(
                made.body().at("/consumer/id").asString(),
                made.body().at("/consumer/secret").asString());
    }

    @Test
    void aProgramGetsWhatTheUserAgreesToAndNoMore() {
        Key request = keyOf(asked(alpha.project(), Map.of()));
        String verifier =
                agreed(request, "member").body().at("/token/oauth_verifier").asString();
        assertThat(verifier).hasSize(8);
        Answer fetched = fetched(request, verifier, Map.of());
        assertThat(fetched.status()).as(fetched.raw().body()).isEqualTo(201);
        assertThat(fetched.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
        Key access = keyOf(fetched);
        assertThat(fetched(request, verifier, Map.of()).status())
                .as("a request token is used once")
                .isEqualTo(404);

        Answer entered = login(access, Map.of());
        assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
        assertThat(entered.body().at("/token/methods").toString()).isEqualTo("[\"oauth1\"]");
        assertThat(entered.body().at("/token/user/id").asString()).isEqualTo(alpha.master());
        assertThat(entered.body().at("/token/project/id").asString()).isEqualTo(alpha.project());
        assertThat(entered.body().at("/token/OS-OAUTH1/access_token_id").asString())
                .isEqualTo(access.id());
        assertThat(entered.body().at("/token/OS-OAUTH1/consumer_id").asString()).isEqualTo(consumer.id());
        assertThat(entered.body().at("/token/roles").findValuesAsString("name"))
                .as("not manager")
                .containsExactlyInAnyOrder("member", "reader");
        String token = entered.header("X-Subject-Token");
        assertThat(entered.body().at("/token/audit_ids/1").asString()).isEqualTo(access.id());

        assertThat(identity.get(accessTokens, token).status())
                .as("a program does not manage what it was lent")
                .isEqualTo(403);
        assertThat(identity.send(
                                "POST",
                                V3 + "/users/" + alpha.master() + "/application_credentials",
                                token,
                                Map.of("application_credential", Map.of("name", "more")))
                        .status())
                .isEqualTo(403);
        assertThat(agreed(keyOf(asked(alpha.project(), Map.of())), "member", token)
                        .status())
                .isEqualTo(403);
        assertThat(exchange(token).status()).isEqualTo(403);

        Answer listed = identity.get(accessTokens, alpha.masterToken());
        assertThat(listed.body().path("access_tokens").findValuesAsString("id")).contains(access.id());
        assertThat(listed.raw().body()).doesNotContain(access.secret());
        Answer shown = identity.get(accessTokens + "/" + access.id(), alpha.masterToken());
        assertThat(shown.body().at("/access_token/consumer_id").asString()).isEqualTo(consumer.id());
        assertThat(shown.body().at("/access_token/project_id").asString()).isEqualTo(alpha.project());
        assertThat(shown.body().at("/access_token/links/roles").asString())
                .endsWith(accessTokens + "/" + access.id() + "/roles");
        Answer roles = identity.get(accessTokens + "/" + access.id() + "/roles", alpha.masterToken());
        assertThat(roles.body().path("roles").findValuesAsString("name")).containsExactly("member");
        String role = roles.body().at("/roles/0/id").asString();
        assertThat(identity.get(accessTokens + "/" + access.id() + "/roles/" + role, alpha.masterToken())
                        .body()
                        .at("/role/name")
                        .asString())
                .isEqualTo("member");

        assertThat(identity.state() + identity.events())
                .doesNotContain(request.secret())
                .doesNotContain(access.secret());
        assertThat(identity.delete(accessTokens + "/" + access.id(), alpha.masterToken())
                        .status())
                .isEqualTo(204);
        assertThat(identity.subject("GET", operator, token).status())
                .as("its tokens end with it")
                .isEqualTo(404);
        assertThat(login(access, Map.of()).status()).isEqualTo(401);
    }

    @Test
    void withTheProgramEndsWhatItWasLent() {
        Key request = keyOf(asked(alpha.project(), Map.of()));
        Key access = keyOf(fetched(
                request,
                agreed(request, "member").body().at("/token/oauth_verifier").asString(),
                Map.of()));
        String token = login(access, Map.of()).header("X-Subject-Token");
        assertThat(identity.subject("GET", operator, token).status()).isEqualTo(200);
        assertThat(identity.delete(OAUTH + "/consumers/" + consumer.id(), operator)
                        .status())
                .isEqualTo(204);
        assertThat(identity.subject("GET", operator, token).status()).isEqualTo(404);
        assertThat(identity.get(accessTokens + "/" + access.id(), alpha.masterToken())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whileItsOwnerIsDisabledItIsWorthNothing() {
        Key request = keyOf(asked(alpha.project(), Map.of()));
        Answer agreed = agreed(request, "reader", alpha.readerToken());
        Key access =
                keyOf(fetched(request, agreed.body().at("/token/oauth_verifier").asString(), Map.of()));
        String token = login(access, Map.of()).header("X-Subject-Token");
        String reader = "/identity/service/v1/users/" + alpha.reader();
        assertThat(identity.get(reader + "/holdings", alpha.masterToken())
                        .body()
                        .path("programs"))
                .anyMatch(program -> program.path("name").asString().equals("backup"));

        assertThat(enable(reader, false)).isEqualTo(204);
        try {
            assertThat(identity.subject("GET", operator, token).status()).isEqualTo(404);
            assertThat(login(access, Map.of()).status()).isEqualTo(401);
        } finally {
            assertThat(enable(reader, true)).isEqualTo(204);
        }
        assertThat(login(access, Map.of()).status()).isEqualTo(201);
    }

    private int enable(String user, boolean enabled) {
        return identity.send("PATCH", user, alpha.masterToken(), Map.of("user", Map.of("enabled", enabled)))
                .status();
    }

    @Test
    void whatIsNotSignedRightlyIsRefusedAsTheReferenceDoes() {
        assertThat(identity.send("POST", OAUTH + "/request_token", null, null).status())
                .as("no header")
                .isEqualTo(400);
        assertThat(asked("", Map.of()).body().at("/error/message").asString())
                .startsWith("Expecting to find Requested-Project-Id in request.");
        assertThat(asked("nowhere", Map.of()).body().at("/error/message").asString())
                .isEqualTo("Could not find project: nowhere.");
        assertThat(asked("nowhere", Map.of("oauth_signature", "bm90aGluZw==")).status())
                .as("who cannot sign learns of no project")
                .isEqualTo(401);
        assertThat(asked(alpha.project(), Map.of("oauth_consumer_key", "nobody"))
                        .body()
                        .at("/error/message")
                        .asString())
                .isEqualTo("Consumer not found");
        assertThat(asked(alpha.project(), Map.of("oauth_timestamp", "1000000000"))
                        .status())
                .isEqualTo(400);
        assertThat(asked(alpha.project(), Map.of("oauth_signature_method", "PLAINTEXT"))
                        .status())
                .isEqualTo(400);
        assertThat(asked(alpha.project(), Map.of("oauth_nonce", "once")).status())
                .isEqualTo(201);
        Map<String, String> again = header(Map.of("oauth_nonce", "twice-" + consumer.id()), "");
        assertThat(signed("/request_token", again, alpha.project()).status()).isEqualTo(201);
        assertThat(signed("/request_token", again, alpha.project()).status())
                .as("a request counts once")
                .isEqualTo(401);

        Key request = keyOf(asked(alpha.project(), Map.of()));
        assertThat(fetched(request, "whatever", Map.of())
                        .body()
                        .at("/error/message")
                        .asString())
                .isEqualTo("Request Token does not have an authorizing user id.");
        assertThat(agreed(request, "admin").status()).as("not his to give").isEqualTo(401);
        String verifier =
                agreed(request, "member").body().at("/token/oauth_verifier").asString();
        assertThat(fetched(request, "whatever", Map.of())
                        .body()
                        .at("/error/message")
                        .asString())
                .isEqualTo("Provided verifier does not match stored verifier");
        assertThat(fetched(new Key(request.id(), "another secret"), verifier, Map.of())
                        .body()
                        .at("/error/message")
                        .asString())
                .isEqualTo("Invalid signature");
        identity.sql()
                .sql("update oauth_request_token set expires_at = now() - interval '1 second' where id = ?")
                .param(request.id())
                .update();
        assertThat(fetched(request, verifier, Map.of())
                        .body()
                        .at("/error/message")
                        .asString())
                .isEqualTo("Request token is expired");
        assertThat(agreed(request, "member").body().at("/error/message").asString())
                .isEqualTo("Request token is expired");

        int events = identity.events().size();
        assertThat(login(new Key("unknown", "unknown"), Map.of()).status()).isEqualTo(401);
        assertThat(identity.events()).hasSize(events + 1);
        assertThat(identity.events().getLast().path("reason").toString()).contains("no valid access token");
    }

    private Answer asked(String project, Map<String, String> more) {
        return signed("/request_token", header(more, ""), project);
    }

    private Answer agreed(Key request, String role) {
        return agreed(request, role, alpha.masterToken());
    }

    private Answer agreed(Key request, String role, String token) {
        return identity.send(
                "PUT", OAUTH + "/authorize/" + request.id(), token, Map.of("roles", List.of(Map.of("name", role))));
    }

    private Answer fetched(Key request, String verifier, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("oauth_token", request.id());
        all.put("oauth_verifier", verifier);
        return signed("/access_token", header(all, request.secret()), "");
    }

    private Answer login(Key access, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("oauth_token", access.id());
        Map<String, String> said = sign(TOKENS, all, access.secret());
        return identity.send(identity.anybody(), "POST", TOKENS, null, LOGIN, Map.of("Authorization", text(said)));
    }

    private Answer exchange(String parent) {
        return identity.send(
                "POST",
                TOKENS,
                null,
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of("methods", List.of("token"), "token", Map.of("id", parent)),
                                "scope",
                                Map.of("project", Map.of("id", alpha.project())))));
    }

    private Map<String, String> header(Map<String, String> more, String tokenSecret) {
        return sign(
                OAUTH + (more.containsKey("oauth_verifier") ? "/access_token" : "/request_token"), more, tokenSecret);
    }

    private Answer signed(String path, Map<String, String> said, String project) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", text(said));
        if (!project.isEmpty()) {
            headers.put("Requested-Project-Id", project);
        }
        return identity.send(identity.anybody(), "POST", OAUTH + path, null, null, headers);
    }

    private static String text(Map<String, String> said) {
        return "OAuth "
                + said.entrySet().stream()
                        .map(one -> one.getKey() + "=\"" + encoded(one.getValue()) + "\"")
                        .collect(Collectors.joining(", "));
    }

    /** As a client does it (RFC 5849, 3.4) that knows the address of the catalog. */
    private Map<String, String> sign(String path, Map<String, String> more, String tokenSecret) {
        Map<String, String> said = new TreeMap<>(Map.of(
                "oauth_consumer_key",
                consumer.id(),
                "oauth_nonce",
                Long.toString(System.nanoTime()),
                "oauth_timestamp",
                Long.toString(System.currentTimeMillis() / 1_000),
                "oauth_version",
                "1.0",
                "oauth_signature_method",
                "HMAC-SHA1",
                "oauth_callback",
                "oob"));
        said.putAll(more);
        String parameters = said.entrySet().stream()
                .filter(one -> !one.getKey().equals("oauth_signature"))
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        String base = "POST&" + encoded("https://cloud.test:8443" + path) + "&" + encoded(parameters);
        said.putIfAbsent("oauth_signature", hmac(encoded(consumer.secret()) + "&" + encoded(tokenSecret), base));
        return said;
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static Key keyOf(Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        Map<String, String> form = new HashMap<>();
        for (String pair : answer.raw().body().split("&")) {
            form.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        assertThat(form).containsKey("oauth_expires_at");
        return new Key(form.get("oauth_token"), form.get("oauth_token_secret"));
    }
}
