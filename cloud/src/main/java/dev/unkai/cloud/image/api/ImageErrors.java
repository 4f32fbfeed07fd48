package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.web.SharedErrors;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/** The shape of errors of the Image API: a small HTML page with the status, or JSON for those who ask for it alone. */
@RestControllerAdvice(basePackages = "dev.unkai.cloud.image")
@Order(0)
final class ImageErrors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ExceptionHandler
    ResponseEntity<byte[]> anything(Exception failure, HttpServletRequest request) {
        Refusal refusal = SharedErrors.asRefusal(failure);
        HttpStatus status = HttpStatus.valueOf(refusal.kind().status());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (status == HttpStatus.UNSUPPORTED_MEDIA_TYPE) {
            answer.header("Accept-Patch", ImagePatch.V2_0 + ", " + ImagePatch.V2_1);
        }
        String title = status.value() + " " + status.getReasonPhrase();
        if (wantsJson(request.getHeader("Accept"))) {
            String body = JSON.writeValueAsString(
                    java.util.Map.of("message", refusal.sentence(), "code", title, "title", status.getReasonPhrase()));
            return answer.contentType(MediaType.APPLICATION_JSON).body(body.getBytes(StandardCharsets.UTF_8));
        }
        String body = """
                <html>
                 <head>
                  <title>%s</title>
                 </head>
                 <body>
                  <h1>%s</h1>
                  %s<br /><br />

                 </body>
                </html>""".formatted(title, title, HtmlUtils.htmlEscape(refusal.sentence(), "UTF-8"));
        return answer.contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean wantsJson(@org.jspecify.annotations.Nullable String accept) {
        return accept != null
                && accept.contains("application/json")
                && !accept.contains("*/*")
                && !accept.contains("text/html");
    }
}
