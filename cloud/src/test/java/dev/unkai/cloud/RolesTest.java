package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.access.Policy;
import dev.unkai.cloud.Endpoints.Endpoint;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.web.Access;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each of the service's roles sees and does of a customer's things, and that what is refused is recorded. */
class RolesTest {
    private static final String OWNER = "project-of-owner";
    private static final String STRANGER = "project-of-stranger";
    private static final String OFFICE = "office";
    private static final String SERVERS = "/compute/v2.1/servers";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningCloud cloud;
    private static OwnersThings things;
    private static JdbcClient sql;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
        things = OwnersThings.make(cloud, OWNER);
        var system = cloud.database().system(); // sees all rows
        sql = JdbcClient.create(new SingleConnectionDataSource(system.url(), system.user(), system.password(), true));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void billingSeesLimitsAndUsageAndNoMachines() {
        String token = cloud.token(OWNER, "billing");

        assertThat(get(token, "/compute/v2.1/limits").status()).isEqualTo(200);
        assertThat(get(token, "/compute/v2.1/os-simple-tenant-usage/" + OWNER).status())
                .isEqualTo(200);
        assertThat(get(token, "/service/v1/contract").status()).isEqualTo(404); // allowed; this project has none
        assertThat(get(token, "/service/v1/rights").status()).isEqualTo(200);
        for (String path : List.of(
                SERVERS,
                SERVERS + "/" + id("server"),
                "/network/v2.0/networks",
                "/image/v2/images",
                "/service/v1/topology",
                "/service/v1/history")) {
            refused(403, token, "GET", path, null);
        }
    }

    @Test
    void viewersReadAndOperatorsWorkWithMachines() {
        String viewer = cloud.token(OWNER, "viewer");
        String operator = cloud.token(OWNER, "operator");
        String rename = "{\"server\":{\"name\":\"" + OwnersThings.MARK + "\"}}";

        assertThat(get(viewer, server()).status()).isEqualTo(200);
        refused(403, viewer, "PUT", server(), rename);
        assertThat(cloud.send(operator, "PUT", server(), rename).status()).isEqualTo(200);
        refused(403, operator, "PUT", "/service/v1/source-rules", "{\"rules\":[]}");
        refused(403, operator, "POST", "/service/v1/contract/consent", "{}");
    }

    /** Each of his actions for the provider only looks; all others are his own project's, where he is a reader. */
    @Test
    void anAuditorSeesAllCustomersAndNoEndpointLetsHimChangeThem() throws IOException {
        String token = cloud.token(OFFICE, "auditor", "reader");
        Policy policy = cloud.context().getBean(Access.class).policy();
        Map<String, String> before = ownersRows();
        assertThat(before.toString()).contains(OwnersThings.MARK);

        assertThat(get(token, SERVERS + "/detail?all_tenants=1").text())
                .contains(OwnersThings.MARK)
                .doesNotContain("user_data");
        assertThat(get(token, server()).status()).isEqualTo(200);
        assertThat(get(token, "/network/v2.0/networks").text()).contains(OwnersThings.MARK);
        assertThat(get(token, "/service/v1/hosts").status()).isEqualTo(200);
        assertThat(get(token, "/service/v1/applications").status()).isEqualTo(200);
        assertThat(get(token, "/service/v1/mails").status()).isEqualTo(200);
        Endpoints endpoints = Endpoints.of(cloud);
        for (Endpoint endpoint : endpoints.all()) {
            if (!endpoint.isPublic()) {
                Answer answer = endpoints.call(cloud, things, token, endpoint, Map.of());
                if (!policy.permits(endpoint.action(), List.of("auditor"))) {
                    assertThat(answer.status()).as(endpoint.key()).isEqualTo(403);
                }
            }
        }

        assertThat(ownersRows()).isEqualTo(before);
    }

    @Test
    void aServiceOperatorRunsMachinesOfAllAndASecurityOfficerOfNobody() {
        String service = cloud.tokenOf(
                "service", "default", OFFICE, "default", "service-operator", "auditor", "member", "reader");
        String officer =
                cloud.tokenOf("officer", "default", OFFICE, "default", "security-officer", "auditor", "reader");
        String lock = "{\"lock\":null}";

        assertThat(cloud.send(service, "POST", server() + "/action", lock).status())
                .isEqualTo(202);
        assertThat(cloud.send(service, "POST", server() + "/action", "{\"unlock\":null}")
                        .status())
                .isEqualTo(202);
        refused(403, officer, "POST", server() + "/action", lock);
        refused(403, officer, "DELETE", server(), null);
        refused(403, officer, "POST", "/service/v1/host-tokens", null);
        refused(403, service, "PUT", "/service/v1/second-factor-exceptions/somebody", "{\"reason\":\"r\"}");
        refused(403, service, "POST", "/service/v1/mails/" + EveryEndpointIsGuardedTest.nobodys() + "/opening", null);

        String asked = "{\"project\":\"" + OWNER + "\",\"reason\":\"r\",\"ticket\":\"T-1\",\"minutes\":30}";
        String grant = cloud.send(service, "POST", "/service/v1/break-glass", asked)
                .json()
                .path("id")
                .asString();
        refused(403, service, "PUT", "/service/v1/break-glass/" + grant + "/approval", null);
        refused(403, officer, "POST", "/service/v1/break-glass", asked);
        assertThat(cloud.send(officer, "PUT", "/service/v1/break-glass/" + grant + "/approval", null)
                        .status())
                .isEqualTo(200);
        assertThat(cloud.send(service, "PUT", "/service/v1/break-glass/" + grant + "/end", null)
                        .status())
                .isEqualTo(200);
        refused(403, officer, "PUT", "/service/v1/break-glass/" + grant + "/review", "{\"note\":\"seen\"}");
    }

    /** What a role of the provider's may look at, another role beside it does not let one touch. */
    @Test
    void anAuditorWhoIsAMemberOfHisOwnProjectIsNoneOfOthers() {
        String token = cloud.token(OFFICE, "auditor", "member", "reader");

        refused(404, token, "DELETE", server(), null);
        refused(404, token, "DELETE", "/network/v2.0/networks/" + id("network"), null);
        refused(404, token, "DELETE", "/image/v2/images/" + id("image"), null);
    }

    @Test
    void anotherCustomersIdsAreNotThereAndWhoTriedStandsInTheProvidersHistory() {
        String stranger = cloud.token(STRANGER, "master", "manager", "member", "reader");

        for (String path : List.of(
                server(),
                server() + "/os-interface",
                "/network/v2.0/networks/" + id("network"),
                "/network/v2.0/ports/" + id("port"),
                "/network/v2.0/routers/" + id("router"),
                "/image/v2/images/" + id("image"),
                "/service/v1/servers/" + id("server") + "/schedules")) {
            refused(404, stranger, "GET", path, null);
        }
        refused(404, stranger, "DELETE", server(), null);
        refused(404, stranger, "POST", "/network/v2.0/ports", "{\"port\":{\"network_id\":\"" + id("network") + "\"}}");
        refused(
                400,
                stranger,
                "POST",
                SERVERS,
                "{\"server\":{\"name\":\"x\",\"imageRef\":\"" + id("image") + "\",\"flavorRef\":\"" + id("flavor")
                        + "\",\"networks\":\"none\"}}");
        String project = sql.sql(
                        "select coalesce(project_id, 'nobody') from outbox where event like '%service/request%' order by id desc limit 1")
                .query(String.class)
                .single();
        assertThat(project).isEqualTo("nobody");

        // What nobody has is an ordinary mistake.
        int before = events().size();
        assertThat(get(stranger, SERVERS + "/" + EveryEndpointIsGuardedTest.nobodys())
                        .status())
                .isEqualTo(404);
        assertThat(events()).hasSize(before);
    }

    @Test
    void aRightThatOnlyAHandlerCanDecideAboutIsRecordedAsWell() {
        String member = cloud.token(OWNER, "member", "reader");

        refused(403, member, "POST", "/network/v2.0/networks", "{\"network\":{\"router:external\":true}}");
        refused(403, member, "GET", "/service/v1/history?everyone=true", null);
    }

    private static Answer get(String token, String path) {
        return cloud.send(token, "GET", path, null);
    }

    private static String server() {
        return SERVERS + "/" + id("server");
    }

    private static String id(String kind) {
        return things.fillBody("{" + kind + "}");
    }

    /** Refused, and recorded as one failure. */
    private static void refused(int status, String token, String method, String path, @Nullable String body) {
        int before = events().size();
        Answer answer = cloud.send(token, method, path, body);

        assertThat(answer.status())
                .as(method + " " + path + " " + answer.text())
                .isEqualTo(status);
        List<JsonNode> recorded = events().subList(before, events().size());
        assertThat(recorded).as(method + " " + path).hasSize(1);
        assertThat(recorded.getFirst().path("outcome").asString()).isEqualTo("failure");
        assertThat(recorded.getFirst().at("/target/id").asString())
                .isEqualTo(method + " " + path.replaceFirst("[?].*", ""));
    }

    /** Refused requests; what reconcilers record meanwhile is not among them. */
    private static List<JsonNode> events() {
        return sql
                .sql("select event from outbox where event like '%\"service/request\"%' order by id")
                .query(String.class)
                .list()
                .stream()
                .map(JSON::readTree)
                .toList();
    }

    private static Map<String, String> ownersRows() {
        Map<String, String> rows = new TreeMap<>();
        for (String table : sql.sql("""
                        select c.relname from pg_class c
                         where c.relrowsecurity and c.relkind = 'r'
                           and exists (select 1 from pg_attribute a
                                        where a.attrelid = c.oid and a.attname = 'project_id' and not a.attisdropped)
                        """).query(String.class).list()) {
            rows.put(
                    table,
                    sql.sql("select coalesce(string_agg(t::text, ' ' order by t::text), '') from \"" + table
                                    + "\" t where project_id = ?")
                            .param(OWNER)
                            .query(String.class)
                            .single());
        }
        return rows;
    }
}
