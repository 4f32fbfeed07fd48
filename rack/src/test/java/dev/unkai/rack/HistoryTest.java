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
import java.util.UUID;
import java.util.stream.LongStream;
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

    static Command verify(Path file, Path key) {
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

    /** Whatever another customer asks about things, people and places of this one, he is told just what he is told about nobody's. */
    @Test
    void anotherCustomerIsToldNothingByEventsProofsCountsOrErrors(Site site) {
        String name = Api.unique("private");
        String group = customer.securityGroup(name);
        JsonNode mine = awaitEvents("?target=" + group, 1).getFirst();
        Api other = Api.as(site, "sample-dedicated");
        String path = "/service/v1/history";
        String nobodys = UUID.randomUUID().toString();
        String nobody = nobodys.replace("-", "");

        for (String filter : List.of("?target=", "?text=", "?actor=", "?source=")) {
            assertThat(other.get(path + filter + group).text())
                    .as(filter)
                    .isEqualTo(other.get(path + filter + nobodys).text());
        }
        assertThat(other.get(path + "?text=" + name).expect(200).path("events")).isEmpty();
        assertThat(other.get(path + "?actor=" + mine.at("/initiator/id").asString())
                        .expect(200)
                        .path("events"))
                .isEmpty();
        String owner = mine.path("log").asString();
        for (String question : List.of(
                "?project=",
                "/0?project=",
                "/head?project=",
                "/proofs/0?project=",
                "/consistency?from=1&project=",
                "/export?project=",
                "/export?format=csv&project=",
                "/export?format=pdf&project=")) {
            Api.Answer refused = other.get(path + question + owner);
            refused.expect(403);
            assertThat(withoutRequest(refused))
                    .as(question)
                    .isEqualTo(withoutRequest(other.get(path + question + nobody)));
        }
        other.get(path + "?everyone=true").expect(403);
        other.get("/service/v1/ledger/audit").expect(403);

        // His own places have no gaps, and what is signed of his history counts his events alone.
        JsonNode page = other.get(path + "?limit=500").expect(200);
        List<Long> places = new ArrayList<>();
        page.path("events").forEach(event -> {
            assertThat(event.path("log").asString()).isNotEqualTo(owner);
            places.add(event.path("place").longValue());
        });
        assertThat(places)
                .isEqualTo(LongStream.iterate(places.getFirst(), place -> place - 1)
                        .limit(places.size())
                        .boxed()
                        .toList());
        long beyond = places.getFirst() + 1_000;
        other.get(path + "/" + beyond).expect(404);
        other.get(path + "/proofs/" + beyond).expect(404);
        other.get(path + "/consistency?from=" + beyond).expect(404);
        await().atMost(Api.PATIENCE).until(() -> other.get(path + "/head").status() == 200);
        JsonNode head = other.get(path + "/head").expect(200);
        assertThat(head.at("/head/size").longValue()).isLessThanOrEqualTo(places.getFirst() + 100);
        await().atMost(Api.PATIENCE)
                .until(() -> other.get(path + "/head").body().at("/round/size").longValue() >= 1_024);
        long leaves = other.get(path + "/head").expect(200).at("/round/size").longValue();
        assertThat(Long.bitCount(leaves))
                .as("a round tells not how many customers there are")
                .isOne();
        customer.delete("/network/v2.0/security-groups/" + group).expect(204);
    }

    private static String withoutRequest(Api.Answer answer) {
        return answer.status() + answer.text().replaceAll("req-[0-9a-f-]+", "");
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
