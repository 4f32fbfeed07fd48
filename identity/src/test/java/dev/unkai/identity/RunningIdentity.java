package dev.unkai.identity;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.TestFolder;
import dev.unkai.base.openapi.AnswerCheck;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole process with TLS and its own database, with the operator and two customers: {@code alpha} and {@code beta},
 * each with a {@code master} (manager, member) and a {@code reader}. Passwords are {@code <domain>-<user>-secret}.
 */
final class RunningIdentity {
    private static final AnswerCheck DESCRIBED = new AnswerCheck(Path.of("openapi.json"));
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static @Nullable RunningIdentity shared;

    /** In place of a setting: who needs a second factor is asked for one. */
    static final String AS_DELIVERED = "second factor as delivered";

    final ConfigurableApplicationContext context;
    final URI address;
    final Path data;
    private final PostgresFixture.Database database;
    private final TestAuthority authority;
    private final PemFiles own;
    private final HttpClient client;
    private final JdbcClient sql;

    /** One process for all tests that do not stop it; wrong log-ins of the tests before are forgiven. */
    static synchronized RunningIdentity shared() {
        if (shared == null) {
            shared = start();
        }
        shared.sql.sql("delete from login_failure").update();
        return shared;
    }

    /** @param settings more arguments for the process */
    static RunningIdentity start(String... settings) {
        try {
            Path data = TestFolder.create("unkai-identity");
            return new RunningIdentity(
                    data, PostgresFixture.database("identity"), new TestAuthority(data), List.of(settings));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same data directory and database, after a stop. */
    RunningIdentity startAgain() {
        try {
            return new RunningIdentity(data, database, authority, List.of());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same data directory with another database. */
    RunningIdentity startOn(PostgresFixture.Database other) {
        try {
            return new RunningIdentity(data, other, authority, List.of());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    PostgresFixture.Database database() {
        return database;
    }

    private RunningIdentity(
            Path data, PostgresFixture.Database database, TestAuthority authority, List<String> settings)
            throws Exception {
        System.setProperty("unkai.process", "identity");
        this.data = data;
        this.database = database;
        this.authority = authority;
        this.sql = JdbcClient.create(new SingleConnectionDataSource(
                database.owner().url(),
                database.owner().user(),
                database.owner().password(),
                true));
        this.own = authority.issue("identity");
        Path bootstrap = data.resolve("bootstrap.yaml");
        List<String> entries = new ArrayList<>();
        entries.add(entry("Default", "operator", "operator", "[admin], second-factor: exempt"));
        for (String customer : List.of("alpha", "beta")) {
            entries.add(entry(customer, customer, "master", "[member, manager]"));
            entries.add(entry(customer, customer, "reader", "[reader]"));
        }
        Files.writeString(bootstrap, String.join("\n", entries));
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--unkai.data=" + data,
                "--unkai.public-url=https://cloud.test:8443",
                "--unkai.ledger-url=https://127.0.0.1:1",
                "--unkai.bootstrap=" + bootstrap,
                "--unkai.vpn.pool=100.64.0.0/16",
                "--unkai.vpn.gateway=vpn.cloud.test:443",
                // Issuers of the tests have no TLS.
                "--unkai.federation.loopback-issuers=true",
                // No backup in between, whose event would be counted; the tests of backups make theirs themselves.
                "--unkai.backup.after-start=1d",
                "--unkai.tls.certificate=" + own.certificate(),
                "--unkai.tls.key=" + own.key(),
                "--unkai.tls.authority=" + own.authority(),
                "--unkai.database.url=" + database.owner().url(),
                "--unkai.database.owner-user=" + database.owner().user(),
                "--unkai.database.owner-password=" + database.owner().password(),
                "--unkai.database.api-user=" + database.api().user(),
                "--unkai.database.api-password=" + database.api().password(),
                "--unkai.database.system-user=" + database.system().user(),
                "--unkai.database.system-password=" + database.system().password()));
        // Most tests are about something else; those of the rule itself run as the service is delivered.
        arguments.add("--unkai.break-glass=open");
        if (settings.stream().noneMatch(AS_DELIVERED::equals)) {
            arguments.add("--unkai.identity.second-factor=enrolled");
        }
        settings.stream().filter(setting -> !setting.equals(AS_DELIVERED)).forEach(arguments::add);
        context = SpringApplication.run(IdentityApplication.class, arguments.toArray(String[]::new));
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        address = URI.create("https://127.0.0.1:" + port);
        client = as(authority.issue("stranger-without-rights"));
    }

    private static String entry(String domain, String project, String user, String roles) {
        return "- {domain: %s, project: %s, plan: shared, user: %s, password: %s, roles: %s}"
                .formatted(domain, project, user, password(domain, user), roles);
    }

    static String password(String domain, String user) {
        return domain + "-" + user + "-secret";
    }

    private static HttpClient as(PemFiles pem) {
        return HttpClient.newBuilder().sslContext(pem.sslContext()).build();
    }

    /** A client whose certificate gives it no rights. */
    HttpClient anybody() {
        return client;
    }

    /** A client with the certificate of one of our processes. */
    HttpClient process(String name) throws Exception {
        return as(authority.issue(name));
    }

    /** Every handler there is, as method and pattern. */
    Set<String> handlers() {
        Set<String> handlers = new TreeSet<>();
        context.getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().forEach((info, handler) -> {
                    if (handler.getBeanType().getName().startsWith("dev.unkai.")) {
                        info.getPatternValues()
                                .forEach(pattern -> info.getMethodsCondition()
                                        .getMethods()
                                        .forEach(method -> handlers.add(method + " " + pattern)));
                    }
                }));
        return handlers;
    }

    /** The number of the newest event; see {@link #eventsSince}. */
    long newestEvent() {
        return sql.sql("select coalesce(max(id), 0) from outbox")
                .query(Long.class)
                .single();
    }

    List<JsonNode> eventsSince(long number) {
        return sql
                .sql("select event from outbox where id > ? order by id")
                .param(number)
                .query(String.class)
                .list()
                .stream()
                .map(JSON::readTree)
                .toList();
    }

    /** The events recorded so far, oldest first; they stay in the outbox, since there is no ledger here. */
    List<JsonNode> events() {
        return sql.sql("select event from outbox order by id").query(String.class).list().stream()
                .map(JSON::readTree)
                .toList();
    }

    /** The link of the newest such mail, as its recipient has it: in the database it lies sealed. */
    String mailSecret(String recipient, String template) {
        return sql.sql("select m.id, s.name, s.sealed from mail m join mail_secret s on s.mail_id = m.id"
                        + " where m.recipient = ? and m.template like ? order by m.posted_at desc limit 1")
                .param(recipient)
                .param(template)
                .query((row, _) -> opened(row.getString(1), row.getString(2), row.getBytes(3)))
                .single();
    }

    private String opened(String mail, String name, byte[] sealed) {
        try {
            return context.getBean(KeySeal.class).open(sealed, "mail_secret/" + mail + "/" + name);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Every row of every table that a customer's request could change, as text; to see that nothing changed. */
    String state() {
        StringBuilder all = new StringBuilder();
        for (String table : List.of(
                "domain",
                "project",
                "account",
                "account_group",
                "group_member",
                "role",
                "role_implication",
                "assignment",
                "application_credential",
                "application_credential_role",
                "user_credential",
                "access_rule",
                "passcode_use",
                "second_factor",
                "recovery_code",
                "passkey",
                "factor_enrolment",
                "factor_exception",
                "application_credential_rule",
                "trust",
                "trust_role",
                "source_rule",
                "portal_access",
                "vpn_session",
                "viewing",
                "identity_provider",
                "identity_provider_rule",
                "federated_account",
                "sign_in",
                "password_link",
                "plan_rules",
                "first_user",
                "endpoint_group",
                "project_endpoint",
                "project_endpoint_group",
                "policy",
                "policy_association",
                "domain_option",
                "oauth_consumer",
                "oauth_request_token",
                "oauth_access_token",
                "registered_limit",
                "project_limit",
                "region",
                "service",
                "endpoint")) {
            all.append(table)
                    .append(sql().sql("select coalesce(string_agg(t::text, ' ' order by t::text), '') from " + table
                                    + " t")
                            .query(String.class)
                            .single())
                    .append('\n');
        }
        return all.toString();
    }

    /** One value of the database. */
    String id(String query, Object... parameters) {
        return sql().sql(query).params(List.of(parameters)).query(String.class).single();
    }

    /** The owner's way into the database, for looking behind the API. */
    JdbcClient sql() {
        return sql;
    }

    /** An answer with its body read. */
    record Answer(int status, HttpResponse<String> raw, JsonNode body) {
        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    Answer delete(String path, @Nullable String token) {
        return send("DELETE", path, token, null);
    }

    Answer send(String method, String path, @Nullable String token, @Nullable Object body) {
        return send(client, method, path, token, body, Map.of());
    }

    Answer send(
            HttpClient through,
            String method,
            String path,
            @Nullable String token,
            @Nullable Object body,
            Map<String, String> headers) {
        byte[] bytes = body == null
                ? new byte[0]
                : body instanceof byte[] raw
                        ? raw
                        : (body instanceof String text ? text : JSON.writeValueAsString(body))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("X-Auth-Token", token);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = through.send(request.build(), BodyHandlers.ofString());
            asDescribed(method, path, new String(bytes, java.nio.charset.StandardCharsets.UTF_8), answer);
            boolean json =
                    answer.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(
                    answer.statusCode(),
                    answer,
                    JSON.readTree(json && !answer.body().isEmpty() ? answer.body() : "{}"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the cloud process shows as its own is held against what is described of it. */
    private static void asDescribed(String method, String path, String body, HttpResponse<String> answer) {
        if (path.startsWith("/identity/service/v1/")
                && !path.matches(
                        "/identity/service/v1/(sign-ins|session/|viewings).*|.*/log-out|.*/password-(resets|issues).*|.*/address-confirmations")) {
            List<String> faults = DESCRIBED.faults(
                    method,
                    path.substring("/identity".length()),
                    body,
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
            if (!faults.isEmpty()) {
                throw new AssertionError(method + " " + path + " is not as openapi.json says: " + faults);
            }
        }
    }

    /** Asks about a token, as its bearer or another one. */
    Answer subject(String method, String bearer, String subject) {
        return send(client, method, "/identity/v3/auth/tokens", bearer, null, Map.of("X-Subject-Token", subject));
    }

    /** The log-in of a bootstrap account with its default scope. */
    static Map<String, Object> login(String domain, String user, String password, @Nullable Object scope) {
        Map<String, Object> identity = Map.of(
                "methods",
                List.of("password"),
                "password",
                Map.of("user", Map.of("name", user, "domain", Map.of("name", domain), "password", password)));
        return Map.of(
                "auth", scope == null ? Map.of("identity", identity) : Map.of("identity", identity, "scope", scope));
    }

    /** A fresh token of a bootstrap account on its project. */
    String token(String domain, String user) {
        return token(login(domain, user, password(domain, user), null));
    }

    String token(Map<String, Object> login) {
        Answer answer = send("POST", "/identity/v3/auth/tokens", null, login);
        if (answer.status() != 201) {
            throw new AssertionError("No token: " + answer.raw().body());
        }
        return answer.header("X-Subject-Token");
    }

    void stop() {
        context.close();
    }
}
