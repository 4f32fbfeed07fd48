package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.web.FaultShape;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.SharedErrors;
import dev.unkai.web.UnknownAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors of the service API as problem details (RFC 9457). */
@RestControllerAdvice(annotations = ServiceApi.class)
@Order(0)
public final class ServiceErrors {
    private static final String SERVICE = "/service/";

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> anything(Exception failure) {
        Refusal refusal = failure instanceof StepMissing step ? step.refusal() : SharedErrors.asRefusal(failure);
        return problem(refusal, failure instanceof StepMissing step ? step.more() : Map.of());
    }

    /** Unknown addresses have the same shape. */
    @Bean
    static UnknownAddress unknownServiceAddress() {
        return new UnknownAddress(SERVICE, (failure, _) -> problem(SharedErrors.asRefusal(failure), Map.of()));
    }

    @Bean
    static FaultShape serviceFault() {
        return new FaultShape(SERVICE, (refusal, _) -> problem(refusal, Map.of()));
    }

    private static ResponseEntity<Map<String, Object>> problem(Refusal refusal, Map<String, Object> more) {
        HttpStatus status = HttpStatus.valueOf(refusal.kind().status());
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", refusal.sentence());
        problem.put("code", refusal.code());
        problem.put("requestId", MDC.get("request_id"));
        problem.putAll(more);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
