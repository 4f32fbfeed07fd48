package dev.unkai.cloud.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What is told to whom, corrected without losing what was said, and read by each person for himself. */
class NoticeTest {
    private static final String OWN = "/service/v1/notices";
    private static final String REGISTER = "/service/v1/notice-register";

    private static RunningCloud cloud;
    private static String operator;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
        operator = cloud.token("operator", "service-operator", "auditor", "member", "reader");
        contract("kumo", "ja");
        contract("sora", "en");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void aNoticeForEverybodyIsUnreadByEachPersonUntilHeReadsItAndAgainWhenItIsCorrected() {
        String id = publish(wish("Maintenance of host 3", "\"everyone\":true"));
        String reader = reader("project-of-kumo");
        String colleague = cloud.tokenOf("colleague", "d", "project-of-kumo", "d", "reader");

        assertThat(own(reader, id).path("read").asBoolean()).isFalse();
        assertThat(own(reader, id).at("/title/ja").asString()).isEqualTo("件名");
        assertThat(cloud.send(reader, "POST", OWN + "/" + id + "/reading", null).status())
                .isEqualTo(204);
        assertThat(own(reader, id).path("read").asBoolean()).isTrue();
        assertThat(own(colleague, id).path("read").asBoolean())
                .as("each reads for himself")
                .isFalse();

        String later = wish("Maintenance of host 4", "\"everyone\":true,\"reason\":\"the other host\"");
        JsonNode whole = ok(cloud.send(operator, "PUT", REGISTER + "/" + id, later));
        assertThat(whole.at("/versions/0/title/en").asString()).isEqualTo("Maintenance of host 4");
        assertThat(whole.at("/versions/1/title/en").asString())
                .as("what was told stays")
                .isEqualTo("Maintenance of host 3");
        assertThat(whole.path("readers").asInt()).isZero();
        assertThat(own(reader, id).path("read").asBoolean()).isFalse();
        cloud.send(reader, "POST", OWN + "/reading", null);
        assertThat(own(reader, id).path("read").asBoolean()).isTrue();
        assertThat(ok(cloud.send(operator, "GET", REGISTER + "/" + id, null))
                        .path("readers")
                        .asInt())
                .isOne();
    }

    @Test
    void aNoticeForOneContractIsSeenByNobodyElseNotEvenByItsId() {
        String id = publish(wish("For Sora", "\"everyone\":false,\"projects\":[\"project-of-sora\"]"));

        assertThat(own(reader("project-of-sora"), id).isMissingNode()).isFalse();
        assertThat(own(reader("project-of-kumo"), id).isMissingNode()).isTrue();
        assertThat(own(cloud.token("operator", "admin"), id).isMissingNode())
                .as("an administrator's own notices are those for his project")
                .isTrue();
        assertThat(cloud.send(reader("project-of-kumo"), "POST", OWN + "/" + id + "/reading", null)
                        .status())
                .isEqualTo(404);
        assertThat(cloud.send(reader("project-of-kumo"), "GET", REGISTER + "/" + id, null)
                        .status())
                .isEqualTo(403);

        String moved =
                wish("For Kumo", "\"everyone\":false,\"projects\":[\"project-of-kumo\"],\"reason\":\"wrong contract\"");
        ok(cloud.send(operator, "PUT", REGISTER + "/" + id, moved));
        assertThat(own(reader("project-of-sora"), id).isMissingNode()).isTrue();
        assertThat(own(reader("project-of-kumo"), id).isMissingNode()).isFalse();
    }

    @Test
    void itIsShownFromItsTimeUntilItsEndAndAnEndedOneIsNeitherShownNorChangedAnyMore() {
        String soon = publish(wish(
                "Soon",
                "\"everyone\":true,\"shownFrom\":\"%s\"".formatted(Instant.now().plusMillis(1_500))));
        assertThat(own(reader("project-of-kumo"), soon).isMissingNode()).isTrue();
        assertThat(registered(soon).path("state").asString()).isEqualTo("waiting");
        await().atMost(Duration.ofSeconds(4))
                .until(() -> !own(reader("project-of-kumo"), soon).isMissingNode());
        await().atMost(Duration.ofSeconds(2))
                .until(() -> text("select phase from notice where id = ?", soon).equals("shown"));

        assertThat(cloud.send(operator, "PUT", REGISTER + "/" + soon + "/end", "{\"reason\":\" \"}")
                        .status())
                .isEqualTo(400);
        ok(cloud.send(operator, "PUT", REGISTER + "/" + soon + "/end", "{\"reason\":\"published by mistake\"}"));
        assertThat(own(reader("project-of-kumo"), soon).isMissingNode()).isTrue();
        assertThat(registered(soon).path("endReason").asString()).isEqualTo("published by mistake");
        Answer again =
                cloud.send(operator, "PUT", REGISTER + "/" + soon, wish("Again", "\"everyone\":true,\"reason\":\"r\""));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).contains("Publish a new one");
        assertThat(actions(soon)).containsExactly("notice/publish", "notice/end");
    }

    @Test
    void aMailGoesToTheContactsOfItsContractsInTheirLanguageAndToNobodyElse() {
        publish(wish("By mail", "\"everyone\":true,\"mail\":true"));
        assertThat(mails("By mail", "%件名%"))
                .containsExactlyInAnyOrder("kumo@customer.example ja", "sora@customer.example en");

        publish(wish("To one", "\"everyone\":false,\"projects\":[\"project-of-sora\"],\"mail\":true"));
        assertThat(mails("To one", "-")).containsExactly("sora@customer.example en");
        publish(wish("Without", "\"everyone\":true"));
        assertThat(mails("Without", "-")).isEmpty();
    }

    @Test
    void whatIsIncompleteIsRefusedWithTheNextStepAndNothingIsPublished() {
        Map<String, String> wrong = Map.of(
                wish("x", "\"everyone\":true").replace("\"ja\":\"件名\"", "\"ja\":\"\""), "title.ja",
                wish("x", "\"everyone\":true").replace("\"kind\":\"maintenance\"", "\"kind\":\"party\""), "incident",
                wish("x", "\"everyone\":false"), "projects",
                wish("x", "\"everyone\":false,\"projects\":[\"nobodys\"]"), "Choose from the list",
                wish("x", "\"everyone\":true,\"projects\":[\"project-of-kumo\"]"), "none where",
                wish("x", "\"everyone\":true")
                                .replaceAll("\"shownUntil\":\"[^\"]*\"", "\"shownUntil\":\"2020-01-01T00:00:00Z\""),
                        "later than",
                wish("x".repeat(121), "\"everyone\":true"), "1 to 120 characters");
        int before = register().size();
        wrong.forEach((body, word) -> {
            Answer answer = cloud.send(operator, "POST", REGISTER, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.text()).contains(word);
        });
        assertThat(register()).hasSize(before);
        String id = publish(wish("same", "\"everyone\":true,\"shownFrom\":\"2026-01-01T00:00:00Z\""));
        JsonNode said = registered(id);
        Answer same = cloud.send(
                operator,
                "PUT",
                REGISTER + "/" + id,
                wish("same", "\"everyone\":true,\"shownFrom\":\"2026-01-01T00:00:00Z\",\"reason\":\"r\"")
                        .replaceAll(
                                "\"shownUntil\":\"[^\"]*\"",
                                "\"shownUntil\":\"" + said.path("shownUntil").asString() + "\""));
        assertThat(same.status()).isEqualTo(409);
    }

    @Test
    void noRightOfTheDatabaseTakesAwayWhatWasTold() {
        publish(wish("For good", "\"everyone\":true"));
        for (String statement : List.of(
                "delete from notice_version", "update notice_version set title_en = 'x'", "delete from notice")) {
            assertThatThrownBy(() ->
                            transactions().doAsSystem(db -> db.sql(statement).update()))
                    .as(statement)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theRegisterNamesTheContractsThatANoticeCanBeForWithTheirContact() {
        JsonNode contracts =
                ok(cloud.send(operator, "GET", REGISTER + "/contracts", null)).path("contracts");
        assertThat(contracts
                        .valueStream()
                        .map(one -> one.path("project").asString()
                                + " "
                                + one.path("email").asString() + " "
                                + one.path("language").asString()))
                .containsExactly(
                        "project-of-kumo kumo@customer.example ja", "project-of-sora sora@customer.example en");
    }

    private static String wish(String title, String more) {
        return """
                {"kind":"maintenance","important":false,"title":{"ja":"件名","en":"%s"},"text":{"ja":"本文","en":"Text of it."},"shownUntil":"%s",%s}""".formatted(title, Instant.now().plus(Duration.ofDays(2)), more);
    }

    private static String publish(String wish) {
        Answer answer = cloud.send(operator, "POST", REGISTER, wish);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/notice/id").asString();
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode register() {
        return ok(cloud.send(operator, "GET", REGISTER, null)).path("notices");
    }

    private static JsonNode registered(String id) {
        return ok(cloud.send(operator, "GET", REGISTER + "/" + id, null)).path("notice");
    }

    private static String reader(String project) {
        return cloud.token(project, "reader");
    }

    /** As it is shown to who has the token; missing where it is not. */
    private static JsonNode own(String token, String id) {
        return ok(cloud.send(token, "GET", OWN, null))
                .path("notices")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static Transactions transactions() {
        return cloud.context().getBean(Transactions.class);
    }

    private static String text(String sql, String id) {
        return transactions()
                .asSystem(db -> db.sql(sql)
                        .param(UUID.fromString(id))
                        .query(String.class)
                        .single());
    }

    private static List<String> actions(String id) {
        return transactions()
                .asSystem(db -> db.sql("""
                        select event::jsonb ->> 'action' from outbox where event::jsonb -> 'target' ->> 'id' = ? order by id
                        """).param(id).query(String.class).list());
    }

    /** Recipient and language, of those whose subject says one or the other. */
    private static List<String> mails(String title, String other) {
        return transactions()
                .asSystem(db -> db.sql(
                                "select recipient || ' ' || language from mail where subject like ? or subject like ?")
                        .params("%" + title + "%", other)
                        .query(String.class)
                        .list());
    }

    private static void contract(String name, String language) {
        UUID application = UUID.randomUUID();
        transactions().doAsSystem(db -> {
            db.sql("""
                    insert into application (id, state, company, person, email, telephone, wish, plan_id, purpose, language, source, created_at, state_at)
                    values (?, 'accepted', ?, 'p', ?, '', ?, 'shared', '', ?, '192.0.2.1', now(), now())
                    """)
                    .params(application, name, name + "@customer.example", name, language)
                    .update();
            db.sql("""
                    insert into contract (id, application_id, company, plan_id, plan_version, state, name, domain_id, project_id, master_name, created_at, active_at)
                    values (?, ?, ?, 'shared', 1, 'active', ?, ?, ?, 'm', now(), now())
                    """)
                    .params(UUID.randomUUID(), application, name, name, "domain-of-" + name, "project-of-" + name)
                    .update();
        });
    }
}
