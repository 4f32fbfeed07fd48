package dev.unkai.cloud.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.plan.PortalAccess.Gate;
import dev.unkai.cloud.plan.store.PlanStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PlanApiTest {
    private static RunningCloud cloud;
    private static String operator;
    private static String mixed;

    @BeforeAll
    static void start() throws IOException {
        cloud = RunningCloud.start();
        operator = cloud.token("operator", "admin");
        try (InputStream stream = Objects.requireNonNull(PlanApiTest.class.getResourceAsStream("/plan/mixed.yaml"))) {
            mixed = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void anybodyReadsWhatTheDeliveredPlansPromise() {
        Answer answer = cloud.send(null, "GET", "/service/v1/plans", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/plans").findValuesAsString("backup")).contains("same-host", "none");
        Answer shared = cloud.send(null, "GET", "/service/v1/plans/shared/1", null);
        assertThat(shared.json().at("/credentials/issued").asString()).isEqualTo("provider-issued");
        assertThat(shared.json().at("/credentials/expiresAfterDays").isNull()).isTrue();
        assertThat(shared.json().at("/portalAccess/0").asString()).isEqualTo("source-addresses");
        assertThat(shared.json().at("/name/ja").asString()).isEqualTo("共用プラン");
        assertThat(shared.json().at("/responsibilities/layers/0/cells/0/party").asString())
                .isEqualTo("customer");
        assertThat(shared.json().at("/responsibilities/layers/0/cells/0/share").asString())
                .isEqualTo("whole");
        assertThat(cloud.send(null, "GET", "/service/v1/plans/shared", null)
                        .json()
                        .at("/versions")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void eachPolicyIsSaidToBeKeptByCodeThatIsThereOrByPeople() {
        Set<String> policies = Arrays.stream(Plan.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        policies.removeAll(Set.of("id", "version", "name", "summary", "texts", "responsibilities"));
        JsonNode said = cloud.send(null, "GET", "/service/v1/plans/shared/1", null)
                .json()
                .path("enforcement");

        assertThat(said.findValuesAsString("policy")).containsExactlyInAnyOrderElementsOf(policies);
        said.forEach(one -> {
            if (one.path("enforced").asBoolean()) {
                String keeper = one.path("by").asString();
                String module = keeper.split("\\.")[2];
                assertThat(Path.of("..", module, "src/main/java", keeper.replace('.', '/') + ".java"))
                        .exists();
            } else {
                assertThat(one.path("by").isNull()).isTrue();
            }
        });
        assertThat(said.valueStream().filter(one -> one.path("enforced").asBoolean()))
                .extracting(one -> one.path("policy").asString())
                .containsExactly("credentials", "userAdministration", "portalAccess", "placement");
    }

    @Test
    void whatIsNotThereIsToldSo() {
        assertThat(cloud.send(null, "GET", "/service/v1/plans/none", null).status())
                .isEqualTo(404);
        assertThat(cloud.send(null, "GET", "/service/v1/plans/shared/99", null).text())
                .contains("There is no version 99 of a plan");
        assertThat(cloud.send(null, "GET", "/service/v1/plans/shared/one", null).status())
                .isEqualTo(400);
    }

    @Test
    void anOperatorBringsAThirdPlanAsDataAndChangesItOnlyByNewVersions() {
        Answer first = publish(mixed);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.json().at("/placement/fewestHosts").asInt()).isEqualTo(3);
        assertThat(publish("# the same\n" + mixed).status()).isEqualTo(200);

        Answer changed = publish(mixed.replace("Doors", "Gates"));
        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.text()).contains("Version 1 of the plan").contains("higher number");

        assertThat(publish(mixed.replace("version: 1", "version: 3").replace("Doors", "Gates"))
                        .status())
                .isEqualTo(201);
        assertThat(publish(mixed.replace("version: 1", "version: 2")).status()).isEqualTo(409);

        Transactions transactions = cloud.context().getBean(Transactions.class);
        Plans plans = cloud.context().getBean(Plans.class);
        transactions.doAsSystem(db -> {
            Plans.Published newest = plans.newest(db, "guarded").orElseThrow();
            assertThat(newest.plan().version()).isEqualTo(3);
            assertThat(newest.plan().portalAccess().needs(Gate.SSL_VPN)).isTrue();
            Plans.Published agreed = plans.find(db, "guarded", 1).orElseThrow();
            assertThat(agreed.newest()).isFalse();
            assertThat(agreed.plan()
                            .responsibilities()
                            .layers()
                            .getFirst()
                            .cells()
                            .getLast()
                            .text()
                            .en())
                    .isEqualTo("Doors");
            assertThat(plans.offered(db)).extracting(one -> one.plan().id()).contains("guarded");
        });
        assertThat(cloud.send(operator, "PUT", "/service/v1/plans/guarded/offer", "{\"offered\":false}")
                        .json()
                        .at("/offered")
                        .asBoolean())
                .isFalse();
        transactions.doAsSystem(db -> assertThat(plans.offered(db))
                .extracting(one -> one.plan().id())
                .doesNotContain("guarded")
                .contains("dedicated", "shared"));
        List<String> events = transactions.asSystem(
                db -> db.sql("select event from outbox where event like '%service/plan%' and event like '%guarded%'")
                        .query(String.class)
                        .list());
        assertThat(events).hasSize(3).allSatisfy(event -> assertThat(event).contains("user-of-operator"));
    }

    @Test
    void aWrongDocumentIsRefusedByNameAndNothingIsPublished() {
        Answer answer = publish(mixed.replace("id: guarded", "id: wrong").replace("backup:", "backups:"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/detail").asString()).isEqualTo("The plan's field \"backup\" is missing.");
        assertThat(cloud.send(null, "GET", "/service/v1/plans/wrong", null).status())
                .isEqualTo(404);
        assertThat(cloud.send(operator, "PUT", "/service/v1/plans/wrong/offer", "{\"offered\":true}")
                        .status())
                .isEqualTo(404);
        assertThat(cloud.send(operator, "PUT", "/service/v1/plans/shared/offer", "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void nobodyChangesAPublishedVersionAndAChangeBehindOurBackIsNotShown() {
        Transactions transactions = cloud.context().getBean(Transactions.class);
        assertThat(publish(mixed.replace("id: guarded", "id: tampered")).status())
                .isEqualTo(201);
        String change =
                "update plan_version set document = replace(document, 'Doors', 'Dogs') where plan_id = 'tampered'";
        assertThatThrownBy(() -> transactions.doAsSystem(db -> db.sql(change).update()))
                .hasStackTraceContaining("permission denied for table plan_version");

        asOwner(change);
        Plans fresh = new Plans(new PlanStore());
        assertThatThrownBy(() -> transactions.asSystem(db -> fresh.find(db, "tampered", 1)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.sentence()).contains("cannot be read as it was published"));
        asOwner("delete from plan_version where plan_id = 'tampered'");
    }

    /** As who has the database itself in his hands. */
    private static void asOwner(String sql) {
        DatabaseAccess owner = cloud.database().owner();
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer publish(String document) {
        return cloud.send(operator, "POST", "/service/v1/plans", document);
    }
}
