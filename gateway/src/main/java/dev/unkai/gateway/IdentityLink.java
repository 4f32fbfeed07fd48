package dev.unkai.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's line to identity, over mutual TLS. */
final class IdentityLink {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** The VPN server waits longer (radius_timeout), so that the user hears what is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final HttpClient http;
    private final URI identity;

    IdentityLink(SSLContext tls, URI identity) {
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        this.identity = identity;
    }

    /** What identity says to a log-in. */
    sealed interface Verdict {
        record Granted(InetAddress inner) implements Verdict {}

        /** @param again whether one was given that is not right */
        record CodeNeeded(boolean again) implements Verdict {}

        record Refused(String sentence) implements Verdict {}
    }

    /** Throws IOException or IllegalStateException when there is no good answer. */
    Verdict logIn(String user, String password, Optional<String> code, String address, String agent)
            throws IOException, InterruptedException {
        Map<String, String> login = new LinkedHashMap<>();
        login.put("user", user);
        login.put("password", password);
        code.ifPresent(one -> login.put("passcode", one));
        login.put("address", address);
        if (!agent.isEmpty()) {
            login.put("agent", agent.replaceAll("\\p{Cntrl}", " ").substring(0, Math.min(agent.length(), 200)));
        }
        HttpResponse<String> answer = post("/identity/internal/v1/vpn-logins", Map.of("login", login));
        if (answer.statusCode() == 400) {
            return new Verdict.Refused("The user is NAME@CONTRACT, with the password of the console.");
        }
        JsonNode said = read(answer);
        return switch (said.path("outcome").asString()) {
            case "granted" ->
                new Verdict.Granted(
                        InetAddress.ofLiteral(said.path("innerAddress").asString()));
            case "code-needed" -> new Verdict.CodeNeeded(false);
            case "code-wrong" -> new Verdict.CodeNeeded(true);
            case "refused" -> new Verdict.Refused(said.path("sentence").asString());
            default -> throw new IllegalStateException("Identity answered what this gateway does not know");
        };
    }

    /** Tells which tunnels there are; answers the names of those that must go. */
    List<String> reconcile(List<Tunnel> tunnels) throws IOException, InterruptedException {
        JsonNode said = read(post("/identity/internal/v1/vpn-tunnels", Map.of("tunnels", tunnels)));
        return said.path("unwanted").valueStream().map(JsonNode::asString).toList();
    }

    private HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(identity.resolve(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode read(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("Identity answered " + answer.statusCode());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("Identity's answer cannot be read", e);
        }
    }
}
