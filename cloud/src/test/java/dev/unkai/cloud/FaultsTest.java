package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.unkai.base.tls.TestPki;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.JsonNode;

/** What is answered where no handler was reached, or none has thought of it: in the API's own shape, in words, with the request's id, and told to the log once. */
class FaultsTest {
    private static final String SECRET = "the password is swordfish";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static RunningCloud cloud;

    /** No component: only this test's process has it. */
    static final class Broken extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            switch (request.getHeader("X-Broken")) {
                case "exception" -> throw new IllegalStateException(SECRET);
                case "error" -> throw new StackOverflowError(SECRET);
                case null, default -> chain.doFilter(request, response);
            }
        }
    }

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start(new TestPki(), "--spring.main.sources=" + Broken.class.getName());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/service/v1/notices, application/problem+json, /detail",
        "/compute/v2.1/servers, application/json, /serviceUnavailable/message",
        "/network/v2.0/networks, application/json, /NeutronError/message",
        "/image/v2/images, application/json, /message",
        "/identity/v3, application/json, /error/message"
    })
    void aFaultOfOursIsToldInTheShapeOfItsApi(String path, String type, String place) throws Exception {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        List<String> ids = new ArrayList<>();
        said.start();
        root.addAppender(said);
        try {
            for (String kind : List.of("exception", "error")) {
                HttpResponse<String> answer = get(path, kind);
                String id =
                        answer.headers().firstValue("X-Openstack-Request-Id").orElseThrow();
                ids.add(id);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith(type);
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .hasValue("nosniff");
                assertThat(json(answer).at(place).asString())
                        .startsWith("Something went wrong on our side")
                        .contains(id);
                assertThat(answer.body()).doesNotContain("swordfish").doesNotContain("dev.unkai");
            }
        } finally {
            root.detachAppender(said);
        }
        assertThat(said.list)
                .filteredOn(event -> event.getThrowableProxy() != null
                        && ThrowableProxyUtil.asString(event.getThrowableProxy())
                                .contains(SECRET))
                .as("each once, with the request's id")
                .extracting(event -> event.getMDCPropertyMap().get("request_id"))
                .isEqualTo(ids);
    }

    @Test
    void theServiceApiAnswersUnknownAddressesAndMethodsAsProblemsToo() throws Exception {
        HttpResponse<String> nothing = get("/service/v1/nothing-of-this-name", "");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(nothing).path("requestId").asString())
                .isEqualTo(
                        nothing.headers().firstValue("X-Openstack-Request-Id").orElseThrow());

        HttpResponse<String> method = HTTP.send(
                HttpRequest.newBuilder(at("/service/v1/notices"))
                        .method("PATCH", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void theServersOwnRefusalsAreInTheSameWords() throws Exception {
        HttpResponse<String> slash = get("/service/v1/plans/a%2Fb", "");
        assertThat(slash.statusCode()).isEqualTo(400);
        assertThat(slash.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(slash).path("requestId").asString()).startsWith("req-");

        assertThat(raw("GET /service/v1/[ HTTP/1.1\r\nHost: cloud\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"requestId\"")
                .doesNotContain("<html")
                .doesNotContain("Tomcat");
    }

    private static HttpResponse<String> get(String path, String broken) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(at(path))
                        .header("Accept", "application/json")
                        .header("X-Broken", broken)
                        .build(),
                BodyHandlers.ofString());
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", cloud.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static URI at(String path) {
        return URI.create(cloud.address() + path);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return RunningCloud.JSON.readTree(answer.body());
    }
}
