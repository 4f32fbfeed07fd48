package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.unkai.base.tls.PemFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command that lets a machine join, for an operator who has a second factor. The service answers here what identity answers. */
class NodeTokenTest {
    private static final String GOOD = "271828";

    @TempDir
    private Path folder;

    private DataDirectory directory;
    private HttpsServer service;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        directory = new DataDirectory(folder);
        directory.directory("pki", "rwxr-xr-x");
        directory.directory("etc", "rwxr-xr-x");
        Authority.openOrMake(directory, Clock.systemUTC()).issue("cloud", Authority.serverNames("localhost"));
        directory.write("etc/secrets", "person.operator=the-password\n", "rw-------");
        service = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setHttpsConfigurator(new HttpsConfigurator(
                new PemFiles(directory.of("pki/cloud.crt"), directory.of("pki/cloud.key"), directory.of("pki/ca.crt"))
                        .sslContext()));
        service.createContext("/identity/v3/auth/tokens", NodeTokenTest::logIn);
        service.createContext("/service/v1/host-tokens", NodeTokenTest::token);
        service.start();
        directory.write("etc/settings", "port=" + service.getAddress().getPort() + "\n", "rw-------");
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void theCodeIsAskedForApartFromTheOutputAndAMistypedOneAgain() {
        run("111111\n" + GOOD + "\n");

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("./unkai node join --token joining");
        assertThat(asked.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("認証アプリ"))
                .noneMatch(line -> line.contains(GOOD));
    }

    @Test
    void withoutACodeItIsSaidHowToGiveOne() {
        assertThatThrownBy(() -> run(""))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo("token.code.absent"));
    }

    @Test
    void afterThreeWrongCodesItEndsWithTheServicesSentence() {
        assertThatThrownBy(() -> run("1\n2\n3\n" + GOOD + "\n")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.key()).isEqualTo("token.code.wrong");
            assertThat(problem.values()).containsExactly("The code is not right.");
        });
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private void run(String typed) {
        Messages messages = new Messages(Locale.JAPANESE);
        new NodeToken(
                        directory,
                        new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), messages),
                        CodePrompt.of(
                                null,
                                new StringReader(typed),
                                new PrintStream(asked, true, StandardCharsets.UTF_8),
                                messages))
                .run();
    }

    private static void logIn(HttpExchange exchange) throws IOException {
        JsonNode auth = JsonMapper.shared().readTree(exchange.getRequestBody()).path("auth");
        boolean password =
                auth.at("/identity/password/user/password").asString("").equals("the-password");
        boolean code = auth.at("/identity/totp/user/passcode").asString("").equals(GOOD);
        List<String> receipt = exchange.getRequestHeaders().getOrDefault("Openstack-Auth-Receipt", List.of());
        if (password) {
            exchange.getResponseHeaders().add("Openstack-Auth-Receipt", "the-receipt");
            answer(exchange, 401, """
                    {"error":{"message":"More is needed."},"required_auth_methods":[["password","totp"]],"receipt":{"methods":["password"]}}""");
        } else if (code
                && receipt.equals(List.of("the-receipt"))
                && auth.at("/scope/project/name").asString("").equals("operator")) {
            exchange.getResponseHeaders().add("X-Subject-Token", "the-token");
            answer(exchange, 201, "{}");
        } else {
            answer(exchange, 401, "{\"error\":{\"message\":\"The code is not right.\"}}");
        }
    }

    private static void token(HttpExchange exchange) throws IOException {
        boolean known = exchange.getRequestHeaders()
                .getOrDefault("X-Auth-Token", List.of())
                .equals(List.of("the-token"));
        answer(
                exchange,
                known ? 201 : 401,
                known ? "{\"expiresAt\":\"soon\",\"command\":\"./unkai node join --token joining\"}" : "{}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }
}
