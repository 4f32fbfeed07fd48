package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.access.Policy;
import dev.unkai.base.access.Role;
import dev.unkai.cloud.Endpoints.Endpoint;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.web.Access;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Calls every endpoint there is without a token, with too small a role and as another customer. The table
 * {@code endpoints.txt} says what another customer is told; an endpoint that is not in it fails.
 */
class EveryEndpointIsGuardedTest {
    private static final String OWNER = "project-of-owner";
    private static final String STRANGER = "project-of-stranger";

    private static final String ID = "(?:req-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static RunningCloud cloud;
    private static Endpoints endpoints;
    private static OwnersThings things;

    @BeforeAll
    static void start() throws IOException {
        cloud = RunningCloud.start();
        endpoints = Endpoints.of(cloud);
        things = OwnersThings.make(cloud, OWNER);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void everyEndpointIsInTheTableAndNothingElse() {
        Set<String> guarded = endpoints.all().stream()
                .filter(endpoint -> !endpoint.isPublic())
                .map(Endpoint::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(endpoints.listed()).isEqualTo(guarded);
    }

    @TestFactory
    List<DynamicTest> refusesWithoutAToken() {
        return forEach(endpoint -> {
            assertThat(call(null, endpoint).status()).isEqualTo(401);
            assertThat(call("forged.token.value", endpoint).status()).isEqualTo(401);
        });
    }

    @TestFactory
    List<DynamicTest> refusesTooSmallARole() {
        return forEach(endpoint -> {
            String none = cloud.token(OWNER, "some-other-role");
            assertThat(call(none, endpoint).status()).isEqualTo(403);
            for (Role role : Role.values()) {
                String token = cloud.token(OWNER, role.wireName());
                if (!cloud.context()
                        .getBean(Access.class)
                        .policy()
                        .permits(endpoint.action(), List.of(role.wireName()))) {
                    assertThat(call(token, endpoint).status())
                            .as(role.wireName())
                            .isEqualTo(403);
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> showsAnotherCustomerNothing() {
        return forEach(endpoint -> {
            Endpoints.Line line = endpoints.line(endpoint);
            Answer answer = call(cloud.token(STRANGER, "manager", "member", "reader"), endpoint);

            if (line != null) {
                assertThat(line.expected()).as(answer.text()).contains(answer.status());
            }
            assertThat(answer.text()).doesNotContain(OwnersThings.MARK).doesNotContain(OWNER);
        });
    }

    /** Neither in what is answered nor in what is done for it, so that it takes no longer; bench/README.md has the times. */
    @Test
    void whatIsAnotherCustomersCannotBeToldFromWhatIsNobodys() {
        OwnersThings nobodys = things.likeNobodys();
        String token = cloud.token(STRANGER, "manager", "member", "reader");
        int compared = 0;
        try (RequestStatements statements = new RequestStatements()) {
            for (Endpoint endpoint : endpoints.all()) {
                Endpoints.Line line = endpoints.line(endpoint);
                if (line == null || line.kind().equals("-") || !line.expected().contains(404)) {
                    continue;
                }
                String anothers = "";
                String none = "-";
                // Something may be asked once and then known: it is told twice at most.
                for (int i = 0; i < 3 && !anothers.equals(none); i++) {
                    none = told(endpoints.call(cloud, nobodys, token, endpoint, Map.of()), statements);
                    anothers = told(endpoints.call(cloud, things, token, endpoint, Map.of()), statements);
                }
                assertThat(anothers).as(endpoint.key()).isEqualTo(none);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(150);
    }

    /** All that an answer says but ids and times, and how many statements it took. */
    private static String told(Answer answer, RequestStatements statements) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        String request = headers.remove("x-openstack-request-id").getFirst();
        headers.remove("x-compute-request-id");
        headers.remove("date");
        return (answer.status() + " " + headers + " " + answer.text()).replaceAll(ID, "ID") + " by "
                + statements.of(request) + " statements";
    }

    @Test
    void refusesWhoeverComesFromWhereTheRulesDoNotAllow() {
        SourceRules rules = cloud.context().getBean(SourceRules.class);
        String token = cloud.token(OWNER, "admin", "manager", "member", "reader");
        Map<String, String> forged = Map.of("X-Forwarded-For", "198.51.100.7");
        rules.replace(List.of(rule("198.51.100.0/24")));
        try {
            List<String> open = endpoints.all().stream()
                    .filter(endpoint -> !endpoint.isPublic())
                    .filter(endpoint -> {
                        Answer answer = call(token, endpoint, forged);
                        return answer.status() != 403 || !answer.text().contains("127.0.0.1");
                    })
                    .map(Endpoint::key)
                    .toList();
            assertThat(open).isEmpty();
            rules.replace(List.of(rule("127.0.0.0/8")));
            assertThat(cloud.send(token, "GET", "/compute/v2.1/servers", null).status())
                    .isEqualTo(200);
        } finally {
            rules.replace(List.of());
        }
    }

    private static SourceRule rule(String prefix) {
        return new SourceRule(1, SourceRules.Subject.DOMAIN, "domain-of-" + OWNER, "", List.of(prefix));
    }

    @Test
    void everyoneIsToldOfJustTheActionsThatTheRoleMayDo() {
        Policy policy = cloud.context().getBean(Access.class).policy();
        for (Role role : Role.values()) {
            List<String> told = new ArrayList<>();
            cloud.send(cloud.token(OWNER, role.wireName()), "GET", "/service/v1/rights", null)
                    .json()
                    .path("actions")
                    .forEach(action -> told.add(action.asString()));

            assertThat(told)
                    .isEqualTo(policy.actions().stream()
                            .filter(action -> policy.permits(action, List.of(role.wireName())))
                            .sorted()
                            .toList());
            assertThat(told.contains("operation:backup:list")).isEqualTo(role.side() == Role.Side.PROVIDER);
        }
    }

    @Test
    void anOperatorWhoAsksForBackupsWhileIdentityIsDownIsToldSo() {
        Answer answer = cloud.send(cloud.token(OWNER, "admin"), "GET", "/service/v1/backups", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("detail").asString()).contains("try again");
    }

    private static List<DynamicTest> forEach(java.util.function.Consumer<Endpoint> check) {
        return endpoints.all().stream()
                .filter(endpoint -> !endpoint.isPublic())
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.key(), () -> check.accept(endpoint)))
                .toList();
    }

    private static Answer call(String token, Endpoint endpoint) {
        return call(token, endpoint, Map.of());
    }

    private static Answer call(String token, Endpoint endpoint, Map<String, String> more) {
        return endpoints.call(cloud, things, token, endpoint, more);
    }

    /** Ids that nobody has, for parts of an address that the table does not name. */
    static String nobodys() {
        return UUID.randomUUID().toString();
    }
}
