package dev.unkai.web;

import dev.unkai.base.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Says that a request has failed in the shape of the API whose address it has: {@code {"error":{code,title,message}}} where that has none of its own. */
@Component
final class FaultAnswers {
    private final ObjectProvider<FaultShape> shapes;
    private final ObjectProvider<JsonMapper> json;

    FaultAnswers(ObjectProvider<FaultShape> shapes, ObjectProvider<JsonMapper> json) {
        this.shapes = shapes;
        this.json = json;
    }

    ResponseEntity<?> of(Refusal refusal, HttpServletRequest request) {
        for (FaultShape api : shapes) {
            if (request.getRequestURI() != null && request.getRequestURI().startsWith(api.start())) {
                return api.answer().to(refusal, request);
            }
        }
        return ResponseEntity.status(refusal.kind().status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(SharedErrors.body(refusal));
    }

    /** In place of what was written so far, of which nothing has been sent. */
    void write(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ResponseEntity<?> answer = of(refusal, request);
        response.resetBuffer();
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        byte[] body = answer.getBody() instanceof byte[] bytes
                ? bytes
                : json.getObject().writeValueAsBytes(answer.getBody());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
