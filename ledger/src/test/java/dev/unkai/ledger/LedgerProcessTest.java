package dev.unkai.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.ledger.Search.Query;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole process, without TLS: so no peer has a certificate, and nobody may do anything. */
class LedgerProcessTest {
    private static ConfigurableApplicationContext ledger;
    private static URI address;

    @BeforeAll
    static void start(@TempDir Path data) {
        var database = PostgresFixture.database("ledger");
        ledger = SpringApplication.run(
                LedgerApplication.class,
                "--server.ssl.enabled=false",
                "--server.port=0",
                "--unkai.data=" + data,
                "--unkai.tls.certificate=none",
                "--unkai.tls.key=none",
                "--unkai.tls.authority=none",
                "--unkai.database.url=" + database.owner().url(),
                "--unkai.database.owner-user=" + database.owner().user(),
                "--unkai.database.owner-password=" + database.owner().password(),
                "--unkai.database.api-user=" + database.api().user(),
                "--unkai.database.api-password=" + database.api().password(),
                "--unkai.database.system-user=" + database.system().user(),
                "--unkai.database.system-password=" + database.system().password());
        int port = ((WebServerApplicationContext) ledger).getWebServer().getPort();
        address = URI.create("http://127.0.0.1:" + port);
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    void isReadyWithItsDatabase() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).contains("\"database\":true");
    }

    @Test
    void refusesEverybodyWithoutAProcessCertificateAndRecordsIt() throws Exception {
        assertThat(get("/internal/v1/events").statusCode()).isEqualTo(403);
        assertThat(post("/internal/v1/events", "{\"source\":\"cloud/x\",\"events\":[]}")
                        .statusCode())
                .isEqualTo(403);

        Search search = ledger.getBean(Search.class);
        await().untilAsserted(() -> assertThat(search.read(Query.EVERYTHING))
                .extracting(Search.Stored::json)
                .anyMatch(json -> json.contains("\"failure\"")
                        && json.contains("POST /internal/v1/events")
                        && json.contains("127.0.0.1")));
    }

    @Test
    void answersAnUnknownAddressWithoutATrace() throws Exception {
        HttpResponse<String> answer = get("/no/such/place");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("Exception").contains("error");

        HttpResponse<String> unreadable = get("/internal/v1/a%2Fb");
        assertThat(unreadable.statusCode()).as("the server itself refuses it").isEqualTo(400);
        assertThat(unreadable.body()).startsWith("{\"error\":{").contains("\"message\"");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path)));
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
