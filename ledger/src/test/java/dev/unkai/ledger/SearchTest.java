package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static dev.unkai.ledger.LedgerFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.event.Changes;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.ledger.Search.Query;
import dev.unkai.ledger.Search.Stored;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Host;
import dev.unkai.wire.event.CadfEvent.Initiator;
import dev.unkai.wire.event.CadfEvent.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
    private static final String SERVER = "550e8400-e29b-41d4-a716-446655440000";
    private static LedgerFixture ledger;
    private static Instant laterMonth;

    @BeforeAll
    static void aHistory(@TempDir Path data) {
        ledger = new LedgerFixture(data);
        List<Positioned> events = new ArrayList<>();
        events.add(event(1, A, "create", "山田太郎", "198.51.100.7", new Target(SERVER, "compute/server", "shop-01", A)));
        events.add(event(2, B, "create", "山田太郎", "198.51.100.7", new Target("b", "compute/server", "shop-01", B)));
        events.add(event(3, A, "delete", "Ｓatō", "203.0.113.9", new Target("v-2", "storage/volume", "経理サーバー", A)));
        ledger.log.append("cloud/z", events);
        ledger.log.append(
                "identity/y",
                List.of(new Positioned(
                        1,
                        CadfEvent.byUnknown(
                                        "o'brien\\",
                                        "203.0.113.9",
                                        "curl/8",
                                        "authenticate",
                                        new Target("u", "service/security/account/user", "o'brien\\", A),
                                        Instant.EPOCH,
                                        "req-1234")
                                .failed("401", "wrong password")
                                .json())));
        ledger.happen(A, 5_000);
        ledger.clock.turn(Duration.ofDays(40));
        laterMonth = ledger.clock.instant();
        ledger.happen(A, 1);
        ledger.sign();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static Positioned event(long position, String log, String action, String who, String from, Target target) {
        return new Positioned(
                position,
                CadfEvent.by(
                                new Initiator(
                                        "u-" + position,
                                        "service/security/account/user",
                                        who,
                                        log,
                                        null,
                                        new Host(from, "openstacksdk/1.0")),
                                action,
                                target,
                                Instant.EPOCH,
                                "req-" + position)
                        .with(Map.of("note", "Ünïcode note"))
                        .json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "山田 | 0",
                "太 | 0",
                "郎 | 0",
                "田 太郎 | 0",
                "SHOP-01 | 0",
                "sho | 0",
                "550e8400 | 0",
                "550E8400-E29B-41D4-A716-446655440000 | 0",
                "経理 | 1",
                "ｻｰﾊﾞｰ | 1",
                "sato | ",
                "satō | 1",
                "203.0.113.9 | 2, 1",
                "203.0 | 2, 1",
                "o'brien\\ | 2",
                "wrong passw | 2",
                "req-1234 | 2",
                "failure | 2",
                "ünïcode | 1, 0",
                "経 佐 | ",
                "... | ",
                "& ! :* () \\ | ",
            })
    void textIsFoundByItsWordsInAnyLanguage(String text, @Nullable String places) {
        assertThat(found(A, new Conditions(null, null, null, null, null, text, null, null)))
                .extracting(Stored::place)
                .asString()
                .isEqualTo("[" + (places == null ? "" : places.strip()) + "]");
    }

    @Test
    void everyFilterIsAskedOfTheIndexAndOfTheColumn() {
        assertThat(places(A, new Conditions(SERVER, null, null, null, null, null, null, null)))
                .containsExactly(0L);
        assertThat(places(A, new Conditions(null, "delete,authenticate", null, null, null, null, null, null)))
                .containsExactly(2L, 1L);
        assertThat(places(A, new Conditions(null, null, "failure", null, null, null, null, null)))
                .containsExactly(2L);
        assertThat(places(A, new Conditions(null, null, null, "山田太郎", null, null, null, null)))
                .containsExactly(0L);
        assertThat(places(A, new Conditions(null, null, null, "山田", null, null, null, null)))
                .isEmpty();
        assertThat(places(A, new Conditions(null, null, null, null, "203.0.113.9", null, null, null)))
                .containsExactly(2L, 1L);
        assertThat(places(A, new Conditions(null, null, null, null, "identity", null, null, null)))
                .containsExactly(2L);
        assertThat(places(A, new Conditions(null, "create", null, "u-1", "198.51.100.7", "shop", null, null)))
                .containsExactly(0L);
    }

    @Test
    void aFrequentWordFillsAPageAndGoesOnBelowIt() {
        Conditions web = new Conditions(null, null, null, null, null, "web", null, null);
        List<Stored> first = found(A, web);
        List<Stored> second =
                ledger.search.read(new Query(A, web, first.getLast().number(), 5_000));

        assertThat(first).hasSize(100);
        assertThat(second).hasSize(4_901).last().extracting(Stored::place).isEqualTo(3L);
    }

    @Test
    void aWordInOneOfFortyEventsFillsAPageFromBelowTheNewest() {
        ledger.log.append(
                "cloud/v",
                LongStream.rangeClosed(1, 4_000)
                        .mapToObj(n -> event(
                                n,
                                "project-c",
                                "create",
                                "c",
                                "198.51.100.8",
                                new Target("t-" + n, "compute/server", n % 40 == 0 ? "fortieth" : "web", "project-c")))
                        .toList());
        Conditions fortieth = new Conditions(null, null, null, null, null, "fortieth", null, null);

        for (String log : new String[] {"project-c", null}) {
            for (int limit : List.of(20, 90, 200)) {
                assertThat(ledger.search.read(new Query(log, fortieth, null, limit)))
                        .extracting(Stored::place)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, Math.min(limit, 100))
                                .map(n -> 3_999 - 40 * (n - 1))
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void whatAThingWasBeforeAChangeIsFoundAsWellAsWhatItIsNow() {
        CadfEvent changed = CadfEvent.bySystem(
                        "cloud", "update", new Target("n-9", "network/subnet", "s", B), Instant.EPOCH, null)
                .with(Changes.of("gateway", "192.0.2.61", "192.0.2.62"));
        ledger.log.append("cloud/w", List.of(new Positioned(1, changed.json())));

        for (String word : List.of("192.0.2.61", "192.0.2.62")) {
            assertThat(found(B, new Conditions(null, null, null, null, null, word, null, null)))
                    .hasSize(1);
            assertThat(places(A, new Conditions(null, null, null, null, null, word, null, null)))
                    .isEmpty();
        }
    }

    @Test
    void timesLimitWhatWordsFind() {
        assertThat(places(A, new Conditions(null, null, null, null, null, "web", laterMonth, null)))
                .containsExactly(5_003L);
        assertThat(places(A, new Conditions(null, null, null, null, null, "山田", null, laterMonth)))
                .containsExactly(0L);
        assertThat(places(A, new Conditions(null, null, null, null, null, "山田", laterMonth, null)))
                .isEmpty();
    }

    @Test
    void theProviderFindsInAllHistoriesAndACustomerInHisOwn() {
        Conditions yamada = new Conditions(null, null, null, null, null, "山田", null, null);

        assertThat(found(null, yamada)).extracting(Stored::log).containsExactly(B, A);
        assertThat(found(B, yamada)).extracting(Stored::log).containsExactly(B);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void oneEventHasOnlySoManyWords() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            name.append("word").append(i).append(' ');
        }

        assertThat(Words.of(name.toString()).all()).hasSize(Words.MOST);
        assertThat(Words.of("a".repeat(5_000)).all().iterator().next()).hasSize(64);
    }

    private static List<Stored> found(@Nullable String log, Conditions conditions) {
        return ledger.search.read(new Query(log, conditions, null, 100));
    }

    private static List<Long> places(@Nullable String log, Conditions conditions) {
        return found(log, conditions).stream().map(Stored::place).toList();
    }
}
