package dev.unkai.cloud.contract.provision;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.cloud.contract.Contract.Account;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks identity over mutual TLS. */
@Component
final class IdentityContractClient implements IdentityContracts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Shorter than whoever asks has the contract for itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final HttpClient http;
    private final URI identity;

    IdentityContractClient(PemFiles pem, @Value("${unkai.identity-url}") URI identity) {
        this.http = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        this.identity = identity;
    }

    @Override
    public Account make(UUID contract, Wish wish) throws IOException, InterruptedException {
        HttpResponse<String> answer = put(contract.toString(), JSON.writeValueAsString(wish));
        try {
            return JSON.readValue(answer.body(), Account.class);
        } catch (JacksonException e) {
            throw new IOException("identity's answer cannot be read", e);
        }
    }

    @Override
    public void open(UUID contract) throws IOException, InterruptedException {
        put(contract + "/opening", "{}");
    }

    private HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(identity.resolve("/identity/internal/v1/contracts/" + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 409) {
            throw new Impossible(sentence(answer.body()));
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("identity answered " + answer.statusCode());
        }
        return answer;
    }

    private static String sentence(String body) {
        try {
            return JSON.readTree(body).at("/error/message").asString("identity answered 409");
        } catch (JacksonException e) {
            return "identity answered 409";
        }
    }
}
