package dev.unkai.identity.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.web.Peer;
import dev.unkai.web.RefusalRecorder;
import dev.unkai.web.SharedErrors;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.HandlerMethod;

/** Answers failures as the Identity API does, and records those that are refusals of a right. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ApiErrors {
    /** The code of a refusal that says "not found" of something that is there, but not for this caller. */
    private static final String HIDDEN = "Hidden";

    private static final String BEYOND_OWN = "BeyondOwnRights";

    /** Codes of refusals that are 400 in the reference's form and of a right all the same: what somebody, logged in already, showed again, and what nobody can lend. */
    private static final Set<String> OF_RIGHT = Set.of("WrongPassword", "WrongCode", "WrongPasskey", BEYOND_OWN);

    /** A refusal's code for programs that show its sentence in their own words; the body is the reference's. */
    private static final String CODE = "X-Unkai-Refusal";

    private final RefusalRecorder recorder;
    private final String challenge;

    public ApiErrors(RefusalRecorder recorder, IdentitySettings settings) {
        this.recorder = recorder;
        this.challenge = "Keystone uri=\"" + settings.publicUrl() + "/identity\"";
    }

    /** The answer for a thing that is absent; use {@link #hidden} where it is there and must not show. Both take the same time (decision 0107). */
    public static Refusal absent(String kind, String id) {
        return Refusal.notFound("Could not find " + kind + ": " + Texts.shown(id) + ".");
    }

    /** The same answer as {@link #absent}, but the attempt is recorded. */
    public static Refusal hidden(String kind, String id) {
        return new Refusal(Refusal.Kind.NOT_FOUND, HIDDEN, absent(kind, id).sentence());
    }

    /** The answer to who would lend more than he has: the reference's 400, and recorded. */
    public static Refusal beyondOwn(String sentence) {
        return new Refusal(Refusal.Kind.INVALID, BEYOND_OWN, sentence);
    }

    /** The answer to a wrong password of somebody whose session is good: 401 would say that it has ended. */
    public static Refusal wrongPassword(String sentence) {
        return new Refusal(Refusal.Kind.INVALID, "WrongPassword", sentence);
    }

    /** The same for a wrong one-time code. */
    public static Refusal wrongCode(String sentence) {
        return new Refusal(Refusal.Kind.INVALID, "WrongCode", sentence);
    }

    /** The same for what a passkey answered. */
    public static Refusal wrongPasskey(String reason) {
        return new Refusal(
                Refusal.Kind.INVALID,
                "WrongPasskey",
                "The passkey was not taken: " + reason + ". Try again, or use another way.");
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> anything(
            Exception failure, HttpServletRequest request, @Nullable HandlerMethod handler) {
        Refusal refusal = failure instanceof DuplicateKeyException
                ? Refusal.conflict("Something with this name is there already. Choose another name.")
                : SharedErrors.asRefusal(failure);
        record(refusal, request, handler);
        return answer(refusal, Map.of());
    }

    /** A refusal in the Identity API's shape, with more beside the error. */
    public ResponseEntity<Map<String, Object>> answer(Refusal refusal, Map<String, Object> more) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(refusal.kind().status()).contentType(MediaType.APPLICATION_JSON);
        if (refusal.kind() == Refusal.Kind.UNAUTHORIZED) {
            answer.header("WWW-Authenticate", challenge);
        }
        Map<String, Object> body = new LinkedHashMap<>(SharedErrors.body(refusal));
        body.putAll(more);
        // What is hidden looks like what is absent, here too.
        String code = refusal.code().equals(HIDDEN) ? "NotFound" : refusal.code();
        return answer.header(CODE, code).body(body);
    }

    private void record(Refusal refusal, HttpServletRequest request, @Nullable HandlerMethod handler) {
        boolean ofRight = refusal.kind() == Refusal.Kind.UNAUTHORIZED
                || refusal.kind() == Refusal.Kind.FORBIDDEN
                || refusal.kind() == Refusal.Kind.NOT_FOUND
                || OF_RIGHT.contains(refusal.code());
        if (!ofRight) {
            return;
        }
        Allow allow = handler == null ? null : handler.getMethodAnnotation(Allow.class);
        String action = allow == null ? "unknown" : allow.value();
        Caller caller = Peer.caller(request);
        if (caller == null && refusal.code().equals("NotFound")) {
            return;
        }
        if (caller == null) {
            recorder.noToken(request, action);
        } else if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
            recorder.missed(caller, request, action, refusal.code().equals(HIDDEN));
        } else {
            recorder.refused(caller, request, action, refusal.sentence());
        }
    }
}
