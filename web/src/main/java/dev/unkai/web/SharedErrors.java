package dev.unkai.web;

import dev.unkai.base.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shape of an error where no API has its own: {@code {"error":{code,title,message}}}, as the Identity API and every
 * 401 answer. An API with its own shape has an advice of a higher order for its package. Never a stack trace.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class SharedErrors {
    private static final Logger log = LoggerFactory.getLogger(SharedErrors.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectProvider<UnknownAddress> unknown;
    private final FaultAnswers answers;

    SharedErrors(ObjectProvider<UnknownAddress> unknown, FaultAnswers answers) {
        this.unknown = unknown;
        this.answers = answers;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<?> anything(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()
                && failure instanceof org.springframework.http.converter.HttpMessageNotWritableException) {
            // The server's own error page behind an answer that broke off: whoever broke it off has said why.
            return null;
        }
        boolean unhandled = failure instanceof NoHandlerFoundException
                || failure instanceof NoResourceFoundException // where static files are served too
                || failure instanceof HttpRequestMethodNotSupportedException;
        if (unhandled) {
            for (UnknownAddress api : unknown) {
                if (request.getRequestURI().startsWith(api.start())) {
                    return api.answer().to(failure, request);
                }
            }
        }
        return answers.of(asRefusal(failure), request);
    }

    /**
     * What a user is told of any failure: a refusal as it is; Spring's own complaints about a request as 4xx with a
     * sentence; everything else as 500-class with the request id to ask about, its trace in the log only.
     */
    public static Refusal asRefusal(Exception failure) {
        Optional<Refusal> own = refusalIn(failure);
        if (own.isPresent()) {
            return own.get();
        }
        if (failure instanceof org.springframework.http.converter.HttpMessageNotReadableException) {
            return UnreadableBody.refusal(failure);
        }
        if (failure instanceof org.apache.tomcat.util.http.InvalidParameterException) {
            return Refusal.invalid("A parameter of the address is not valid UTF-8 text.");
        }
        if (failure instanceof ErrorResponse response) {
            return ofStatus(response.getStatusCode().value());
        }
        if (failure instanceof org.springframework.web.method.annotation.MethodArgumentTypeMismatchException mismatch) {
            return Refusal.invalid("The value of \"" + mismatch.getName() + "\" has the wrong type.");
        }
        if (failure instanceof org.springframework.dao.TransientDataAccessException
                || failure instanceof org.springframework.dao.DataAccessResourceFailureException
                || failure instanceof org.springframework.transaction.CannotCreateTransactionException) {
            log.warn("The database could not be reached for a request: {}", failure.getMessage());
            return Refusal.unavailable("The service cannot reach its database right now. Try again in a moment.");
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("A client went away before its answer was written");
            return Refusal.unavailable("The connection was closed before the answer was written.");
        }
        log.error("A request failed unexpectedly", failure);
        return fault(String.valueOf(MDC.get("request_id")));
    }

    /** What a user is told of a fault of ours. */
    static Refusal fault(String requestId) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                "InternalError",
                "Something went wrong on our side; nothing was changed. Try again, and give the request id " + requestId
                        + " to the desk if it stays.");
    }

    /** The refusal that a failure is or comes from. */
    static Optional<Refusal> refusalIn(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    static Refusal ofStatus(int status) {
        return switch (status) {
            case 404 -> Refusal.notFound("There is nothing at this address.");
            case 405 ->
                new Refusal(
                        Refusal.Kind.METHOD_NOT_ALLOWED,
                        "MethodNotAllowed",
                        "This method is not allowed at this address.");
            case 406 ->
                new Refusal(
                        Refusal.Kind.NOT_ACCEPTABLE,
                        "NotAcceptable",
                        "This address answers with application/json only.");
            case 413 -> Refusal.tooLarge("The request is too large.");
            case 415 ->
                new Refusal(
                        Refusal.Kind.UNSUPPORTED_TYPE, "UnsupportedMediaType", "Send the body as application/json.");
            default -> Refusal.invalid("The request cannot be understood: a parameter is missing or has a wrong form.");
        };
    }

    public static Map<String, Object> body(Refusal refusal) {
        int status = refusal.kind().status();
        HttpStatus known = HttpStatus.resolve(status);
        return Map.of(
                "error",
                Map.of(
                        "code",
                        status,
                        "title",
                        known == null ? "Error" : known.getReasonPhrase(),
                        "message",
                        refusal.sentence()));
    }

    /** For filters, which stand before every API. */
    static void write(HttpServletResponse response, Refusal refusal) throws IOException {
        response.setStatus(refusal.kind().status());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(JSON.writeValueAsString(body(refusal)).getBytes(StandardCharsets.UTF_8));
    }
}
