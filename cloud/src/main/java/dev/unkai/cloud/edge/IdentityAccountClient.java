package dev.unkai.cloud.edge;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks identity over mutual TLS. */
@Component
final class IdentityAccountClient implements IdentityAccounts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final URI identity;

    IdentityAccountClient(PemFiles pem, @Value("${unkai.identity-url}") URI identity) {
        this.http = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        this.identity = identity;
    }

    private record Absent(List<String> absent) {}

    @Override
    public List<String> absent(List<String> ids) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(identity.resolve("/identity/internal/v1/accounts/absent"))
                        .timeout(Duration.ofSeconds(15))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("ids", ids))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("identity answered " + answer.statusCode());
        }
        try {
            return JSON.readValue(answer.body(), Absent.class).absent();
        } catch (JacksonException e) {
            throw new IOException("identity's answer cannot be read", e);
        }
    }
}
