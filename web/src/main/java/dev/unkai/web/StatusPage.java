package dev.unkai.web;

import dev.unkai.base.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * An error as the small page with which the reference's web framework answers where an API has no shape of its own: HTML, or JSON
 * {@code {message, code, title}} for those who ask for it alone.
 */
public final class StatusPage {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StatusPage() {}

    public static ResponseEntity<byte[]> of(Refusal refusal, HttpServletRequest request, HttpHeaders headers) {
        HttpStatus status = HttpStatus.valueOf(refusal.kind().status());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).headers(headers);
        String title = status.value() + " " + status.getReasonPhrase();
        if (wantsJson(request.getHeader("Accept"))) {
            String body = JSON.writeValueAsString(
                    Map.of("message", refusal.sentence(), "code", title, "title", status.getReasonPhrase()));
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

    private static boolean wantsJson(@Nullable String accept) {
        return accept != null
                && accept.contains("application/json")
                && !accept.contains("*/*")
                && !accept.contains("text/html");
    }
}
