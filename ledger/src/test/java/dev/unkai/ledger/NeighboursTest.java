package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static dev.unkai.ledger.LedgerFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.proof.SignedHead;
import dev.unkai.ledger.ExportLines.Selection;
import dev.unkai.ledger.Search.Query;
import dev.unkai.ledger.Search.Stored;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a customer is told does not depend on what another one does: neither the answers, the numbers in them and their sizes nor how long they take. */
class NeighboursTest {
    private static final int OWN = 1_000;
    private static final int OTHERS = 100_000;
    private static final int BATCH = 5_000;
    private static final int TIMES = 31;
    /** Something else may have had the machine: the least of so many medians counts. */
    private static final int ROUNDS = 3;

    /** A median may become so many times as long, and so many ms longer: far less than to read what another has. */
    private static final double FACTOR = 3;

    private static final double MARGIN_MILLIS = 5;

    private static LedgerFixture ledger;
    private static Instant middle;

    @BeforeAll
    static void aSmallCustomer(@TempDir Path data) {
        ledger = new LedgerFixture(data);
        ledger.happen(A, OWN / 2);
        ledger.sign();
        middle = ledger.clock.instant();
        ledger.happen(A, OWN / 2);
        ledger.sign();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void aHundredThousandEventsOfAnotherChangeNeitherAnswersNorNumbersNorSizesNorTimes() {
        Map<String, Supplier<Object>> questions = questions();
        questions.values().forEach(question -> median(question)); // the JVM learns them
        Map<String, String> answers = answers(questions);
        Map<String, Double> alone = medians(questions);

        for (int events = 0; events < OTHERS; events += BATCH) {
            ledger.happen(B, BATCH);
        }
        ledger.sign();
        ledger.asOwner("select pg_stat_force_next_flush()");
        Map<String, Double> beside = medians(questions);

        assertThat(ledger.<Long>read(db -> HeadStore.newest(db, B).orElseThrow().size()))
                .isEqualTo(OTHERS);
        assertThat(answers(questions)).as("byte by byte what it was").isEqualTo(answers);
        assertThat(answers.get("what is another's")).isEqualTo("[]");
        alone.forEach((what, millis) -> assertThat(beside.get(what))
                .as("%s took %.1f ms alone", what, millis)
                .isLessThan(millis * FACTOR + MARGIN_MILLIS));

        ledger.happen(A, 1);
        ledger.sign();
        Stored next = ledger.search.read(new Query(A, Conditions.NONE, null, 1)).getFirst();
        assertThat(next.place()).as("its own places go on").isEqualTo(OWN);
        assertThat(next.number())
                .as("the number by which it goes on reading is its place")
                .isEqualTo(OWN);
        SignedHead head = ledger.read(db -> HeadStore.newest(db, A).orElseThrow());
        assertThat(head.size()).isEqualTo(OWN + 1);
        ledger.transactions.doAsSystem(db -> {
            RoundTree round =
                    RoundTree.of(db, RoundStore.newest(db).orElseThrow().number());
            assertThat(round.size())
                    .as("what a round shows of how many there are")
                    .isEqualTo(1_024);
            assertThat(round.path(round.place(head))).hasSize(10);
        });
    }

    private static Map<String, Supplier<Object>> questions() {
        Map<String, Supplier<Object>> questions = new LinkedHashMap<>();
        questions.put("the newest page", () -> found(Conditions.NONE, null));
        questions.put("an older page", () -> found(Conditions.NONE, 300L));
        questions.put("a stretch of time", () -> found(conditions(null, null, null, middle), null));
        questions.put("of a resource", () -> found(conditions("server-77", null, null, null), null));
        questions.put("what failed", () -> found(conditions(null, "failure", null, null), null));
        questions.put("a rare word", () -> found(conditions(null, null, "server-77", null), null));
        questions.put("a word that is everywhere", () -> found(conditions(null, null, "web", null), null));
        questions.put("a word that is nowhere", () -> found(conditions(null, null, "absent", null), null));
        questions.put("what is another's", () -> found(conditions("server-70000", null, null, null), null));
        questions.put(
                "the head", () -> ledger.read(db -> HeadStore.newest(db, A).orElseThrow()));
        questions.put(
                "a proof", () -> ledger.read(db -> new StoredTree(db, A).tree().inclusion(77, OWN)));
        questions.put(
                "that it goes on",
                () -> ledger.read(db -> new StoredTree(db, A).tree().consistency(OWN / 2, OWN)));
        questions.put(
                "a page of a file",
                () -> ledger.read(db -> ExportLines.read(db, new Selection(A, OWN, Conditions.NONE, true), 100, 100)));
        return questions;
    }

    private static Conditions conditions(
            @Nullable String target, @Nullable String outcome, @Nullable String text, @Nullable Instant until) {
        return new Conditions(target, null, outcome, null, null, text, null, until);
    }

    private static Object found(Conditions conditions, @Nullable Long before) {
        return ledger.search.read(new Query(A, conditions, before, 50));
    }

    private static Map<String, String> answers(Map<String, Supplier<Object>> questions) {
        Map<String, String> answers = new LinkedHashMap<>();
        questions.forEach((what, question) -> answers.put(what, Acts.JSON.writeValueAsString(question.get())));
        return answers;
    }

    private static Map<String, Double> medians(Map<String, Supplier<Object>> questions) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            questions.forEach((what, question) -> medians.merge(what, median(question), Math::min));
        }
        return medians;
    }

    /** In ms. */
    private static double median(Supplier<Object> question) {
        double[] taken = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            question.get();
            taken[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(taken);
        return taken[TIMES / 2];
    }
}
