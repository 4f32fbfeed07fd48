package dev.unkai.cloud.compute.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.hosts.ControlPlane;
import dev.unkai.cloud.hosts.FakeNode;
import dev.unkai.cloud.hosts.ServerRows;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever breaks at whatever moment, servers come to be as desired and nothing is left over. */
class EveryStepFailsTest {
    private static final UUID IMAGE = UUID.randomUUID();
    /** Calls to the database that a create and a delete make, and those that hosts' reports make meanwhile. */
    private static final int CALLS = 60;

    @Test
    void eachCallToTheDatabaseMayFailOnce() {
        PostgresFixture.Database database = PostgresFixture.database("steps").migrated();
        TestPki pki = new TestPki();
        try (ServerRows cloud = new ServerRows(database);
                ControlPlane process = new ControlPlane(database, pki.issue("cloud"), 0, IMAGE, new byte[100]);
                FakeNode node = node(pki, "host-1", UUID.randomUUID(), process.nodePort())) {
            node.start();
            until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
            for (int call = 1; call <= CALLS; call++) {
                process.faulty().failAt(call);
                UUID id = cloud.create("p", 512, IMAGE);
                until(() -> cloud.status(id).equals("ACTIVE"));
                assertThat(node.machines().get(id.toString()).starts())
                        .as("call %d", call)
                        .isEqualTo(1);
                cloud.desire(id, Goal.DELETED);
                until(() -> cloud.status(id).equals("DELETED"));
                assertNothingIsLeft(cloud);
                assertThat(cloud.events(id)).as("call %d", call).containsExactly("state/active", "state/deleted");
            }
            assertThat(node.machines()).isEmpty();
        }
    }

    @Test
    void killedProcessesLeaveNothingBehind() throws Exception {
        PostgresFixture.Database database = PostgresFixture.database("kills").migrated();
        TestPki pki = new TestPki();
        int port = freePort();
        Random random = new Random(20261123);
        List<UUID> kept = new ArrayList<>();
        List<UUID> deleted = new ArrayList<>();
        try (ServerRows cloud = new ServerRows(database);
                FakeNode one = node(pki, "host-1", UUID.randomUUID(), port).start();
                FakeNode two = node(pki, "host-2", UUID.randomUUID(), port).start()) {
            ControlPlane process = process(database, pki, port);
            until(() -> cloud.count("select count(*) from host where state = 'up'") == 2);
            CompletableFuture<Void> customers = CompletableFuture.runAsync(() -> {
                Random choice = new Random(7);
                for (int i = 0; i < 50; i++) {
                    UUID id = cloud.create("p", 64, IMAGE);
                    pause(choice.nextInt(40));
                    if (choice.nextInt(3) > 0) {
                        cloud.desire(id, Goal.DELETED);
                        deleted.add(id);
                    } else {
                        kept.add(id);
                    }
                }
            });
            while (!customers.isDone()) {
                pause(50 + random.nextInt(250));
                process.close();
                process = process(database, pki, port);
            }
            customers.get(1, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(kept).allMatch(id -> cloud.status(id).equals("ACTIVE"));
                assertThat(deleted).allMatch(id -> cloud.status(id).equals("DELETED"));
            });
            Set<String> expected = new HashSet<>();
            kept.forEach(id -> expected.add(id.toString()));
            List<String> running = new ArrayList<>(one.machines().keySet());
            running.addAll(two.machines().keySet());
            assertThat(running).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(cloud.count("select count(*) from claim")).isEqualTo(kept.size());
            assertThat(cloud.count("select count(*) from guest")).isEqualTo(kept.size());
            assertThat(cloud.count("select sum(used_memory_mib)::bigint from host"))
                    .isEqualTo(64L * kept.size());
            deleted.forEach(
                    id -> assertThat(cloud.events(id)).endsWith("state/deleted").containsOnlyOnce("state/deleted"));
            process.close();
        }
    }

    private static ControlPlane process(PostgresFixture.Database database, TestPki pki, int port) {
        return new ControlPlane(database, pki.issue("cloud"), port, IMAGE, new byte[10]);
    }

    private static FakeNode node(TestPki pki, String name, UUID host, int port) {
        return new FakeNode(host, name, 16, 8192, 100, pki.issue(name, "URI:unkai:host:" + host), port);
    }

    private static void assertNothingIsLeft(ServerRows cloud) {
        assertThat(cloud.count("select count(*) from guest")).isZero();
        assertThat(cloud.count("select count(*) from claim")).isZero();
        assertThat(cloud.count("select used_vcpus + used_memory_mib + used_disk_gib + guests from host"))
                .isZero();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The moments of kills and requests are part of what is tested; nothing is waited for here. */
    private static void pause(int millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofSeconds(5))
                .until(() -> true);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }
}
