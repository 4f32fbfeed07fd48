package dev.unkai.identity;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer of its own for one test, with a {@code master} and a {@code worker}, who come through the cloud process from any address. */
final class Contract {
    static final String TOKENS = "/identity/v3/auth/tokens";
    static final String OFFICE = "198.51.100.7";
    static final String ELSEWHERE = "203.0.113.9";

    private final RunningIdentity identity;
    private final HttpClient cloud;
    final String name = "contract-" + Long.toString(System.nanoTime(), 36);
    final String domain;
    final String project;
    final String master;
    final String worker;

    Contract(RunningIdentity identity) {
        this.identity = identity;
        try {
            this.cloud = identity.process("cloud");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        String operator = identity.token("Default", "operator");
        domain = made(operator, "domain", Map.of("name", name));
        project = made(operator, "project", Map.of("name", name, "domain_id", domain));
        master = person(operator, "master", List.of("manager", "member"));
        worker = person(operator, "worker", List.of("member"));
    }

    private String person(String operator, String user, List<String> roles) {
        String id = made(
                operator,
                "user",
                Map.of("name", user, "domain_id", domain, "default_project_id", project, "password", password(user)));
        for (String role : roles) {
            String roleId = identity.id("select id from role where name = ? and domain_id is null", role);
            identity.send(
                    "PUT", "/identity/v3/projects/" + project + "/users/" + id + "/roles/" + roleId, operator, null);
            identity.send(
                    "PUT", "/identity/v3/domains/" + domain + "/users/" + id + "/roles/" + roleId, operator, null);
        }
        return id;
    }

    private String made(String operator, String kind, Map<String, Object> wanted) {
        Answer answer = identity.send("POST", "/identity/v3/" + kind + "s", operator, Map.of(kind, wanted));
        if (answer.status() != 201) {
            throw new AssertionError(answer.raw().body());
        }
        return answer.body().at("/" + kind + "/id").asString();
    }

    /** What the cloud process sends for a client at the address. */
    Answer from(String address, String method, String path, @Nullable String token, @Nullable Object body) {
        return identity.send(cloud, method, path, token, body, Map.of("X-Forwarded-For", address));
    }

    Answer from(
            String address, String method, String path, @Nullable String token, @Nullable Object body, String session) {
        return identity.send(
                cloud,
                method,
                path,
                token,
                body,
                Map.of("X-Forwarded-For", address, "X-Unkai-Session", session, "User-Agent", "a browser"));
    }

    Answer logIn(String address, String user) {
        return from(address, "POST", TOKENS, null, login(user));
    }

    Map<String, Object> login(String user) {
        return RunningIdentity.login(name, user, password(user), null);
    }

    private static String password(String user) {
        return user + " rows home over a quiet lake";
    }

    String token(String address, String user) {
        Answer answer = logIn(address, user);
        if (answer.status() != 201) {
            throw new AssertionError(answer.raw().body());
        }
        return answer.header("X-Subject-Token");
    }

    /** A token exchanged for another one of the same project. */
    Map<String, Object> exchange(String token) {
        return Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of("methods", List.of("token"), "token", Map.of("id", token)),
                        "scope",
                        Map.of("project", Map.of("id", project))));
    }
}
