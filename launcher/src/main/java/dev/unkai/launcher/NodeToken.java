package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Asks the service of a data directory, as its operator, to let one machine join; prints the command for that machine. */
final class NodeToken {
    private final DataDirectory directory;
    private final Progress progress;

    NodeToken(DataDirectory directory, Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    void run() {
        if (!Files.exists(directory.of("etc/secrets")) || !Files.exists(directory.of("pki/ca.crt"))) {
            throw new Problem("directory.absent", directory.path());
        }
        Ports ports = new Ports(Integer.parseInt(new Settings(directory, "etc/settings").get("port", () -> "8443")));
        Person operator =
                Person.all(new Settings(directory, "etc/secrets"), false).getFirst();
        try {
            CloudClient cloud = new CloudClient(
                    URI.create("https://127.0.0.1:" + ports.cloud()), Files.readString(directory.of("pki/ca.crt")));
            String token = logIn(cloud, operator);
            JsonNode made = cloud.post("/service/v1/host-tokens", Map.of(), Map.of("X-Auth-Token", token))
                    .expect("token.refused");
            progress.say("token.made", made.path("expiresAt").asString());
            progress.say("token.command", made.path("command").asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String logIn(CloudClient cloud, Person operator) {
        Map<String, Object> user = Map.of(
                "name", operator.user(),
                "domain", Map.of("name", operator.domain()),
                "password", operator.password());
        Map<String, Object> scope =
                Map.of("project", Map.of("name", operator.project(), "domain", Map.of("name", operator.domain())));
        CloudClient.Answer answer = cloud.post(
                "/identity/v3/auth/tokens",
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                                "scope",
                                scope)),
                Map.of());
        answer.expect("token.login");
        return answer.token();
    }
}
