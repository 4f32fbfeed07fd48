package dev.unkai.cloud.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.proof.EventLeaf;
import dev.unkai.base.proof.ExportedHistory;
import dev.unkai.base.proof.HistoryFile;
import dev.unkai.base.proof.HistoryLine;
import dev.unkai.base.proof.MerkleProof;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.web.mail.Mail.Language;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/** The history as customers and the provider's people get it, before a ledger that says what the test wants. */
class HistoryApiTest {
    private static final String PATH = "/service/v1/history";
    private static final int SEALED = 35;
    private static final ExportedHistory HISTORY = ExportedHistory.of(
            IntStream.range(0, SEALED).mapToObj(HistoryApiTest::event).toList());

    private static FakeLedger ledger;
    private static RunningCloud cloud;
    private static String customer;
    private static String other;
    private static String auditor;

    private static String event(int number) {
        return """
                {"id":"e%d","eventTime":"2026-11-26T06:00:00Z","action":"%s","outcome":"success",\
                "initiator":{"id":"u","typeURI":"service/security/account/user","name":"=雲, \\"海\\""},\
                "target":{"id":"t%d","typeURI":"compute/server","name":"web"},"attachments":{"before":"a","now":"b"},\
                "changes":[{"field":"name","before":"a","after":"b"},{"field":"user_data","confidential":true}]}""".formatted(number, number % 7 == 0 ? "create" : "update", number);
    }

    @BeforeAll
    static void start() {
        TestPki pki = new TestPki();
        ledger = new FakeLedger(pki, HISTORY, SEALED, List.of(event(SEALED)));
        cloud = RunningCloud.start(
                pki,
                "--unkai.ledger-url=" + ledger.address(),
                "--unkai.history.export-patience=300ms",
                "--unkai.desk-mail=desk@provider.example",
                "--unkai.desk-language=en");
        customer = cloud.token(ExportedHistory.LOG, "reader");
        other = cloud.token("another-project", "reader");
        auditor = cloud.tokenOf("aud", "default", "office", "default", "auditor", "reader");
    }

    @AfterAll
    static void stop() {
        cloud.close();
        ledger.close();
    }

    @AfterEach
    void answerAgain() {
        ledger.failAfter(Integer.MAX_VALUE);
        ledger.drop(Integer.MIN_VALUE);
    }

    @Test
    void anEventIsShownAsSealedOnceTheNewestHeadHoldsIt() {
        JsonNode page = get(customer, PATH + "?limit=2").json();

        assertThat(page.at("/sealed/size").longValue()).isEqualTo(SEALED);
        assertThat(page.at("/events/0/place").longValue()).isEqualTo(SEALED);
        assertThat(page.at("/events/0/sealed").booleanValue()).isFalse();
        assertThat(page.at("/events/1/sealed").booleanValue()).isTrue();
        assertThat(get(customer, PATH + "?limit=2&after=" + page.path("next").asString())
                        .json()
                        .at("/events/0/place")
                        .longValue())
                .isEqualTo(SEALED - 2);
        JsonNode none = get(other, PATH).json();
        assertThat(none.path("events")).isEmpty();
        assertThat(none.path("sealed").isNull()).isTrue();
    }

    @Test
    void anEventComesWithItsFactsAndAProofThatLeadsToTheSignedHead() {
        JsonNode whole = get(customer, PATH + "/8").json();

        assertThat(whole.at("/attachments/before").asString()).isEqualTo("a");
        assertThat(whole.at("/changes/0/after").asString()).isEqualTo("b");
        assertThat(whole.at("/changes/1/confidential").booleanValue()).isTrue();
        assertThat(whole.at("/changes/1/after").isNull()).isTrue();
        assertThat(whole.at("/event/sealed").booleanValue()).isTrue();
        byte[] leaf = new EventLeaf(
                        ExportedHistory.LOG,
                        8,
                        Instant.parse(whole.at("/event/received").asString()),
                        whole.path("text").asString())
                .hash();
        JsonNode proof = whole.path("proof");
        assertThat(MerkleProof.includes(
                        bytes(proof.at("/head/root")),
                        proof.at("/head/size").longValue(),
                        8,
                        leaf,
                        path(proof.path("path"))))
                .isTrue();
        assertThat(proof.at("/round/round/number").longValue()).isEqualTo(3);
        assertThat(get(customer, PATH + "/proofs/8").json().path("path")).isEqualTo(proof.path("path"));
        assertThat(get(customer, PATH + "/head").json().path("head")).isEqualTo(proof.path("head"));

        JsonNode fresh = get(customer, PATH + "/" + SEALED).json();
        assertThat(fresh.path("proof").isNull()).isTrue();
        assertThat(fresh.at("/event/id").asString()).isEqualTo("e" + SEALED);
        for (String absent : List.of("/" + (SEALED + 1), "/-1", "/proofs/" + SEALED)) {
            assertThat(get(customer, PATH + absent).status()).as(absent).isEqualTo(404);
        }
        assertThat(get(other, PATH + "/head").status()).isEqualTo(404);
        assertThat(get(other, PATH + "/8").status()).isEqualTo(404);
    }

    @Test
    void ofAnEventThatIsNotKeptAnyMoreIsSaidWhenItWentAndByWhichAct() {
        ledger.drop(8);

        Answer gone = get(customer, PATH + "/8");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.text())
                .contains("EventDropped", "2025-01", "2026-02-01T00:10:00Z", "act 3 of the ledger", "365 days");
        assertThat(get(other, PATH + "/8").status()).as("nobody else is told").isEqualTo(404);
    }

    @Test
    void anOlderHeadIsShownToBeTheBeginning() {
        JsonNode found = get(customer, PATH + "/consistency?from=20").json();

        assertThat(path(found.path("path"))).usingRecursiveComparison().isEqualTo(HISTORY.consistency(20));
        assertThat(found.path("size").longValue()).isEqualTo(SEALED);
        assertThat(get(customer, PATH + "/consistency?from=36").status()).isEqualTo(404);
        assertThat(get(customer, PATH + "/consistency").status()).isEqualTo(400);
    }

    @Test
    void anExportOfEverythingIsAFileThatCanBeCheckedAndAnEventItself() throws Exception {
        HistoryFile.Sound sound = check(get(customer, PATH + "/export"));

        assertThat(sound.events()).isEqualTo(SEALED);
        assertThat(sound.complete()).isTrue();
        assertThat(sound.round()).isPresent();
        assertThat(cloud.headers(customer, PATH + "/export?format=csv", Map.of())
                        .firstValue(ExportController.EVENTS))
                .contains(String.valueOf(SEALED));
        await().untilAsserted(() -> assertThat(ledger.recorded("user-of-" + ExportedHistory.LOG, "export"))
                .anySatisfy(event -> {
                    assertThat(event.at("/attachments/format").asString()).isEqualTo("jsonl");
                    assertThat(event.at("/target/project_id").asString()).isEqualTo(ExportedHistory.LOG);
                }));
    }

    @Test
    void anExportOfSomeIsAFileThatSaysSo() throws Exception {
        HistoryFile.Sound sound = check(get(customer, PATH + "/export?action=create"));

        assertThat(sound.events()).isEqualTo(5);
        assertThat(sound.complete()).isFalse();
    }

    @Test
    void aTableForSpreadsheetsHasItsValuesQuotedAndNoFormulas() {
        List<String> lines =
                get(customer, PATH + "/export?format=csv").text().lines().toList();

        assertThat(lines).hasSize(SEALED + 1);
        assertThat(lines.getFirst()).startsWith("\uFEFFplace,received,time,action");
        assertThat(lines.get(1))
                .startsWith("0,2026-")
                .contains("\"'=雲, \"\"海\"\"\"")
                .contains("name: a → b; user_data: ***");
    }

    @Test
    void aFileForPaperHoldsTheHeadTheKeyAndEachEventWithItsHashInBothLanguages() throws Exception {
        byte[] english = bytesOf(PATH + "/export?format=pdf");
        byte[] japanese = bytesOf(PATH + "/export?format=pdf&language=ja&action=create");

        HistoryLine line = HistoryLine.parse(HISTORY.line(8));
        EventLeaf leaf = new EventLeaf(ExportedHistory.LOG, 8, line.received(), line.event());
        String text = pdf(english);
        assertThat(text).contains("Events in it: " + SEALED).contains("Name: a → b; User data: ***");
        assertThat(text.replaceAll("\\s", ""))
                .contains(HexFormat.of().formatHex(HISTORY.head().root()))
                .contains(get(null, "/service/v1/ledger/key")
                        .json()
                        .path("sha256")
                        .asString())
                .contains(HexFormat.of().formatHex(leaf.hash()));
        assertThat(pdf(japanese))
                .contains("操作履歴")
                .contains("イベント 5 件")
                .contains("ユーザーデータ: ***")
                .contains("=雲, \"海\"");
        assertThat(get(customer, PATH + "/export?format=pdf&language=fr").status())
                .isEqualTo(400);
    }

    private static byte[] bytesOf(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cloud.address() + path))
                .header("X-Auth-Token", customer)
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
        return answer.body();
    }

    private static String pdf(byte[] file) throws Exception {
        PdfReader reader = new PdfReader(file);
        PdfTextExtractor extractor = new PdfTextExtractor(reader);
        StringBuilder text = new StringBuilder();
        for (int page = 1; page <= reader.getNumberOfPages(); page++) {
            text.append(extractor.getTextFromPage(page)).append('\n');
        }
        return text.toString();
    }

    @Test
    void anExportThatTheLedgerCannotFinishIsCutOffAndNeverLooksWhole() {
        ledger.failAfter(2);

        assertThatThrownBy(() -> get(customer, PATH + "/export")).hasStackTraceContaining("EOF");
    }

    @Test
    void whatTheAuditorFindsGoesToTheDeskOnceAndASecondTimeWhereItIsFoundAnew() {
        var system = cloud.database().system(); // sees all rows
        JdbcClient sql =
                JdbcClient.create(new SingleConnectionDataSource(system.url(), system.user(), system.password(), true));
        Map<String, Object> first = finding("2026-11-26T07:00:00Z", 17, "イベント 17 が書き換えられています。");
        Map<String, Object> second = finding("2026-11-26T08:00:00Z", 4, null);
        try {
            ledger.finds(List.of(first));
            sql.sql("notify ledger_finding").update();
            await().untilAsserted(() -> assertThat(mails(sql)).hasSize(1));
            ledger.finds(List.of(second, first));
            sql.sql("notify ledger_finding").update();
            await().untilAsserted(() -> assertThat(mails(sql)).hasSize(2));
            ledger.finds(List.of(finding("2026-11-26T09:00:00Z", 17, "イベント 17 が書き換えられています。")));
            sql.sql("notify ledger_finding").update();
            await().untilAsserted(() -> assertThat(mails(sql)).hasSize(3));

            assertThat(mails(sql).get(0))
                    .as("the desk of this site reads English")
                    .contains("2026-11-26T07:00:00Z Event 17 was changed.", "/ledger-state")
                    .doesNotContain("イベント");
            assertThat(mails(sql).get(1))
                    .contains("2026-11-26T08:00:00Z Event 4 ")
                    .doesNotContain("Event 17");
        } finally {
            ledger.finds(List.of());
        }
    }

    @Test
    void aFindingIsSaidInTheDesksLanguageAndOneOfAnEarlierVersionInEnglish() {
        JsonNode found = LedgerReader.JSON.valueToTree(finding("2026-11-26T07:00:00Z", 17, "イベント 17 が書き換えられています。"));
        JsonNode older = LedgerReader.JSON.valueToTree(finding("2026-11-26T07:00:00Z", 4, null));

        assertThat(FindingMails.sentence(found, Language.JA)).isEqualTo("イベント 17 が書き換えられています。");
        assertThat(FindingMails.sentence(found, Language.EN)).isEqualTo("Event 17 was changed.");
        assertThat(FindingMails.sentence(older, Language.JA)).isEqualTo("Event 4 was changed.");
    }

    private static Map<String, Object> finding(String found, long place, @Nullable String japanese) {
        Map<String, Object> finding = new HashMap<>(Map.of(
                "found",
                found,
                "kind",
                "changed",
                "log",
                "p",
                "place",
                place,
                "sentence",
                "Event " + place + " was changed."));
        if (japanese != null) {
            finding.put("sentenceJa", japanese);
        }
        return finding;
    }

    private static List<String> mails(JdbcClient sql) {
        return sql.sql(
                        "select body from mail where template = 'ledger-finding' and recipient = 'desk@provider.example' order by posted_at, id")
                .query(String.class)
                .list();
    }

    @Test
    void wrongValuesAreRefusedWithASentence() {
        for (String bad : List.of(
                "/export?format=doc", "?outcome=maybe", "?since=yesterday", "?limit=0", "?target=" + "x".repeat(256))) {
            Answer answer = get(customer, PATH + bad);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.json().path("detail").asString()).contains("\"");
        }
    }

    @Test
    void aCustomerReadsItsOwnHistoryOnlyAndTheRefusalIsRecorded() {
        for (String path : List.of("", "/0", "/head", "/proofs/0", "/export", "/consistency?from=1")) {
            String query = (path.contains("?") ? "&" : "?") + "project=" + ExportedHistory.LOG;
            Answer answer = get(other, PATH + path + query);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text()).doesNotContain("\"e8\"");
        }
        await().untilAsserted(() -> assertThat(ledger.recorded("user-of-another-project", "history:event:export"))
                .hasSize(1));
    }

    @Test
    void aLookOfTheProvidersPeopleIsOneEventInTheCustomersHistoryHoweverOftenTheyLook() throws Exception {
        for (int n = 0; n < 3; n++) {
            assertThat(get(auditor, PATH + "?project=" + ExportedHistory.LOG)
                            .json()
                            .path("events"))
                    .hasSize(SEALED + 1);
            JsonNode all = get(auditor, PATH + "?everyone=true").json();
            assertThat(all.at("/events/0/sealed").booleanValue())
                    .as("not sealed yet")
                    .isFalse();
            assertThat(all.at("/events/1/sealed").booleanValue()).isTrue();
        }
        assertThat(check(get(auditor, PATH + "/export?project=" + ExportedHistory.LOG))
                        .events())
                .isEqualTo(SEALED);

        await().untilAsserted(() -> assertThat(ledger.recorded("aud", "export")).hasSize(1));
        assertThat(ledger.recorded("aud", "read"))
                .extracting(
                        event -> event.at("/target/project_id").asString(""),
                        event -> event.at("/target/id").asString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(ExportedHistory.LOG, ExportedHistory.LOG),
                        org.assertj.core.groups.Tuple.tuple("", "*"));
        assertThat(get(auditor, PATH + "?project=" + "no%20id").status()).isEqualTo(400);
    }

    @Test
    void everybodySeesTheRoundsAndTheKeyAndTheProvidersPeopleTheAuditor() {
        JsonNode key = get(null, "/service/v1/ledger/key").json();

        assertThat(key.path("pem").asString()).isEqualTo(HISTORY.key().pem());
        assertThat(key.path("sha256").asString()).matches("[0-9a-f]{64}");
        assertThat(get(null, "/service/v1/ledger/rounds")
                        .json()
                        .at("/rounds/0/number")
                        .longValue())
                .isEqualTo(3);
        assertThat(get(null, "/service/v1/ledger/rounds?limit=101").status()).isEqualTo(400);
        assertThat(get(auditor, "/service/v1/ledger/audit")
                        .json()
                        .path("passes")
                        .intValue())
                .isEqualTo(3);
        assertThat(get(customer, "/service/v1/ledger/audit").status()).isEqualTo(403);
    }

    @Test
    void theProvidersPeopleSeeHowLongEventsAreKeptAndASecurityOfficerChangesIt() {
        String retention = PATH + "/retention";
        String officer = cloud.tokenOf("sec", "default", "office", "default", "security-officer", "reader");
        String shorter = "{\"days\":30,\"reason\":\"new rule\"}";

        assertThat(get(auditor, retention).json().at("/classes/0/days").intValue())
                .isEqualTo(365);
        assertThat(get(customer, retention).status()).isEqualTo(403);
        for (String token : List.of(customer, auditor)) {
            assertThat(cloud.send(token, "PUT", retention + "/access", shorter).status())
                    .isEqualTo(403);
        }
        for (String wrong :
                List.of("{\"days\":29,\"reason\":\"x\"}", "{\"days\":30}", "{\"days\":30,\"reason\":\" \"}", "{}")) {
            assertThat(cloud.send(officer, "PUT", retention + "/access", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(cloud.send(officer, "PUT", retention + "/all", shorter).status())
                .isEqualTo(404);
        assertThat(ledger.changed()).isEmpty();
        assertThat(cloud.send(officer, "PUT", retention + "/access", shorter).status())
                .isEqualTo(200);
        assertThat(ledger.changed())
                .singleElement()
                .satisfies(change -> assertThat(change)
                        .contains("/internal/v1/retention/access", "\"days\":30", "\"reason\":\"new rule\"", "(sec)"));
    }

    private static Answer get(String token, String path) {
        return cloud.send(token, "GET", path, null);
    }

    private static HistoryFile.Sound check(Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return HistoryFile.check(
                new ByteArrayInputStream(answer.text().getBytes(StandardCharsets.UTF_8)),
                Optional.of(HISTORY.key()),
                _ -> {});
    }

    private static byte[] bytes(JsonNode text) {
        return Base64.getDecoder().decode(text.asString());
    }

    private static List<byte[]> path(JsonNode hashes) {
        List<byte[]> path = new ArrayList<>();
        hashes.forEach(hash -> path.add(bytes(hash)));
        return path;
    }
}
