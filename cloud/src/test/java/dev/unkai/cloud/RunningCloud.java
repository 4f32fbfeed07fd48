package dev.unkai.cloud;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.unkai.base.Ids;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.TestFolder;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.AnswerCheck;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.ViewingClaim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole cloud process on a fresh database, without the processes around it; tokens are signed by the test. */
public final class RunningCloud implements AutoCloseable {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    /** In place of a setting: break-glass as the service is delivered. Most tests are about something else. */
    static final String BREAK_GLASS_AS_DELIVERED = "--unkai.break-glass=";

    private static final AnswerCheck DESCRIBED = new AnswerCheck(Path.of("src", "main", "resources", "openapi.json"));

    private final ConfigurableApplicationContext context;
    private final PostgresFixture.Database database;
    private final TokenSigner signer;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningCloud(
            ConfigurableApplicationContext context, PostgresFixture.Database database, TokenSigner signer) {
        this.context = context;
        this.database = database;
        this.signer = signer;
        this.address = URI.create("http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort());
    }

    public static RunningCloud start() {
        return start(new TestPki());
    }

    /**
     * @param pki whose nodes may attach
     * @param settings {@code --name=value} in place of, or beside, those here
     */
    public static RunningCloud start(TestPki pki, String... settings) {
        try {
            PostgresFixture.Database database = PostgresFixture.database("cloud");
            PemFiles pem = pki.issue("cloud");
            Path data = TestFolder.create("unkai-cloud");
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
            // As after a restart while identity is down: what was known of it holds.
            Path kept = Files.createDirectories(data.resolve("cache"));
            Files.writeString(kept.resolve("cloud-keys.json"), new JWKSet(key.toPublicJWK()).toString());
            Files.createFile(kept.resolve("cloud-revocations.jsonl"));
            Files.createFile(kept.resolve("cloud-source-rules.jsonl"));
            List<String> arguments = new ArrayList<>(List.of(
                    "--server.ssl.enabled=false",
                    "--server.port=0",
                    "--unkai.data=" + data,
                    "--unkai.public-url=https://cloud.example",
                    "--unkai.tls.certificate=" + pem.certificate(),
                    "--unkai.tls.key=" + pem.key(),
                    "--unkai.tls.authority=" + pem.authority(),
                    "--unkai.database.url=" + database.owner().url(),
                    "--unkai.database.owner-user=" + database.owner().user(),
                    "--unkai.database.owner-password=" + database.owner().password(),
                    "--unkai.database.api-user=" + database.api().user(),
                    "--unkai.database.api-password=" + database.api().password(),
                    "--unkai.database.system-user=" + database.system().user(),
                    "--unkai.database.system-password=" + database.system().password(),
                    "--unkai.identity-url=https://127.0.0.1:1",
                    "--unkai.ledger-url=https://127.0.0.1:1",
                    "--unkai.node-port=0",
                    "--unkai.break-glass=open",
                    "--unkai.hosts.authority=" + pem.authority(),
                    "--unkai.hosts.authority-key=" + pem.authority().resolveSibling("ca.key"),
                    "--unkai.hosts.node-addresses=cloud.example:7443",
                    "--unkai.hosts.southbound=cloud.example:6642",
                    "--unkai.ovn.northbound=unix:" + data.resolve("no-ovn.sock"),
                    "--unkai.images=" + data.resolve("images"),
                    "--unkai.seed-images=" + data.resolve("seed"),
                    "--unkai.external-network.name=public",
                    "--unkai.external-network.cidr=203.0.113.0/27",
                    "--unkai.external-network.gateway=203.0.113.1",
                    "--unkai.external-network.physical-network=external"));
            for (String setting : settings) {
                String name = setting.substring(0, setting.indexOf('=') + 1);
                arguments.removeIf(each -> each.startsWith(name));
                if (!setting.equals(BREAK_GLASS_AS_DELIVERED)) {
                    arguments.add(setting);
                }
            }
            ConfigurableApplicationContext context =
                    SpringApplication.run(CloudApplication.class, arguments.toArray(String[]::new));
            return new RunningCloud(context, database, new TokenSigner(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the cloud is, {@code http://127.0.0.1:port}. */
    public URI address() {
        return address;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** The link of the newest such mail, as its recipient has it: in the database it lies sealed. */
    public String mailSecret(String recipient, String template) {
        return context.getBean(Transactions.class)
                .asSystem(db -> db.sql(
                                "select m.id, s.name, s.sealed from mail m join mail_secret s on s.mail_id = m.id"
                                        + " where m.recipient = ? and m.template like ? order by m.posted_at desc limit 1")
                        .param(recipient)
                        .param(template)
                        .query((row, _) -> opened(row.getString(1), row.getString(2), row.getBytes(3)))
                        .single());
    }

    private String opened(String mail, String name, byte[] sealed) {
        try {
            return context.getBean(KeySeal.class).open(sealed, "mail_secret/" + mail + "/" + name);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public PostgresFixture.Database database() {
        return database;
    }

    /** A token of a user of its own in the project, with these roles. */
    public String token(String project, String... roles) {
        return tokenOf("user-of-" + project, "domain-of-" + project, project, "domain-of-" + project, roles);
    }

    /** The same in a session of the console, whose user showed then who he is. */
    public String consoleToken(String project, Instant provedAt, String... roles) {
        return token(
                "user-of-" + project,
                "domain-of-" + project,
                project,
                "domain-of-" + project,
                provedAt,
                List.of(roles));
    }

    /** A token of a certain user, who may be at home in another domain than the project is in. */
    public String tokenOf(String user, String home, String project, String domain, String... roles) {
        return token(user, home, project, domain, null, List.of(roles));
    }

    /** A token by which one of the provider's people looks at the project as its customer sees it. */
    String viewToken(String user, String viewing, String project) {
        return token(
                List.of(Ids.random().nextHex(), "session-of-" + user),
                user,
                "default",
                project,
                "domain-of-" + project,
                Instant.now(),
                List.of("billing", "reader", "viewer"),
                new ViewingClaim(viewing, "operator", "default", List.of("service-operator")));
    }

    private String token(
            String user, String home, String project, String domain, @Nullable Instant provedAt, List<String> roles) {
        return token(List.of(Ids.random().nextHex()), user, home, project, domain, provedAt, roles, null);
    }

    private String token(
            List<String> auditIds,
            String user,
            String home,
            String project,
            String domain,
            @Nullable Instant provedAt,
            List<String> roles,
            @Nullable ViewingClaim viewing) {
        Instant now = Instant.now();
        return signer.sign(new TokenClaims(
                auditIds,
                List.of("password"),
                user,
                user,
                home,
                home,
                project,
                project,
                domain,
                domain,
                null,
                null,
                false,
                roles,
                null,
                now,
                now.plusSeconds(3600),
                null,
                null,
                provedAt,
                viewing));
    }

    /** An answer with its status, text and headers. */
    public record Answer(int status, String text, HttpHeaders headers) {
        public JsonNode json() {
            return JSON.readTree(text);
        }
    }

    public Answer send(@Nullable String token, String method, String path, @Nullable String body) {
        return send(token, method, path, body, Map.of());
    }

    public Answer send(
            @Nullable String token, String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("X-Auth-Token", token);
        }
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            asDescribed(method, path, body, answer);
            return new Answer(answer.statusCode(), answer.body() == null ? "" : answer.body(), answer.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whatever a test asks the service API for is held against its description. */
    private static void asDescribed(String method, String path, @Nullable String body, HttpResponse<String> answer) {
        if (path.startsWith("/service/v1/")) {
            List<String> faults = DESCRIBED.faults(
                    method,
                    path,
                    body,
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
            if (!faults.isEmpty()) {
                throw new AssertionError(method + " " + path + " is not as openapi.json says: " + faults);
            }
        }
    }

    /** The headers of the answer to a GET. */
    public HttpHeaders headers(String token, String path, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).header("X-Auth-Token", token);
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.discarding()).headers();
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
