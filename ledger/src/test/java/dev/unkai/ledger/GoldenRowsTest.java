package dev.unkai.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.base.proof.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What stored rows say of their events is what the code of today reads out of them: else the auditor would name each of them, on every site, as changed by a
 * stranger. If a test of this class fails, do not renew its rows: decision 0078 says how a new version is added.
 */
class GoldenRowsTest {
    /** The rows of each version, as they were when it came. They are rows of customers' ledgers: nobody can change those. */
    private static final Map<Integer, String> DIGESTS =
            Map.of(1, "2966d2791aa10fb9cf7e170c9f807465716aba4022da63035390fe11eb336644");

    @Test
    void eachVersionHasItsRowsAndNobodyHasChangedThem() {
        assertThat(DIGESTS.keySet())
                .as("one set for each version up to the newest")
                .hasSize(Facts.VERSION);
        DIGESTS.forEach((version, digest) -> assertThat(HexFormat.of().formatHex(Sha256.of(bytes(version))))
                .as("rows of version " + version)
                .isEqualTo(digest));
    }

    @Test
    void eachStoredRowIsReadAgainAsItWasReadAtFirst() {
        DIGESTS.keySet()
                .forEach(version -> assertThat(rows(version))
                        .hasSizeGreaterThan(50)
                        .allSatisfy(row -> assertThat(
                                        Facts.of(version, row.path("source").asString(), event(row)))
                                .isEqualTo(facts(version, row))));
        assertThat(rows(Facts.VERSION).stream()
                        .map(row -> row.path("class").asString())
                        .distinct())
                .hasSize(EventClass.values().length);
    }

    @Test
    void theAuditorReadsEachRowByTheVersionThatWroteItAndNamesOneOfAVersionThatNeverWas(@TempDir Path data) {
        try (LedgerFixture ledger = new LedgerFixture(data)) {
            List<JsonNode> rows = rows(1);
            for (int i = 0; i < rows.size(); i++) {
                ledger.log.append("cloud/g", List.of(new Positioned(i + 1, event(rows.get(i)))));
            }
            ledger.sign();
            assertThat(ledger.audit()).isEmpty();

            ledger.asOwner("update event set version = 2 where number = 7");
            assertThat(ledger.audit())
                    .singleElement()
                    .satisfies(found -> assertThat(found.sentence()).contains("number 7 of the ledger"));
        }
        assertThatThrownBy(() -> Facts.of(Facts.VERSION + 1, "cloud/x", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String event(JsonNode row) {
        return row.path("event").asString();
    }

    private static Facts facts(int version, JsonNode row) {
        return new Facts(
                version,
                row.path("log").asString(),
                EventClass.named(row.path("class").asString()).orElseThrow(),
                row.path("action").asString(),
                row.path("outcome").asString(),
                row.path("targetId").asString(),
                row.path("targetType").asString(),
                row.path("initiatorId").asString(),
                row.path("initiatorName").asString(),
                row.path("address").asString(),
                row.path("words").asString().replace(' ', Facts.BETWEEN));
    }

    private static List<JsonNode> rows(int version) {
        return new String(bytes(version), StandardCharsets.UTF_8)
                .lines()
                .map(Acts.JSON::readTree)
                .toList();
    }

    private static byte[] bytes(int version) {
        try (InputStream in = Objects.requireNonNull(
                GoldenRowsTest.class.getResourceAsStream("/golden-rows-" + version + ".jsonl"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
