package dev.unkai.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.ledger.EventLog.Query;
import dev.unkai.ledger.EventLog.Stored;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final Query EVERYTHING = new Query(null, null, null, null, null, 1000);

    private Transactions transactions;
    private EventLog log;

    @BeforeEach
    void openLedger() {
        var database = PostgresFixture.database("ledger").migrated();
        transactions = new Transactions(
                database.api().pool("api", 2), database.system().pool("system", 4), new Wakeups());
        log = new EventLog(transactions);
    }

    @Test
    void aRepeatedBatchIsStoredOnce() {
        List<Positioned> batch = events(1, 5, "project-a");
        log.append("cloud/x", batch);
        log.append("cloud/x", batch);
        log.append("cloud/x", events(4, 7, "project-a"));

        assertThat(log.read(EVERYTHING)).hasSize(7);
    }

    @Test
    void theSamePositionOfTwoSourcesAreTwoEvents() {
        log.append("cloud/x", events(1, 1, "project-a"));
        log.append("identity/y", events(1, 1, "project-a"));

        assertThat(log.read(EVERYTHING)).hasSize(2);
    }

    @Test
    void aProjectReadsItsOwnEventsOnlyNewestFirstAndPageByPage() {
        log.append("cloud/x", events(1, 10, "project-a"));
        log.append("cloud/y", events(1, 3, "project-b"));

        List<Stored> first = log.read(new Query("project-a", null, null, null, null, 6));
        List<Stored> second = log.read(
                new Query("project-a", null, null, null, first.getLast().number(), 6));

        assertThat(first).hasSize(6).isSortedAccordingTo((a, b) -> Long.compare(b.number(), a.number()));
        assertThat(second).hasSize(4);
        assertThat(first.toString() + second).doesNotContain("project-b");
    }

    @Test
    void severalActionsAreReadTogether() {
        log.append("cloud/x", List.of(did(1, "authenticate"), did(2, "create"), did(3, "revoke")));

        assertThat(log.read(new Query(null, null, "authenticate,revoke", null, null, 10)))
                .hasSize(2)
                .noneMatch(event -> event.json().contains("\"create\""));
        assertThat(log.read(new Query(null, null, "create", null, null, 10))).hasSize(1);
    }

    @Test
    void nobodyButTheOwnerCanChangeOrRemoveAnEvent() {
        log.append("cloud/x", events(1, 1, "project-a"));

        for (String change : List.of("update event set body = '{}'", "delete from event", "truncate event")) {
            assertThatThrownBy(
                            () -> transactions.doAsSystem(db -> db.sql(change).update()))
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
        assertThat(log.read(EVERYTHING)).hasSize(1);
    }

    private static Positioned did(long position, String action) {
        return new Positioned(
                position,
                CadfEvent.bySystem(
                                "cloud",
                                action,
                                new Target("user", "service/security/account/user", "taro", "project-a"),
                                Instant.EPOCH,
                                null)
                        .json());
    }

    private static List<Positioned> events(long from, long to, String project) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(position -> new Positioned(
                        position,
                        CadfEvent.bySystem(
                                        "cloud",
                                        "create",
                                        new Target("server-" + position, "compute/server", "web", project),
                                        Instant.EPOCH,
                                        null)
                                .json()))
                .toList();
    }
}
