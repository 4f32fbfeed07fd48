package dev.unkai.cloud.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.tls.TestPki;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of new servers whose host is cut off: never two of one, and none that waits for ever without need. */
class SilentHostTest {
    private static final UUID IMAGE = UUID.randomUUID();

    private final TestPki pki = new TestPki();
    private PostgresFixture.Database database;
    private ControlPlane process;
    private ServerRows cloud;
    private FakeNode large;
    private FakeNode small;

    @BeforeEach
    void start() {
        database = PostgresFixture.database("silent").migrated();
        process = new ControlPlane(database, pki.issue("cloud"), 0, IMAGE, new byte[10]);
        cloud = new ServerRows(database);
        // Placement prefers the one with more memory.
        large = node("large", 16384);
        small = node("small", 4096);
    }

    private FakeNode node(String name, int memory) {
        UUID id = UUID.randomUUID();
        return new FakeNode(id, name, 8, memory, 100, pki.issue(name, "URI:unkai:host:" + id), process.nodePort())
                .protocol(3);
    }

    @AfterEach
    void stop() {
        large.close();
        small.close();
        ControlPlane.closeAll(process, cloud);
    }

    private void startBoth() {
        large.start();
        small.start();
        until(() -> cloud.count("select count(*) from host where state = 'up'") == 2);
    }

    @Test
    void aServerThatItsHostNeverKnewOfIsStartedElsewhereAndNeverTwice() {
        startBoth();
        large.cutOff(true);

        UUID server = cloud.create("p", 64, IMAGE);

        until(() -> small.machines().containsKey(server.toString())
                && small.machines().get(server.toString()).runs());
        until(() -> cloud.status(server).equals("ACTIVE"));
        large.cutOff(false);
        until(() -> cloud.count("select count(*) from host where state = 'up'") == 2);
        await().during(Duration.ofMillis(800))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !large.machines().containsKey(server.toString()));
        assertThat(cloud.status(server)).isEqualTo("ACTIVE");
        assertThat(cloud.count("select count(*) from claim")).isEqualTo(1);
        assertThat(cloud.count("select used_memory_mib from host where name = 'large'"))
                .isZero();
    }

    @Test
    void aServerThatItsHostKnewOfWaitsForIt() {
        startBoth();
        UUID server = cloud.create("p", 64, IMAGE);
        until(() -> cloud.status(server).equals("ACTIVE"));
        large.cutOff(true);

        until(() -> cloud.count("select count(*) from host where state = 'unknown'") == 1);
        until(() -> cloud.count("select count(*) from guest where observed_state = 'UNKNOWN'") == 1);
        await().during(Duration.ofMillis(800))
                .atMost(Duration.ofSeconds(5))
                .until(() -> small.machines().isEmpty());

        large.cutOff(false);
        until(() -> cloud.status(server).equals("ACTIVE"));
        assertThat(large.machines().get(server.toString()).starts()).isOne();
    }

    @Test
    void aHostIsNotSilentWhileWhatItSaidWaitsToBeStored() {
        startBoth();
        UUID server = cloud.create("p", 64, IMAGE);
        until(() -> cloud.status(server).equals("ACTIVE"));

        cloud.transactions().doAsSystem(db -> {
            db.sql("select 1 from server where id = ? for update")
                    .param(server)
                    .query()
                    .listOfRows();
            large.powerOff(server);
            await().during(Duration.ofSeconds(4)) // twice as long as a host may be silent here
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> cloud.count("select count(*) from host where state = 'up'") == 2);
            assertThat(db.sql("select count(*) from guest where observed_state = 'STOPPED'")
                            .query(Long.class)
                            .single())
                    .as("stored before the lock was given back")
                    .isZero();
        });

        until(() -> cloud.status(server).equals("SHUTOFF"));
    }

    @Test
    void aHostIsNotSilentWhileItsFirstPlanIsNotReady() {
        cloud.transactions().doAsSystem(db -> {
            db.sql("lock table image_ahead in access exclusive mode").update(); // no plan can be read
            large.start();
            until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
            await().during(Duration.ofSeconds(4)) // twice as long as a host may be silent here
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
        });

        UUID server = cloud.create("p", 64, IMAGE);
        until(() -> cloud.status(server).equals("ACTIVE"));
    }

    @Test
    void oneGuestsTroubleDoesNotKeepTheOthersOfASilentHostFromBeingUnknown() throws SQLException {
        startBoth();
        UUID first = cloud.create("p", 64, IMAGE);
        UUID second = cloud.create("p", 64, IMAGE);
        until(() -> cloud.status(first).equals("ACTIVE") && cloud.status(second).equals("ACTIVE"));
        asOwner(
                "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$");
        asOwner("create trigger refuse before update on guest for each row when (old.server_id = '" + first
                + "' and new.observed_state = 'UNKNOWN') execute function refuse()");

        large.cutOff(true);
        small.cutOff(true);

        until(() -> cloud.count("select count(*) from guest where observed_state = 'UNKNOWN'") == 1);
        assertThat(cloud.count(
                        "select count(*) from guest where observed_state = 'UNKNOWN' and server_id = '" + second + "'"))
                .isOne();
    }

    @Test
    void anOlderNodeStartsGuestsAtOnceAndSoKeepsThem() {
        large.protocol(1);
        startBoth();
        large.cutOff(true);

        UUID server = cloud.create("p", 64, IMAGE);

        until(() -> cloud.count("select count(*) from guest where observed_state = 'UNKNOWN'") == 1);
        await().during(Duration.ofMillis(800))
                .atMost(Duration.ofSeconds(5))
                .until(() -> small.machines().isEmpty());
        large.cutOff(false);
        until(() -> cloud.status(server).equals("ACTIVE"));
        assertThat(large.machines()).containsKey(server.toString());
    }

    private void asOwner(String statement) throws SQLException {
        DatabaseAccess owner = database.owner();
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
