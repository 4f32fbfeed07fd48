package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.evidence.SecrecyAlarms;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/** The register of disclosures: its states, its two people, what the customer learns, and that nothing in it is ever lost. */
class DisclosureTest {
    private static final String CUSTOMER = "project-of-customer";
    private static final String PATH = "/service/v1/evidence/disclosures";
    private static final String REQUEST = """
            {"requester":"%s","theirNumber":"Sha 12-7","channel":"letter","receivedAt":"2026-01-31T00:00:00Z","legalBasis":"Code of Criminal Procedure 197 (2)",\
            "project":"project-of-customer","scope":"log-ins of January","from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z","mayTell":%s,"reason":"copied wrongly"}""";

    private static RunningCloud cloud;
    private static JdbcClient sql;
    private static String server;

    @BeforeAll
    static void start() {
        TestPki pki = new TestPki();
        PemFiles seal = pki.issue("evidence");
        cloud = RunningCloud.start(
                pki, "--unkai.evidence.certificate=" + seal.certificate(), "--unkai.evidence.key=" + seal.key());
        server = OwnersThings.make(cloud, CUSTOMER).fillBody("{server}");
        var system = cloud.database().system(); // sees all rows
        sql = JdbcClient.create(new SingleConnectionDataSource(system.url(), system.user(), system.password(), true));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void oneProposesAnotherDecidesAndEachStepStandsInItsHistory() {
        String id = record("Police of the prefecture", true);
        assertThat(step("kei", "PUT", id, "decision", "{\"agreed\":true,\"note\":\"n\"}")
                        .status())
                .as("nothing is proposed")
                .isEqualTo(409);
        assertThat(step("kei", "PUT", id, "handover", "{\"to\":\"t\"}").status())
                .isEqualTo(409);
        assertThat(state(as("kei", "PUT", PATH + "/" + id, REQUEST.formatted("Police of the other prefecture", true))))
                .isEqualTo("received");
        assertThat(state(step("kei", "PUT", id, "proposal", "{\"answer\":\"granted\",\"reason\":\"lawful\"}")))
                .isEqualTo("proposed");
        assertThat(step("kei", "PUT", id, "decision", "{\"agreed\":true,\"note\":\"n\"}")
                        .status())
                .as("nobody agrees to his own proposal")
                .isEqualTo(403);
        assertThat(state(step("ren", "PUT", id, "decision", "{\"agreed\":false,\"note\":\"too much\"}")))
                .isEqualTo("received");
        step("kei", "PUT", id, "proposal", "{\"answer\":\"partly\",\"reason\":\"January only\"}");
        assertThat(state(step("ren", "PUT", id, "decision", "{\"agreed\":true,\"note\":\"agreed\"}")))
                .isEqualTo("partly");
        assertThat(state(step("kei", "PUT", id, "handover", "{\"to\":\"Inspector Sato, by hand\"}")))
                .isEqualTo("handed_over");
        assertThat(step("kei", "PUT", id, "withdrawal", "{\"note\":\"n\"}").status())
                .isEqualTo(409);
        step("kei", "POST", id, "notes", "{\"note\":\"the receipt is in the safe\"}");
        assertThat(state(step("kei", "PUT", id, "closure", "{\"note\":\"done\"}")))
                .isEqualTo("closed");

        JsonNode whole = as("aoi", "GET", PATH + "/" + id, null).json();
        List<String> actions = new ArrayList<>();
        whole.path("changes")
                .forEach(change -> actions.add(change.path("action").asString()));
        assertThat(actions)
                .containsExactly(
                        "disclosure/record",
                        "disclosure/correct",
                        "disclosure/propose",
                        "disclosure/return",
                        "disclosure/propose",
                        "disclosure/decide",
                        "disclosure/hand-over",
                        "disclosure/note",
                        "disclosure/close");
        assertThat(whole.at("/changes/1/facts/requester").asString())
                .isEqualTo("Police of the prefecture → Police of the other prefecture");
        assertThat(events(id).stream().map(event -> event.path("action").asString()))
                .isEqualTo(actions);
        assertThat(events(id)).allMatch(event -> event.at("/target/project_id").isMissingNode());
        for (String statement : List.of(
                "update disclosure_change set action = 'x'",
                "delete from disclosure_change",
                "delete from disclosure")) {
            assertThat(failure(statement)).as(statement).contains("permission denied");
        }
    }

    @Test
    void aCorrectionSaysWhyKeepsWhatStoodThereAndLeavesWhatIsDecidedAbout() {
        String id = record("Polise of the prefecture", true);
        String path = PATH + "/" + id;
        String right = REQUEST.formatted("Police of the prefecture", true);
        assertThat(as("kei", "PUT", path, right.replace("\"reason\":\"copied wrongly\"", "\"reason\":\"\""))
                        .status())
                .as("without a reason")
                .isEqualTo(400);
        assertThat(as("kei", "PUT", path, REQUEST.formatted("Polise of the prefecture", true))
                        .status())
                .as("nothing is different")
                .isEqualTo(400);
        String otherScope = REQUEST.formatted("Polise of the prefecture", true).replace("January", "May");
        assertThat(as("kei", "PUT", path, otherScope).status()).isEqualTo(200);
        step("kei", "PUT", id, "proposal", "{\"answer\":\"granted\",\"reason\":\"lawful\"}");
        step("ren", "PUT", id, "decision", "{\"agreed\":true,\"note\":\"agreed\"}");

        assertThat(as("kei", "PUT", path, right).text()).contains("what the answer is about");
        assertThat(as("ren", "PUT", path, right.replace("January", "May")).status())
                .isEqualTo(200);

        JsonNode changes = as("aoi", "GET", path, null).json().path("changes");
        assertThat(changes.get(1).path("facts").toString())
                .contains("log-ins of January → log-ins of May", "copied wrongly");
        assertThat(changes.get(4).at("/by/id").asString()).isEqualTo("ren");
        assertThat(changes.get(4).at("/facts/requester").asString())
                .isEqualTo("Polise of the prefecture → Police of the prefecture");
        assertThat(changes.get(4).path("facts")).as("and the reason").hasSize(2);
    }

    @Test
    void packagesAreLinkedToTheRequestThatTheyAnswerAndToNoOther() {
        String id = record("Court of the district", false);
        String other = record("Another court", false);
        String elsewhere = as(
                        "kei",
                        "POST",
                        PATH,
                        REQUEST.formatted("A court elsewhere", false).replace(CUSTOMER, "project-of-another"))
                .json()
                .path("id")
                .asString();
        String made = made("kei", id, false, false).json().path("id").asString();
        String loose = made("kei", null, false, true).json().path("id").asString();
        String unseen = made("kei", null, false, false).json().path("id").asString();

        assertThat(made("kei", elsewhere, false, false).status())
                .as("another customer's request")
                .isEqualTo(400);
        assertThat(made("kei", id, false, true).status())
                .as("the customer may know of the package, and not of the request")
                .isEqualTo(409);
        assertThat(link(id, loose).status()).isEqualTo(409);
        assertThat(link(elsewhere, unseen).status()).isEqualTo(400);
        assertThat(link(other, made).text()).contains("made for another request");
        assertThat(link(id, unseen).status()).isEqualTo(200);
        assertThat(link(id, unseen).text()).contains("linked to this request already");

        JsonNode whole = as("aoi", "GET", PATH + "/" + id, null).json();
        assertThat(whole.path("packages")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .containsExactly(made, unseen);
        JsonNode linked = as("aoi", "GET", "/service/v1/evidence/packages/" + unseen, null)
                .json();
        assertThat(linked.at("/evidence/disclosure").asString()).isEqualTo(id);
        assertThat(linked.path("custody")
                        .valueStream()
                        .filter(entry -> entry.path("action").asString().equals("evidence-package/link"))
                        .map(entry -> entry.at("/facts/disclosure").asString()))
                .containsExactly(whole.at("/disclosure/reference").asString());
        assertThat(as(
                                "kei",
                                "PUT",
                                PATH + "/" + id,
                                REQUEST.formatted("Court of the district", false)
                                        .replace(CUSTOMER, "project-of-another"))
                        .status())
                .as("a request with packages stays about its customer")
                .isEqualTo(409);
    }

    @Test
    void memoryIsSecuredUnseenOnlyForATimeOnWhichTwoHaveAgreedAndThenTheCustomersHistoryTellsOfIt() {
        String id = record("Court of the district", false);
        String until = Instant.now().plus(30, ChronoUnit.DAYS).toString();
        String wish = "{\"until\":\"%s\",\"ground\":\"Order of 26 November\"}";
        assertThat(made("kei", id, true, false).status())
                .as("neither an access nor a period")
                .isEqualTo(403);
        assertThat(step("kei", "PUT", id, "secrecy", wish.formatted("2999-01-01T00:00:00Z"))
                        .status())
                .as("no end is in sight")
                .isEqualTo(400);
        assertThat(step("kei", "PUT", id, "secrecy", wish.formatted(until)).status())
                .isEqualTo(200);
        assertThat(step("kei", "PUT", id, "secrecy/agreement", null).status())
                .as("nobody agrees to his own wish")
                .isEqualTo(403);
        assertThat(made("kei", id, true, false).status())
                .as("asked for is not agreed to")
                .isEqualTo(403);
        assertThat(step("ren", "PUT", id, "secrecy/agreement", null)
                        .json()
                        .path("secretUntil")
                        .isMissingNode())
                .isFalse();
        assertThat(made("kei", id, true, false).text()).contains("decided to grant");
        step("kei", "PUT", id, "proposal", "{\"answer\":\"granted\",\"reason\":\"lawful\"}");
        step("ren", "PUT", id, "decision", "{\"agreed\":true,\"note\":\"agreed\"}");
        assertThat(made("aoi", id, true, false).text()).contains("Only the officers who have decided");
        assertThat(made("kei", null, true, false).status())
                .as("for this request and nothing else")
                .isEqualTo(403);
        assertThat(step("kei", "PUT", id, "openness", "{\"mayTell\":true,\"reason\":\"r\"}")
                        .status())
                .as("one officer does not undo what two have decided")
                .isEqualTo(409);

        String made = made("kei", id, true, false).json().path("id").asString();

        List<JsonNode> before = events(made);
        assertThat(before).hasSize(1);
        assertThat(before.getFirst().at("/target/project_id").isMissingNode()).isTrue();
        assertThat(before.getFirst().at("/attachments/customer_not_told_until").asString())
                .isNotEmpty();
        assertThat(sql.sql("select count(*) from outbox where project_id = ? and event like '%' || ? || '%'")
                        .params(CUSTOMER, made)
                        .query(Long.class)
                        .single())
                .as("in the customer's history")
                .isZero();

        String auditor = cloud.tokenOf("auditor", "default", "office", "default", "auditor", "reader");
        assertThat(cloud.send(auditor, "GET", PATH + "/" + id, null)
                        .json()
                        .at("/secrecy/0/ground")
                        .asString())
                .isEqualTo("Order of 26 November");
        assertThat(cloud.send(auditor, "DELETE", PATH + "/" + id + "/secrecy?reason=r", null)
                        .status())
                .isEqualTo(403);
        sql.sql("update disclosure_secrecy set asked_at = now() - interval '1 day', until_at = now()")
                .update();
        sql.sql("notify disclosure_secrecy").update();

        await().untilAsserted(() -> assertThat(events(made)).hasSize(2));
        JsonNode told = events(made).getLast();
        assertThat(told.at("/target/project_id").asString()).isEqualTo(CUSTOMER);
        assertThat(told.path("action").asString()).isEqualTo("evidence-package/tell");
        JsonNode facts = told.path("attachments");
        assertThat(facts.path("recorded_event").asString())
                .isEqualTo(before.getFirst().path("id").asString());
        assertThat(facts.path("recorded_sha256").asString())
                .as("of the text that the provider's history has had since")
                .isEqualTo(sql.sql("""
                                select encode(sha256(convert_to(event, 'UTF8')), 'hex') from outbox where event::jsonb ->> 'id' = ?
                                """)
                        .param(before.getFirst().path("id").asString())
                        .query(String.class)
                        .single());
        assertThat(facts.path("parts").asString()).contains("memory");
        assertThat(facts.path("requester").asString()).isEqualTo("Court of the district");
        JsonNode evidence = cloud.send(auditor, "GET", "/service/v1/evidence/packages/" + made, null)
                .json()
                .path("evidence");
        assertThat(evidence.path("toldLater").asBoolean()).isTrue();
        assertThat(evidence.path("toldAt").isMissingNode()).isFalse();
        assertThat(made("kei", id, true, false).status())
                .as("the period is over")
                .isEqualTo(403);
        assertThat(failure("delete from disclosure_secrecy")).contains("permission denied");
    }

    @Test
    void theLastWeekOfAPeriodIsAnAlarmEachDayInTheProvidersHistoryAndByMail() {
        String id = record("Court of the district", false);
        Instant until = Instant.now().plus(100, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        step("kei", "PUT", id, "secrecy", "{\"until\":\"%s\",\"ground\":\"g\"}".formatted(until));
        step("ren", "PUT", id, "secrecy/agreement", null);
        step("kei", "PUT", id, "proposal", "{\"answer\":\"granted\",\"reason\":\"lawful\"}");
        step("ren", "PUT", id, "decision", "{\"agreed\":true,\"note\":\"agreed\"}");
        assertThat(made("ren", id, true, false).status()).isEqualTo(202);

        SecrecyAlarms.lookAt(cloud.context(), until.minus(8, ChronoUnit.DAYS));
        assertThat(alarms(id)).as("before the last week").isEmpty();
        SecrecyAlarms.lookAt(cloud.context(), until.minus(6, ChronoUnit.DAYS));
        SecrecyAlarms.lookAt(cloud.context(), until.minus(6, ChronoUnit.DAYS).plus(23, ChronoUnit.HOURS));
        assertThat(alarms(id)).as("once a day").hasSize(1);
        SecrecyAlarms.lookAt(cloud.context(), until.minus(5, ChronoUnit.DAYS));
        assertThat(alarms(id)).hasSize(2);

        JsonNode alarm = alarms(id).getLast();
        assertThat(alarm.at("/target/project_id").isMissingNode())
                .as("in the provider's history alone")
                .isTrue();
        assertThat(alarm.path("outcome").asString()).isEqualTo("failure");
        assertThat(alarm.at("/attachments/until").asString()).isEqualTo(until.toString());
        assertThat(alarm.at("/attachments/packages").asString()).isEqualTo("1");
        assertThat(sql.sql("select body from mail where template = 'secrecy-ending' and recipient = ? and body like ?")
                        .params("officers@provider.example", "%" + until + "%")
                        .query(String.class)
                        .list())
                .hasSize(2)
                .allSatisfy(body -> assertThat(body).contains("/evidence/disclosures", "1 件"));

        as("aoi", "DELETE", PATH + "/" + id + "/secrecy?reason=lifted", null);
        SecrecyAlarms.lookAt(cloud.context(), until.minus(4, ChronoUnit.DAYS));
        SecrecyAlarms.lookAt(cloud.context(), until.plus(1, ChronoUnit.DAYS));
        assertThat(alarms(id)).as("what has ended").hasSize(2);
    }

    private static List<JsonNode> alarms(String id) {
        return events(id).stream()
                .filter(event -> event.path("action").asString().equals("disclosure/secrecy-ends"))
                .toList();
    }

    @Test
    void aPeriodThatIsEndedEarlyTellsTheCustomersHistoryAtOnce() {
        String id = record("Court of the district", false);
        String until = Instant.now().plus(3, ChronoUnit.DAYS).toString();
        step("kei", "PUT", id, "secrecy", "{\"until\":\"%s\",\"ground\":\"g\"}".formatted(until));
        step("ren", "PUT", id, "secrecy/agreement", null);
        step("kei", "PUT", id, "proposal", "{\"answer\":\"granted\",\"reason\":\"lawful\"}");
        step("ren", "PUT", id, "decision", "{\"agreed\":true,\"note\":\"agreed\"}");
        String made = made("ren", id, true, false).json().path("id").asString();

        assertThat(as("aoi", "DELETE", PATH + "/" + id + "/secrecy?reason=lifted", null)
                        .status())
                .isEqualTo(200);

        await().untilAsserted(() -> assertThat(events(made))
                .extracting(event -> event.path("action").asString())
                .containsExactly("evidence-package/make", "evidence-package/tell"));
        assertThat(as("aoi", "DELETE", PATH + "/" + id + "/secrecy?reason=again", null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theCustomerIsToldOnlyWhereThatIsAllowedAndOnce() {
        String id = record("Court of the district", false);
        String notice = "{\"email\":\"master@customer.example\",\"language\":\"ja\"}";
        step("kei", "PUT", id, "proposal", "{\"answer\":\"refused\",\"reason\":\"no legal ground\"}");
        step("ren", "PUT", id, "decision", "{\"agreed\":true,\"note\":\"agreed\"}");
        assertThat(step("kei", "POST", id, "notice", notice).status()).isEqualTo(409);
        assertThat(mails()).isEmpty();
        step("kei", "PUT", id, "openness", "{\"mayTell\":true,\"reason\":\"the order has ended\"}");

        Answer told = step("kei", "POST", id, "notice", notice);

        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(told.json().path("toldAt").isMissingNode()).isFalse();
        assertThat(mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail)
                        .contains("Court of the district", "開示しない", "2026-01-31")
                        .doesNotContain("no legal ground"));
        assertThat(events(id).stream()
                        .filter(event ->
                                event.at("/target/project_id").asString("").equals(CUSTOMER))
                        .map(event -> event.path("action").asString()))
                .containsExactly("disclosure/tell");
        assertThat(step("kei", "POST", id, "notice", notice).status()).isEqualTo(409);
        assertThat(step("kei", "PUT", id, "openness", "{\"mayTell\":false,\"reason\":\"r\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void itIsSearchedAndGoesOutAsAFileWithoutFormulas() {
        String id = record("=HYPERLINK(1), \\\"the\\\" bureau", true);
        String auditor = cloud.tokenOf("auditor", "default", "office", "default", "auditor", "reader");

        JsonNode found = cloud.send(auditor, "GET", PATH + "?words=hyperlink&state=received", null)
                .json()
                .path("disclosures");
        assertThat(found)
                .singleElement()
                .satisfies(one -> assertThat(one.path("id").asString()).isEqualTo(id));
        assertThat(cloud.send(auditor, "GET", PATH + "?words=hyperlink&state=closed", null)
                        .json()
                        .path("disclosures"))
                .isEmpty();
        assertThat(cloud.send(auditor, "GET", PATH + "?from=2026-02-01T00:00:00Z", null)
                        .json()
                        .path("disclosures"))
                .isEmpty();
        assertThat(cloud.send(auditor, "GET", PATH + "?state=lost", null).status())
                .isEqualTo(400);
        assertThat(cloud.send(auditor, "GET", PATH + "/export?words=hyperlink", null)
                        .text())
                .startsWith("\uFEFFreference,received,requester")
                .contains("\"'=HYPERLINK(1), \"\"the\"\" bureau\"");
    }

    @Test
    void officersWriteAndAuditorsRead() {
        String id = record("Bureau of taxes", false);
        String auditor = cloud.tokenOf("auditor", "default", "office", "default", "auditor", "reader");
        String service =
                cloud.tokenOf("service", "default", "office", "default", "service-operator", "auditor", "member");
        String customer = cloud.token(CUSTOMER, "manager", "member", "reader");

        assertThat(cloud.send(auditor, "GET", PATH + "/" + id, null).status()).isEqualTo(200);
        for (String token : List.of(auditor, service, customer)) {
            assertThat(cloud.send(token, "POST", PATH, REQUEST.formatted("r", true))
                            .status())
                    .isEqualTo(403);
            assertThat(cloud.send(token, "POST", PATH + "/" + id + "/notes", "{\"note\":\"n\"}")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(cloud.send(customer, "GET", PATH, null).status()).isEqualTo(403);
        assertThat(cloud.send(customer, "GET", PATH + "/export", null).status()).isEqualTo(403);
        for (String bad : List.of(
                "{}",
                REQUEST.formatted("r", "null"),
                REQUEST.formatted(" ", true),
                REQUEST.formatted("r", true).replace("letter", "pigeon"),
                REQUEST.formatted("r", true).replace("2026-02-01", "2025-02-01"),
                REQUEST.formatted("r", true).replace("2026-01-31", "2999-01-31"))) {
            assertThat(as("kei", "POST", PATH, bad).status()).as(bad).isEqualTo(400);
        }
    }

    private static Answer as(String officer, String method, String path, @Nullable String body) {
        String token = cloud.tokenOf(officer, "default", "office", "default", "security-officer", "auditor", "reader");
        return cloud.send(token, method, path, body);
    }

    private static Answer made(String officer, @Nullable String disclosure, boolean memory, boolean mayTell) {
        return as(
                officer,
                "POST",
                "/service/v1/evidence/packages",
                "{\"reference\":\"K-1\",\"project\":\"%s\",\"server\":\"%s\",\"reason\":\"r\",\"mayTell\":%s,\"memory\":%s,\"disclosure\":%s}"
                        .formatted(
                                CUSTOMER,
                                server,
                                mayTell,
                                memory,
                                disclosure == null ? "null" : "\"" + disclosure + "\""));
    }

    private static Answer link(String disclosure, String made) {
        return step("kei", "POST", disclosure, "packages", "{\"packageId\":\"%s\"}".formatted(made));
    }

    private static Answer step(String officer, String method, String id, String what, @Nullable String body) {
        return as(officer, method, PATH + "/" + id + "/" + what, body);
    }

    private static String record(String requester, boolean mayTell) {
        Answer answer = as("kei", "POST", PATH, REQUEST.formatted(requester, mayTell));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("reference").asString()).matches("D-[1-9][0-9]*");
        return answer.json().path("id").asString();
    }

    private static String state(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("state").asString();
    }

    private static List<String> mails() {
        return sql.sql("select body from mail where template = 'disclosure-notice'")
                .query(String.class)
                .list();
    }

    private static String failure(String statement) {
        try {
            sql.sql(statement).update();
            return "it was done";
        } catch (org.springframework.dao.DataAccessException e) {
            return String.valueOf(e.getMostSpecificCause().getMessage());
        }
    }

    private static List<JsonNode> events(String id) {
        return sql.sql("select event from outbox order by id").query(String.class).list().stream()
                .map(RunningCloud.JSON::readTree)
                .filter(event -> event.at("/target/id").asString().equals(id))
                .toList();
    }
}
