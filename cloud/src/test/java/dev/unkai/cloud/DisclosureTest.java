package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
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
            "project":"project-of-customer","scope":"log-ins of January","from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z","mayTell":%s}""";

    private static RunningCloud cloud;
    private static JdbcClient sql;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
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
        assertThat(as("kei", "PUT", PATH + "/" + id, REQUEST.formatted("x", true))
                        .status())
                .as("what is proposed about stays")
                .isEqualTo(409);
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

    private static Answer step(String officer, String method, String id, String what, String body) {
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
