package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.auth.FederatedLogin.Start;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.factor.PasskeyAnswer;
import dev.unkai.identity.factor.Second;
import dev.unkai.identity.federation.Return;
import dev.unkai.web.RefusalRecorder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Sign-ins through a contract's identity provider; cloud shows them as {@code /service/v1/session/provider}. {@code browser} is a secret that only the
 * browser has that begins and finishes: what somebody else brings back is not taken (RFC 6749, 10.12).
 */
@RestController
@RequestMapping("/identity/service/v1/sign-ins")
public final class FederatedLoginController {
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_SECRET = 128;
    private static final int LONGEST_CODE = 4_096;
    private static final int LONGEST_ISSUER = 512;
    private static final int LONGEST_PASSCODE = 64;

    private final FederatedLogin login;
    private final RefusalRecorder recorder;
    private final ApiErrors errors;

    FederatedLoginController(FederatedLogin login, RefusalRecorder recorder, ApiErrors errors) {
        this.login = login;
        this.recorder = recorder;
        this.errors = errors;
    }

    /**
     * Where a sign-in goes on.
     *
     * @param name of the identity provider
     * @param address where the browser is to be sent
     */
    @Shape(name = "SignInBegun")
    public record Begun(String name, String address) {}

    /** {@code {"signIn": {"key", "browser", "fresh"?}}}: answers the provider's {@code name} and the {@code address} to send the browser to. */
    @Allow(Allow.PUBLIC)
    @PostMapping
    Begun begin(@RequestBody JsonNode body, HttpServletRequest request) {
        Body wanted = Body.under(body, "signIn").only("key", "browser", "fresh");
        Start start = login.begin(
                wanted.text("key", LONGEST_KEY),
                wanted.text("browser", LONGEST_SECRET),
                wanted.flag("fresh", false),
                Requester.of(request));
        return switch (start) {
            case Start.Begun(String name, var address) -> new Begun(name, address.toString());
            case Start.Refused(Refusal refusal) -> {
                recorder.isRecordedElsewhere(request);
                throw refusal;
            }
        };
    }

    /**
     * {@code {"signIn": {"state", "browser", "code" | "error", "issuer"?}}} as the issuer handed it to the browser: 201 with the token in the header
     * X-Subject-Token, or 401 with {@code required_auth_methods} where the local second factor is to be shown next.
     */
    @Allow(Allow.PUBLIC)
    @PutMapping
    ResponseEntity<?> finish(@RequestBody JsonNode body, HttpServletRequest request) {
        Body back = Body.under(body, "signIn").only("state", "browser", "code", "error", "issuer");
        String state = back.text("state", LONGEST_SECRET);
        String browser = back.text("browser", LONGEST_SECRET);
        if (back.has("code") == back.has("error")) {
            throw Refusal.invalid("Give either the code or the error that came back.");
        }
        Requester from = Requester.of(request);
        Outcome outcome = back.has("error")
                ? login.refusedThere(state, browser, word(back.text("error", LONGEST_CODE)), from)
                : login.finish(
                        new Return(
                                state,
                                browser,
                                back.text("code", LONGEST_CODE),
                                back.optionalText("issuer", LONGEST_ISSUER)),
                        from);
        return answer(outcome, request);
    }

    /** {@code {"signIn": {"state", "browser", "code" | "passkey"}}}: the local second factor; without either, what it may be, anew. */
    @Allow(Allow.PUBLIC)
    @PutMapping("/second-factor")
    ResponseEntity<?> second(@RequestBody JsonNode body, HttpServletRequest request) {
        Body shown = Body.under(body, "signIn").only("state", "browser", "code", "passkey");
        return answer(
                login.second(
                        shown.text("state", LONGEST_SECRET),
                        shown.text("browser", LONGEST_SECRET),
                        second(shown),
                        Requester.of(request)),
                request);
    }

    private static @Nullable Second second(Body shown) {
        Body passkey = shown.optionalObject("passkey").orElse(null);
        if (passkey != null && shown.has("code")) {
            throw Refusal.invalid("Give a code or a passkey's answer, not both.");
        }
        if (passkey != null) {
            return new Second.ByPasskey(PasskeyAnswer.read(passkey));
        }
        return shown.has("code") ? new Second.Code(shown.text("code", LONGEST_PASSCODE)) : null;
    }

    private ResponseEntity<?> answer(Outcome outcome, HttpServletRequest request) {
        return switch (outcome) {
            case Outcome.Granted(var issued) ->
                ResponseEntity.status(HttpStatus.CREATED)
                        .header("X-Subject-Token", issued.token())
                        .header("Cache-Control", "no-store")
                        .build();
            case Outcome.Incomplete(var ways, var passkey, var _, Refusal refusal) ->
                errors.answer(
                        refusal,
                        passkey.isEmpty()
                                ? Map.of("required_auth_methods", ways)
                                : Map.of("required_auth_methods", ways, "passkey", passkey));
            case Outcome.Expired _ ->
                throw new IllegalStateException("Who signs in elsewhere has no password that ends");
            case Outcome.Refused(Refusal refusal) -> {
                recorder.isRecordedElsewhere(request);
                throw refusal;
            }
        };
    }

    /** The issuer's words are names of errors (RFC 6749, 4.1.2.1); whatever else comes is not repeated. */
    private static String word(String error) {
        return error.matches("[a-z_]{1,60}") ? error : "other";
    }
}
