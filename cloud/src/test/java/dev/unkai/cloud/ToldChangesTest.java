package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.Endpoints.Endpoint;
import dev.unkai.cloud.RunningCloud.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Calls every endpoint that changes something by PUT or PATCH, and looks for what was changed in the event. The table {@code changes.txt} says how
 * each is called, or why its event carries no change; an endpoint that is not in it fails.
 */
class ToldChangesTest {
    private static final String OWNER = "project-of-owner";
    private static final String STRANGER = "project-of-stranger";

    private static RunningCloud cloud;
    private static Endpoints endpoints;
    private static OwnersThings things;
    private static List<Call> calls;

    /**
     * A line {@code METHOD PATTERN ROLE[@MICROVERSION] PATH BODY}, or {@code METHOD PATTERN none WHY}; a {@code +} before the method makes
     * something first: {@code + KIND ROLE PATH POINTER BODY}.
     */
    private record Call(String key, String role, String version, String path, String body) {
        static Call of(String line) {
            String[] words = line.strip().split("\\s+", 5);
            String[] role = words[2].split("@");
            return new Call(
                    words[0] + " " + words[1],
                    role[0],
                    role.length > 1 ? role[1] : "",
                    words[3],
                    words.length > 4 ? words[4] : "");
        }

        boolean tells() {
            return !role.equals("none");
        }

        String method() {
            return key.substring(0, key.indexOf(' '));
        }
    }

    @BeforeAll
    static void start() throws IOException {
        cloud = RunningCloud.start();
        endpoints = Endpoints.of(cloud);
        things = OwnersThings.make(cloud, OWNER);
        UUID host = UUID.randomUUID();
        cloud.context()
                .getBean(Transactions.class)
                .doAsSystem(db -> db.sql("""
                        insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi)
                        values (?, 'host-of-test', 'nova', 'up', '{}', 4, 8192, 100, false)
                        """).param(host).update());
        things.know("host", host.toString());
        things.know("soon", Instant.now().plus(Duration.ofDays(1)).toString());
        calls = new ArrayList<>();
        try (var in = Objects.requireNonNull(ToldChangesTest.class.getResourceAsStream("/changes.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("+")) {
                    String[] words = line.strip().split("\\s+", 6);
                    things.make(cloud, token(words[2]), words[1], things.fillBody(words[3]), words[4], words[5]);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    calls.add(Call.of(line));
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void everyEndpointThatUpdatesSomethingIsInTheTable() {
        Set<String> updating = endpoints.all().stream()
                .filter(endpoint -> !endpoint.isPublic())
                .filter(endpoint -> Set.of("PUT", "PATCH").contains(endpoint.method()))
                // Withdrawn ones, and those that identity answers and has a test of its own for.
                .filter(endpoint -> {
                    Endpoints.Line line = endpoints.line(endpoint);
                    return line == null
                            || (!line.expected().contains(410)
                                    && !line.expected().contains(503));
                })
                .map(Endpoint::key)
                .collect(Collectors.toCollection(TreeSet::new));

        List<String> keys = calls.stream().map(Call::key).toList();
        assertThat(keys).containsAll(updating);
        assertThat(endpoints.all().stream().map(Endpoint::key).toList()).containsAll(keys);
    }

    @TestFactory
    List<DynamicTest> everyUpdateTellsWhatItChanged() {
        return calls.stream()
                .filter(Call::tells)
                .map(call -> DynamicTest.dynamicTest(call.key() + " " + call.body(), () -> check(call)))
                .toList();
    }

    private static void check(Call call) {
        long newest = newest();
        Map<String, String> headers = new HashMap<>();
        if (!call.version().isEmpty()) {
            headers.put("OpenStack-API-Version", "compute " + call.version());
        }
        if (call.method().equals("PATCH")) {
            headers.put("Content-Type", "application/openstack-images-v2.1-json-patch");
        }
        Answer answer = cloud.send(
                token(call.role()),
                call.method(),
                things.fillBody(call.path()),
                call.body().isEmpty() ? null : things.fillBody(call.body()),
                headers);

        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        List<JsonNode> events = since(newest);
        assertThat(events)
                .as("events of " + call.key())
                .anySatisfy(event -> assertThat(event.path("changes")).isNotEmpty());
        events.forEach(event -> event.path("changes").forEach(change -> {
            assertThat(change.path("field").asString("")).isNotEmpty();
            assertThat(change.path("before").asString(""))
                    .isNotEqualTo(change.path("after").asString("-"));
        }));
    }

    private static String token(String role) {
        return role.equals("stranger")
                ? cloud.token(STRANGER, "manager", "member", "reader")
                : role.equals("member")
                        ? cloud.token(OWNER, "manager", "member", "reader")
                        : cloud.token(OWNER, role, "manager", "member", "reader");
    }

    private static long newest() {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql("select coalesce(max(id), 0) from outbox")
                        .query(Long.class)
                        .single());
    }

    private static List<JsonNode> since(long newest) {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db ->
                        db
                                .sql("select event from outbox where id > ?")
                                .param(newest)
                                .query(String.class)
                                .list()
                                .stream()
                                .map(RunningCloud.JSON::readTree)
                                .toList());
    }
}
