package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.access.Policy;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.Endpoints.Endpoint;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.web.Access;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.Revocations.Revocation;
import dev.unkai.wire.token.Revocations.Subject;
import dev.unkai.wire.token.TokenVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.JsonNode;

/** One of the provider's people looks as a customer sees it: at the customer's things, in the customer's history, and at nothing that is closed to such a view. */
class ViewingTest {
    private static final String OWNER = "project-of-owner";
    private static final Map<String, String> NEWEST = Map.of("OpenStack-API-Version", "compute 2.90");
    private static final String NOBODYS = "project-of-nobody";

    private static RunningCloud cloud;
    private static Endpoints endpoints;
    private static OwnersThings things;
    private static String view;

    @BeforeAll
    static void start() throws IOException {
        cloud = RunningCloud.start(new TestPki(), RunningCloud.BREAK_GLASS_AS_DELIVERED);
        endpoints = Endpoints.of(cloud);
        // One of the owner's things is made by an operator, who has a grant for that.
        String grant = grant();
        things = OwnersThings.make(cloud, OWNER);
        assertThat(operator("second", "PUT", grant + "/end", null).status()).isEqualTo(200);
        view = cloud.viewToken("supporter", "view-1", OWNER);
    }

    private static String grant() {
        Answer asked = operator(
                "user-of-operator",
                "POST",
                "/service/v1/break-glass",
                "{\"project\":\"%s\",\"reason\":\"Ticket 17\",\"ticket\":\"T-17\",\"minutes\":30}".formatted(OWNER));
        assertThat(asked.status()).as(asked.text()).isEqualTo(201);
        String grant = "/service/v1/break-glass/" + asked.json().path("id").asString();
        assertThat(operator("second", "PUT", grant + "/approval", null).status())
                .isEqualTo(200);
        return grant;
    }

    private static Answer operator(String user, String method, String path, @Nullable String body) {
        return cloud.send(cloud.tokenOf(user, "default", "operator", "default", "admin"), method, path, body);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /** Each of the endpoints there are: new ones too, which are closed until the policy names them. */
    @Test
    void everyChangeAndEverythingThatThePolicyDoesNotNameIsRefusedAndNothingElseFails() {
        Policy policy = cloud.context().getBean(Access.class).policy();
        List<String> wrong = new ArrayList<>();
        int looks = 0;
        for (Endpoint endpoint : endpoints.all()) {
            if (endpoint.isPublic() || policy.isOfView(endpoint.action())) {
                continue;
            }
            Answer answer = endpoints.call(cloud, things, view, endpoint, Map.of());
            boolean refused = answer.status() == 403
                    && answer.headers().firstValue("X-Unkai-Refusal").orElse("").equals("ViewIsReadOnly");
            boolean looked = endpoint.method().equals("GET") && policy.isViewed(endpoint.action());
            looks += looked ? 1 : 0;
            // The ledger and identity are not there.
            boolean good = looked
                    ? !refused && answer.status() != 401 && (answer.status() < 500 || answer.status() == 503)
                    : refused;
            if (!good) {
                wrong.add(endpoint.key() + " (" + endpoint.action() + "): " + answer.status() + " " + answer.text());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(looks).isGreaterThan(80);
    }

    @Test
    void itShowsTheCustomersThingsAndNobodyElses() {
        Answer own = cloud.send(view, "GET", "/compute/v2.1/servers/detail", null, NEWEST);
        Answer nobodys = cloud.send(
                cloud.viewToken("supporter", "view-2", NOBODYS), "GET", "/compute/v2.1/servers/detail", null);

        assertThat(own.text()).contains(OwnersThings.MARK).doesNotContain("user_data");
        assertThat(nobodys.status()).isEqualTo(200);
        assertThat(nobodys.json().path("servers")).isEmpty();
        assertThat(cloud.send(view, "GET", "/service/v1/history?project=" + NOBODYS, null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theRefusalSaysThatTheViewIsReadOnlyInTheReadersLanguageAndStandsInTheCustomersHistory() {
        long before = newest();
        Answer japanese = cloud.send(
                view,
                "POST",
                "/network/v2.0/networks",
                "{\"network\":{\"name\":\"n\"}}",
                Map.of("Accept-Language", "ja"));
        Answer service = cloud.send(view, "GET", "/service/v1/history/export", null);

        assertThat(japanese.status()).isEqualTo(403);
        assertThat(japanese.text()).contains("閲覧だけ");
        assertThat(service.json().path("code").asString()).isEqualTo("ViewIsReadOnly");
        assertThat(service.json().path("detail").asString())
                .contains("read-only")
                .contains("view as customer");
        assertThat(since(before)).hasSize(2).allSatisfy(event -> {
            assertThat(event.at("/outcome").asString()).isEqualTo("failure");
            assertThat(event.at("/target/project_id").asString()).isEqualTo(OWNER);
            assertThat(event.at("/initiator/name").asString()).isEqualTo("supporter");
            assertThat(event.at("/attachments/viewing").asString()).isEqualTo("view-1");
        });
    }

    @Test
    void eachThingThatIsLookedAtIsToldToTheCustomerOnceForAView() {
        String other = cloud.viewToken("supporter", "view-3", OWNER);
        long before = newest();
        for (int i = 0; i < 3; i++) {
            cloud.send(other, "GET", "/network/v2.0/networks?limit=" + (i + 1), null);
            cloud.send(other, "GET", "/network/v2.0/routers", null);
            cloud.send(other, "GET", "/service/v1/rights", null);
        }
        assertThat(since(before))
                .extracting(event -> event.at("/action").asString() + " "
                        + event.at("/target/id").asString() + " "
                        + event.at("/initiator/project_id").asString())
                .containsExactly(
                        "viewing/look GET /network/v2.0/networks operator",
                        "viewing/look GET /network/v2.0/routers operator");
    }

    @Test
    void theRightsAreThoseOfTheView() {
        List<String> told = new ArrayList<>();
        cloud.send(view, "GET", "/service/v1/rights", null)
                .json()
                .path("actions")
                .forEach(action -> told.add(action.asString()));

        assertThat(told)
                .contains("compute:server:list", "history:event:list", "contract:show", "session:renew")
                .doesNotContain(
                        "compute:keypair:own",
                        "account:read",
                        "image:image:download",
                        "session:list",
                        "session:end-others",
                        "history:event:export",
                        "application-credential:list",
                        "session:view");
    }

    @Test
    void aLookMakesNothing() {
        String empty = "project-that-was-never-used";
        String token = cloud.viewToken("supporter", "view-4", empty);

        assertThat(cloud.send(token, "GET", "/network/v2.0/security-groups", null)
                        .json()
                        .path("security_groups"))
                .isEmpty();
        assertThat(cloud.send(token, "GET", "/compute/v2.1/os-security-groups", null)
                        .status())
                .isEqualTo(200);
        assertThat(cloud.send(cloud.token(empty, "reader"), "GET", "/network/v2.0/security-groups", null)
                        .json()
                        .path("security_groups"))
                .as("made by the customer's own first look")
                .hasSize(1);
    }

    /** Whatever the policy may forget one day: the database and the record hold it too. */
    @Test
    void evenPastThePolicyNothingIsWrittenAndNothingIsRecordedAsDone() {
        Transactions transactions = cloud.context().getBean(Transactions.class);
        Caller caller = new Caller(
                cloud.context().getBean(TokenVerifier.class).verify(view).orElseThrow(), "198.51.100.9", "", "req-1");

        assertThat(catching(() -> transactions.doAsCaller(
                        caller, db -> db.sql("delete from server where false").update())))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("read-only transaction");
        CadfEvent act =
                CadfEvent.by(caller, "stop", new CadfEvent.Target("s", "compute/server", "s", OWNER), Instant.now());
        assertThat(catching(() -> transactions.doAsCaller(caller, db -> db.record(act))))
                .hasMessageContaining("read-only");
    }

    @Test
    void theStreamOfChangesEndsWithTheRightThatTheViewHangsBy() throws Exception {
        String token = cloud.viewToken("leaver", "view-5", OWNER);
        HttpRequest request = HttpRequest.newBuilder(URI.create(cloud.address() + "/service/v1/changes"))
                .header("X-Auth-Token", token)
                .header("Accept", "text/event-stream")
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isNotNull();

            cloud.context()
                    .getBean(Revocations.class)
                    .learn(new Revocation(1, Subject.USER_IN_PROJECT, "leaver/operator", Instant.now()));

            await().atMost(Duration.ofSeconds(10)).until(() -> lines.readLine() == null);
        }
        assertThat(cloud.send(token, "GET", "/compute/v2.1/servers", null).status())
                .isEqualTo(401);
    }

    @Test
    void oneOfTheProvidersPeopleWithoutAViewStaysOutOfTheProject() {
        String reader = cloud.tokenOf("supporter", "default", OWNER, "domain-of-" + OWNER, "reader");

        assertThat(cloud.send(reader, "GET", "/compute/v2.1/servers", null).text())
                .contains("break-glass");
        assertThat(cloud.send(
                                cloud.tokenOf("supporter", "default", "operator", "default", "auditor"),
                                "POST",
                                "/service/v1/session/view",
                                "{\"contract\":\"kumo\",\"reason\":\"r\"}")
                        .status())
                .isEqualTo(403);
    }

    private static Throwable catching(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("Nothing was refused");
    }

    private static long newest() {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql("select coalesce(max(id), 0) from outbox")
                        .query(Long.class)
                        .single());
    }

    private static List<JsonNode> since(long number) {
        return cloud
                .context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql("select event from outbox where id > ? order by id")
                        .param(number)
                        .query(String.class)
                        .list())
                .stream()
                .map(RunningCloud.JSON::readTree)
                .filter(event -> event.at("/attachments/viewing").asString().startsWith("view-"))
                .toList();
    }
}
