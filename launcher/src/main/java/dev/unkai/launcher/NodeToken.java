package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Asks the service of a data directory, as its operator, to let one machine join; prints the command for that machine. */
final class NodeToken {
    private final DataDirectory directory;
    private final Progress progress;
    private final CodePrompt prompt;

    NodeToken(DataDirectory directory, Progress progress, CodePrompt prompt) {
        this.directory = directory;
        this.progress = progress;
        this.prompt = prompt;
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
            String token = new OperatorLogin(cloud, prompt).token(operator);
            JsonNode made = cloud.post("/service/v1/host-tokens", Map.of(), Map.of("X-Auth-Token", token))
                    .expect("token.refused");
            progress.say("token.made", made.path("expiresAt").asString());
            progress.say("token.command", made.path("command").asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
