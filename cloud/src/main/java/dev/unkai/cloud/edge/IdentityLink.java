package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.web.Peer;
import dev.unkai.web.RefusalRecorder;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The edge's line to identity: mutual TLS, with the client's own address and the request's id sent along. */
@Component
public final class IdentityLink {
    private static final Logger log = LoggerFactory.getLogger(IdentityLink.class);

    private final HttpClient http;
    private final URI identity;
    private final ProvidersWord word;

    IdentityLink(PemFiles pem, @Value("${unkai.identity-url}") URI identity, ProvidersWord word) {
        this.http = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.identity = identity;
        this.word = word;
    }

    /** A request to identity on behalf of the client of {@code inbound}; what identity refuses it records itself. */
    public HttpRequest.Builder request(HttpServletRequest inbound, String pathAndQuery) {
        RefusalRecorder.isRecordedElsewhere(inbound);
        URI target = URI.create(identity + pathAndQuery);
        HttpRequest.Builder outbound = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(30))
                .header("X-Forwarded-For", Peer.forwarded(inbound));
        String agent = Peer.agent(inbound);
        if (!agent.isEmpty()) {
            outbound.header("User-Agent", agent);
        }
        String requestId = MDC.get("request_id");
        if (requestId != null) {
            outbound.header("X-Openstack-Request-Id", requestId);
        }
        word.on(outbound, inbound);
        return outbound;
    }

    /** Throws Refusal unavailable when identity does not answer. */
    public HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            log.warn(
                    "Identity does not answer {} {}: {}",
                    request.method(),
                    request.uri().getPath(),
                    e.toString());
            throw Refusal.unavailable(
                    "Log-in is not available right now. Running servers go on, and valid tokens stay valid; try again in a"
                            + " moment.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The service is stopping. Try again in a moment.");
        }
    }
}
