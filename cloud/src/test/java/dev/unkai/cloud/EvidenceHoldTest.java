package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.Endpoints.Endpoint;
import dev.unkai.cloud.RunningCloud.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/** Evidence holds: what is held does not go, whichever way somebody would have it go, and who may make, end and see a hold. */
class EvidenceHoldTest {
    private static final String OWNER = "project-of-owner";
    private static final String PATH = "/service/v1/evidence/holds";

    /** Tables of projects' things whose rows may go under a hold, and why that loses no evidence. */
    private static final Map<String, String> LET_GO = Map.ofEntries(
            Map.entry("outbox", "on its way to the ledger, which keeps it"),
            Map.entry("mail", "the ledger has that it was sent"),
            Map.entry("address", "of a port, which is held"),
            Map.entry("port_security_group", "of a port; the history has its changes"),
            Map.entry("port_move", "a move under way"),
            Map.entry("trunk_subport", "of a trunk; the history has its changes"),
            Map.entry("segment", "of a network, which is held"),
            Map.entry("rbac_policy", "an offer; the history has it"),
            Map.entry("image_member", "an offer; the history has it"),
            Map.entry("address_scope", "a name for pools"),
            Map.entry("qos_policy", "a limit; the history has it"),
            Map.entry("qos_rule", "a limit; the history has it"),
            Map.entry("metadef_namespace", "words for properties of images"),
            Map.entry("server_group", "a wish for placement; the history has it"),
            Map.entry("server_schedule", "a wish; the history has it and what it did"),
            Map.entry("schedule_run", "the history has what was done"),
            Map.entry("server_disk", "of a server, which is held"),
            Map.entry("nic_tag", "a name for a port of a server, which is held"),
            Map.entry("instance_action", "of a server, whose row is held"),
            Map.entry("instance_action_event", "of a server, whose row is held"),
            Map.entry("metadata_change", "on its way to a host"),
            Map.entry("capture", "an image on its way"),
            Map.entry("migration", "the history has it"),
            Map.entry("guest", "a server's place in a host's plan; the server is held"),
            Map.entry("break_glass_told", "whose history has what was told"),
            Map.entry("forwarding", "a wish; the history has it"),
            Map.entry("forwarding_parked", "which event a receiver did not take; the ledger has the event"),
            Map.entry("console_session", "ends by itself; the history has it"),
            Map.entry("console_visit", "ends by itself; the history has its opening and its end"),
            Map.entry("image_task", "work under way"),
            Map.entry("firewall_entry", "kept by held_log_projects, which the reconciler asks"),
            Map.entry("usage_change", "for bills"),
            Map.entry("compute_project", "a lock"),
            Map.entry("compute_quota", "a limit; the history has it"),
            Map.entry("compute_user_quota", "a limit; the history has it"),
            Map.entry("network_quota", "a limit; the history has it"),
            Map.entry("image_quota", "a limit; the history has it"),
            Map.entry("flavor_access", "the provider's catalogue"),
            Map.entry("own_hosts", "of a contract"),
            Map.entry("host", "the provider's; it stays while guests are on it"),
            Map.entry("drain_guest", "a move under way"),
            Map.entry("history_look", "the ledger has the look itself"),
            Map.entry("break_glass", "never deleted: of no code"));

    private static Neighbours neighbours;
    private static RunningCloud cloud;
    private static OwnersThings things;
    private static JdbcClient sql;

    @BeforeAll
    static void start() {
        TestPki pki = new TestPki();
        neighbours = new Neighbours(pki);
        cloud = RunningCloud.start(
                pki, "--unkai.ledger-url=" + neighbours.address(), "--unkai.identity-url=" + neighbours.address());
        things = OwnersThings.make(cloud, OWNER);
        var system = cloud.database().system(); // sees all rows
        sql = JdbcClient.create(new SingleConnectionDataSource(system.url(), system.user(), system.password(), true));
    }

    @AfterAll
    static void stop() {
        cloud.close();
        neighbours.close();
    }

    @AfterEach
    void letGo() {
        sql.sql("update evidence_hold set ended_at = now(), end_recorded = true where ended_at is null")
                .update();
    }

    /** A new table of customers' things asks for holds, or nobody may delete from it, or it says here why it need not. */
    @Test
    void everyTableOfProjectsThingsAsksForHoldsOrIsKnownNotToNeedThat() {
        Set<String> open = new TreeSet<>(sql.sql("""
                        select t.relname from pg_class t
                          join pg_attribute a on a.attrelid = t.oid and a.attname = 'project_id'
                         where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p')
                           and (has_table_privilege(:api, t.oid, 'delete') or has_table_privilege(:system, t.oid, 'delete'))
                           and not exists (
                               select from pg_trigger g join pg_proc p on p.oid = g.tgfoid
                                where g.tgrelid = t.oid and p.proname = 'refuse_held' and g.tgtype & 8 = 8 and g.tgenabled = 'O')
                        """)
                .param("api", cloud.database().api().user())
                .param("system", cloud.database().system().user())
                .query(String.class)
                .list());

        open.removeAll(LET_GO.keySet());
        assertThat(open)
                .as("give the table a trigger that executes refuse_held, or say in LET_GO why it needs none")
                .isEmpty();
    }

    /** Every address that deletes, asked by the owner himself, by an operator and by the system's own work. */
    @Test
    void nothingThatIsHeldGoesByAnyAddressThatDeletes() throws IOException {
        String hold = make(
                "{\"reference\":\"K-1\",\"project\":\"%s\",\"everything\":true,\"reason\":\"r\",\"authority\":\"court\",\"mayTell\":true}"
                        .formatted(OWNER));
        Map<String, String> before = heldRows();
        assertThat(before.toString()).contains(OwnersThings.MARK);
        Endpoints endpoints = Endpoints.of(cloud);
        List<String> refused = new ArrayList<>();
        for (String token : List.of(cloud.token(OWNER, "manager", "member", "reader"), operator("somebody"))) {
            for (Endpoint endpoint : endpoints.all()) {
                if (endpoint.method().equals("DELETE") && !endpoint.pattern().startsWith("/service/v1/evidence")) {
                    Answer answer = endpoints.call(cloud, things, token, endpoint, Map.of());
                    if (answer.status() == 409 && answer.text().contains("is kept as evidence (case K-1)")) {
                        refused.add(endpoint.key());
                    }
                }
            }
        }

        assertThat(heldRows()).isEqualTo(before);
        assertThat(refused)
                .contains(
                        "DELETE /compute/v2.1/servers/{id}",
                        "DELETE /image/v2/images/{id}",
                        "DELETE /network/v2.0/routers/{id}",
                        "DELETE /network/v2.0/floatingips/{id}",
                        "DELETE /network/v2.0/security-groups/{id}");
        assertThat(events(hold)).containsExactly("evidence-hold/make");
        assertThat(project(hold)).as("the customer may know").isEqualTo(OWNER);
    }

    @Test
    void aServerThatIsHeldIsNeitherRebuiltNorShelvedNorDeletedForGood() {
        String server = things.fillBody("{server}");
        String owner = cloud.token(OWNER, "manager", "member", "reader");
        make(
                "{\"reference\":\"K-2\",\"project\":\"%s\",\"things\":[{\"kind\":\"server\",\"id\":\"%s\"}],\"reason\":\"r\",\"authority\":\"court\",\"mayTell\":false}"
                        .formatted(OWNER, server));

        for (String update : List.of(
                "update server set desired = 'deleted' where id = ?::uuid",
                "update server set desired = 'soft_deleted' where id = ?::uuid",
                "update server set work = 'rebuilding' where id = ?::uuid",
                "update server set work = 'shelving' where id = ?::uuid",
                "delete from server where id = ?::uuid")) {
            assertThat(failure(update, server)).as(update).contains("cannot be deleted or replaced");
        }
        Answer answer = cloud.send(owner, "DELETE", "/compute/v2.1/servers/" + server, null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text())
                .as("nothing of the case")
                .contains("Ask the contact desk")
                .doesNotContain("K-2")
                .doesNotContainIgnoringCase("evidence")
                .doesNotContainIgnoringCase("hold");
        assertThat(sql.sql("select is_held('server', ?, ?)")
                        .params(server, OWNER)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(sql.sql("select is_held('server', ?, ?)")
                        .params(UUID.randomUUID().toString(), OWNER)
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void twoOfficersMakeItFirmAndTwoEndItAndEachStepIsRecordedWhereItMayBeRead() {
        String network = network();
        String id = make(
                "{\"reference\":\"K-3\",\"project\":\"%s\",\"things\":[{\"kind\":\"network\",\"id\":\"%s\"}],\"reason\":\"r\",\"authority\":\"court\",\"mayTell\":false}"
                        .formatted(OWNER, network));
        assertThat(delete(network).status()).as("in force at once").isEqualTo(409);
        assertThat(as("kei", "PUT", PATH + "/" + id + "/confirmation", null).status())
                .as("nobody confirms his own hold")
                .isEqualTo(403);
        assertThat(state(as("ren", "PUT", PATH + "/" + id + "/confirmation", null)))
                .isEqualTo("in_force");
        assertThat(as("aoi", "PUT", PATH + "/" + id + "/confirmation", null).status())
                .isEqualTo(409);

        assertThat(state(as("ren", "PUT", PATH + "/" + id + "/end", "{\"reason\":\"case closed\"}")))
                .isEqualTo("ending");
        assertThat(delete(network).status()).as("one officer ends nothing").isEqualTo(409);
        assertThat(as("ren", "PUT", PATH + "/" + id + "/end", "{\"reason\":\"again\"}")
                        .status())
                .isEqualTo(403);
        assertThat(state(as("aoi", "DELETE", PATH + "/" + id + "/end", null))).isEqualTo("in_force");
        as("ren", "PUT", PATH + "/" + id + "/end", "{\"reason\":\"case closed\"}");
        assertThat(project(id)).as("the provider's history alone").isNull();
        assertThat(as("aoi", "PUT", PATH + "/" + id + "/openness", null)
                        .json()
                        .path("mayTell")
                        .asBoolean())
                .isTrue();
        assertThat(delete(network).text()).contains("K-3");
        assertThat(state(as("aoi", "PUT", PATH + "/" + id + "/end", "{\"reason\":\"agreed\"}")))
                .isEqualTo("ended");
        assertThat(project(id)).as("now the customer may know").isEqualTo(OWNER);
        assertThat(delete(network).status()).isEqualTo(204);
        assertThat(events(id))
                .containsExactly(
                        "evidence-hold/make",
                        "evidence-hold/confirm",
                        "evidence-hold/ask-end",
                        "evidence-hold/keep",
                        "evidence-hold/ask-end",
                        "evidence-hold/open",
                        "evidence-hold/end");
        assertThat(as("aoi", "PUT", PATH + "/" + id + "/end", "{\"reason\":\"r\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void itEndsByItselfAtItsTimeAndLapsesWhereNobodyConfirmsIt() {
        String network = network();
        String body =
                "{\"reference\":\"%s\",\"project\":\"%s\",\"things\":[{\"kind\":\"network\",\"id\":\"%s\"}],\"reason\":\"r\",\"authority\":\"court\",\"mayTell\":true%s}";
        String timed = make(body.formatted(
                "K-4", OWNER, network, ",\"endsAt\":\"" + Instant.now().plusSeconds(3600) + "\""));
        String lapsing = make(body.formatted("K-5", OWNER, network, ""));
        as("ren", "PUT", PATH + "/" + timed + "/confirmation", null);
        sql.sql("update evidence_hold set ends_at = now() where id = ?::uuid")
                .param(timed)
                .update();
        assertThat(delete(network).status()).as("the other one holds still").isEqualTo(409);
        sql.sql("update evidence_hold set made_at = now() - interval '73 hours' where id = ?::uuid")
                .param(lapsing)
                .update();
        sql.sql("notify evidence_hold").update();

        assertThat(delete(network).status()).isEqualTo(204);
        await().untilAsserted(() -> {
            assertThat(events(timed)).endsWith("evidence-hold/end");
            assertThat(events(lapsing)).endsWith("evidence-hold/lapse");
        });
        assertThat(state(as("aoi", "GET", PATH + "/" + timed, null))).isEqualTo("over");
        assertThat(state(as("aoi", "GET", PATH + "/" + lapsing, null))).isEqualTo("lapsed");
        assertThat(as("aoi", "PUT", PATH + "/" + lapsing + "/confirmation", null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theLedgerAndIdentityAreToldWhatIsHeldAndWhenThatEnds() {
        String everything = make(
                "{\"reference\":\"K-7\",\"project\":\"%s\",\"everything\":true,\"reason\":\"secret words\",\"authority\":\"court\",\"mayTell\":false}"
                        .formatted(OWNER));
        String classes = make(
                "{\"reference\":\"K-8\",\"things\":[{\"kind\":\"backups\"},{\"kind\":\"log\",\"id\":\"security\"},{\"kind\":\"log\",\"id\":\"firewall\"}],\"reason\":\"r\",\"authority\":\"court\",\"mayTell\":false}");

        await().untilAsserted(() -> {
            assertThat(neighbours.held())
                    .hasSize(2)
                    .anySatisfy(hold -> {
                        assertThat(hold.path("id").asString()).isEqualTo("evidence.all." + everything);
                        assertThat(hold.path("class").isNull()).isTrue();
                        assertThat(hold.path("log").asString()).isEqualTo(OWNER);
                        assertThat(hold.toString()).contains("K-7").doesNotContain("secret words");
                    })
                    .anySatisfy(hold -> {
                        assertThat(hold.path("id").asString()).isEqualTo("evidence.security." + classes);
                        assertThat(hold.path("class").asString()).isEqualTo("security");
                        assertThat(hold.path("log").isNull()).isTrue();
                    });
            assertThat(neighbours.backupsHeldFor()).containsExactly(classes);
        });
        assertThat(sql.sql("select held_log_projects('firewall')")
                        .query(String.class)
                        .list())
                .containsExactly(OWNER);
        as("kei", "PUT", PATH + "/" + everything + "/end", "{\"reason\":\"a mistake\"}");
        as("ren", "PUT", PATH + "/" + classes + "/end", "{\"reason\":\"not agreed\"}");

        await().untilAsserted(() -> {
            assertThat(neighbours.held()).isEmpty();
            assertThat(neighbours.backupsHeldFor()).isEmpty();
        });
    }

    @Test
    void officersWriteAuditorsReadAndNobodyElseLearnsOfIt() {
        String body =
                "{\"reference\":\"K-6\",\"things\":[{\"kind\":\"backups\",\"id\":\"x\"},{\"kind\":\"log\",\"id\":\"all\"}],\"reason\":\"r\",\"authority\":\"court\",\"mayTell\":false}";
        String id = make(body);
        String auditor = cloud.tokenOf("auditor", "default", "office", "default", "auditor", "reader");
        String service =
                cloud.tokenOf("service", "default", "office", "default", "service-operator", "auditor", "member");
        String customer = cloud.token(OWNER, "manager", "member", "reader");

        assertThat(cloud.send(auditor, "GET", PATH + "?words=k-6&inForce=true", null)
                        .json()
                        .path("holds"))
                .singleElement()
                .satisfies(hold -> assertThat(hold.path("things").toString()).contains("backups", "log"));
        assertThat(cloud.send(auditor, "GET", PATH + "?words=%25", null).json().path("holds"))
                .as("a percent sign is a percent sign")
                .isEmpty();
        for (String token : List.of(auditor, service, customer)) {
            assertThat(cloud.send(token, "POST", PATH, body).status()).isEqualTo(403);
            assertThat(cloud.send(token, "PUT", PATH + "/" + id + "/confirmation", null)
                            .status())
                    .isEqualTo(403);
            assertThat(cloud.send(token, "PUT", PATH + "/" + id + "/end", "{\"reason\":\"r\"}")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(cloud.send(customer, "GET", PATH, null).status()).isEqualTo(403);
        assertThat(failure("delete from evidence_hold where id = ?::uuid", id)).contains("permission denied");
        for (String bad : List.of(
                "{}",
                "{\"reference\":\"K\",\"things\":[],\"reason\":\"r\",\"authority\":\"a\",\"mayTell\":true}",
                "{\"reference\":\"K\",\"everything\":true,\"reason\":\"r\",\"authority\":\"a\",\"mayTell\":true}",
                "{\"reference\":\"K\",\"project\":\"p\",\"everything\":true,\"reason\":\"r\",\"authority\":\"a\"}",
                "{\"reference\":\"K\",\"project\":\"p\",\"things\":[{\"kind\":\"server\",\"id\":\"none\"}],\"reason\":\"r\",\"authority\":\"a\",\"mayTell\":true}",
                "{\"reference\":\"K\",\"project\":\"p\",\"things\":[{\"kind\":\"soul\",\"id\":\"none\"}],\"reason\":\"r\",\"authority\":\"a\",\"mayTell\":true}",
                "{\"reference\":\"K\",\"project\":\"p\",\"everything\":true,\"reason\":\"r\",\"authority\":\"a\",\"mayTell\":true,\"endsAt\":\"2020-01-01T00:00:00Z\"}")) {
            assertThat(as("kei", "POST", PATH, bad).status()).as(bad).isEqualTo(400);
        }
    }

    private static String operator(String user) {
        return cloud.tokenOf(user, "default", "operator", "default", "admin");
    }

    private static Answer as(String officer, String method, String path, @Nullable String body) {
        String token = cloud.tokenOf(officer, "default", "office", "default", "security-officer", "auditor", "reader");
        return cloud.send(token, method, path, body);
    }

    private static String make(String body) {
        Answer answer = as("kei", "POST", PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static String state(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("state").asString();
    }

    private static String network() {
        return cloud.send(
                        cloud.token(OWNER, "manager", "member", "reader"),
                        "POST",
                        "/network/v2.0/networks",
                        "{\"network\":{\"name\":\"held\"}}")
                .json()
                .at("/network/id")
                .asString();
    }

    private static Answer delete(String network) {
        return cloud.send(
                cloud.token(OWNER, "manager", "member", "reader"), "DELETE", "/network/v2.0/networks/" + network, null);
    }

    private static String failure(String statement, String id) {
        try {
            sql.sql(statement).param(id).update();
            return "it was done";
        } catch (org.springframework.dao.DataAccessException e) {
            return String.valueOf(e.getMostSpecificCause().getMessage());
        }
    }

    /** The rows of all tables that ask for holds, as far as they are the owner's. */
    private static Map<String, String> heldRows() {
        Map<String, String> rows = new TreeMap<>();
        for (String table : sql.sql("""
                        select distinct r.relname from pg_trigger g join pg_proc p on p.oid = g.tgfoid
                          join pg_class r on r.oid = g.tgrelid where p.proname = 'refuse_held'
                        """).query(String.class).list()) {
            rows.put(
                    table,
                    sql.sql(
                                    "select coalesce(string_agg(concat_ws(' ', id, to_jsonb(t) ->> 'name', to_jsonb(t) ->> 'desired'),"
                                            + " ', ' order by id), '') from " + table + " t where project_id = ?")
                            .param(OWNER)
                            .query(String.class)
                            .single());
        }
        return rows;
    }

    private static List<JsonNode> records(String id) {
        return sql.sql("select event from outbox order by id").query(String.class).list().stream()
                .map(RunningCloud.JSON::readTree)
                .filter(event -> event.at("/target/id").asString().equals(id))
                .toList();
    }

    private static List<String> events(String id) {
        return records(id).stream()
                .map(event -> event.path("action").asString())
                .toList();
    }

    /** In whose history the newest step stands. */
    private static @Nullable String project(String id) {
        JsonNode project = records(id).getLast().at("/target/project_id");
        return project.isMissingNode() ? null : project.asString();
    }
}
