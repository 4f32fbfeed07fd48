package dev.unkai.base.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.event.EventSink.Positioned;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
    private static final String SCHEMA = """
            create table outbox (
                id bigint generated always as identity primary key, position bigint unique, event text not null,
                project_id text, recorded_at timestamptz not null default now());
            create table outbox_head (source uuid not null default gen_random_uuid(), last_position bigint not null default 0);
            insert into outbox_head default values;
            """;

    private final RecordingLedger ledger = new RecordingLedger();
    private PostgresFixture.Database database;
    private Transactions transactions;
    private OutboxRelay relay;

    /** A ledger that keeps the first event of a position, and can fail before or after it has stored a batch. */
    private static final class RecordingLedger implements EventSink {
        private final TreeMap<Long, String> stored = new TreeMap<>();
        private final List<Integer> batches = new ArrayList<>();
        private boolean failBefore;
        private boolean failAfter;

        @Override
        public void append(String source, List<Positioned> events) {
            if (failBefore) {
                throw new IllegalStateException("cut off");
            }
            batches.add(events.stream().mapToInt(event -> event.json().length()).sum());
            for (Positioned event : events) {
                String earlier = stored.putIfAbsent(event.position(), event.json());
                assertThat(earlier).isIn(null, event.json());
            }
            if (failAfter) {
                throw new IllegalStateException("cut off after storing");
            }
        }
    }

    private record Event(String json) implements OutboxEvent {
        @Override
        public String projectId() {
            return "project";
        }
    }

    @BeforeEach
    void openDatabase() throws Exception {
        database = PostgresFixture.database("outbox");
        try (Connection owner = DriverManager.getConnection(
                database.owner().url(),
                database.owner().user(),
                database.owner().password())) {
            owner.createStatement().execute(SCHEMA);
            owner.createStatement()
                    .execute("grant all on all tables in schema public to %s, %s"
                            .formatted(database.api().user(), database.system().user()));
        }
        transactions = new Transactions(
                database.api().pool("api", 4), database.system().pool("system", 4), new Wakeups());
        relay = new OutboxRelay(transactions, ledger, "cloud");
    }

    @Test
    void deliversCommittedEventsInGaplessOrderAndEmptiesTheOutbox() {
        record(1, 1_200);

        drain();

        assertThat(ledger.stored.keySet())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1_200).boxed().toList());
        assertThat(waiting()).isZero();
    }

    @Test
    void anEventOfARolledBackTransactionIsNeverDelivered() {
        assertThatThrownBy(() -> transactions.doAsSystem(db -> {
                    db.record(new Event("never"));
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");
        record(1, 2);

        drain();

        assertThat(ledger.stored.values()).doesNotContain("never").hasSize(2);
    }

    @Test
    void anEventThatIsTakenBackIsNeverDeliveredAndAllOthersAre() {
        record(1, 3);
        transactions.doAsSystem(db -> db.record(new Event("taken back"), false));
        transactions.doAsSystem(db -> {
            db.record(new Event("kept"), true);
            db.record(new Event("with it"));
        });

        drain();

        assertThat(ledger.stored.values())
                .hasSize(5)
                .contains("kept", "with it")
                .doesNotContain("taken back");
    }

    @Test
    void nothingIsLostOrDoubledWhenTheLedgerFailsBeforeOrAfterStoring() {
        record(1, 3);
        ledger.failBefore = true;
        assertThatThrownBy(relay::step).hasMessage("cut off");
        ledger.failBefore = false;
        ledger.failAfter = true;
        assertThatThrownBy(relay::step).hasMessage("cut off after storing");
        record(4, 5);
        ledger.failAfter = false;

        drain();

        assertThat(ledger.stored.values()).containsExactly("event 1", "event 2", "event 3", "event 4", "event 5");
    }

    @Test
    void aBatchStaysBelowWhatTheLedgersDoorTakesAndAnEventThatIsLongAloneStillGoes() {
        List.of(150_000, 150_000, 150_000, 600_000, 10)
                .forEach(length -> transactions.doAsSystem((Db db) -> db.record(new Event("x".repeat(length)))));

        drain();

        assertThat(ledger.batches).containsExactly(300_000, 150_000, 600_000, 10);
        assertThat(waiting()).isZero();
    }

    @Test
    void aTransactionThatCommitsLateTakesALaterPosition() throws Exception {
        try (Connection slow = DriverManager.getConnection(
                database.api().url(), database.api().user(), database.api().password())) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("insert into outbox (event) values ('slow')");
            record(1, 1);
            drain();
            slow.commit();
        }

        drain();

        assertThat(new ArrayList<>(ledger.stored.values())).containsExactly("event 1", "slow");
    }

    private void record(int from, int to) {
        for (int number = from; number <= to; number++) {
            String json = "event " + number;
            transactions.doAsSystem((Db db) -> db.record(new Event(json)));
        }
    }

    private void drain() {
        while (relay.step()) {
            // until the outbox is empty
        }
    }

    private long waiting() {
        return transactions.<Long>asSystem(
                db -> db.sql("select count(*) from outbox").query(Long.class).single());
    }
}
