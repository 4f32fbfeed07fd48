package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.Endpoints.Endpoint;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.breakglass.BreakGlassWords;
import dev.unkai.cloud.hosts.LogInObserver;
import dev.unkai.wire.token.BreakGlassWord;
import dev.unkai.wire.token.BreakGlassWord.Grant;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/** A site that requires break-glass, as the service is delivered: what operators may do in customers' projects, without and with a grant. */
class BreakGlassRequiredTest {
    private static final String OWNER = "project-of-owner";
    private static final String OTHER = "project-of-other";
    private static final String PATH = "/service/v1/break-glass";
    private static final String PROVIDER = "default";

    private static RunningCloud cloud;
    private static OwnersThings things;
    private static JdbcClient sql;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start(new TestPki(), RunningCloud.BREAK_GLASS_AS_DELIVERED);
        var system = cloud.database().system(); // sees all rows
        sql = JdbcClient.create(new SingleConnectionDataSource(system.url(), system.user(), system.password(), true));
        // One of the owner's things is made by an operator, who has a grant for that.
        String id = request("user-of-operator", OWNER);
        assertThat(as("second", "PUT", PATH + "/" + id + "/approval", null).status())
                .isEqualTo(200);
        things = OwnersThings.make(cloud, OWNER);
        assertThat(as("second", "PUT", PATH + "/" + id + "/end", null).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void withoutAGrantNoEndpointLetsAnOperatorChangeAnythingOfACustomers() throws IOException {
        Endpoints endpoints = Endpoints.of(cloud);
        String token = operator("alone");
        Map<String, String> before = ownersRows();
        assertThat(before.toString()).contains(OwnersThings.MARK);
        assertThat(before.values().stream().filter(rows -> !rows.isEmpty()))
                .as("tables with rows of the owner")
                .hasSizeGreaterThan(10);
        List<String> refused = new ArrayList<>();
        for (Endpoint endpoint : endpoints.all()) {
            if (!endpoint.isPublic() && !endpoint.pattern().startsWith(PATH)) {
                Answer answer = endpoints.call(cloud, things, token, endpoint, Map.of());
                if (answer.status() == 403 && answer.text().contains("break-glass access")) {
                    refused.add(endpoint.key());
                }
            }
        }

        assertThat(ownersRows()).isEqualTo(before);
        assertThat(done("alone")).as("what the history says was done there").isEmpty();
        assertThat(refused)
                .as("each of the APIs is behind the same check")
                .anyMatch(key -> key.startsWith("DELETE /compute/v2.1/servers/"))
                .anyMatch(key -> key.startsWith("PUT /network/v2.0/networks/"))
                .anyMatch(key -> key.startsWith("DELETE /image/v2/images/"))
                .hasSizeGreaterThan(30);
        assertThat(events("alone").stream()
                        .filter(event -> event.path("outcome").asString().equals("failure"))
                        .filter(event ->
                                event.at("/target/project_id").asString().equals(OWNER)))
                .as("the attempts stand in the customer's history")
                .hasSizeGreaterThan(30);
    }

    @Test
    void withAGrantTheOneProjectIsOpenUntilTheTimeIsOverAndAThirdPersonSigns() {
        String network = "/network/v2.0/networks/" + network(OWNER);
        String others = "/network/v2.0/networks/" + network(OTHER);
        assertThat(rename("kei", network).status()).isEqualTo(403);
        String id = request("kei", OWNER);
        assertThat(rename("kei", network).status())
                .as("asked for is not granted")
                .isEqualTo(403);
        assertThat(as("kei", "PUT", PATH + "/" + id + "/approval", null).status())
                .as("nobody approves his own request")
                .isEqualTo(403);
        Answer granted = as("ren", "PUT", PATH + "/" + id + "/approval", null);
        assertThat(granted.json().path("state").asString()).isEqualTo("running");
        assertThat(as("aoi", "PUT", PATH + "/" + id + "/approval", null).status())
                .isEqualTo(409);

        assertThat(rename("kei", network).status()).isEqualTo(200);
        assertThat(told("kei"))
                .as("what identity is told with his requests")
                .singleElement()
                .satisfies(grant -> {
                    assertThat(grant.id()).isEqualTo(id);
                    assertThat(grant.person()).isEqualTo("kei");
                    assertThat(grant.project()).isEqualTo(OWNER);
                    assertThat(grant.endsAt()).isAfter(Instant.now());
                });
        assertThat(told("ren")).isEmpty();
        assertThat(rename("kei", others).status())
                .as("that project and no other")
                .isEqualTo(403);
        assertThat(rename("ren", network).status())
                .as("that person and no other")
                .isEqualTo(403);
        assertThat(done("kei"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.at("/attachments/break_glass").asString())
                                .isEqualTo(id));
        assertThat(as("aoi", "PUT", PATH + "/" + id + "/review", "{\"note\":\"too early\"}")
                        .status())
                .isEqualTo(409);

        sql.sql("update break_glass set ends_at = now() where id = cast(? as uuid)")
                .param(id)
                .update();
        assertThat(rename("kei", network).status()).as("the time is over").isEqualTo(403);
        assertThat(told("kei")).isEmpty();
        look();
        await().untilAsserted(() -> assertThat(actions(id))
                .containsExactly("break-glass/request", "break-glass/approve", "break-glass/end"));
        for (String involved : List.of("kei", "ren")) {
            assertThat(as(involved, "PUT", PATH + "/" + id + "/review", "{\"note\":\"fine\"}")
                            .status())
                    .as("a third person reviews")
                    .isEqualTo(403);
        }
        sql.sql("update break_glass set ends_at = now() - interval '25 hours' where id = cast(? as uuid)")
                .param(id)
                .update();
        look();
        await().untilAsserted(() -> assertThat(actions(id)).contains("break-glass/overdue"));
        assertThat(as("aoi", "PUT", PATH + "/" + id + "/review", "{\"note\":\"looked through\"}")
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("reviewed");
        assertThat(actions(id)).endsWith("break-glass/review");
    }

    @Test
    void itCanBeRefusedTakenBackAndEndedEarlyAndLapses() {
        String network = "/network/v2.0/networks/" + network(OTHER);
        String refused = request("mio", OTHER);
        assertThat(as("ren", "DELETE", PATH + "/" + refused + "/approval", null)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("declined");
        assertThat(as("ren", "PUT", PATH + "/" + refused + "/approval", null).status())
                .isEqualTo(409);
        String back = request("mio", OTHER);
        assertThat(as("mio", "DELETE", PATH + "/" + back + "/approval", null).status())
                .isEqualTo(200);
        String late = request("mio", OTHER);
        sql.sql("update break_glass set requested_at = now() - interval '25 hours' where id = cast(? as uuid)")
                .param(late)
                .update();
        assertThat(as("ren", "PUT", PATH + "/" + late + "/approval", null).text())
                .contains("lapsed");

        String early = request("mio", OTHER);
        as("ren", "PUT", PATH + "/" + early + "/approval", null);
        assertThat(rename("mio", network).status()).isEqualTo(200);
        assertThat(as("mio", "PUT", PATH + "/" + early + "/end", null)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("review_due");
        assertThat(rename("mio", network).status()).isEqualTo(403);
        JsonNode listing = as("mio", "GET", PATH, null).json();
        assertThat(listing.path("setting").asString()).isEqualTo("required");
        assertThat(listing.path("cases").toString()).contains(early, late, back, refused);
        for (String bad : List.of(
                "{}",
                "{\"project\":\"p\",\"reason\":\" \",\"ticket\":\"t\",\"minutes\":30}",
                "{\"project\":\"p\",\"reason\":\"r\",\"ticket\":\"t\",\"minutes\":481}",
                "{\"project\":\"p q\",\"reason\":\"r\",\"ticket\":\"t\",\"minutes\":30}",
                "{\"project\":\"operator\",\"reason\":\"r\",\"ticket\":\"t\",\"minutes\":30}")) {
            assertThat(as("mio", "POST", PATH, bad).status()).as(bad).isEqualTo(400);
        }
    }

    @Test
    void aRoleOnACustomersProjectHelpsNoneOfTheProvidersPeople() {
        String token = cloud.tokenOf("yui", PROVIDER, OWNER, "domain-of-" + OWNER, "reader");
        Answer refused = cloud.send(token, "GET", "/compute/v2.1/servers", null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("break-glass access");
        assertThat(events("yui").getLast().at("/target/project_id").asString()).isEqualTo(OWNER);
        String id = request("yui", OWNER);
        as("ren", "PUT", PATH + "/" + id + "/approval", null);
        assertThat(cloud.send(token, "GET", "/compute/v2.1/servers", null).status())
                .isEqualTo(200);
    }

    @Test
    void anAccessToAHostOpensWhatTheHostsWorkNeedsAndIsToldToAllWhoHaveServersThere() {
        UUID host = host("host-of-glass");
        String server = things.fillBody("{server}");
        guest(host, server, OWNER);
        guest(host, UUID.randomUUID().toString(), OTHER);
        String stop = "/compute/v2.1/servers/" + server + "/action";
        assertThat(as("sora", "POST", stop, "{\"os-stop\":null}").text()).contains("break-glass access");
        String id = as(
                        "sora",
                        "POST",
                        PATH,
                        "{\"host\":\"%s\",\"reason\":\"The disk fails.\",\"ticket\":\"H-1\",\"minutes\":30}"
                                .formatted(host))
                .json()
                .path("id")
                .asString();
        assertThat(as("sora", "PUT", PATH + "/" + id + "/approval", null).status())
                .isEqualTo(403);
        Answer granted = as("ren", "PUT", PATH + "/" + id + "/approval", null);
        assertThat(granted.json().at("/host/name").asString()).isEqualTo("host-of-glass");

        assertThat(as("sora", "POST", stop, "{\"resetNetwork\":null}").status())
                .as("not the host's work")
                .isNotEqualTo(202);
        assertThat(as("sora", "POST", stop, "{\"os-resetState\":{\"state\":\"error\"}}")
                        .status())
                .isEqualTo(202);
        assertThat(rename("sora", "/network/v2.0/networks/" + network(OWNER)).status())
                .as("what the customer has beside the host")
                .isEqualTo(403);
        assertThat(told("sora")).as("no accounts").isEmpty();
        assertThat(as("sora", "PUT", "/service/v1/hosts/" + host + "/maintenance", "{\"reason\":\"disk\"}")
                        .status())
                .isEqualTo(200);
        for (String project : List.of(OWNER, OTHER)) {
            assertThat(events("sora").stream()
                            .filter(event ->
                                    event.at("/target/project_id").asString().equals(project))
                            .filter(event -> event.path("action").asString().equals("maintenance/begin"))
                            .map(event -> event.at("/attachments/break_glass").asString()))
                    .containsExactly(id);
        }
        String late = "project-of-late";
        guest(host, UUID.randomUUID().toString(), late);
        look();
        await().untilAsserted(() -> assertThat(actions(id, late)).containsExactly("break-glass-host/go-on"));
        sql.sql("update break_glass set ends_at = now() - interval '25 hours' where id = cast(? as uuid)")
                .param(id)
                .update();
        look();
        await().untilAsserted(() -> assertThat(actions(id, OTHER))
                .containsExactly(
                        "break-glass-host/request",
                        "break-glass-host/approve",
                        "break-glass-host/end",
                        "break-glass-host/overdue"));
        assertThat(as("ren", "PUT", PATH + "/" + id + "/review", "{\"note\":\"fine\"}")
                        .status())
                .isEqualTo(403);
        assertThat(as("aoi", "PUT", PATH + "/" + id + "/review", "{\"note\":\"fine\"}")
                        .status())
                .isEqualTo(200);
        assertThat(actions(id, late))
                .endsWith("break-glass-host/end", "break-glass-host/overdue", "break-glass-host/review");
    }

    @Test
    void routineOnAHostIsOnePersonsButNotWithoutAReason() {
        UUID host = host("host-of-routine");
        String path = "/service/v1/hosts/" + host + "/maintenance";
        Answer silent = as("hana", "PUT", path, "{\"reason\":\" \"}");
        assertThat(silent.status()).isEqualTo(400);
        assertThat(silent.text()).contains("Say why");
        assertThat(as("hana", "GET", "/service/v1/hosts/" + host, null)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("up");
        assertThat(as("hana", "PUT", path, "{\"reason\":\"fan\",\"drain\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(as("hana", "DELETE", path, null).status()).isEqualTo(200);
        assertThat(as("hana", "DELETE", "/service/v1/hosts/" + host, null).status())
                .isEqualTo(204);
        assertThat(as(
                                "hana",
                                "POST",
                                PATH,
                                "{\"host\":\"%s\",\"reason\":\"r\",\"ticket\":\"t\",\"minutes\":30}".formatted(host))
                        .status())
                .as("gone")
                .isEqualTo(404);
    }

    @Test
    void aLogInOnTheMachineWithoutAnAccessAlarmsUntilSomebodyHasLookedIntoIt() {
        UUID host = host("host-of-log-ins");
        guest(host, UUID.randomUUID().toString(), OTHER);
        String id = as(
                        "sora",
                        "POST",
                        PATH,
                        "{\"host\":\"%s\",\"reason\":\"The disk fails.\",\"ticket\":\"H-2\",\"minutes\":30}"
                                .formatted(host))
                .json()
                .path("id")
                .asString();
        as("ren", "PUT", PATH + "/" + id + "/approval", null);
        LogInObserver.Seen before =
                new LogInObserver.Seen("k1", Instant.now().minusSeconds(600), "root", "203.0.113.9", "pts/0");
        LogInObserver.Seen during = new LogInObserver.Seen("k2", Instant.now(), "root", "", "tty1");
        for (int told = 0; told < 2; told++) {
            cloud.context()
                    .getBean(Transactions.class)
                    .doAsSystem(
                            db -> cloud.context().getBean(LogInObserver.class).seen(db, host, List.of(before, during)));
        }

        JsonNode access =
                as("sora", "GET", "/service/v1/hosts/" + host + "/access", null).json();
        assertThat(access.at("/grants/0/id").asString()).isEqualTo(id);
        assertThat(access.path("logIns")).hasSize(2);
        assertThat(access.at("/logIns/0/access").asString()).isEqualTo(id);
        assertThat(access.at("/logIns/0/alarm").asBoolean()).isFalse();
        assertThat(access.at("/logIns/1/alarm").asBoolean()).isTrue();
        List<JsonNode> seen = eventsOf(host.toString()).stream()
                .filter(event -> event.path("action").asString().startsWith("log-in"))
                .toList();
        assertThat(seen).as("the provider's and the customer's, each once").hasSize(4);
        assertThat(seen.stream()
                        .filter(event ->
                                event.at("/target/project_id").asString().equals(OTHER))
                        .map(event -> event.path("action").asString()
                                + " "
                                + event.at("/attachments/ticket").asString()))
                .containsExactly("log-in/without-access ", "log-in H-2");
        String alarm = access.at("/logIns/1/id").asString();
        assertThat(as("aoi", "GET", PATH, null).json().path("logIns").toString())
                .contains(alarm)
                .contains("203.0.113.9");
        String sign = PATH + "/log-ins/" + alarm + "/review";
        assertThat(as("aoi", "PUT", sign, "{\"note\":\" \"}").status()).isEqualTo(400);
        assertThat(as("aoi", "PUT", sign, "{\"note\":\"Was the night shift; told to ask.\"}")
                        .json()
                        .at("/signedBy/id")
                        .asString())
                .isEqualTo("aoi");
        assertThat(as("aoi", "PUT", sign, "{\"note\":\"again\"}").status()).isEqualTo(409);
        assertThat(as("aoi", "GET", PATH, null).json().path("logIns").toString())
                .doesNotContain(alarm);
    }

    /** The time's work is due at once. */
    private static void look() {
        cloud.context().getBean(Transactions.class).doAsSystem(db -> db.wake("break-glass"));
    }

    private static UUID host(String name) {
        UUID host = UUID.randomUUID();
        sql.sql("""
                        insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi)
                        values (?, ?, 'z', 'up', '{}', 1, 1, 1, false)
                        """).param(host).param(name).update();
        return host;
    }

    private static void guest(UUID host, String server, String project) {
        sql.sql("""
                        insert into guest (server_id, host_id, project_id, spec, generation, plan_generation, role)
                        values (?::uuid, ?, ?, '', 1, 1, 'main')
                        """).param(server).param(host).param(project).update();
    }

    private static List<JsonNode> eventsOf(String target) {
        return sql.sql("select event from outbox order by id").query(String.class).list().stream()
                .map(RunningCloud.JSON::readTree)
                .filter(event -> event.at("/target/id").asString().equals(target))
                .toList();
    }

    private static List<String> actions(String id, String project) {
        return eventsOf(id).stream()
                .filter(event -> event.at("/target/project_id").asString().equals(project))
                .map(event -> event.path("action").asString())
                .toList();
    }

    private static List<Grant> told(String user) {
        TokenClaims token = cloud.context()
                .getBean(TokenVerifier.class)
                .verify(operator(user))
                .orElseThrow();
        BreakGlassWord word =
                cloud.context().getBean(BreakGlassWords.class).about(token).orElseThrow();
        assertThat(word.required()).isTrue();
        return BreakGlassWord.parse(word.text()).orElseThrow().grants();
    }

    @Test
    void ofACustomersPeopleIdentityIsToldNothing() {
        TokenClaims token = cloud.context()
                .getBean(TokenVerifier.class)
                .verify(cloud.token(OWNER, "manager"))
                .orElseThrow();
        assertThat(cloud.context().getBean(BreakGlassWords.class).about(token)).isEmpty();
    }

    private static String operator(String user) {
        return cloud.tokenOf(user, PROVIDER, "operator", PROVIDER, "admin");
    }

    private static Answer as(String user, String method, String path, @Nullable String body) {
        return cloud.send(operator(user), method, path, body);
    }

    private static String request(String user, String project) {
        Answer answer = as(
                user,
                "POST",
                PATH,
                "{\"project\":\"%s\",\"reason\":\"The guest does not boot.\",\"ticket\":\"T-17\",\"minutes\":30}"
                        .formatted(project));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static String network(String project) {
        return cloud.send(
                        cloud.token(project, "manager", "member", "reader"),
                        "POST",
                        "/network/v2.0/networks",
                        "{\"network\":{\"name\":\"of-customer\"}}")
                .json()
                .at("/network/id")
                .asString();
    }

    private static Answer rename(String user, String network) {
        return as(user, "PUT", network, "{\"network\":{\"name\":\"renamed\"}}");
    }

    /** The rows of all tables that belong to the owner's project, except those that work in the background goes on with. */
    private static Map<String, String> ownersRows() {
        List<String> tables = sql.sql("""
                        select table_name from information_schema.columns
                         where column_name = 'project_id' and table_schema = 'public'
                           and table_name not in ('outbox', 'break_glass', 'break_glass_told') and table_name not like 'server%'
                           and table_name not like 'usage%'
                        """).query(String.class).list();
        Map<String, String> rows = new TreeMap<>();
        for (String table : tables) {
            rows.put(
                    table,
                    sql.sql("select coalesce(string_agg(t::text, ' ' order by t::text), '') from " + table
                                    + " t where project_id = ?")
                            .param(OWNER)
                            .query(String.class)
                            .single());
        }
        rows.put(
                "server",
                sql.sql("select coalesce(string_agg(id || ' ' || name, ' ' order by id), '') from server"
                                + " where project_id = ?")
                        .param(OWNER)
                        .query(String.class)
                        .single());
        return rows;
    }

    private static List<JsonNode> events(String user) {
        return sql.sql("select event from outbox order by id").query(String.class).list().stream()
                .map(RunningCloud.JSON::readTree)
                .filter(event -> event.at("/initiator/id").asString().equals(user))
                .toList();
    }

    /** What the user did, successfully, in the owner's project, break-glass itself apart. */
    private static List<JsonNode> done(String user) {
        return events(user).stream()
                .filter(event -> event.path("outcome").asString().equals("success"))
                .filter(event -> event.at("/target/project_id").asString().equals(OWNER))
                .filter(event -> !event.at("/target/typeURI").asString().startsWith("operation/"))
                .toList();
    }

    private static List<String> actions(String id) {
        return sql.sql("select event from outbox order by id").query(String.class).list().stream()
                .map(RunningCloud.JSON::readTree)
                .filter(event -> event.at("/target/id").asString().equals(id))
                .map(event -> event.path("action").asString())
                .toList();
    }
}
