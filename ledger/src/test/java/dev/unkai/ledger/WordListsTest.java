package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.ledger.Search.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordListsTest {
    private static final String PAGES = """
            select gin_clean_pending_list(c.oid) as pages from pg_class c join pg_am a on a.oid = c.relam
             where a.amname = 'gin' and c.relkind = 'i' and c.relname like 'event_%'""";

    private final AtomicInteger looks = new AtomicInteger();
    private LedgerFixture ledger;
    private WordLists lists;

    @BeforeEach
    void empty(@TempDir Path data) {
        ledger = new LedgerFixture(data);
        lists = new WordLists(ledger.transactions, ledger.clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void anEventIsFoundBeforeItsWordsAreInTheIndexAndAfterwards() {
        ledger.happen(A, 3_000);
        assertThat(found("server-77"))
                .as("older than what is looked at one by one")
                .isEqualTo(1);
        lists.step();
        assertThat(pages()).isZero();
        assertThat(found("server-77")).isEqualTo(1);
    }

    @Test
    void aFewEventsWaitForAMinuteAndManyForNothing() {
        ledger.happen(A, 1);
        lists.step();
        ledger.happen(A, 1);
        lists.step();
        ledger.clock.turn(Duration.ofMinutes(1));
        lists.step();
        assertThat(pages()).as("after a minute").isZero();
        ledger.happen(A, 10);
        lists.step();
        assertThat(pages()).as("a few, at once").isPositive();
        ledger.happen(A, 4_000);
        lists.step();
        assertThat(pages()).as("many").isZero();
    }

    private int found(String text) {
        return ledger.search
                .read(new Query(A, new Conditions(null, null, null, null, null, text, null, null), null, 10))
                .size();
    }

    /** How long the lists are; whoever asks empties them. */
    private long pages() {
        String look = "look_" + looks.incrementAndGet();
        ledger.asOwner("create table " + look + " as " + PAGES);
        return ledger.read(
                db -> db.sql("select sum(pages) from " + look).query(Long.class).single());
    }
}
