package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.ledger.Holds.Hold;
import dev.unkai.ledger.Holds.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldsTest {
    private static LedgerFixture ledger;
    private static Holds holds;

    @BeforeAll
    static void open(@TempDir Path data) {
        ledger = new LedgerFixture(data);
        holds = ledger.holds;
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void aHoldThatIsAskedForTwiceIsOneHoldAndOneEvent() {
        Hold first = holds.place(hold("twice", "access", A, null));
        ledger.clock.turn(Duration.ofSeconds(1));

        assertThat(holds.place(hold("twice", "access", A, null))).isEqualTo(first);
        assertThat(events("twice"))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .contains(
                                "\"action\":\"hold\"", "\"authority\":\"public prosecutor\"", "\"class\":\"access\"", A)
                        .doesNotContain("project_id"));
        assertThatThrownBy(() -> holds.place(hold("twice", "security", A, null)))
                .hasMessageContaining("another hold with the id twice");
    }

    @Test
    void aHoldIsEndedOnceAndStaysInTheList() {
        holds.place(hold("ended", null, null, null));
        assertThat(inForce()).contains("ended");

        Hold ended = holds.end("ended");
        ledger.clock.turn(Duration.ofSeconds(1));

        assertThat(holds.end("ended")).isEqualTo(ended);
        assertThat(ended.ended()).isNotNull();
        assertThat(events("ended")).hasSize(2).last().asString().contains("\"hold-end\"");
        assertThat(inForce()).doesNotContain("ended");
        assertThat(ledger.<List<Hold>>read(db -> holds.all(db, 100))).contains(ended);
        assertThatThrownBy(() -> holds.end("nothing")).hasMessageContaining("no hold nothing");
    }

    @Test
    void aHoldWithAnEndIsOverByThenWithoutAnyoneDoingAnything() {
        Instant until = ledger.clock.instant().plus(Duration.ofHours(1));
        holds.place(hold("hour", "platform", null, until));
        assertThat(inForce()).contains("hour");

        ledger.clock.turn(Duration.ofHours(1));

        assertThat(inForce()).doesNotContain("hour");
        assertThat(holds.place(hold("hour", "platform", null, until)).ended()).isEqualTo(until);
    }

    @Test
    void whatIsNoHoldIsRefusedWithASentence() {
        assertThatThrownBy(() -> holds.place(hold("x y", null, null, null))).hasMessageContaining("\"id\"");
        assertThatThrownBy(() -> holds.place(hold("x", "all", null, null))).hasMessageContaining("\"class\"");
        assertThatThrownBy(() -> holds.place(hold("x", null, "a\nb", null))).hasMessageContaining("\"log\"");
        assertThatThrownBy(() -> holds.place(hold("x", null, null, ledger.clock.instant())))
                .hasMessageContaining("\"until\"");
        assertThatThrownBy(() -> holds.place(new Wanted("x", null, null, " ", "court", null)))
                .hasMessageContaining("\"reason\"");
    }

    private static Wanted hold(String id, @Nullable String about, @Nullable String log, @Nullable Instant until) {
        return new Wanted(id, about, log, "Case 2026-17", "public prosecutor", until);
    }

    private static List<String> inForce() {
        return ledger.<List<Hold>>read(holds::inForce).stream().map(Hold::id).toList();
    }

    private static List<String> events(String id) {
        return ledger.read(db -> db.sql("select event from outbox where event like ? order by id")
                .param("%\"id\":\"" + id + "\"%")
                .query(String.class)
                .list());
    }
}
