package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every change and every refusal is one event, in the customer's own history within a second (12.4.1). */
@ExtendWith(RunningSite.class)
class HistoryTest {
    private Api customer;

    @BeforeEach
    void logIn(Site site) {
        customer = Api.as(site, "sample-shared");
    }

    @Test
    void aChangeStandsInTheHistoryOnceWithWhoFromWhereWhatAndOutcome() {
        String name = Api.unique("history");
        String group = customer.securityGroup(name);

        List<JsonNode> events = awaitEvents("?target=" + group, 1);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.path("action").asString()).isEqualTo("create");
            assertThat(event.path("outcome").asString()).isEqualTo("success");
            assertThat(event.at("/target/name").asString()).isEqualTo(name);
            assertThat(event.at("/initiator/name").asString()).isEqualTo("master");
            assertThat(event.at("/initiator/address").asString()).isEqualTo("127.0.0.1");
        });
        customer.delete("/network/v2.0/security-groups/" + group).expect(204);
        assertThat(awaitEvents("?target=" + group, 2))
                .extracting(event -> event.path("action").asString())
                .containsExactly("delete", "create");
    }

    @Test
    void anExportedHistoryIsCheckedWithTheFileAndTheKeyAloneAndAChangedByteIsFound(@TempDir Path folder)
            throws IOException {
        await().atMost(Api.PATIENCE)
                .until(() -> customer.get("/service/v1/history/head").status() == 200);
        Path file = folder.resolve("history.jsonl");
        Path key = folder.resolve("ledger.pem");
        String export = customer.get("/service/v1/history/export?format=jsonl").text();
        Files.writeString(file, export);
        Files.writeString(
                key,
                customer.get("/service/v1/ledger/key").expect(200).path("pem").asString());

        assertThat(verify(file, key).succeeded()).startsWith("OK: ");

        List<String> lines = new ArrayList<>(export.lines().toList());
        lines.set(1, lines.get(1).replaceFirst("\"outcome\":\"(.)", "\"outcome\":\"S$1"));
        Files.write(file, lines);
        Command changed = verify(file, key);
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.output()).contains("Line 2");
    }

    private static Command verify(Path file, Path key) {
        return Command.run(
                Duration.ofMinutes(1),
                Map.of("LC_ALL", "C.UTF-8"),
                Site.REPOSITORY,
                "./unkai",
                "verify",
                file.toString(),
                "--key",
                key.toString());
    }

    @Test
    void theAuditorReadsTheWholeLedgerAndFindsNothing(Site site) {
        Api operator = Api.as(site, "operator");

        await().atMost(Api.PATIENCE)
                .until(() -> operator.get("/service/v1/ledger/audit")
                                .expect(200)
                                .path("passes")
                                .asInt()
                        > 0);
        assertThat(operator.get("/service/v1/ledger/audit").expect(200).path("findings"))
                .isEmpty();
    }

    @Test
    void aRequestWithTooSmallARoleIsOneRefusalInTheCustomersHistory() {
        int before = events("?outcome=failure&limit=500").size();

        customer.post("/compute/v2.1/flavors", Map.of("flavor", Map.of("name", "x")))
                .expect(403);

        List<JsonNode> after = awaitEvents("?outcome=failure&limit=500", before + 1);
        assertThat(after.getFirst().at("/target/id").asString()).isEqualTo("POST /compute/v2.1/flavors");
        assertThat(after.getFirst().path("reason").asString()).isNotEmpty();
    }

    @Test
    void aWrongPasswordIsRecordedAndTheHistoryHoldsNoSecret(Site site) {
        String wrong = "wrong-" + Api.unique("secret");

        assertThat(customer.logIn(wrong).status()).isEqualTo(401);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(ledgerText(site)).contains("authenticate").contains("failure"));
        assertThat(ledgerText(site)).doesNotContain(wrong).doesNotContain(customer.token());
    }

    @Test
    void anotherCustomerSeesNothingOfIt(Site site) {
        String group = customer.securityGroup(Api.unique("private"));
        awaitEvents("?target=" + group, 1);

        Api other = Api.as(site, "sample-dedicated");

        assertThat(other.get("/service/v1/history?target=" + group).expect(200).path("events"))
                .isEmpty();
        customer.delete("/network/v2.0/security-groups/" + group).expect(204);
    }

    private List<JsonNode> awaitEvents(String query, int count) {
        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(events(query)).hasSizeGreaterThanOrEqualTo(count));
        return events(query);
    }

    private List<JsonNode> events(String query) {
        List<JsonNode> list = new ArrayList<>();
        customer.get("/service/v1/history" + query).expect(200).path("events").forEach(list::add);
        return list;
    }

    private static String ledgerText(Site site) {
        Api operator = Api.as(site, "operator");
        return operator.get("/service/v1/history?limit=500").text()
                + Api.as(site, "sample-shared")
                        .get("/service/v1/history?limit=500")
                        .text();
    }
}
