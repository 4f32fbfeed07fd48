package dev.unkai.cloud.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change to one guest goes to its host alone, not with all the others of the host; and nothing that got lost stays so. */
class PlanPartsTest {
    private static final UUID IMAGE = UUID.randomUUID();

    private final TestPki pki = new TestPki();
    private ControlPlane process;
    private ServerRows cloud;
    private FakeNode node;

    @BeforeEach
    void start() {
        PostgresFixture.Database database = PostgresFixture.database("parts").migrated();
        process = new ControlPlane(database, pki.issue("cloud"), 0, IMAGE, new byte[10]);
        cloud = new ServerRows(database);
        UUID id = UUID.randomUUID();
        node = new FakeNode(id, "node", 8, 16384, 100, pki.issue("node", "URI:unkai:host:" + id), process.nodePort())
                .protocol(3)
                .start();
        until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
    }

    @AfterEach
    void stop() {
        node.close();
        ControlPlane.closeAll(process, cloud);
    }

    @Test
    void aHostIsToldOnlyOfTheGuestThatChanged() {
        UUID one = running();
        UUID two = running();
        int before = node.came().size();

        cloud.desire(one, Goal.STOPPED);
        until(() -> cloud.status(one).equals("SHUTOFF"));

        List<HostPlan> later = node.came().subList(before, node.came().size());
        assertThat(later).isNotEmpty().allSatisfy(plan -> {
            assertThat(plan.getSince()).isPositive();
            assertThat(plan.getGuestsList()).extracting(Guest::getId).containsOnly(one.toString());
        });
        assertThat(node.plan().getGuestsList())
                .extracting(Guest::getId)
                .containsExactly(one.toString(), two.toString());
    }

    @Test
    void aGuestThatIsDeletedLeavesThePlanByName() {
        UUID one = running();
        UUID two = running();
        int before = node.came().size();

        cloud.desire(one, Goal.DELETED);
        until(() -> cloud.count("select count(*) from guest") == 1);

        assertThat(node.came().subList(before, node.came().size()))
                .anySatisfy(plan -> assertThat(plan.getLeftList()).containsExactly(one.toString()));
        assertThat(node.plan().getGuestsList()).extracting(Guest::getId).containsExactly(two.toString());
        assertThat(node.machines()).containsOnlyKeys(two.toString());
    }

    @Test
    void aHostThatMissedSomethingGetsTheWholePlan() {
        UUID one = running();
        node.losePlans(1);

        UUID two = running();

        assertThat(node.came().getLast().getGuestsList()).isNotEmpty();
        assertThat(node.plan().getGuestsList())
                .extracting(Guest::getId)
                .containsExactly(one.toString(), two.toString());
    }

    @Test
    void aHostWhosePartsDoNotAddUpGetsTheWholePlan() {
        UUID one = running();
        UUID two = running();
        // As after a bug or a repair by hand: a guest's row is gone, and no plan has said so.
        cloud.transactions()
                .doAsSystem(db -> db.sql("delete from guest where server_id = ?")
                        .param(one)
                        .update());

        UUID three = running();

        assertThat(node.came()).filteredOn(plan -> plan.getSince() == 0).hasSizeGreaterThan(1);
        assertThat(node.plan().getGuestsList())
                .extracting(Guest::getId)
                .containsExactly(two.toString(), three.toString());
    }

    private UUID running() {
        UUID id = cloud.create("p", 64, IMAGE);
        until(() -> cloud.status(id).equals("ACTIVE"));
        return id;
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
