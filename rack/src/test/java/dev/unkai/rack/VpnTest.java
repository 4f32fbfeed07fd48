package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The SSL-VPN with the real client: a contract is reached from its tunnels and from nowhere else (9.2.2, 9.2.3, 9.4.1). */
@ExtendWith(RunningRack.class)
class VpnTest {
    private static final String SERVERS = "/compute/v2.1/servers";
    private static final String TOKENS = "/identity/v3/auth/tokens";
    private static final String FACTOR = "/service/v1/account/second-factor";
    private static final String PASSWORD = "a lantern above nine wet stones";
    private static final Duration SOON = Duration.ofSeconds(8);

    private final String contract = Api.unique("tunnelled");
    private Api operator;
    private VpnClient computer;
    private String domain;
    private String project;
    private String walker;
    /** What is to go afterwards. */
    private final List<String> contracts = new ArrayList<>();

    @BeforeEach
    void signContract(Site site) {
        operator = Api.as(site, "operator");
        computer = new VpnClient(site);
        domain = made("domain", Map.of("name", contract));
        contracts.add(domain);
        project = made("project", Map.of("name", contract, "domain_id", domain));
        walker = user("walker");
    }

    @AfterEach
    void leave() {
        computer.close();
        for (String one : contracts) {
            operator.get("/identity/v3/projects?domain_id=" + one)
                    .expect(200)
                    .path("projects")
                    .forEach(each -> operator.delete(
                                    "/identity/v3/projects/" + each.path("id").asString())
                            .expect(204));
            operator.send("PATCH", "/identity/v3/domains/" + one, Map.of("domain", Map.of("enabled", false)))
                    .expect(200);
            operator.delete("/identity/v3/domains/" + one).expect(204);
        }
    }

    @Test
    void aContractIsReachedFromItsTunnelOnlyAndTheTunnelEndsWhenItIsToldTo(Site site) throws Exception {
        Authenticator app = enrol();
        String before =
                computer.ask("POST", TOKENS, "", logIn("walker", app.code(0))).token();
        assertThat(computer.ask("GET", SERVERS, before, "").status()).isEqualTo(200);
        reach(domain);

        // From outside: what was good a moment ago is refused with a sentence, and so is the log-in.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                computer.ask("GET", SERVERS, before, "").status())
                        .isEqualTo(403));
        assertThat(computer.ask("GET", SERVERS, before, "").body().toString()).contains(computer.address());
        assertThat(computer.ask("POST", TOKENS, "", logIn("walker", app.code(1)))
                        .status())
                .isEqualTo(401);

        // No tunnel for who does not know the password, nor for who has no code.
        String who = "walker@" + contract;
        assertThat(ended(computer.connect(who, "a wrong guess")).exitValue()).isNotZero();
        String wrong = app.code(1).equals("000000") ? "000001" : "000000";
        assertThat(ended(computer.connect(who, PASSWORD, wrong)).exitValue()).isNotZero();
        assertThat(sessions()).isEmpty();

        Process tunnel = computer.connect(who, PASSWORD, app.code(1));
        String inside = computer.inside(tunnel);
        assertThat(computer.ask("GET", SERVERS, before, "").status())
                .as(computer::said)
                .isEqualTo(200);
        // Another contract has its own tunnels; this one does not help it.
        String neighbour = neighbour();
        assertThat(computer.ask("POST", TOKENS, "", neighbour).status()).isEqualTo(401);
        // Nothing but console and APIs is behind the tunnel.
        assertThat(computer.at(site.port() + 3, "GET", "/", "", "").status()).isZero();

        JsonNode session = await().atMost(SOON)
                .until(
                        this::sessions,
                        list -> !list.isEmpty()
                                && list.getFirst().path("receivedBytes").asLong() > 0)
                .getFirst();
        assertThat(session.at("/user/id").asString()).isEqualTo(walker);
        assertThat(session.path("address").asString()).isEqualTo(computer.address());
        assertThat(session.path("innerAddress").asString()).isEqualTo(inside);
        assertThat(session.path("client").asString()).contains("AnyConnect");

        // The gateway dies: the tunnel stays, and what is wished meanwhile is done when it is back.
        site.hold("gateway");
        assertThat(computer.ask(
                                "DELETE",
                                "/service/v1/vpn-sessions/" + session.path("id").asString(),
                                before,
                                "")
                        .status())
                .isEqualTo(202);
        assertThat(computer.ask("GET", SERVERS, before, "").status()).isEqualTo(200);
        site.release("gateway");
        assertThat(ended(tunnel).exitValue()).isNotZero();
        await().atMost(SOON).until(() -> sessions().isEmpty());
        assertThat(computer.ask("GET", SERVERS, before, "").status()).isEqualTo(403);
    }

    @Test
    void aTunnelEndsWithinFiveSecondsOfItsUsersAccount(Site site) throws Exception {
        reach(domain);
        Process tunnel = computer.connect("walker@" + contract, PASSWORD);
        String inside = computer.inside(tunnel);
        await().atMost(SOON)
                .until(() -> sessions().stream()
                        .anyMatch(one -> one.path("state").asString().equals("open")));
        site.hold("identity");
        try {
            assertThat(ended(computer.connect("walker@" + contract, PASSWORD)).exitValue())
                    .as("without identity nobody gets in")
                    .isNotZero();
            assertThat(tunnel.isAlive()).as("who is in stays in").isTrue();
        } finally {
            site.release("identity");
        }
        await().atMost(Api.PATIENCE)
                .untilAsserted(
                        () -> operator.get("/identity/v3/users/" + walker).expect(200));

        operator.send("PATCH", "/identity/v3/users/" + walker, Map.of("user", Map.of("enabled", false)))
                .expect(200);

        assertThat(tunnel.waitFor(5, TimeUnit.SECONDS)).as(computer::said).isTrue();
        // The history is the customer's: read it as another of his users, from where he may come now.
        user("watcher");
        reach(domain, "internet");
        String watcher = await().atMost(SOON)
                .until(
                        () -> computer.ask("POST", TOKENS, "", logIn("watcher", null))
                                .token(),
                        token -> !token.isEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(actions(watcher)).contains("authenticate", "revoke"));
        assertThat(inside).startsWith(site.bridge().tunnels().replaceFirst("0[.]0/16$", ""));
    }

    @Test
    void aNewCustomerOfTheDedicatedPlanComesThroughTheTunnelToAServerOnAHostOfItsOwnInTheBrowser(Site site)
            throws Exception {
        String host = site.machines().getFirst().name();
        String id = hostNamed(host);
        try {
            computer.run(
                            Duration.ofMinutes(4),
                            Map.of(
                                    "UNKAI_URL",
                                    "https://" + site.bridge().address(1) + ":" + site.port(),
                                    "UNKAI_PASSWORD",
                                    operator.credentials().get("password"),
                                    "OUT",
                                    Files.createTempDirectory("unkai-pictures").toString(),
                                    "PLAN",
                                    "dedicated",
                                    "LANGUAGES",
                                    "ja",
                                    "HOST",
                                    host,
                                    "VPN",
                                    site.bridge().address(7),
                                    "CA",
                                    site.data().resolve("pki/ca.crt").toString()),
                            Site.REPOSITORY.resolve("console"),
                            "node",
                            "e2e/contract.mjs")
                    .succeeded();
        } finally {
            // The rack's other tests use both hosts.
            await().atMost(Api.PATIENCE)
                    .until(() -> operator.delete("/service/v1/hosts/" + id + "/owner")
                                    .status()
                            == 200);
        }
    }

    private String hostNamed(String name) {
        return operator.get("/service/v1/hosts")
                .expect(200)
                .path("hosts")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(name))
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private Authenticator enrol() {
        String token = computer.ask("POST", TOKENS, "", logIn("walker", null)).token();
        JsonNode begun = computer.ask("POST", FACTOR, token, json(Map.of("proof", Map.of("password", PASSWORD))))
                .body();
        Authenticator app = new Authenticator(begun.path("secret").asString());
        assertThat(computer.ask("PUT", FACTOR, token, json(Map.of("proof", Map.of("code", app.code(-1)))))
                        .status())
                .isEqualTo(200);
        return app;
    }

    /** A contract that is reached through tunnels as well; answers the log-in of its user. */
    private String neighbour() {
        String name = Api.unique("neighbour");
        String other = made("domain", Map.of("name", name));
        contracts.add(other);
        made("user", Map.of("name", "walker", "domain_id", other, "password", PASSWORD));
        reach(other);
        return json(body(name, "walker", null));
    }

    private void reach(String which) {
        reach(which, "ssl-vpn");
    }

    private void reach(String which, String way) {
        operator.put("/service/v1/portal-access?contract=" + which, Map.of("portalAccess", way))
                .expect(200);
    }

    private String made(String kind, Map<String, Object> wanted) {
        return operator.post("/identity/v3/" + kind + "s", Map.of(kind, wanted))
                .expect(201)
                .at("/" + kind + "/id")
                .asString();
    }

    private String user(String name) {
        String id = made(
                "user", Map.of("name", name, "domain_id", domain, "default_project_id", project, "password", PASSWORD));
        String role = operator.get("/identity/v3/roles?name=member")
                .expect(200)
                .at("/roles/0/id")
                .asString();
        operator.put("/identity/v3/projects/" + project + "/users/" + id + "/roles/" + role, "")
                .expect(204);
        return id;
    }

    private String logIn(String user, String code) {
        return json(body(contract, user, code));
    }

    private static Map<String, Object> body(String contract, String user, String code) {
        Map<String, Object> account = Map.of("name", user, "domain", Map.of("name", contract));
        Map<String, Object> identity = new HashMap<>();
        identity.put("methods", code == null ? List.of("password") : List.of("password", "totp"));
        identity.put("password", Map.of("user", with(account, "password", PASSWORD)));
        if (code != null) {
            identity.put("totp", Map.of("user", with(account, "passcode", code)));
        }
        return Map.of("auth", Map.of("identity", identity));
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, String value) {
        Map<String, Object> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }

    private static String json(Object value) {
        return Api.JSON.writeValueAsString(value);
    }

    private Process ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(computer::said).isTrue();
        return process;
    }

    private List<JsonNode> sessions() {
        return operator.get("/service/v1/vpn-sessions?everyone=true&contract=" + domain)
                .expect(200)
                .path("vpnSessions")
                .valueStream()
                .toList();
    }

    private List<String> actions(String token) {
        return computer.ask("GET", "/service/v1/history?target=" + walker, token, "")
                .body()
                .path("events")
                .valueStream()
                .map(event -> event.path("action").asString())
                .toList();
    }
}
