package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.web.TokenGate;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows identity under the one address that clients and browsers know. It decides nothing: identity checks every
 * request itself. Only the Identity API is shown, not identity's internal interface.
 */
@RestController
public final class IdentityProxy {
    private static final List<String> REQUEST_HEADERS = List.of(
            "Accept",
            "Content-Type",
            "X-Subject-Token",
            "Openstack-Auth-Receipt",
            // OAuth 1.0a (RFC 5849): what a program has signed, and for which project.
            "Authorization",
            "Requested-Project-Id",
            "If-None-Match",
            "OpenStack-API-Version");
    private static final Set<String> DROPPED_ANSWER_HEADERS = Set.of(
            "connection",
            "transfer-encoding",
            "content-length",
            "date",
            "keep-alive",
            "strict-transport-security",
            "x-content-type-options",
            "x-openstack-request-id");

    private final IdentityLink identity;
    private final TokenGate gate;

    public IdentityProxy(IdentityLink identity, TokenGate gate) {
        this.identity = identity;
        this.gate = gate;
    }

    @Allow(Allow.PUBLIC)
    @RequestMapping({"/identity", "/identity/", "/identity/v3", "/identity/v3/**"})
    ResponseEntity<byte[]> pass(HttpServletRequest request) throws IOException {
        HttpRequest.Builder outbound = identity.request(request, pathAndQuery(request))
                .method(
                        request.getMethod(),
                        BodyPublishers.ofByteArray(request.getInputStream().readAllBytes()));
        for (String name : REQUEST_HEADERS) {
            String value = request.getHeader(name);
            if (value != null) {
                outbound.header(name, value);
            }
        }
        String host = request.getHeader("Host");
        if (host != null) {
            outbound.header("X-Forwarded-Host", host);
        }
        String token = gate.sent(request);
        if (token != null) {
            outbound.header("X-Auth-Token", token);
        }
        HttpResponse<byte[]> answer = identity.send(build(outbound));
        HttpHeaders headers = new HttpHeaders();
        answer.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !DROPPED_ANSWER_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                headers.addAll(name, values);
            }
        });
        return ResponseEntity.status(answer.statusCode()).headers(headers).body(answer.body());
    }

    private static HttpRequest build(HttpRequest.Builder outbound) {
        try {
            return outbound.build();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("A header of the request has characters that are not allowed there.");
        }
    }

    private static String pathAndQuery(HttpServletRequest request) {
        String path = request.getRequestURI();
        String whole = request.getQueryString() == null ? path : path + "?" + request.getQueryString();
        if (path.contains("/internal/")
                || !URI.create(path).normalize().getPath().startsWith("/identity")) {
            throw Refusal.notFound("There is nothing at this address.");
        }
        return whole;
    }
}
