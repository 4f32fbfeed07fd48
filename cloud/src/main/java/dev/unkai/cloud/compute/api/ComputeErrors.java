package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.web.FaultShape;
import dev.unkai.web.RefusalRecorder;
import dev.unkai.web.SharedErrors;
import dev.unkai.web.StatusPage;
import dev.unkai.web.UnknownAddress;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors in the Compute API's shape: {@code {"itemNotFound": {"code": 404, "message": "…"}}}. */
@RestControllerAdvice(basePackageClasses = ComputeErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ComputeErrors {
    /** Code of refusals that a handler finds out about, after the interceptor let the request through. */
    static final String ADMIN_ONLY = "AdminOnly";

    private final RefusalRecorder recorder;

    ComputeErrors(RefusalRecorder recorder) {
        this.recorder = recorder;
    }

    static Refusal adminOnly(String what) {
        return new Refusal(Refusal.Kind.FORBIDDEN, ADMIN_ONLY, "Policy doesn't allow you to " + what + ".");
    }

    @ExceptionHandler
    ResponseEntity<Object> anything(Exception failure, HttpServletRequest request) {
        Refusal refusal = SharedErrors.asRefusal(failure);
        if (refusal.code().equals(ADMIN_ONLY) && request.getAttribute("dev.unkai.caller") instanceof Caller caller) {
            recorder.refused(caller, request, "compute:admin", refusal.sentence());
        }
        return answer(refusal);
    }

    private static ResponseEntity<Object> answer(Refusal refusal) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(refusal.kind().status()).contentType(MediaType.APPLICATION_JSON);
        if (refusal.kind() == Refusal.Kind.UNAUTHORIZED) {
            return answer.body(SharedErrors.body(refusal));
        }
        Shape body = new Shape().with("code", refusal.kind().status()).with("message", refusal.sentence());
        if (refusal.kind() == Refusal.Kind.TOO_LARGE || refusal.kind() == Refusal.Kind.TOO_MANY) {
            body.with("retryAfter", "0");
        }
        return answer.body(Shape.of(name(refusal.kind()), body));
    }

    /** The reference knows an address and a method together or not at all: both are not found, and its web framework says so. */
    @Bean
    static UnknownAddress unknownComputeAddress() {
        return new UnknownAddress(
                "/compute/",
                (failure, request) -> StatusPage.of(
                        Refusal.notFound("The resource could not be found."), request, new HttpHeaders()));
    }

    @Bean
    static FaultShape computeFault() {
        return new FaultShape("/compute/", (refusal, _) -> answer(refusal));
    }

    private static String name(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> "badRequest";
            case UNAUTHORIZED -> "unauthorized";
            case FORBIDDEN, OVER_QUOTA -> "forbidden";
            case NOT_FOUND -> "itemNotFound";
            case METHOD_NOT_ALLOWED -> "badMethod";
            case CONFLICT -> "conflictingRequest";
            case TOO_LARGE, TOO_MANY -> "overLimit";
            case UNSUPPORTED_TYPE -> "badMediaType";
            case NOT_SUPPORTED -> "notImplemented";
            case UNAVAILABLE -> "serviceUnavailable";
            case NOT_ACCEPTABLE, GONE, NO_SPACE -> "computeFault";
        };
    }
}
