package dev.unkai.cloud.image;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.unkai.base.access.Policy;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.TestFolder;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.EventSink;
import dev.unkai.web.Access;
import dev.unkai.web.ProcessConfiguration;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.TokenVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image module behind a real web server, with a real database and directory; tokens are signed by the test. */
final class RunningImages implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ECKey KEY = key();

    final Path directory;
    final Path seeds;
    final PostgresFixture.Database database;
    final ConfigurableApplicationContext context;
    final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningImages(String... settings) throws IOException {
        Path data = TestFolder.create("unkai-images");
        directory = data.resolve("images");
        seeds = Files.createDirectories(data.resolve("seeds"));
        database = PostgresFixture.database("image");
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.ssl.enabled=false",
                "--spring.config.import=",
                "--unkai.public-url=https://cloud.test:8443",
                "--unkai.tls.certificate=/none",
                "--unkai.tls.key=/none",
                "--unkai.tls.authority=/none",
                "--unkai.data=" + data,
                "--unkai.images=" + directory,
                "--unkai.seed-images=" + seeds,
                "--unkai.image.reserve-gib=0",
                "--unkai.database.url=" + database.owner().url(),
                "--unkai.database.owner-user=" + database.owner().user(),
                "--unkai.database.owner-password=" + database.owner().password(),
                "--unkai.database.api-user=" + database.api().user(),
                "--unkai.database.api-password=" + database.api().password(),
                "--unkai.database.system-user=" + database.system().user(),
                "--unkai.database.system-password=" + database.system().password()));
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            arguments.removeIf(argument -> argument.startsWith(name));
            arguments.add(setting);
        }
        context = SpringApplication.run(Module.class, arguments.toArray(String[]::new));
        address = URI.create("http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort());
    }

    /** What the process around the module gives it. */
    // No @Configuration: the whole cloud, which scans this package in other tests, must not find it.
    @EnableAutoConfiguration
    @ComponentScan("dev.unkai.cloud.image")
    @Import(ProcessConfiguration.class)
    static class Module {
        @Bean
        Access access() throws IOException {
            try (InputStream table = Module.class.getResourceAsStream("/policy.conf")) {
                return new Access(Policy.parse(Objects.requireNonNull(table)), true);
            }
        }

        @Bean
        TokenGate tokenGate(Clock clock) {
            TokenVerifier verifier = new TokenVerifier(clock, new Revocations());
            verifier.trust(new JWKSet(KEY.toPublicJWK()));
            return new TokenGate(verifier);
        }

        /** Events stay in the outbox, where tests read them. */
        @Bean
        EventSink ledger() {
            return (source, events) -> {
                throw new IllegalStateException("There is no ledger in this test.");
            };
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TokenClaims claims(String project, String... roles) {
        Instant now = Instant.now();
        return new TokenClaims(
                List.of(UUID.randomUUID().toString()),
                List.of("password"),
                "user-of-" + project,
                "User of " + project,
                "domain",
                "Domain",
                project,
                project,
                "domain",
                "Domain",
                null,
                null,
                false,
                List.of(roles),
                null,
                now,
                now.plusSeconds(3600));
    }

    static String token(String project, String... roles) {
        return new TokenSigner(KEY).sign(claims(project, roles));
    }

    static String member(String project) {
        return token(project, "member", "reader");
    }

    static String operator() {
        return token("operator", "admin", "manager", "member", "reader");
    }

    static Caller caller(String project, String... roles) {
        return new Caller(claims(project, roles), "198.51.100.7", "test", "req-" + UUID.randomUUID());
    }

    Transactions transactions() {
        return context.getBean(Transactions.class);
    }

    /** The owner's way into the database, for looking behind the API. */
    JdbcClient sql() {
        return JdbcClient.create(new DriverManagerDataSource(
                database.owner().url(),
                database.owner().user(),
                database.owner().password()));
    }

    /** A count or the like as the reconcilers see it: all projects' rows. */
    long number(String query) {
        return transactions().asSystem(db -> db.sql(query).query(Long.class).single());
    }

    List<JsonNode> events(String action) {
        return sql().sql("select event from outbox order by id").query(String.class).list().stream()
                .<JsonNode>map(JSON::readTree)
                .filter(event -> event.get("action").stringValue().equals(action))
                .toList();
    }

    List<String> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** An answer; {@code json} is an empty object when the body is something else. */
    record Answer(int status, HttpResponse<byte[]> raw) {
        String text() {
            return new String(raw.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(
                    raw.headers().firstValue("Content-Type").orElse("").contains("json") ? text() : "{}");
        }

        String field(String name) {
            return json().path(name).asString("");
        }
    }

    Answer get(String token, String path) {
        return send(token, "GET", path, BodyPublishers.noBody(), Map.of());
    }

    Answer delete(String token, String path) {
        return send(token, "DELETE", path, BodyPublishers.noBody(), Map.of());
    }

    Answer post(String token, String path, Object body) {
        return sendJson(token, "POST", path, body, "application/json");
    }

    Answer patch(String token, String id, Object body) {
        return sendJson(token, "PATCH", "/image/v2/images/" + id, body, "application/openstack-images-v2.1-json-patch");
    }

    Answer sendJson(String token, String method, String path, Object body, String type) {
        String text = body instanceof String given ? given : JSON.writeValueAsString(body);
        return send(token, method, path, BodyPublishers.ofString(text), Map.of("Content-Type", type));
    }

    Answer upload(String token, String id, byte[] data, Map<String, String> headers) {
        return upload(token, id, BodyPublishers.ofByteArray(data), headers);
    }

    Answer upload(String token, String id, BodyPublisher data, Map<String, String> headers) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.putIfAbsent("Content-Type", "application/octet-stream");
        return send(token, "PUT", "/image/v2/images/" + id + "/file", data, all);
    }

    Answer send(String token, String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).method(method, body);
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Registers an image and answers its id. */
    String image(String token, Map<String, Object> attributes) {
        Answer answer = post(token, "/image/v2/images", attributes);
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.field("id");
    }

    String image(String token, String name, String diskFormat) {
        return image(token, Map.of("name", name, "disk_format", diskFormat, "container_format", "bare"));
    }

    @Override
    public void close() {
        context.close();
    }
}
