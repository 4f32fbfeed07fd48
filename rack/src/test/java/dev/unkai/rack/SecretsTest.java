package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Secrets that customers give and get, looked for afterwards wherever the service keeps something. */
@ExtendWith(RunningSite.class)
class SecretsTest {
    private static final String DESTINATIONS = "/service/v1/forwarding/destinations";
    private static final String FACTOR = "/service/v1/account/second-factor";

    /** What a guest is given at its first start has to be kept for that, in these tables alone: never in an event. */
    private static final List<String> FOR_THE_GUEST = List.of("cloud.server", "cloud.guest");

    @Test
    void noSecretIsInAnyDatabaseOrLogAfterItWasUsed(Site site) throws IOException {
        Map<String, String> planted = new TreeMap<>();
        Api master = Api.as(site, "sample-shared");
        String project =
                master.get("/service/v1/session").expect(200).at("/project/id").asString();
        String first = Api.unique("planted-first-lantern-");
        String second = Api.unique("planted-second-lantern-");
        planted.put("a user's password", first);
        planted.put("his new password", second);
        JsonNode user = master.post(
                        "/identity/v3/users", Map.of("user", Map.of("name", Api.unique("mio"), "password", first)))
                .expect(201)
                .path("user");
        String id = user.path("id").asString();
        master.put("/service/v1/users/" + id + "/roles/operator?project=" + project, null)
                .expect(204);
        Api mio = Api.as(site, "sample-shared");
        mio.useToken("");
        mio.useToken(token(mio, id, project, first));
        mio.post(
                        "/identity/v3/users/" + id + "/password",
                        Map.of("user", Map.of("original_password", first, "password", second)))
                .expect(204);
        mio.useToken("");
        mio.useToken(token(mio, id, project, second));
        planted.put("a token", mio.token());
        planted.put("a password that was refused", Api.unique("planted-wrong-lantern-"));
        assertThat(logIn(mio, id, project, planted.get("a password that was refused"))
                        .status())
                .isEqualTo(401);

        JsonNode begun =
                mio.post(FACTOR, Map.of("proof", Map.of("password", second))).expect(200);
        planted.put("the secret of an authenticator", begun.path("secret").asString());
        JsonNode codes = mio.put(
                        FACTOR,
                        Map.of(
                                "proof",
                                Map.of(
                                        "code",
                                        new Authenticator(begun.path("secret").asString()).code(-1))))
                .expect(200);
        codes.path("recoveryCodes").forEach(code -> planted.put("a recovery code " + planted.size(), code.asString()));
        planted.put(
                "the secret of an application credential",
                master.post(
                                "/identity/v3/users/" + userOf(master) + "/application_credentials",
                                Map.of("application_credential", Map.of("name", Api.unique("planted"))))
                        .expect(201)
                        .at("/application_credential/secret")
                        .asString());
        List<String> destinations = plantForwarding(master, planted);
        String pair = Api.unique("planted");
        String privateKey = master.post("/compute/v2.1/os-keypairs", Map.of("keypair", Map.of("name", pair)))
                .expect(201)
                .at("/keypair/private_key")
                .asString();
        planted.put("a private key", privateKey.lines().skip(2).findFirst().orElseThrow());
        String script = "#!/bin/sh\n# " + Api.unique("planted-user-data-");
        String userData = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
        String adminPass = Api.unique("planted-admin-");
        planted.put("an administrator's password", adminPass);
        String server = master.server(
                Api.unique("planted"), pair, List.of(), Map.of("user_data", userData, "adminPass", adminPass));
        master.awaitStatus(server, "ACTIVE");
        master.delete("/compute/v2.1/servers/" + server).expect(204);
        master.awaitStatus(server, "GONE");
        master.delete("/compute/v2.1/os-keypairs/" + pair).expect(204);
        destinations.forEach(
                destination -> master.delete(DESTINATIONS + "/" + destination).expect(204));
        master.delete("/identity/v3/users/" + id).expect(204);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(master.get("/service/v1/history?target=" + id + "&action=delete")
                                .expect(200)
                                .path("events"))
                        .hasSize(1));

        Databases databases = new Databases(site);
        assertThat(databases.holding(id))
                .as("the search finds what is there")
                .anySatisfy((table, rows) -> assertThat(table).startsWith("ledger.event"));
        List<String> found = new ArrayList<>();
        planted.forEach(
                (what, secret) -> databases.holding(secret).forEach((table, rows) -> found.add(what + " in " + table)));
        for (String text : List.of(userData, script)) {
            databases.holding(text).keySet().stream()
                    .filter(table -> !FOR_THE_GUEST.contains(table))
                    .forEach(table -> found.add("user data in " + table));
        }
        for (Path file : logs(site)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            planted.forEach((what, secret) -> {
                if (text.contains(secret)) {
                    found.add(what + " in " + file.getFileName());
                }
            });
            if (text.contains(userData) || text.contains(script)) {
                found.add("user data in " + file.getFileName());
            }
        }
        assertThat(planted.values()).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(7));
        assertThat(found).isEmpty();
    }

    /** What a webhook is signed with, before and after it was renewed, and the key that is shown to a syslog server; both are tried in vain. */
    private static List<String> plantForwarding(Api master, Map<String, String> planted) throws IOException {
        JsonNode hook = master.post(
                        DESTINATIONS,
                        Map.of(
                                "name",
                                Api.unique("planted-hook"),
                                "kind",
                                "webhook",
                                "address",
                                "https://logs.example.invalid/hook"))
                .expect(201);
        String webhook = hook.at("/destination/id").asString();
        planted.put("the secret of a webhook", hook.path("secret").asString());
        planted.put(
                "the renewed secret of a webhook",
                master.post(DESTINATIONS + "/" + webhook + "/secret", Map.of())
                        .expect(200)
                        .path("secret")
                        .asString());
        Path folder = Files.createTempDirectory("planted");
        Command.run(
                        Duration.ofSeconds(30),
                        Map.of(),
                        folder,
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=unkai",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "certificate.pem")
                .succeeded();
        String key = Files.readString(folder.resolve("key.pem"));
        planted.put(
                "the key of a client certificate",
                key.lines().skip(5).findFirst().orElseThrow());
        String syslog = master.post(
                        DESTINATIONS,
                        Map.of(
                                "name",
                                Api.unique("planted-syslog"),
                                "kind",
                                "syslog",
                                "host",
                                "logs.example.invalid",
                                "port",
                                6514,
                                "clientCertificate",
                                Files.readString(folder.resolve("certificate.pem")),
                                "clientKey",
                                key))
                .expect(201)
                .at("/destination/id")
                .asString();
        for (String destination : List.of(webhook, syslog)) {
            assertThat(master.post(DESTINATIONS + "/" + destination + "/test", Map.of())
                            .expect(200)
                            .at("/problem/reason")
                            .asString())
                    .isEqualTo("no-host");
        }
        return List.of(webhook, syslog);
    }

    private static List<Path> logs(Site site) throws IOException {
        try (Stream<Path> files = Files.walk(site.data().resolve("log"))) {
            List<Path> logs = files.filter(Files::isRegularFile).toList();
            assertThat(logs)
                    .extracting(file -> file.getFileName().toString())
                    .anyMatch(name -> name.startsWith("cloud"));
            return logs;
        }
    }

    private static String userOf(Api api) {
        return api.get("/service/v1/session").expect(200).at("/user/id").asString();
    }

    private static String token(Api api, String user, String project, String password) {
        Api.Answer answer = logIn(api, user, project, password);
        answer.expect(201);
        return answer.headers().firstValue("X-Subject-Token").orElseThrow();
    }

    private static Api.Answer logIn(Api api, String user, String project, String password) {
        return api.post(
                "/identity/v3/auth/tokens",
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        List.of("password"),
                                        "password",
                                        Map.of("user", Map.of("id", user, "password", password))),
                                "scope",
                                Map.of("project", Map.of("id", project)))));
    }
}
