package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.SharedErrors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.MDC;
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
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> anything(Exception failure) {
        Refusal refusal = failure instanceof StepMissing step ? step.refusal() : SharedErrors.asRefusal(failure);
        HttpStatus status = HttpStatus.valueOf(refusal.kind().status());
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", refusal.sentence());
        problem.put("code", refusal.code());
        problem.put("requestId", MDC.get("request_id"));
        if (failure instanceof StepMissing step) {
            problem.putAll(step.more());
        }
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
