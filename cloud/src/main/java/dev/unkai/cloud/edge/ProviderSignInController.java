package dev.unkai.cloud.edge;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.edge.SessionController.Session;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The console's log-in through a contract's own identity provider. A cookie binds the sign-in to the browser that begins it: it is Strict, and still comes
 * along when the provider sends the browser back, because then a page of the console asks, not the provider's.
 */
@RestController
@ServiceApi
@RequestMapping("/service/v1/session/provider")
public final class ProviderSignInController {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COOKIE = "__Host-unkai-sign-in";
    private static final String SIGN_INS = "/identity/service/v1/sign-ins";
    /** As long as identity waits for the browser's return. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private static final int SECRET_BYTES = 32;

    private final IdentityLink identity;
    private final OpenedSession opened;

    public ProviderSignInController(IdentityLink identity, TokenVerifier verifier, Clock clock) {
        this.identity = identity;
        this.opened = new OpenedSession(verifier, clock);
    }

    /**
     * Where a sign-in begins.
     *
     * @param key what the contract's sign-in link ends with
     * @param fresh whether the provider shall ask again who it is, though it may know its user
     */
    public record Begin(
            @Needed @Nullable String key, @Nullable Boolean fresh) {}

    /**
     * As the provider handed it to the browser: the state with a code or an error.
     *
     * @param issuer who the answer says it is from ({@code iss}, RFC 9207)
     */
    public record Back(
            @Needed @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String issuer) {
        @Override
        public String toString() {
            return "return of a sign-in";
        }
    }

    /** The account's own second factor, where the provider's does not count. */
    public record Second(
            @Needed @Nullable String state,
            @Nullable String code,
            @Shape(name = "PasskeyAnswer") @Nullable JsonNode passkey) {
        @Override
        public String toString() {
            return "second factor of a sign-in";
        }
    }

    /** Answers {@code name} of the provider and the {@code address} to send the browser to. */
    @Shape(name = "SignInBegun")
    @Allow(Allow.PUBLIC)
    @PostMapping
    ResponseEntity<byte[]> begin(@RequestBody Begin wanted, HttpServletRequest request) {
        String known = browser(request);
        String browser = known == null ? Ids.secret(SECRET_BYTES) : known;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", needed(wanted.key(), "key"));
        body.put("browser", browser);
        body.put("fresh", Boolean.TRUE.equals(wanted.fresh()));
        HttpResponse<byte[]> answer = IdentityAnswer.orRefusal(send("POST", SIGN_INS, body, request));
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, OpenedSession.cookie(COOKIE, browser, LIFE))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body());
    }

    /** Opens the session, or asks for the second factor (401 with {@code SecondFactorMissing}). */
    @Allow(Allow.PUBLIC)
    @PutMapping
    ResponseEntity<Session> finish(@RequestBody Back back, HttpServletRequest request) {
        Map<String, Object> body = of(back.state(), request);
        put(body, "code", back.code());
        put(body, "error", back.error());
        put(body, "issuer", back.issuer());
        return entered(send("PUT", SIGN_INS, body, request));
    }

    /** With neither, answers anew what may be shown. */
    @Allow(Allow.PUBLIC)
    @PutMapping("/second-factor")
    ResponseEntity<Session> second(@RequestBody Second shown, HttpServletRequest request) {
        Map<String, Object> body = of(shown.state(), request);
        put(body, "code", shown.code());
        if (shown.passkey() != null) {
            body.put("passkey", shown.passkey());
        }
        return entered(send("PUT", SIGN_INS + "/second-factor", body, request));
    }

    private static Map<String, Object> of(@Nullable String state, HttpServletRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", needed(state, "state"));
        String browser = browser(request);
        // Identity refuses and records it, as it does with another browser's.
        body.put("browser", browser == null ? "none" : browser);
        return body;
    }

    private static void put(Map<String, Object> body, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            body.put(field, value);
        }
    }

    private ResponseEntity<Session> entered(HttpResponse<byte[]> answer) {
        return opened.of(answer).orElseThrow(() -> {
            JsonNode passkey = IdentityAnswer.passkey(answer);
            Refusal refusal = IdentityAnswer.refusal(answer);
            return passkey.isEmpty()
                    ? refusal
                    : new StepMissing(refusal, Map.of("passkey", passkey, "codes", IdentityAnswer.takesCodes(answer)));
        });
    }

    private HttpResponse<byte[]> send(
            String method, String path, Map<String, Object> signIn, HttpServletRequest request) {
        return identity.send(identity.request(request, path)
                .header(ConsoleLogIn.CONSOLE, "console; idle=0")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(Map.of("signIn", signIn))))
                .build());
    }

    private static @Nullable String browser(HttpServletRequest request) {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(COOKIE) && cookie.getValue().matches("[A-Za-z0-9_-]{43}")) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    private static String needed(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            throw Refusal.invalid("Give \"" + field + "\".");
        }
        return value;
    }
}
