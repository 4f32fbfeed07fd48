package dev.unkai.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An issuer that can be made to err in each point; what a right one does is tried with a real Keycloak. */
final class FakeIssuer implements AutoCloseable {
    static final String CLIENT = "unkai";
    static final String SECRET = "the secret of the client";

    /** Made once: that takes a second. */
    static final RSAKey KEY = key("one");

    static final RSAKey OTHER = key("two");

    private final HttpServer server;
    /** Signs the tokens. */
    RSAKey signing = KEY;
    /** What is published. */
    JWKSet published = new JWKSet(KEY.toPublicJWK());
    /** Changes the claims of the next tokens. */
    UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;
    /** Changes the finished token. */
    UnaryOperator<String> token = text -> text;

    String issuer;
    boolean namesItself;
    int tokenStatus = 200;
    /** Whether a code is good with its verifier only (RFC 7636). */
    boolean looksAtVerifier = true;
    /** How often its keys were asked for. */
    final AtomicInteger keysAsked = new AtomicInteger();

    String tokenEndpoint;

    /** Where browsers are logged out, or null: nowhere. */
    @Nullable
    String endSession;

    /** How the last code was redeemed. */
    Map<String, String> redeemed = Map.of();

    @Nullable
    String authorization;

    private final Map<String, Map<String, String>> codes = new HashMap<>();

    FakeIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        issuer = address();
        tokenEndpoint = address() + "/token";
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, RunningIdentity.JSON.writeValueAsString(facts())));
        server.createContext("/keys", exchange -> {
            keysAsked.incrementAndGet();
            answer(exchange, 200, published.toString());
        });
        server.createContext("/token", this::redeem);
        server.start();
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new HashMap<>(Map.of(
                "issuer", issuer,
                "authorization_endpoint", address() + "/authorize",
                "token_endpoint", tokenEndpoint,
                "jwks_uri", address() + "/keys",
                "authorization_response_iss_parameter_supported", namesItself));
        if (endSession != null) {
            facts.put("end_session_endpoint", endSession);
        }
        return facts;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the browser is sent with, as the log-in page of an issuer sees it. */
    static Map<String, String> query(String address) {
        return form(URI.create(address).getRawQuery());
    }

    /** Lets somebody in who was sent with the query; the code for it. */
    String logIn(Map<String, String> sentWith) {
        String code = "code-" + codes.size() + "-" + System.nanoTime();
        codes.put(code, sentWith);
        return code;
    }

    private void redeem(HttpExchange exchange) throws IOException {
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        redeemed = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> sentWith = codes.remove(redeemed.getOrDefault("code", ""));
        boolean right = sentWith != null
                && (!looksAtVerifier
                        || sentWith.get("code_challenge").equals(challenge(redeemed.getOrDefault("code_verifier", ""))))
                && sentWith.get("redirect_uri").equals(redeemed.get("redirect_uri"));
        if (!right || tokenStatus != 200) {
            answer(exchange, right ? tokenStatus : 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(
                exchange,
                200,
                RunningIdentity.JSON.writeValueAsString(Map.of(
                        "access_token",
                        "x",
                        "token_type",
                        "Bearer",
                        "id_token",
                        token.apply(idToken(sentWith.get("nonce"))))));
    }

    private String idToken(String nonce) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("subject-1")
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", nonce)
                .claim("auth_time", now.getEpochSecond())
                .claim("preferred_username", "tanaka");
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(signing.getKeyID())
                            .build(),
                    claims.apply(builder).build());
            jwt.sign(new RSASSASigner(signing));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            fields.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
