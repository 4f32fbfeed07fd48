package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.web.TokenGate;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Hands a request of the Service API on to identity, which has the same address below {@code /identity}, checks and records everything itself; its
 * refusals get the shape of the Service API.
 */
@Component
public final class IdentityPassage {
    private final IdentityLink identity;
    private final TokenGate gate;

    public IdentityPassage(IdentityLink identity, TokenGate gate) {
        this.identity = identity;
        this.gate = gate;
    }

    ResponseEntity<byte[]> pass(HttpServletRequest request) throws IOException {
        String path = "/identity" + request.getRequestURI();
        if (!path.matches("[A-Za-z0-9/_~.-]+") || path.contains("..")) {
            throw Refusal.notFound("There is nothing at this address.");
        }
        String query = request.getQueryString();
        HttpRequest.Builder onward = identity.request(request, query == null ? path : path + "?" + query)
                .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
                .method(
                        request.getMethod(),
                        BodyPublishers.ofByteArray(request.getInputStream().readAllBytes()));
        String token = gate.sent(request);
        if (token != null) {
            onward.header("X-Auth-Token", token);
        }
        HttpResponse<byte[]> answer = IdentityAnswer.orRefusal(identity.send(onward.build()));
        ResponseEntity.BodyBuilder good =
                ResponseEntity.status(answer.statusCode()).cacheControl(CacheControl.noStore());
        return answer.body().length == 0
                ? good.build()
                : good.contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }
}
