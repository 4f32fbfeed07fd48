package dev.unkai.cloud.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.Shape;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The console's log-in. The token lives in a cookie that no script can read, and is an ordinary token: whoever holds a
 * session can do what the same user can do by API, and nothing more.
 */
@RestController
@ServiceApi
@RequestMapping("/service/v1/session")
public final class SessionController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String SEED = "/identity/service/v1/account/second-factor";
    private static final String PROOF = "/identity/service/v1/session/proof";
    private static final String PASSKEYS = "/identity/service/v1/account/passkeys";
    private static final int LONGEST_IDLE_SECONDS = 999_999;

    private final IdentityLink identity;
    private final ConsoleLogIn logIn;
    private final TokenGate gate;
    private final OwnSession own;
    private final OpenedSession opened;

    SessionController(IdentityLink identity, TokenVerifier verifier, TokenGate gate, OwnSession own, Clock clock) {
        this.identity = identity;
        this.logIn = new ConsoleLogIn(identity);
        this.gate = gate;
        this.own = own;
        this.opened = new OpenedSession(verifier, clock);
    }

    /**
     * What a person types at the log-in; the project is the contract's own unless one is named.
     *
     * @param code what the authenticator app shows, or a recovery code, where the account has a second factor
     * @param passkey in place of the code, a browser's answer to the options that came with the refusal of the password alone
     */
    public record LogIn(
            @Needed @Nullable String domain,
            @Needed @Nullable String user,
            @Needed @Nullable String password,
            @Nullable String code,
            @Shape(name = "PasskeyAnswer") @Nullable JsonNode passkey,
            @Nullable String project) {
        @Override
        public String toString() {
            return user + "@" + domain;
        }
    }

    /**
     * A passkey that is made before the first session.
     *
     * @param name what its owner calls it
     * @param credential what the browser made
     */
    public record NewPasskey(
            @Needed @Nullable String domain,
            @Needed @Nullable String user,
            @Needed @Nullable String password,
            @Needed @Nullable String name,
            @Needed @Shape(name = "PasskeyMade") @Nullable JsonNode credential) {
        @Override
        public String toString() {
            return user + "@" + domain;
        }

        LogIn byPassword() {
            return new LogIn(domain, user, password, null, null, null);
        }
    }

    /** @param idleSeconds for how long the user has done nothing; absent: he is at work */
    public record Renewal(@Nullable Integer idleSeconds) {}

    /**
     * Who is logged in, until when.
     *
     * @param federated whether he signed in at the contract's identity provider
     * @param viewing the view as customer that this is; absent: he is here for himself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Session(
            Named user,
            @Nullable Named project,
            Named domain,
            List<String> roles,
            boolean federated,
            Instant expires,
            @Nullable Viewing viewing) {}

    /**
     * One of the provider's people looks as a customer sees it, and changes nothing.
     *
     * @param id as in the customer's history
     * @param contract the customer's contract, by name
     */
    public record Viewing(String id, String contract, Instant until) {}

    /** An id with its name. */
    @Shape(name = "Named")
    public record Named(String id, String name) {}

    /** Opens a session of the console. Where a second factor is missing, it is refused with {@code SecondFactorMissing}. */
    @Allow(Allow.PUBLIC)
    @PostMapping
    ResponseEntity<Session> logIn(@RequestBody LogIn form, HttpServletRequest request) {
        Map<String, Object> proof = ConsoleLogIn.proof(form);
        String domain = ConsoleLogIn.required(form.domain(), "the contract");
        String project = form.project() == null || form.project().isBlank() ? null : form.project();
        Map<String, Object> scope = Map.of(
                "project",
                Map.of(
                        "name",
                        project != null ? project : ConsoleLogIn.defaultProject(domain),
                        "domain",
                        Map.of("name", domain)));
        return open(Map.of("auth", Map.of("identity", proof, "scope", scope)), 0, request);
    }

    /**
     * Where the site gives a role to nobody without a second factor, it is set up before the first session: shows a seed to
     * who knows the password, in the body of {@link #logIn}.
     */
    @Allow(Allow.PUBLIC)
    @PostMapping("/second-factor")
    @Shape(name = "Seed")
    ResponseEntity<byte[]> beginSecondFactor(@RequestBody LogIn form, HttpServletRequest request) {
        String password = ConsoleLogIn.required(form.password(), "the password");
        return ownFactor("POST", SEED, form, proof(Map.of("password", password)), request);
    }

    /** Takes it into use with its first code; answers the recovery codes. */
    @Allow(Allow.PUBLIC)
    @PutMapping("/second-factor")
    @Shape(name = "RecoveryCodes")
    ResponseEntity<byte[]> confirmSecondFactor(@RequestBody LogIn form, HttpServletRequest request) {
        String code = ConsoleLogIn.required(form.code(), "the code");
        LogIn byPassword = new LogIn(form.domain(), form.user(), form.password(), null, null, null);
        return ownFactor("PUT", SEED, byPassword, proof(Map.of("code", code)), request);
    }

    /** The same with a passkey: options for making one. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/passkey")
    @Shape(name = "PasskeyBegun")
    ResponseEntity<byte[]> beginPasskey(@RequestBody LogIn form, HttpServletRequest request) {
        String password = ConsoleLogIn.required(form.password(), "the password");
        return ownFactor("POST", PASSKEYS, form, proof(Map.of("password", password)), request);
    }

    /** Takes the passkey into use; answers it with the recovery codes. */
    @Allow(Allow.PUBLIC)
    @PutMapping("/passkey")
    @Shape(name = "PasskeyRegistered")
    ResponseEntity<byte[]> registerPasskey(@RequestBody NewPasskey form, HttpServletRequest request) {
        if (form.credential() == null) {
            throw Refusal.invalid("The field \"credential\" is missing: send what the browser made.");
        }
        Map<String, Object> passkey = Map.of(
                "name", ConsoleLogIn.required(form.name(), "a name for the passkey"), "credential", form.credential());
        return ownFactor("PUT", PASSKEYS, form.byPassword(), Map.of("passkey", passkey), request);
    }

    private static Map<String, Object> proof(Map<String, Object> shown) {
        return Map.of("proof", shown);
    }

    /** With a token without a scope, which gives no right but this one, and which nobody sees. */
    private ResponseEntity<byte[]> ownFactor(
            String method, String path, LogIn form, Map<String, Object> body, HttpServletRequest request) {
        Map<String, Object> unscoped = Map.of("identity", ConsoleLogIn.proof(form), "scope", "unscoped");
        HttpResponse<byte[]> entered = logIn.tokens(Map.of("auth", unscoped), 0, request);
        String token = entered.headers().firstValue("X-Subject-Token").orElse("");
        if (entered.statusCode() != 201) {
            throw ConsoleLogIn.refusal(entered, request);
        }
        HttpResponse<byte[]> answer = IdentityAnswer.orRefusal(identity.send(identity.request(request, path)
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build()));
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body());
    }

    /** The console may stay open as long as its user works: a new token before the old one ends. */
    @Allow("session:renew")
    @PostMapping("/renewal")
    ResponseEntity<Session> renew(
            Caller caller, @RequestBody(required = false) @Nullable Renewal renewal, HttpServletRequest request) {
        Integer idle = renewal == null ? null : renewal.idleSeconds();
        if (idle != null && (idle < 0 || idle > LONGEST_IDLE_SECONDS)) {
            throw Refusal.invalid("\"idleSeconds\" is a number from 0 to " + LONGEST_IDLE_SECONDS + ".");
        }
        if (caller.token().isView()) {
            return goOnBehind(caller, idle == null ? 0 : idle, request);
        }
        Map<String, Object> byToken =
                Map.of("methods", List.of("token"), "token", Map.of("id", String.valueOf(gate.sent(request))));
        Map<String, Object> scope = Map.of("project", Map.of("id", caller.project()));
        return open(Map.of("auth", Map.of("identity", byToken, "scope", scope)), idle == null ? 0 : idle, request);
    }

    /** A view ends at its time, whatever is done in it; the browser's own session goes on, so that there is one to come back to. */
    private ResponseEntity<Session> goOnBehind(Caller caller, int idle, HttpServletRequest request) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
        own.waiting(request)
                .flatMap(waits -> own.next(waits, idle, request))
                .ifPresent(next -> answer.header(HttpHeaders.SET_COOKIE, own.kept(next)));
        return answer.body(OpenedSession.view(caller.token()));
    }

    /**
     * One of these.
     *
     * @param code of the second factor
     * @param passkey a browser's answer to the options of {@link #proofChallenge}
     */
    public record Proof(
            @Nullable String password,
            @Nullable String code,
            @Shape(name = "PasskeyAnswer") @Nullable JsonNode passkey) {
        @Override
        public String toString() {
            return "proof";
        }
    }

    /**
     * Who works in the session shows again who he is, by his password, a code or a passkey: what the policy asks a fresh proof for is done for some minutes
     * after it.
     */
    @Allow("session:prove")
    @PostMapping("/proof")
    ResponseEntity<Session> prove(Caller caller, @RequestBody Proof proof, HttpServletRequest request) {
        HttpResponse<byte[]> answer = identity.send(identity.request(request, PROOF)
                .header(ConsoleLogIn.CONSOLE, "console; idle=0")
                .header("X-Auth-Token", String.valueOf(gate.sent(request)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(proof(shown(proof)))))
                .build());
        return entered(IdentityAnswer.orRefusal(answer), request);
    }

    private static Map<String, Object> shown(Proof proof) {
        if (proof.passkey() != null) {
            return Map.of("passkey", proof.passkey());
        }
        return proof.code() != null && !proof.code().isBlank()
                ? Map.of("code", ConsoleLogIn.required(proof.code(), "the code"))
                : Map.of("password", ConsoleLogIn.required(proof.password(), "the password"));
    }

    /** Options for showing a passkey in such a proof. */
    @Allow("session:prove")
    @PostMapping("/proof/challenge")
    @Shape(name = "PasskeyChallenge")
    ResponseEntity<byte[]> proofChallenge(Caller caller, HttpServletRequest request) {
        HttpResponse<byte[]> answer = identity.send(identity.request(request, PROOF + "/challenge")
                .header("X-Auth-Token", String.valueOf(gate.sent(request)))
                .POST(BodyPublishers.noBody())
                .build());
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(IdentityAnswer.orRefusal(answer).body());
    }

    /** Who is logged in, until when. */
    @Allow("session:read")
    @GetMapping
    Session read(Caller caller) {
        return OpenedSession.view(caller.token());
    }

    /** Ends the session with all its tokens, so that a copy of the cookie is worth nothing either. */
    @Allow("session:log-out")
    @DeleteMapping
    @Shape(
            name = "Left",
            status = {200, 204})
    ResponseEntity<byte[]> logOut(Caller caller, HttpServletRequest request) {
        String token = String.valueOf(gate.sent(request));
        if (caller.token().isView()) {
            return leaveView(token, request);
        }
        if (OpenedSession.view(caller.token()).federated()) {
            return leave(caller, token, request);
        }
        // What was lent is given back alone: what it was lent from goes on.
        String path = caller.token().isDelegated()
                ? "/identity/v3/auth/tokens"
                : "/identity/service/v1/sessions/" + caller.token().auditIds().getLast();
        identity.send(identity.request(request, path)
                .header("X-Auth-Token", token)
                .header("X-Subject-Token", token)
                .DELETE()
                .build());
        return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, gone()).build();
    }

    /** Who logs out of a view logs out altogether: with his own session the view ends. Without it the view is ended by itself. */
    private ResponseEntity<byte[]> leaveView(String view, HttpServletRequest request) {
        Optional<OwnSession.Waiting> waits = own.waiting(request);
        String path = waits.map(session -> "/identity/service/v1/sessions/"
                        + session.claims().auditIds().getLast())
                .orElse("/identity/service/v1/viewings/current");
        identity.send(identity.request(request, path)
                .header("X-Auth-Token", waits.map(OwnSession.Waiting::token).orElse(view))
                .DELETE()
                .build());
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, gone())
                .header(HttpHeaders.SET_COOKIE, OwnSession.gone())
                .build();
    }

    /** Where the contract's identity provider logs people out too, the answer says where the browser goes for it. */
    private ResponseEntity<byte[]> leave(Caller caller, String token, HttpServletRequest request) {
        String session =
                "/identity/service/v1/sessions/" + caller.token().auditIds().getLast();
        HttpResponse<byte[]> answer = identity.send(identity.request(request, session + "/log-out")
                .header("X-Auth-Token", token)
                .POST(BodyPublishers.noBody())
                .build());
        ResponseEntity.BodyBuilder left = ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, gone())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON);
        // A session that had ended already is left all the same.
        return left.body(
                answer.statusCode() == 200 ? answer.body() : "{\"leave\":null}".getBytes(StandardCharsets.UTF_8));
    }

    private static String gone() {
        return OpenedSession.cookie(TokenGate.COOKIE, "", Duration.ZERO);
    }

    private ResponseEntity<Session> open(Map<String, Object> body, int idleSeconds, HttpServletRequest request) {
        return entered(logIn.tokens(body, idleSeconds, request), request);
    }

    private ResponseEntity<Session> entered(HttpResponse<byte[]> answer, HttpServletRequest request) {
        return opened.of(answer).orElseThrow(() -> ConsoleLogIn.refusal(answer, request));
    }
}
