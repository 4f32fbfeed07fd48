package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static dev.unkai.ledger.LedgerFixture.B;
import static dev.unkai.ledger.LedgerFixture.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.ledger.Search.Query;
import dev.unkai.ledger.Search.Stored;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir
    private Path data;

    private LedgerFixture ledger;
    private EventLog log;

    @BeforeEach
    void open() {
        ledger = new LedgerFixture(data);
        log = ledger.log;
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aRepeatedBatchIsStoredOnce() {
        List<Positioned> batch = events(1, 7, A);
        log.append("cloud/x", batch.subList(0, 5));
        log.append("cloud/x", batch.subList(0, 5));
        log.append("cloud/x", batch.subList(3, 7));

        assertThat(ledger.search.read(Query.EVERYTHING)).hasSize(7);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void theSamePositionOfTwoSourcesAreTwoEvents() {
        log.append("cloud/x", events(1, 1, A));
        log.append("identity/y", events(1, 1, A));

        assertThat(ledger.search.read(Query.EVERYTHING)).hasSize(2);
    }

    @Test
    void aPositionThatWasLeftOutIsStoredAroundAndTold() {
        log.append("cloud/x", events(1, 3, A));
        log.append("cloud/x", events(6, 7, A));

        assertThat(ledger.search.read(Query.EVERYTHING)).hasSize(5);
        assertThat(ledger.audit())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo("gap"))
                .satisfies(finding -> assertThat(finding.sentence()).contains("6 of cloud/x follows 3"))
                .satisfies(finding -> assertThat(finding.sentenceJa()).contains("cloud/x の位置 6 が 3 の次に"))
                .satisfies(finding -> assertThat(finding.facts()).containsEntry("last", "3"));
    }

    @Test
    void anotherEventAtAPositionThatIsStoredIsToldAndNotStored() {
        log.append("cloud/x", List.of(event(1, A, "server-1")));
        log.append("cloud/x", List.of(event(1, A, "server-2")));

        assertThat(ledger.search.read(Query.EVERYTHING))
                .singleElement()
                .satisfies(stored -> assertThat(stored.json()).contains("server-1"));
        assertThat(ledger.audit())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo("contradicted"));
    }

    @Test
    void aProjectReadsItsOwnEventsOnlyNewestFirstAndPageByPage() {
        log.append("cloud/x", events(1, 10, A));
        log.append("cloud/y", events(1, 3, B));

        List<Stored> first = ledger.search.read(of(A, null, null, 6));
        List<Stored> second = ledger.search.read(of(A, null, first.getLast().number(), 6));

        assertThat(first).extracting(Stored::number).containsExactly(9L, 8L, 7L, 6L, 5L, 4L);
        assertThat(second).extracting(Stored::number).containsExactly(3L, 2L, 1L, 0L);
        assertThat(first.toString() + second).doesNotContain(B);
    }

    @Test
    void severalActionsAreReadTogether() {
        log.append("cloud/x", List.of(did(1, "authenticate"), did(2, "create"), did(3, "revoke")));

        assertThat(ledger.search.read(of(null, "authenticate,revoke", null, 10)))
                .hasSize(2)
                .noneMatch(event -> event.json().contains("\"create\""));
        assertThat(ledger.search.read(of(null, "create", null, 10))).hasSize(1);
    }

    @Test
    void eventsAreFoundByWhoDidThemAndWhenTheyCame() {
        ledger.happen(A, 1);
        Instant between = ledger.clock.instant();
        ledger.happen(A, 2);

        assertThat(ledger.search.read(new Query(A, by("cloud"), null, 10))).hasSize(3);
        assertThat(ledger.search.read(new Query(A, by("somebody"), null, 10))).isEmpty();
        assertThat(ledger.search.read(new Query(A, during(between, null), null, 10)))
                .hasSize(2);
        assertThat(ledger.search.read(new Query(A, during(null, between), null, 10)))
                .hasSize(1);
    }

    @Test
    void nobodyButTheOwnerCanChangeOrRemoveAnything() {
        ledger.happen(A, 1);
        ledger.sign();

        for (String table : List.of(
                "event",
                "subtree",
                "head",
                "round",
                "round_head",
                "finding",
                "event_unsealed",
                "dropped_event",
                "act")) {
            for (String change : List.of("delete from " + table, "truncate " + table)) {
                assertThatThrownBy(() -> ledger.transactions.doAsSystem(
                                db -> db.sql(change).update()))
                        .as(change)
                        .rootCause()
                        .hasMessageContaining("permission denied");
            }
        }
        assertThatThrownBy(() -> ledger.transactions.doAsSystem(
                        db -> db.sql("update event set body = '{}'").update()))
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThat(ledger.search.read(Query.EVERYTHING)).hasSize(1);
    }

    @Test
    void whatWasStoredBeforeHistoriesWereHashedIsTakenInFirstAndInItsOldOrder() {
        ledger.asOwner("""
                insert into event_unsealed (source, position, event_id, event_time, project_id, action, outcome, target_id, target_type,
                                            initiator_id, body, received_at)
                select 'cloud/' || n %% 2, (n + 1) / 2, gen_random_uuid(), now(), '%1$s', 'create', 'success', 's' || n, 'compute/server', 'u',
                       '{"action":"create","outcome":"success","initiator":{"id":"u"},"target":{"id":"s' || n
                         || '","typeURI":"compute/server","project_id":"%1$s"}}', '2026-01-01T00:00:00Z'
                  from generate_series(1, 1204) n""".formatted(A));

        new Unsealed(ledger.transactions, log, new Undivided(ledger.transactions)).afterSingletonsInstantiated();
        new Unsealed(ledger.transactions, log, new Undivided(ledger.transactions)).afterSingletonsInstantiated();

        List<Stored> all = ledger.search.read(of(A, null, null, 2_000));
        assertThat(all).hasSize(1_204);
        assertThat(all.getLast().json()).contains("\"s1\"");
        assertThat(all.getFirst().json()).contains("\"s1204\"");
        assertThat(all.getFirst().received()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(ledger.audit()).isEmpty();
        assertThat(ledger.<Boolean>read(db -> db.sql("select to_regclass('event_unsealed') is null")
                        .query(Boolean.class)
                        .single()))
                .isTrue();
    }

    @Test
    void whatWasStoredBeforeEventsWereDividedIsMovedWithItsProofs() {
        ledger.happen(A, 1_100);
        ledger.happen(B, 3);
        ledger.sign();
        ledger.asOwner("""
                insert into event_undivided select number, log, place, source, position, received_at, action, outcome, target_id, target_type,
                                                   initiator_id, initiator_name, body, hash, seal from event""", "truncate event, log_end, source_end");
        Undivided undivided = new Undivided(ledger.transactions);

        new Unsealed(ledger.transactions, log, undivided).afterSingletonsInstantiated();
        new Unsealed(ledger.transactions, log, undivided).afterSingletonsInstantiated();
        ledger.happen(A, 1);

        assertThat(ledger.search.read(of(A, null, null, 2_000))).hasSize(1_101);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void anEndThatSomebodyPutForwardDoesNotSwallowEvents() {
        log.append("cloud/x", events(1, 3, A));
        ledger.asOwner("update source_end set position = 1000");

        log.append("cloud/x", events(4, 6, A));

        assertThat(ledger.search.read(Query.EVERYTHING)).hasSize(6);
        assertThat(ledger.audit())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("said to be 1000", "it is 3"));
    }

    private static Query of(@Nullable String project, @Nullable String action, @Nullable Long before, int limit) {
        return new Query(project, new Conditions(null, action, null, null, null, null, null, null), before, limit);
    }

    private static Conditions by(String actor) {
        return new Conditions(null, null, null, actor, null, null, null, null);
    }

    private static Conditions during(@Nullable Instant since, @Nullable Instant until) {
        return new Conditions(null, null, null, null, null, null, since, until);
    }

    private static Positioned did(long position, String action) {
        return new Positioned(
                position,
                CadfEvent.bySystem(
                                "cloud",
                                action,
                                new Target("user", "service/security/account/user", "taro", A),
                                Instant.EPOCH,
                                null)
                        .json());
    }

    private static List<Positioned> events(long from, long to, String project) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(position -> event(position, project, "server-" + position))
                .toList();
    }
}
