package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Processes are killed without warning in the middle of work; afterwards everything is as it was asked to be. */
@ExtendWith(RunningSite.class)
class CrashTest {
    private static final List<String> PROCESSES = List.of("cloud", "identity", "ledger", "node");
    private static final int CREATES = 50;
    private static final int ALIVE = 6;

    @Test
    void fiftyCreatesAndDeletesSurviveKillingAnyProcessAtAnyMoment(Site site) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("crash"), "10.88.0.0/24");
        Deque<String> alive = new ArrayDeque<>();
        List<String> doomed = new ArrayList<>();

        for (int number = 0; number < CREATES; number++) {
            if (number % 5 == 2) {
                site.kill9(PROCESSES.get(random.nextInt(PROCESSES.size())));
            }
            alive.add(create(api, network, "crash-" + number));
            if (alive.size() > ALIVE) {
                String victim = alive.remove();
                delete(api, victim);
                doomed.add(victim);
            }
        }

        for (String server : alive) {
            await("seed " + seed)
                    .atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertThat(api.status(server))
                            .as(
                                    "seed %d %s",
                                    seed,
                                    api.get("/compute/v2.1/servers/" + server).text())
                            .isEqualTo("ACTIVE"));
        }
        for (String server : doomed) {
            await("seed " + seed)
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(api.status(server)).isEqualTo("GONE"));
        }
        assertThat(Qemu.runningOnce(site))
                .as("seed %d: every guest runs exactly once", seed)
                .containsAll(alive);
        for (String server : alive) {
            delete(api, server);
        }
        alive.forEach(server -> api.awaitStatus(server, "GONE"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(Qemu.runningOnce(site))
                    .doesNotContainAnyElementsOf(alive)
                    .doesNotContainAnyElementsOf(doomed);
            assertThat(foldersOfGuests(site)).doesNotContainAnyElementsOf(alive).doesNotContainAnyElementsOf(doomed);
            assertThat(api.get("/network/v2.0/ports?network_id=" + network.id() + "&device_owner=compute:nova")
                            .expect(200)
                            .path("ports"))
                    .isEmpty();
        });
        api.delete("/network/v2.0/networks/" + network.id()).expect(204);
    }

    @Test
    void everyAnsweredChangeIsOneEventInOrderWhicheverProcessDiesBetweenItAndTheLedger(Site site, @TempDir Path folder)
            throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Api api = Api.as(site, "sample-shared");
        Api operator = Api.as(site, "operator");
        Set<String> made = new LinkedHashSet<>();
        Set<String> deleted = new LinkedHashSet<>();

        for (List<String> victims : List.of(List.of("ledger", "cloud"), List.of("postgresql", "identity"))) {
            Thread killer = Thread.ofVirtual()
                    .start(() -> victims.forEach(victim -> {
                        LockSupport.parkNanos(500_000_000 + random.nextLong(1_000_000_000));
                        site.kill9(victim);
                    }));
            while (killer.isAlive()) {
                change(api, made, deleted);
            }
            await("after " + victims + ", seed " + seed)
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        change(api, made, deleted);
                        return api.get("/service/v1/history?limit=1").status() == 200;
                    });
        }

        assertThat(made).as("seed %d", seed).hasSizeGreaterThan(20);
        await("seed " + seed).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, List<Long>> creates = places(api, "create");
            Map<String, List<Long>> deletes = places(api, "delete");
            for (String group : made) {
                assertThat(creates.getOrDefault(group, List.of()))
                        .as("create of %s, seed %d", group, seed)
                        .hasSize(1);
            }
            for (String group : deleted) {
                assertThat(deletes.getOrDefault(group, List.of()))
                        .as("delete of %s, seed %d", group, seed)
                        .hasSize(1);
                assertThat(deletes.get(group).getFirst())
                        .isGreaterThan(creates.get(group).getFirst());
            }
            // In the order in which they were answered, since one client asked for them one by one.
            assertThat(made.stream().map(group -> creates.get(group).getFirst()).toList())
                    .isSorted();
            creates.forEach((group, places) ->
                    assertThat(places).as("doubled, seed %d", seed).hasSize(1));
        });
        assertThat(operator.get("/service/v1/ledger/audit").expect(200).path("findings"))
                .as("gaps that the ledger saw, seed %d", seed)
                .isEmpty();
        Path file = folder.resolve("history.jsonl");
        Path key = folder.resolve("ledger.pem");
        Api.Answer export = await("a head")
                .atMost(Duration.ofSeconds(90))
                .until(() -> api.get("/service/v1/history/export?format=jsonl"), answer -> answer.status() == 200);
        Files.writeString(file, export.text());
        Files.writeString(
                key, api.get("/service/v1/ledger/key").expect(200).path("pem").asString());
        assertThat(HistoryTest.verify(file, key).succeeded()).startsWith("OK: ");
    }

    /** Makes or deletes a security group, and notes it where it was answered. */
    private static void change(Api api, Set<String> made, Set<String> deleted) {
        Api.Answer answer = api.post(
                "/network/v2.0/security-groups", Map.of("security_group", Map.of("name", "killed-" + made.size())));
        if (answer.status() == 201) {
            String group = answer.body().at("/security_group/id").asString();
            made.add(group);
            if (api.delete("/network/v2.0/security-groups/" + group).status() == 204) {
                deleted.add(group);
            }
        }
    }

    /** Where the events of this action on security groups stand in the customer's history, by the group. */
    private static Map<String, List<Long>> places(Api api, String action) {
        Map<String, List<Long>> places = new HashMap<>();
        String after = "";
        while (after != null) {
            JsonNode page = api.get("/service/v1/history?limit=500&action=" + action + after)
                    .expect(200);
            for (JsonNode event : page.path("events")) {
                if (event.at("/target/type").asString().equals("network/security-group")) {
                    places.computeIfAbsent(event.at("/target/id").asString(), _ -> new ArrayList<>())
                            .add(event.path("place").longValue());
                }
            }
            after = page.path("next").isString() ? "&after=" + page.path("next").asString() : null;
        }
        return places;
    }

    @Test
    void guestsKeepRunningWhileEveryProcessIsDead(Site site) {
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("alone"), "10.89.0.0/24");
        String server = create(api, network, "alone");
        api.awaitStatus(server, "ACTIVE");
        String process = Qemu.of(server);

        PROCESSES.forEach(site::kill9);
        assertThat(Qemu.of(server)).isEqualTo(process);
        await().atMost(Duration.ofSeconds(60)).until(() -> api.status(server).equals("ACTIVE"));

        assertThat(Qemu.of(server))
                .as("the same QEMU process, not a second one")
                .isEqualTo(process);
        delete(api, server);
        api.awaitStatus(server, "GONE");
        api.delete("/network/v2.0/networks/" + network.id()).expect(204);
    }

    /** Whoever comes next finds every process back. */
    @AfterEach
    void awaitEveryProcess(Site site) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> Api.as(site, "sample-shared")
                        .get("/compute/v2.1/servers")
                        .expect(200));
    }

    /** A client that tries again, as a customer's tool does, until it knows that its server was taken. */
    private static String create(Api api, Network network, String name) {
        Map<String, Object> server = new HashMap<>(Map.of(
                "name", name, "imageRef", "", "flavorRef", "", "networks", List.of(Map.of("uuid", network.id()))));
        List<String> id = new ArrayList<>();
        await("create " + name)
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    List<String> known = named(api, name);
                    if (known.size() == 1) {
                        id.add(known.getFirst());
                        return;
                    }
                    if (server.get("imageRef").equals("")) {
                        server.put("imageRef", api.image("unkai-tiny"));
                        server.put("flavorRef", api.flavor("u1.nano"));
                    }
                    Api.Answer answer = api.post("/compute/v2.1/servers", Map.of("server", server));
                    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
                    id.add(answer.body().at("/server/id").asString());
                });
        return id.getFirst();
    }

    private static List<String> named(Api api, String name) {
        Api.Answer answer = api.get("/compute/v2.1/servers?name=%5E" + name + "%24");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        for (JsonNode server : answer.body().path("servers")) {
            ids.add(server.path("id").asString());
        }
        return ids;
    }

    private static void delete(Api api, String server) {
        await("delete " + server)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Set.of(204, 404)
                        .contains(api.delete("/compute/v2.1/servers/" + server).status()));
    }

    private static Set<String> foldersOfGuests(Site site) throws IOException {
        try (var files = Files.walk(site.data().resolve("node"))) {
            return files.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
