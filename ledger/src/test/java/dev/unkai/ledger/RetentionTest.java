package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static dev.unkai.ledger.LedgerFixture.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.base.proof.MerkleProof;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.ledger.ExportLines.Selection;
import dev.unkai.ledger.Holds.Wanted;
import dev.unkai.ledger.Search.Query;
import dev.unkai.ledger.Search.Stored;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history of 2024 and of now: log-ins and operations, mixed, in two logs. */
class RetentionTest {
    @TempDir
    private Path data;

    private LedgerFixture ledger;
    private Expiry expiry;
    private Retention retention;
    private long position;

    @BeforeEach
    void aHistory() {
        ledger = new LedgerFixture(data);
        ledger.clock.turn(Duration.between(ledger.clock.instant(), Instant.parse("2024-03-30T00:00:00Z")));
        logIn(A, 3);
        ledger.happen(A, 300);
        logIn(A, 2);
        ledger.happen(B, 4);
        ledger.sign();
        ledger.clock.turn(Duration.ofDays(5)); // April
        logIn(B, 2);
        ledger.sign();
        ledger.clock.turn(Duration.between(ledger.clock.instant(), Instant.parse("2025-04-15T00:00:00Z")));
        ledger.happen(A, 10);
        ledger.sign();
        assertThat(ledger.audit()).isEmpty();
        expiry = new Expiry(
                ledger.transactions,
                ledger.keys,
                ledger.acts,
                ledger.holds,
                ledger.findings,
                ledger.auditor,
                ledger.clock);
        retention = new Retention(ledger.transactions, ledger.acts, ledger.holds);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void logIn(String log, int times) {
        for (int i = 0; i < times; i++) {
            position++;
            ledger.log.append(
                    "identity/y",
                    List.of(new Positioned(
                            position,
                            CadfEvent.bySystem(
                                            "identity",
                                            "authenticate",
                                            new Target("u", "service/security/account/user", "taro", log),
                                            ledger.clock.instant(),
                                            null)
                                    .json())));
        }
    }

    private void dropAll() {
        while (expiry.step()) {
            // one month after the other
        }
    }

    @Test
    void whatWasKeptLongEnoughGoesByClassAndMonthAndNothingElse() {
        dropAll();

        assertThat(ledger.search.read(Query.EVERYTHING)).hasSize(12);
        assertThat(ledger.search.read(Query.EVERYTHING))
                .filteredOn(event -> event.json().contains("authenticate"))
                .extracting(Stored::log)
                .containsExactly(B, B);
        assertThat(told("drop"))
                .hasSize(2)
                .anySatisfy(event -> assertThat(event)
                        .contains(
                                "access/2024-03",
                                "\"events\":\"5\"",
                                "\"first\":\"0\"",
                                "\"last\":\"304\"",
                                "journal-root"));
        assertThat(ledger.audit()).isEmpty();

        retention.keep(EventClass.ACCESS, 30, "shorter from now on", "officer");
        dropAll();
        assertThat(ledger.search.read(Query.EVERYTHING)).hasSize(10);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void proofsExportsAndNewEventsGoOnOverWhatWasDropped() {
        SignedHead before = ledger.read(db -> HeadStore.newest(db, A).orElseThrow());
        dropAll();
        ledger.happen(A, 400);
        ledger.sign();
        SignedHead head = ledger.read(db -> HeadStore.newest(db, A).orElseThrow());

        assertThat(head.size()).isEqualTo(before.size() + 400);
        assertThat(MerkleProof.continues(
                        before.root(),
                        before.size(),
                        head.root(),
                        head.size(),
                        ledger.read(db -> new StoredTree(db, A).tree().consistency(before.size(), head.size()))))
                .isTrue();
        ExportLines.Page page =
                ledger.read(db -> ExportLines.read(db, new Selection(A, head.size(), Conditions.NONE, true), 0, 1_000));
        assertThat(page.next()).isNull();
        assertThat(page.lines()).hasSize((int) head.size());
        assertThat(page.lines())
                .filteredOn(line -> line.contains("\"dropped\":\"access/2024-03\""))
                .hasSize(5);
        assertThat(page.lines().getLast()).contains("\"event\":");
        long gone = ledger.read(db -> db.sql("select min(place) from dropped_event where log = ?")
                .param(A)
                .query(Long.class)
                .single());
        DroppedEvent event =
                ledger.<DroppedEvent>read(db -> DroppedEvent.at(db, A, gone).orElseThrow());
        assertThat(event.month()).as("in which month it was").isEqualTo("2024-03");
        List<Acts.Sealed> acts = ledger.read(db -> Acts.read(db, "where number = ?", event.act()));
        assertThat(acts).singleElement().satisfies(act -> {
            assertThat(act.act().id()).as("by which act").isEqualTo(event.about() + "/" + event.month());
            assertThat(act.act().made()).as("when it went").isEqualTo(event.at());
        });
        assertThat(event.days()).isGreaterThanOrEqualTo(30);
        long last = head.size() - 1;
        assertThat(ledger.<Boolean>read(db -> DroppedEvent.at(db, A, last).isPresent()))
                .isFalse();
        assertThat(ledger.<ExportLines.Page>read(db ->
                                ExportLines.read(db, new Selection(A, head.size(), Conditions.NONE, false), 0, 1_000))
                        .lines())
                .hasSize(410);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void aHoldKeepsItsClassOrItsLogUntilItEnds() {
        ledger.holds.place(new Wanted("case-1", "access", B, "case", "court", null));
        ledger.holds.place(new Wanted("case-2", "operation", null, "case", "court", null));
        retention.keep(EventClass.ACCESS, 30, "shorter", "officer");

        dropAll();
        assertThat(remaining()).isEqualTo(2 + 304 + 10);

        ledger.holds.end("case-1");
        dropAll();
        assertThat(remaining()).isEqualTo(304 + 10);
        ledger.holds.end("case-2");
        dropAll();
        assertThat(remaining()).isEqualTo(10);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void nobodyKeepsEventsForLessThanThirtyDays() {
        assertThatThrownBy(() -> retention.keep(EventClass.PLATFORM, 29, "space", "officer"))
                .hasMessageContaining("30 to");
        assertThatThrownBy(() -> retention.keep(EventClass.PLATFORM, 30, " ", "officer"))
                .hasMessageContaining("reason");
        retention.keep(EventClass.PLATFORM, 30, "space", "officer");
        retention.keep(EventClass.PLATFORM, 30, "space", "officer");

        assertThat(told("retention"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event).contains("\"days\":\"30\"", "\"before\":\"365\"", "\"by\":\"officer\""));
        assertThat(retention.all())
                .filteredOn(kept -> kept.about() == EventClass.PLATFORM)
                .singleElement()
                .satisfies(kept -> assertThat(kept.days()).isEqualTo(30));
        assertThat(retention.all())
                .filteredOn(kept -> kept.about() == EventClass.ACCESS)
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.days()).isEqualTo(365);
                    assertThat(kept.oldest()).isEqualTo(Instant.parse("2024-03-30T00:00:00Z"));
                    assertThat(kept.nextDrop()).isEqualTo(Instant.parse("2025-04-01T00:00:00Z"));
                });
    }

    @Test
    void theDatabaseRefusesWhatIsNotOverOrHeldWhoeverAsks() {
        ledger.holds.place(new Wanted("case", null, B, "case", "court", null));

        // By the database's clock, which is not the ledger's.
        assertRefused("access", "2024-04-01", "held");
        ledger.clock.turn(Duration.between(ledger.clock.instant(), Instant.now()));
        ledger.happen(A, 1);
        assertRefused("operation", Instant.now().toString().substring(0, 7) + "-01", "not over");
        for (String change :
                List.of("drop table event_access_2024_03", "alter table event_access_2024_03 rename to x")) {
            assertThatThrownBy(() ->
                            ledger.transactions.doAsSystem(db -> db.sql(change).update()))
                    .rootCause()
                    .hasMessageContaining("must be owner");
        }
    }

    private void assertRefused(String about, String month, String why) {
        assertThatThrownBy(() -> ledger.transactions.doAsSystem(db -> db.sql("select event_drop(?, ?::date)")
                        .param(about)
                        .param(month)
                        .query()
                        .singleRow()))
                .rootCause()
                .hasMessageContaining(why);
    }

    /** A process that dies before its commit, at every statement of a drop: then nothing has happened, and the next one does it whole. */
    @Test
    void aDropThatBreaksOffHasNotHappened() {
        for (String trap : List.of("dropped_event", "act", "outbox")) {
            ledger.asOwner(
                    "create or replace function trap() returns trigger language plpgsql as 'begin raise exception ''killed''; end'",
                    "create trigger trap before insert on " + trap + " for each statement execute function trap()");
            assertThatThrownBy(expiry::step).rootCause().hasMessageContaining("killed");
            ledger.asOwner("drop trigger trap on " + trap);

            assertThat(remaining()).isEqualTo(321);
            assertThat(ledger.count("dropped_event")).isZero();
            assertThat(ledger.count("act")).isZero();
            assertThat(ledger.audit()).isEmpty();
        }
        dropAll();
        assertThat(remaining()).isEqualTo(12);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void aMonthInWhichARowWasChangedIsNotDropped() {
        ledger.asOwner("update event set body = replace(body, 'taro', 'jiro') where number = 1");

        dropAll();

        assertThat(remaining()).isGreaterThanOrEqualTo(7);
        assertThat(ledger.audit())
                .extracting(Finding::sentence)
                .anyMatch(sentence -> sentence.contains("number 1 of the ledger"));
        assertThat(told("drop")).noneMatch(event -> event.contains("access/2024-03"));
    }

    @Test
    void aMonthThatTheOwnerDroppedIsMissing() {
        ledger.asOwner("drop table event_access_2024_03");

        assertThat(ledger.audit()).extracting(Finding::kind).contains("missing");
    }

    @Test
    void aMonthThatWasDroppedWithoutAnActIsNamed() {
        ledger.asOwner("select event_drop('access', '2024-03-01')");

        assertThat(ledger.audit())
                .extracting(Finding::sentence)
                .anyMatch(sentence -> sentence.contains("access/2024-03") && sentence.contains("by nobody"));
    }

    @Test
    void anEventThatWasPutAmongTheDroppedOnesIsNamed() {
        dropAll();
        assertThat(ledger.audit()).isEmpty();
        ledger.asOwner("""
                insert into dropped_event select number, log, place, source, position, 'access', '2024-03-01', hash, seal
                  from event where place = 307 and log = 'project-a'""", "delete from event where place = 307 and log = 'project-a'");

        assertThat(ledger.audit())
                .extracting(Finding::sentence)
                .anyMatch(sentence -> sentence.contains("access/2024-03") && sentence.contains("not those that act"));
    }

    @Test
    void anActThatWasChangedOrTakenAwayStopsAllDropping() {
        ledger.holds.place(new Wanted("case", "access", null, "case", "court", null));
        String told = told("hold").getFirst();
        ledger.log.append("ledger/z", List.of(new Positioned(1, told)));
        assertThat(ledger.audit()).isEmpty();

        ledger.asOwner("update act set class = 'platform'");
        dropAll();
        assertThat(remaining()).isEqualTo(322);
        ledger.asOwner("delete from act");
        dropAll();
        assertThat(remaining()).isEqualTo(322);

        assertThat(ledger.audit())
                .extracting(Finding::sentence)
                .anyMatch(sentence -> sentence.contains("Act 0") && sentence.contains("not as it was written"))
                .anyMatch(sentence -> sentence.contains("Acts 0 to 0") && sentence.contains("not there"));
    }

    private long remaining() {
        return ledger.count("event");
    }

    private List<String> told(String action) {
        return ledger.read(db -> db.sql("select event from outbox where event like ? order by id")
                .param("%\"action\":\"" + action + "\"%")
                .query(String.class)
                .list());
    }
}
