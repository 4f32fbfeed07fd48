package dev.unkai.cloud.compute.reconcile;

import static dev.unkai.cloud.compute.reconcile.DiskSite.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.hosts.FakeGuests;
import dev.unkai.cloud.hosts.FakeNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A host is emptied by an operator's word, told server by server, and takes servers again. */
class DrainTest {
    private static DiskSite site;
    private static FakeNode one;
    private static FakeNode two;
    private static String image;
    private final List<String> servers = new ArrayList<>();

    @BeforeAll
    static void start() {
        site = new DiskSite();
        one = site.host("host-1", 4096);
        two = site.host("host-2", 4096);
        image = site.image("base");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void begin() {
        servers.clear();
    }

    @AfterEach
    void leaveNothingBehind() {
        one.letsGo(true);
        one.keeps("");
        one.idle(false);
        site.service(site.operator, "DELETE", maintenance(one), null);
        site.service(site.operator, "DELETE", maintenance(two), null);
        servers.forEach(server -> site.call(site.operator, 1, "DELETE", "/servers/" + server, null));
        until(() -> one.machines().isEmpty() && two.machines().isEmpty());
        until(() -> site.count("select count(*) from server where terminated_at is null") == 0);
        assertThat(site.count("select count(*) from claim")).isZero();
        assertThat(site.count("select count(*) from port_move")).isZero();
    }

    @Test
    void aHostIsEmptiedOfWhatRunsAndWhatIsOffAndTakesServersAgainAfterwards() {
        String runs = onHostOne();
        String off = onHostOne();
        String paused = onHostOne();
        site.operate(off, "{\"os-stop\":null}");
        site.operate(paused, "{\"pause\":null}");
        until(() -> site.status(off).equals("SHUTOFF") && site.status(paused).equals("PAUSED"));

        JsonNode host = site.service(site.operator, "PUT", maintenance(one), "{\"reason\":\"new disk\",\"drain\":true}")
                .json();
        assertThat(host.path("state").asString()).isEqualTo("maintenance");

        until(() -> drain(one).path("state").asString("").equals("drained"));
        assertThat(one.machines()).isEmpty();
        assertThat(two.machines()).containsOnlyKeys(runs, off, paused);
        until(() -> site.status(runs).equals("ACTIVE")
                && site.status(off).equals("SHUTOFF")
                && site.status(paused).equals("PAUSED"));
        assertThat(two.machines().get(runs).starts()).isEqualTo(1);
        assertThat(two.machines().get(off).runs()).isFalse();
        JsonNode shown = drain(one);
        assertThat(shown.path("servers")).hasSize(3).allSatisfy(server -> {
            assertThat(server.path("state").asString()).isEqualTo("moved");
            assertThat(server.path("target").asString()).isEqualTo("host-2");
            assertThat(server.path("tries").asInt()).isEqualTo(1);
            assertThat(server.path("obstacle").isNull()).isTrue();
        });
        assertThat(server(one, runs).path("standstillMillis").asLong()).isEqualTo(7);
        assertThat(server(one, off).path("standstillMillis").isNull()).isTrue();
        assertThat(server(one, paused).path("standstillMillis").isNull()).isTrue();
        assertThat(shown.path("longestStandstillMillis").asLong()).isEqualTo(7);
        assertThat(site.count("select count(*) from migration where type = 'migration' and status = 'confirmed'"))
                .isEqualTo(1);
        assertThat(site.event(off, "migrate").path("result").asString()).isEqualTo("Success");

        String next = site.active(image, "u1.nano");
        servers.add(next);
        assertThat(two.machines()).as("the empty host takes nothing").containsKey(next);

        site.service(site.operator, "DELETE", maintenance(one), null);
        assertThat(drain(one).path("state").asString()).isEqualTo("ended");
        String again = onHostOne();
        assertThat(one.machines()).containsKey(again);
    }

    @Test
    void oneGoesAtATimeAndTakingItBackLeavesTheRest() {
        for (int i = 0; i < 4; i++) {
            onHostOne();
        }
        one.letsGo(false);
        drainOne();

        until(() -> states().contains("moving"));
        until(() -> server(one, "moving", "progress").asInt() == 40);
        assertThat(states()).containsExactly("moving", "waiting", "waiting", "waiting");
        assertThat(site.count("select count(*) from claim")).isEqualTo(5);

        site.service(site.operator, "PUT", maintenance(one), "{\"reason\":\"\",\"drain\":false}");
        one.letsGo(true);

        until(() -> two.machines().values().stream()
                        .filter(FakeGuests.Machine::runs)
                        .count()
                == 1);
        until(() -> one.machines().size() == 3);
        assertThat(drain(one).path("state").asString()).isEqualTo("ended");
        assertThat(site.count("select count(*) from migration m join drain d on d.id = m.drain_id"
                        + " where d.ended_at = (select max(ended_at) from drain)"))
                .isEqualTo(1);
    }

    @Test
    void whatCannotGoIsToldWithTheReasonAndGoesOnceItCan() {
        String suspended = onHostOne();
        site.operate(suspended, "{\"suspend\":null}");
        until(() -> site.status(suspended).equals("SUSPENDED"));
        String apart = group("anti-affinity");
        String first = onHost("host-1", apart);
        String second = onHost("host-2", apart);
        drainOne();

        until(() -> obstacle(first).equals("company") && obstacle(suspended).equals("suspended"));
        assertThat(server(one, first).at("/obstacle/sentence").asString())
                .isEqualTo("Every host has a server of the same server group already.");
        assertThat(server(one, first).at("/obstacle/next").asString()).contains("add a host");
        assertThat(site.count("select count(*) from migration where server_id = '" + first + "'"))
                .as("its customer hears nothing of it")
                .isZero();
        assertThat(drain(one).path("state").asString()).isEqualTo("draining");

        site.call(site.operator, 1, "DELETE", "/servers/" + second, null);
        site.operate(suspended, "{\"resume\":null}");
        until(() -> site.status(suspended).equals("ACTIVE"));
        site.run("update drain_guest set next_at = now()");

        until(() -> drain(one).path("state").asString("").equals("drained"));
        assertThat(two.machines()).containsOnlyKeys(first, suspended);
    }

    @Test
    void aServerThatWaitsToBeConfirmedIsLeftToItsOwner() {
        String moved = onHostOne();
        site.operate(moved, "{\"migrate\":null}");
        until(() -> site.status(moved).equals("VERIFY_RESIZE"));
        drainOne();
        until(() -> obstacle(moved).equals("kept"));

        site.operate(moved, "{\"confirmResize\":null}");

        until(() -> drain(one).path("state").asString("").equals("drained"));
        assertThat(server(one, moved).path("state").asString()).isEqualTo("gone");
    }

    @Test
    void aMoveThatFailsIsToldAndTriedAgain() {
        String server = onHostOne();
        one.keeps("The server could not be moved: the target does not answer");
        drainOne();

        until(() -> obstacle(server).equals("failed"));
        assertThat(server(one, server).at("/obstacle/sentence").asString()).contains("the target does not answer");
        until(() -> site.status(server).equals("ACTIVE"));
        one.keeps("");
        site.run("update drain_guest set next_at = now()");

        until(() -> drain(one).path("state").asString("").equals("drained"));
        assertThat(server(one, server).path("tries").asInt()).isEqualTo(2);
        assertThat(two.machines().get(server).runs()).isTrue();
    }

    @Test
    void theOnlyDedicatedHostOfACustomerKeepsItsServers() {
        site.service(site.operator, "PUT", "/hosts/" + one.host() + "/owner", "{\"project\":\"project-a\"}");
        try {
            String server = site.active(image, "u1.nano");
            servers.add(server);
            assertThat(one.machines()).containsKey(server);
            drainOne();
            until(() -> obstacle(server).equals("hosts"));
            assertThat(server(one, server).at("/obstacle/sentence").asString())
                    .isEqualTo("The customer has no other dedicated host.");
            site.call(site.operator, 1, "DELETE", "/servers/" + server, null);
            until(() -> drain(one).path("state").asString("").equals("drained"));
            assertThat(server(one, server).path("state").asString()).isEqualTo("gone");
        } finally {
            until(() -> site.service(site.operator, "DELETE", "/hosts/" + one.host() + "/owner", null)
                            .status()
                    == 200);
        }
    }

    @Test
    void onlyOperatorsDrainAndLook() {
        onHostOne();
        assertThat(site.service(site.token, "PUT", maintenance(one), "{\"drain\":true}")
                        .status())
                .isEqualTo(403);
        drainOne();
        assertThat(site.service(site.token, "GET", "/hosts/" + one.host() + "/drain", null)
                        .status())
                .isEqualTo(403);
        assertThat(site.service(site.operator, "GET", "/hosts/00000000-0000-0000-0000-000000000001/drain", null)
                        .status())
                .isEqualTo(404);
        until(() -> drain(one).path("state").asString("").equals("drained"));
    }

    private static String maintenance(FakeNode node) {
        return "/hosts/" + node.host() + "/maintenance";
    }

    private static void drainOne() {
        assertThat(site.service(site.operator, "PUT", maintenance(one), "{\"reason\":\"\",\"drain\":true}")
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode drain(FakeNode node) {
        return site.service(site.operator, "GET", "/hosts/" + node.host() + "/drain", null)
                .json();
    }

    private static JsonNode server(FakeNode node, String id) {
        for (JsonNode server : drain(node).path("servers")) {
            if (server.path("id").asString().equals(id)) {
                return server;
            }
        }
        return MissingNode.getInstance();
    }

    /** A field of the first server in the state. */
    private static JsonNode server(FakeNode node, String state, String field) {
        for (JsonNode server : drain(node).path("servers")) {
            if (server.path("state").asString().equals(state)) {
                return server.path(field);
            }
        }
        return MissingNode.getInstance();
    }

    private static String obstacle(String server) {
        return server(one, server).at("/obstacle/code").asString("");
    }

    private static List<String> states() {
        List<String> states = new ArrayList<>();
        drain(one)
                .path("servers")
                .forEach(server -> states.add(server.path("state").asString()));
        return states;
    }

    private String group(String policy) {
        return site.call(site.operator, 64, "POST", "/os-server-groups", """
                        {"server_group":{"name":"g","policy":"%s"}}""".formatted(policy))
                .json()
                .at("/server_group/id")
                .asString();
    }

    private String onHostOne() {
        return onHost("host-1");
    }

    private String onHost(String host) {
        return made("""
                {"server":{"name":"web","imageRef":"%s","flavorRef":"u1.nano","networks":"none",
                 "availability_zone":"nova:%s"}}""".formatted(image, host));
    }

    private String onHost(String host, String group) {
        return made("""
                {"server":{"name":"web","imageRef":"%s","flavorRef":"u1.nano","networks":"none",
                 "availability_zone":"nova:%s"},"os:scheduler_hints":{"group":"%s"}}""".formatted(image, host, group));
    }

    /** Only the provider may name a host. */
    private String made(String body) {
        String id = site.call(site.operator, 87, "POST", "/servers", body)
                .json()
                .at("/server/id")
                .asString();
        servers.add(id);
        until(() -> site.status(id).equals("ACTIVE"));
        return id;
    }
}
