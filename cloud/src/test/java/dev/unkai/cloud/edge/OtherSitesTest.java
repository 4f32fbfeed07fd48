package dev.unkai.cloud.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a page of another site can make a visitor's browser do here: nothing. */
class OtherSitesTest {
    private static final String KEYS = "/compute/v2.1/os-keypairs";
    private static final String KEY = "{\"keypair\":{\"name\":\"forged\"}}";

    private static RunningCloud cloud;
    private static String token;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
        token = cloud.token("owner", "member");
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        cloud.close();
    }

    @Test
    void changesAreTakenFromOwnPagesAndProgramsOnly() throws Exception {
        assertThat(post(KEYS, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(post(KEYS, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
        HttpResponse<String> refused = post(KEYS, "Origin", "https://evil.example");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("a page of another site");
        assertThat(post(KEYS, "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(get("Sec-Fetch-Site", "cross-site").body()).doesNotContain("forged");

        assertThat(post(KEYS, "Origin", "https://cloud.example").statusCode()).isEqualTo(200);
        assertThat(post(KEYS.concat("?"), "Sec-Fetch-Site", "same-origin").statusCode())
                .as("the name is taken: it was let through")
                .isEqualTo(409);
    }

    @Test
    void notEvenALogInIsTakenFromAPageOfAnotherSite() throws Exception {
        HttpRequest forged = HttpRequest.newBuilder(URI.create(cloud.address() + "/service/v1/session"))
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.ofString("{\"domain\":\"a\",\"user\":\"b\",\"password\":\"c\"}"))
                .build();
        assertThat(http.send(forged, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    @Test
    void everyAnswerSaysThatABrowserHasNothingToRunInIt() throws Exception {
        HttpResponse<String> answer = get("Accept", "application/json");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Strict-Transport-Security").orElse(""))
                .contains("max-age=31536000");
        HttpResponse<String> page = http.send(
                HttpRequest.newBuilder(URI.create(cloud.address() + "/servers")).build(), BodyHandlers.ofString());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("script-src 'self' 'unsafe");
        assertThat(page.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    }

    private static HttpResponse<String> post(String path, String header, String value)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(cloud.address() + path))
                        .header("X-Auth-Token", token)
                        .header("Content-Type", "application/json")
                        .header(header, value)
                        .POST(BodyPublishers.ofString(KEY))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String header, String value) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(cloud.address() + KEYS))
                        .header("X-Auth-Token", token)
                        .header(header, value)
                        .build(),
                BodyHandlers.ofString());
    }
}
