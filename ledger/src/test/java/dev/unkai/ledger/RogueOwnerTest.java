package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static dev.unkai.ledger.LedgerFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of the ledger's database, who has every right in it but not the ledger's keys. */
class RogueOwnerTest {
    private static LedgerFixture ledger;

    @BeforeAll
    static void aSignedHistory(@TempDir Path data) {
        ledger = new LedgerFixture(data);
        ledger.happen(A, 300);
        ledger.happen(B, 20);
        ledger.sign();
        ledger.happen(A, 10);
        ledger.sign();
        assertThat(ledger.audit()).isEmpty();
        ledger.keep();
    }

    @AfterEach
    void putBack() {
        ledger.putBack();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void everyEventThatWasEditedIsNamedWhicheverOfItsColumnsItWas() {
        List<String> edits = List.of(
                "body = replace(body, 'web', 'wet')",
                "received_at = received_at + interval '1 microsecond'",
                "source = 'cloud/y'",
                "position = 100000",
                "place = 100000",
                "log = 'project-c'",
                "outcome = 'failure'",
                "action = 'delete'",
                "target_id = 'another'",
                "target_type = 'compute/image'",
                "initiator_id = 'somebody'",
                "initiator_name = 'somebody'",
                "class = 'security'",
                "address = '198.51.100.7'",
                "words = words || array_to_tsvector('{more}')",
                "hash = sha256('another')",
                "seal = sha256('another')");
        ledger.asOwner("select event_month('security', '2026-04-01T00:00:00Z')");
        for (int number = 0; number < edits.size(); number++) {
            ledger.asOwner("update event set " + edits.get(number) + " where number = " + number);
        }

        List<Finding> found = ledger.audit();

        for (int number = 0; number < edits.size(); number++) {
            String named = "number " + number + " of the ledger";
            assertThat(found)
                    .as(edits.get(number))
                    .anyMatch(finding -> finding.kind().equals("changed")
                            && finding.sentence().contains(named));
        }
        assertThat(found).noneMatch(finding -> finding.sentence().contains("number " + edits.size() + " of"));
    }

    @Test
    void anEditThatAlsoMakesTheHashAnewIsNamed() {
        ledger.asOwner("""
                update event set body = replace(body, 'web', 'wet'),
                       hash = sha256('\\x00'::bytea || convert_to(concat_ws(E'\\n', 'unkai-event/1', log, place,
                           (extract(epoch from received_at) * 1000000)::bigint, replace(body, 'web', 'wet')), 'UTF8'))
                 where number = 7""");

        assertThat(ledger.audit()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo("changed");
            assertThat(finding.sentence()).contains("number 7").contains("never written by this ledger");
        });
    }

    @Test
    void anEventThatWasTakenAwayIsNamed() {
        ledger.asOwner("delete from event where number = 7");

        assertThat(ledger.audit()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo("missing");
            assertThat(finding.sentence()).contains("Event 7 of log " + A);
        });
    }

    @Test
    void theEndTakenAwayIsNamed() {
        ledger.asOwner("delete from event where number >= 325");

        assertThat(ledger.audit()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo("missing");
            assertThat(finding.sentence())
                    .contains("Log " + A + " had 310 events")
                    .contains("305 are there");
        });
    }

    @Test
    void eventsTakenAwayBeforeTheyWereSignedAreMissed() {
        ledger.happen(A, 5);
        assertThat(ledger.audit()).isEmpty();
        ledger.asOwner("delete from event where number >= 332");

        assertThat(ledger.audit())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("had 335 events", "332 are there"));
    }

    @Test
    void anEmptiedTableIsMissed() {
        ledger.asOwner("truncate event");

        assertThat(ledger.audit())
                .anySatisfy(finding ->
                        assertThat(finding.sentence()).contains("Log " + A + " had 310 events", "0 are there"));
    }

    @Test
    void anEventThatTheOwnerWroteIsNamedAndNeverSigned() {
        ledger.asOwner("""
                insert into event (number, log, place, source, position, received_at, class, action, outcome, target_id, target_type,
                                   initiator_id, initiator_name, address, body, words, hash, seal)
                select 330, log, 310, source, 331, received_at, class, action, outcome, target_id, target_type,
                       initiator_id, initiator_name, address, body, words, hash, seal from event where number = 329""");
        ledger.sign();

        assertThat(ledger.audit()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo("changed");
            assertThat(finding.log()).isEqualTo(A);
            assertThat(finding.place()).isEqualTo(310);
        });
        assertThat(ledger.<Long>read(db -> HeadStore.newest(db, A).orElseThrow().size()))
                .isEqualTo(310);
    }

    @Test
    void eventsThatChangedPlacesAreNamed() {
        ledger.asOwner(
                "update event set number = -1 where number = 7",
                "update event set number = 7 where number = 8",
                "update event set number = 8 where number = -1");

        assertThat(ledger.audit())
                .extracting(Finding::sentence)
                .anyMatch(sentence -> sentence.contains("number 7 of the ledger"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update head set size = 299 where log = 'project-a' and size = 300 | project-a",
                "update head set root = sha256('x') where log = 'project-a' and size = 300 | project-a",
                "update head set time = time - interval '1 second' where log = 'project-a' and size = 300 | project-a",
                "update head set previous = sha256('x') where log = 'project-a' and size = 310 | project-a",
                "update head set signature = sha256('x') where log = 'project-a' and size = 300 | project-a",
                "update head set signature = sha256('x') where log = 'project-a' and size = 310 | project-a",
                "delete from head where log = 'project-a' and size = 300 | project-a",
                "delete from head where log = 'project-a' and size = 310 | project-a",
                "update subtree set hash = sha256('x') where log = 'project-a' | project-a",
                "delete from subtree where log = 'journal' | journal",
                "update round set root = sha256('x') where number = 0 | rounds",
                "update round set signature = sha256('x') where number = 1 | rounds",
                "update round set seed = sha256('x') where number = 1 | rounds",
                "update round set time = time + interval '1 second' where number = 0 | rounds",
                "delete from round_head where log = 'project-b' | rounds",
                "update log_end set places = 300 where log = 'project-a' | project-a",
                "update source_end set position = 300 | cloud/x"
            })
    void whatProvesTheEventsCannotBeChangedEither(String change, String named) {
        ledger.asOwner(change);

        assertThat(ledger.audit()).extracting(Finding::log).contains(named);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOlderStateOfTheWholeDatabaseIsNamedAndNothingIsSignedOnTopOfIt(boolean afterwardsBusy) {
        ledger.asOwner(
                "delete from round_head where round = 1",
                "delete from round where number = 1",
                "delete from head where log = 'project-a' and size = 310",
                "delete from head where log = 'journal' and size = 330",
                "delete from event where number >= 320");
        if (afterwardsBusy) {
            ledger.happen(A, 50);
        }
        ledger.sign();

        assertThat(ledger.audit()).extracting(Finding::kind).contains("older-state");
        assertThat(ledger.count("round")).isEqualTo(1);
    }

    @Test
    void theAuditorTellsEachThingOnceAndAsAnEventOfTheProvider() {
        ledger.asOwner("update event set seal = sha256('x') where number = 7");

        assertThat(ledger.audit()).hasSize(1);
        ledger.clock.turn(Duration.ofMinutes(1));
        assertThat(ledger.audit()).hasSize(1);
        List<String> told = ledger.read(
                db -> db.sql("select event from outbox").query(String.class).list());
        assertThat(told)
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .contains("\"alarm\"", "number 7 of the ledger")
                        .doesNotContain("project_id"));
    }
}
