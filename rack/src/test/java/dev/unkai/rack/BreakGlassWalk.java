package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Break-glass on a site that requires it, through cloud, identity, ledger and node: to a customer's accounts, and to the machine of a host. */
final class BreakGlassWalk {
    private static final String PATH = "/service/v1/break-glass";

    private final Site site;
    private final Api operator;
    private final Api second;
    private final Api third;

    private BreakGlassWalk(Site site) {
        this.site = site;
        this.operator = Api.as(site, "operator");
        this.second = Officer.of(site);
        this.third = Officer.of(site);
    }

    /** Of a stopped site: from its next start on it is required there, samples or not. */
    static void require(Site site) {
        try {
            for (String process : List.of("cloud", "identity")) {
                Files.writeString(
                        site.data().resolve("etc/" + process + ".local.yaml"), "unkai:\n  break-glass: required\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param tenant who has a server on the site's host */
    static void run(Site site, String tenant) {
        BreakGlassWalk walk = new BreakGlassWalk(site);
        walk.toAnAccount();
        walk.toAMachine(Api.as(site, tenant));
    }

    private void toAnAccount() {
        Api master = Api.as(site, "sample-shared");
        String project =
                master.get("/service/v1/session").expect(200).at("/project/id").asString();
        Map<String, Object> newcomer = Map.of(
                "name", Api.unique("mio"),
                "person", "Mio",
                "email", "mio@customer.example",
                "language", "ja",
                "role", "viewer",
                "project", project);
        String user = master.post("/service/v1/users", Map.of("user", newcomer))
                .expect(201)
                .at("/user/id")
                .asString();
        String issue = "/service/v1/password-issues/" + user;
        Map<String, Object> body = Map.of("issue", Map.of("language", "ja"));
        assertThat(operator.post(issue, body).expect(403).toString()).contains("break-glass access");

        String access = ask(Map.of("project", project));
        assertThat(operator.put(PATH + "/" + access + "/approval", null).status())
                .isEqualTo(403);
        operator.post(issue, body).expect(403);
        second.put(PATH + "/" + access + "/approval", null).expect(200);
        operator.post(issue, body).expect(202);
        operator.put(PATH + "/" + access + "/end", null).expect(200);
        operator.post(issue, body).expect(403);
        Map<String, String> note = Map.of("note", "The link went to the user's own address.");
        second.put(PATH + "/" + access + "/review", note).expect(403);
        third.put(PATH + "/" + access + "/review", note).expect(200);

        await().atMost(Api.PATIENCE).untilAsserted(() -> {
            assertThat(outcomes(master, user))
                    .as("refused, refused while it was not approved, done, refused when it had ended")
                    .containsExactly("failure", "failure", "success", "failure");
            assertThat(actions(master, access))
                    .containsExactly(
                            "break-glass/request", "break-glass/approve", "break-glass/end", "break-glass/review");
        });
    }

    /** Somebody logs in on the machine: without an access it alarms, with one it does not. */
    private void toAMachine(Api tenant) {
        String host =
                operator.get("/service/v1/hosts").expect(200).at("/hosts/0/id").asString();
        logInOnTheMachine();
        JsonNode alarm = await().atMost(Duration.ofSeconds(30))
                .until(() -> operator.get(PATH).expect(200).path("logIns"), alarms -> !alarms.isEmpty())
                .get(0);
        assertThat(alarm.path("user").asString()).isEqualTo("root");
        String access = ask(Map.of("host", host));
        second.put(PATH + "/" + access + "/approval", null).expect(200);
        logInOnTheMachine();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(operator.get("/service/v1/hosts/" + host + "/access")
                                .expect(200)
                                .at("/logIns/0/access")
                                .asString(""))
                        .isEqualTo(access));
        third.put(PATH + "/log-ins/" + alarm.path("id").asString() + "/review", Map.of("note", "This test."))
                .expect(200);
        assertThat(operator.get(PATH).expect(200).path("logIns").toString())
                .doesNotContain(alarm.path("id").asString());
        // Somebody else may be at the machine.
        await().atMost(Api.PATIENCE)
                .untilAsserted(() -> assertThat(actions(tenant, host)).contains("log-in/without-access", "log-in"));
    }

    private String ask(Map<String, String> subject) {
        Map<String, Object> wish =
                new HashMap<>(Map.of("reason", "The user cannot log in.", "ticket", "T-5", "minutes", 30));
        wish.putAll(subject);
        return operator.post(PATH, wish).expect(201).path("id").asString();
    }

    private static void logInOnTheMachine() {
        Command.run(
                        Duration.ofSeconds(30),
                        Map.of(),
                        "sh",
                        "-c",
                        "echo exit | script --quiet --command 'login -f root' /dev/null")
                .succeeded();
    }

    /** Oldest first. */
    private static List<String> actions(Api reader, String target) {
        return reader.get("/service/v1/history?limit=100&target=" + target)
                .expect(200)
                .path("events")
                .valueStream()
                .map(event -> event.path("action").asString())
                .toList()
                .reversed();
    }

    private static List<String> outcomes(Api reader, String user) {
        return reader.get("/service/v1/history?limit=100&action=issue-password&target=" + user)
                .expect(200)
                .path("events")
                .valueStream()
                .map(event -> event.path("outcome").asString())
                .toList()
                .reversed();
    }
}
