package dev.unkai.cloud.compute.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.store.RescueStore;
import dev.unkai.cloud.hosts.ControlPlane;
import dev.unkai.cloud.hosts.FakeNode;
import dev.unkai.cloud.hosts.ServerRows;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestState;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server's life between the customer's wish and a host's report, on a real database and the real node protocol. */
class ServerLifeTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final UUID IMAGE = UUID.randomUUID();
    private static final UUID HOST = UUID.randomUUID();

    private ControlPlane process;
    private ServerRows cloud;
    private FakeNode node;

    @BeforeEach
    void start() {
        TestPki pki = new TestPki();
        PostgresFixture.Database database = PostgresFixture.database("life").migrated();
        process = new ControlPlane(database, pki.issue("cloud"), 0, IMAGE, new byte[100]);
        cloud = new ServerRows(database);
        node = new FakeNode(
                        HOST, "host-1", 16, 8192, 100, pki.issue("node", "URI:unkai:host:" + HOST), process.nodePort())
                .start();
        until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
    }

    @AfterEach
    void stop() {
        ControlPlane.closeAll(node, process, cloud);
    }

    @Test
    void aServerIsMadeStoppedStartedRebootedAndDeleted() {
        UUID id = active();
        JsonNode metaData = JSON.readTree(
                node.machines().get(id.toString()).plan().getConfigDrive().getMetaDataJson());
        assertThat(metaData.path("hostname").asString()).isEqualTo("web-1");
        // cloud-init decodes it as RFC 4648 section 4, and takes no drive whose seed it cannot decode
        assertThat(Base64.getDecoder().decode(metaData.path("random_seed").asString()))
                .hasSize(512);
        assertThat(metaData.path("random_seed").asString()).hasSize(684);
        assertThat(cloud.server(id).observed().launchedAt()).isNotNull();
        assertThat(cloud.count("select used_memory_mib from host")).isEqualTo(512);

        cloud.desire(id, Goal.STOPPED);
        until(() -> cloud.status(id).equals("SHUTOFF")
                && !node.machines().get(id.toString()).runs());
        cloud.desire(id, Goal.ACTIVE);
        until(() -> cloud.status(id).equals("ACTIVE"));
        cloud.reboot(id, RebootKind.HARD);
        until(() -> cloud.status(id).equals("ACTIVE")
                && node.machines().get(id.toString()).starts() == 3);

        cloud.desire(id, Goal.DELETED);
        until(() -> cloud.status(id).equals("DELETED"));
        assertThat(node.machines()).isEmpty();
        assertNothingIsLeft();
        assertThat(cloud.events(id))
                .containsExactly("state/active", "state/stopped", "state/active", "state/active", "state/deleted");
        assertThat(cloud.count("select count(*) from instance_action_event where result = 'Success'"))
                .isEqualTo(5);
    }

    @Test
    void aServerIsPausedAndSuspendedAndGoesOnWithoutBeingStartedAnew() {
        UUID id = active();
        for (var stop :
                Map.of(Goal.PAUSED, "PAUSED", Goal.SUSPENDED, "SUSPENDED").entrySet()) {
            cloud.desire(id, stop.getKey());
            until(() -> cloud.status(id).equals(stop.getValue()));
            assertThat(cloud.server(id).state().task()).isNull();
            cloud.desire(id, Goal.ACTIVE);
            until(() -> cloud.status(id).equals("ACTIVE"));
        }
        assertThat(node.machines().get(id.toString()).starts()).isEqualTo(1);
        assertThat(cloud.events(id)).contains("state/paused", "state/suspended");
    }

    @Test
    void aPausedServerThatLostItsMemoryIsOff() {
        UUID id = active();
        cloud.desire(id, Goal.PAUSED);
        until(() -> cloud.status(id).equals("PAUSED"));
        node.powerOff(id);
        until(() -> cloud.status(id).equals("SHUTOFF"));
        assertThat(cloud.server(id).desired().goal()).isEqualTo(Goal.STOPPED);
    }

    @Test
    void aRescuedServersHostIsToldTheImageAndThePasswordForAsLongAsItLasts() {
        UUID id = active();
        RescueStore rescues = new RescueStore();
        cloud.transactions().doAsSystem(db -> {
            rescues.begin(db, id, IMAGE, "$6$salt$hash", Instant.now());
            db.wake("server");
        });
        until(() -> cloud.status(id).equals("RESCUE"));
        Guest rescued = node.machines().get(id.toString()).plan();
        assertThat(rescued.getRescue().getDisk().getImageId()).isEqualTo(IMAGE.toString());
        assertThat(rescued.getConfigDrive().getVendorDataJson()).contains("#cloud-config", "$6$salt$hash");
        assertThat(rescued.getBoot()).isEqualTo(1);
        // off is not out of the rescue
        node.powerOff(id);
        until(() -> cloud.server(id).observed().sight() == Server.Sight.STOPPED);
        assertThat(cloud.status(id)).isEqualTo("RESCUE");

        cloud.transactions().doAsSystem(db -> {
            rescues.end(db, id, Instant.now());
            db.wake("server");
        });
        until(() -> cloud.status(id).equals("ACTIVE"));
        Guest own = node.machines().get(id.toString()).plan();
        assertThat(own.hasRescue()).isFalse();
        assertThat(own.getConfigDrive().getVendorDataJson()).isEqualTo("{}");
        assertThat(own.getBoot()).isEqualTo(2);
    }

    @Test
    void noHostThatFitsIsAFaultThatSaysWhatWasShort() {
        UUID id = cloud.create("p", 65536, IMAGE);
        until(() -> cloud.status(id).equals("ERROR"));
        assertThat(cloud.fault(id))
                .as("what to do, and nothing of the provider's room")
                .isEqualTo("No host has room for 65536 MiB of memory at present."
                        + " Choose a smaller flavor, try again later, or ask the provider.");
        assertThat(cloud.events(id)).containsExactly("state/error");

        cloud.desire(id, Goal.DELETED);
        until(() -> cloud.status(id).equals("DELETED"));
        assertNothingIsLeft();
    }

    @Test
    void aGuestThatPowersItselfOffIsAStoppedServer() {
        UUID id = active();
        node.powerOff(id);
        until(() -> cloud.count("select observed_generation from guest") == 2);
        assertThat(cloud.status(id)).isEqualTo("SHUTOFF");
        assertThat(cloud.server(id).desired().goal()).isEqualTo(Goal.STOPPED);
        assertThat(cloud.events(id)).containsExactly("state/active", "stop", "state/stopped");

        cloud.desire(id, Goal.ACTIVE);
        until(() -> cloud.status(id).equals("ACTIVE"));
    }

    @Test
    void aFaultThatLastsIsShownAndGoesAwayWhenItHeals() {
        node.idle(true);
        UUID id = cloud.create("p", 512, IMAGE);
        node.faults(Map.of(id.toString(), "The disk of the host is full."));
        node.idle(false);
        await().atMost(Duration.ofSeconds(12)).until(() -> cloud.status(id).equals("ERROR"));
        assertThat(cloud.fault(id)).isEqualTo("The disk of the host is full.");

        node.faults(Map.of());
        until(() -> cloud.status(id).equals("ACTIVE"));
        assertThat(cloud.fault(id)).isEmpty();
    }

    @Test
    void lostAndDoubledReportsChangeNothing() {
        node.doubleEverything();
        node.lose(report -> report.getState() != GuestState.FAULTY);
        UUID id = active();
        cloud.desire(id, Goal.DELETED);
        until(() -> cloud.status(id).equals("DELETED"));
        assertNothingIsLeft();
        assertThat(cloud.events(id)).containsExactly("state/active", "state/deleted");
    }

    @Test
    void aServerDeletedBeforeItsHostHeardOfItLeavesNothing() {
        node.idle(true);
        UUID id = cloud.create("p", 512, IMAGE);
        until(() -> cloud.server(id).observed().hostId() != null);
        cloud.desire(id, Goal.DELETED);
        until(() -> cloud.status(id).equals("DELETED"));
        node.idle(false);
        assertThat(node.machines()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void aHostThatConnectsAnewGoesOn() {
        UUID id = active();
        node.cut();
        cloud.desire(id, Goal.STOPPED);
        until(() -> cloud.status(id).equals("SHUTOFF"));
        node.cut();
        UUID other = active();
        assertThat(node.machines()).containsOnlyKeys(id.toString(), other.toString());
        assertThat(cloud.count("select guests from host")).isEqualTo(2);
    }

    @Test
    void aSilentHostIsUnknownAndItsGuestsStayWhereTheyAre() {
        UUID id = active();
        // The host's silence is made longer by moving the last word back, not by waiting.
        node.close();
        until(() -> cloud.transactions()
                        .asSystem(
                                db -> db.sql("update host set last_seen = now() - interval '16 seconds' returning true")
                                        .query(Boolean.class)
                                        .single())
                && cloud.count("select count(*) from host where state = 'unknown'") == 1
                && cloud.server(id).observed().sight().name().equals("UNKNOWN"));
        assertThat(cloud.status(id)).isEqualTo("ACTIVE");
        assertThat(cloud.count("select count(*) from guest where host_id is not null"))
                .isEqualTo(1);

        UUID waiting = cloud.create("p", 512, IMAGE);
        until(() ->
                cloud.count("select count(*) from server where considered_generation = 1 and host_id is null") == 1);
        assertThat(cloud.status(waiting)).isEqualTo("BUILD");
    }

    private UUID active() {
        UUID id = cloud.create("p", 512, IMAGE);
        until(() -> cloud.status(id).equals("ACTIVE"));
        return id;
    }

    private void assertNothingIsLeft() {
        assertThat(cloud.count("select count(*) from guest")).isZero();
        assertThat(cloud.count("select count(*) from claim")).isZero();
        assertThat(cloud.count("select used_vcpus + used_memory_mib + used_disk_gib + guests from host"))
                .isZero();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
