package dev.unkai.cloud.network.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.web.FaultShape;
import dev.unkai.web.SharedErrors;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors as the Network API shapes them: {@code {"NeutronError": {type, message, detail}}}. */
@RestControllerAdvice(basePackageClasses = NetworkErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NetworkErrors {
    /** The code of what is not done because the thing has changed since the caller looked (RFC 9110 section 13.1.1). */
    static final String PRECONDITION = "RevisionNumberConstraintFailed";

    private static final Logger log = LoggerFactory.getLogger(NetworkErrors.class);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(Exception failure) {
        Refusal refusal = failure instanceof DataIntegrityViolationException crossed
                ? crossed(crossed)
                : SharedErrors.asRefusal(failure);
        return answer(refusal);
    }

    @Bean
    static FaultShape networkFault() {
        return new FaultShape("/network/", (refusal, _) -> answer(refusal));
    }

    private static ResponseEntity<Map<String, Object>> answer(Refusal refusal) {
        boolean shared = refusal.kind() == Refusal.Kind.UNAUTHORIZED;
        Map<String, Object> body = shared
                ? SharedErrors.body(refusal)
                : Map.of("NeutronError", Map.of("type", type(refusal), "message", refusal.sentence(), "detail", ""));
        return ResponseEntity.status(status(refusal))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    /** A constraint held against a request that another one overtook. */
    private static Refusal crossed(DataIntegrityViolationException failure) {
        log.info("Two requests crossed: {}", failure.getMessage());
        return Refusal.conflict(
                "Another request changed what this one is about. Look again, and repeat it if it still makes sense.");
    }

    private static int status(Refusal refusal) {
        if (refusal.code().equals(PRECONDITION)) {
            return HttpStatus.PRECONDITION_FAILED.value();
        }
        if (refusal.code().equals(Refusals.ANOTHERS_PROJECT)) {
            return HttpStatus.BAD_REQUEST.value();
        }
        if (refusal.kind() == Refusal.Kind.FORBIDDEN && refusal.code().endsWith("NotFound")) {
            return HttpStatus.NOT_FOUND.value();
        }
        return refusal.kind() == Refusal.Kind.OVER_QUOTA ? 409 : refusal.kind().status();
    }

    private static String type(Refusal refusal) {
        return switch (refusal.code()) {
            case "BadRequest" -> "BadRequest";
            case "Forbidden" -> "PolicyNotAuthorized";
            case "NotFound" -> "HTTPNotFound";
            case Refusals.ANOTHERS_PROJECT -> "HTTPBadRequest";
            default -> refusal.code();
        };
    }
}
