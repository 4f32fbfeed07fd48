package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static dev.unkai.ledger.LedgerFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.ledger.Search.Query;
import dev.unkai.ledger.Search.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of an hour in the middle of a month only that hour is read, and nothing of it is missed, whatever the clock did. */
class StretchTest {
    private LedgerFixture ledger;

    @BeforeEach
    void anEmptyLedger(@TempDir Path data) {
        ledger = new LedgerFixture(data);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aStretchOfTimeIsBoundedByPlacesNotFarOutsideOfIt() {
        Instant begin = ledger.clock.instant();
        for (int minute = 0; minute < 60; minute++) {
            ledger.happen(A, 1);
            ledger.happen(B, 1);
            ledger.sign();
        }
        Duration each = Duration.ofSeconds(62);
        Instant since = begin.plus(each.multipliedBy(20));
        Instant until = begin.plus(each.multipliedBy(40));

        assertThat(places(A, since, until)).containsExactlyElementsOf(down(39, 20));
        assertThat(places(null, since, until)).hasSize(40).contains(20L, 39L).doesNotContain(19L, 40L);
        Stretch ofOne = stretch(A, since, until);
        assertThat(ofOne.bottom()).isBetween(13L, 20L);
        assertThat(ofOne.top()).isBetween(39L, 46L);
        Stretch ofAll = stretch(null, since, until);
        assertThat(ofAll.bottom()).isBetween(26L, 40L);
        assertThat(ofAll.top()).isBetween(79L, 94L);

        assertThat(stretch(A, begin, ledger.clock.instant()))
                .as("a time from the beginning to the end")
                .isEqualTo(new Stretch(null, null));
        assertThat(places(A, since, null)).containsExactlyElementsOf(down(59, 20));
        assertThat(places(A, null, until)).containsExactlyElementsOf(down(39, 0));
        assertThat(places("nobody", since, until)).isEmpty();
    }

    @Test
    void whatCameWhileAClockHadGoneBackUnnoticedIsFound() {
        ledger.happen(A, 1);
        ledger.clock.turn(Duration.ofMinutes(20));
        ledger.happen(A, 1);
        Instant high = ledger.clock.instant();
        ledger.clock.turn(Duration.ofMinutes(-4));
        Instant low = ledger.clock.instant();
        ledger.happen(A, 1);
        ledger.clock.turn(Duration.ofMinutes(20));
        ledger.happen(A, 1);

        assertThat(ledger.count("finding")).isZero();
        for (String log : new String[] {A, null}) {
            assertThat(places(log, low.minusSeconds(1), low.plusSeconds(1))).containsExactly(2L);
            assertThat(places(log, null, low.plusSeconds(1))).containsExactly(2L, 0L);
            assertThat(places(log, high.minusSeconds(2), null)).containsExactly(3L, 1L);
        }
    }

    @Test
    void onceAClockWasSeenToGoBackFarPlacesAreNotAskedForTimes() {
        ledger.happen(A, 1);
        ledger.clock.turn(Duration.ofHours(2));
        ledger.happen(A, 1);
        ledger.sign();
        ledger.clock.turn(Duration.ofHours(-1));
        Instant low = ledger.clock.instant();
        ledger.happen(A, 1);
        ledger.sign();
        ledger.clock.turn(Duration.ofHours(2));
        ledger.happen(A, 1);

        assertThat(ledger.count("finding")).isOne();
        assertThat(stretch(A, low, low.plusSeconds(1))).isEqualTo(new Stretch(null, null));
        for (String log : new String[] {A, null}) {
            assertThat(places(log, low, low.plusSeconds(1))).containsExactly(2L);
        }
    }

    private Stretch stretch(@Nullable String log, @Nullable Instant since, @Nullable Instant until) {
        return ledger.read(db -> Stretch.of(db, log, during(since, until)));
    }

    private List<Long> places(@Nullable String log, @Nullable Instant since, @Nullable Instant until) {
        return ledger.search.read(new Query(log, during(since, until), null, 100)).stream()
                .map(Stored::place)
                .toList();
    }

    private static Conditions during(@Nullable Instant since, @Nullable Instant until) {
        return new Conditions(null, null, null, null, null, null, since, until);
    }

    private static List<Long> down(long from, long to) {
        return LongStream.rangeClosed(to, from).boxed().toList().reversed();
    }
}
