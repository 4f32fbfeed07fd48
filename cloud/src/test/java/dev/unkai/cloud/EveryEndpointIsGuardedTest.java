package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.access.Allow;
import dev.unkai.base.access.Policy;
import dev.unkai.base.access.Role;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.web.Access;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Calls every endpoint there is without a token, with too small a role and as another customer. The table
 * {@code endpoints.txt} says what another customer is told; an endpoint that is not in it fails.
 */
class EveryEndpointIsGuardedTest {
    private static final String OWNER = "project-of-owner";
    private static final String STRANGER = "project-of-stranger";

    private static RunningCloud cloud;
    private static Map<String, Endpoint> endpoints;
    private static Map<String, Line> table;
    private static OwnersThings things;

    /** A handler under one method and pattern. */
    private record Endpoint(String method, String pattern, String action) {
        String key() {
            return method + " " + pattern;
        }

        boolean isPublic() {
            return action.equals(Allow.PUBLIC);
        }
    }

    /** A line of the table: {@code METHOD PATTERN KIND STATUS[|STATUS] [BODY]}. */
    private record Line(String kind, Set<Integer> expected, String body) {}

    @BeforeAll
    static void start() throws IOException {
        cloud = RunningCloud.start();
        endpoints = handlers();
        table = readTable();
        things = OwnersThings.make(cloud, OWNER);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void everyEndpointIsInTheTableAndNothingElse() {
        Set<String> guarded = endpoints.values().stream()
                .filter(endpoint -> !endpoint.isPublic())
                .map(Endpoint::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(new TreeSet<>(table.keySet())).isEqualTo(guarded);
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
            Line line = table.get(endpoint.key());
            Answer answer = call(cloud.token(STRANGER, "manager", "member", "reader"), endpoint);

            if (line != null) {
                assertThat(line.expected()).as(answer.text()).contains(answer.status());
            }
            assertThat(answer.text()).doesNotContain(OwnersThings.MARK).doesNotContain(OWNER);
        });
    }

    @Test
    void refusesWhoeverComesFromWhereTheRulesDoNotAllow() {
        SourceRules rules = cloud.context().getBean(SourceRules.class);
        String token = cloud.token(OWNER, "admin", "manager", "member", "reader");
        Map<String, String> forged = Map.of("X-Forwarded-For", "198.51.100.7");
        rules.replace(List.of(rule("198.51.100.0/24")));
        try {
            List<String> open = endpoints.values().stream()
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
            assertThat(told.contains("operation:backup:list")).isEqualTo(role == Role.ADMIN);
        }
    }

    @Test
    void anOperatorWhoAsksForBackupsWhileIdentityIsDownIsToldSo() {
        Answer answer = cloud.send(cloud.token(OWNER, "admin"), "GET", "/service/v1/backups", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("detail").asString()).contains("try again");
    }

    private static List<DynamicTest> forEach(java.util.function.Consumer<Endpoint> check) {
        return endpoints.values().stream()
                .filter(endpoint -> !endpoint.isPublic())
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.key(), () -> check.accept(endpoint)))
                .toList();
    }

    private static Answer call(String token, Endpoint endpoint) {
        return call(token, endpoint, Map.of());
    }

    private static Answer call(String token, Endpoint endpoint, Map<String, String> more) {
        Line line = table.get(endpoint.key());
        String path = things.fill(endpoint.pattern(), line == null ? "-" : line.kind());
        String body = line == null || line.body().isEmpty() ? null : things.fillBody(line.body());
        Map<String, String> headers = new HashMap<>(
                endpoint.method().equals("PATCH") && endpoint.pattern().contains("/image/")
                        ? Map.of("Content-Type", "application/openstack-images-v2.1-json-patch")
                        : endpoint.pattern().endsWith("/file")
                                        || endpoint.pattern().endsWith("/stage")
                                ? Map.of("Content-Type", "application/octet-stream")
                                : Map.of());
        headers.putAll(more);
        return cloud.send(token, endpoint.method(), path, body, headers);
    }

    private static Map<String, Endpoint> handlers() {
        Map<String, Endpoint> found = new TreeMap<>();
        cloud.context()
                .getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().forEach((info, handler) -> {
                    Allow allow = handler.getMethodAnnotation(Allow.class);
                    if (handler.getBeanType().getName().startsWith("dev.unkai.")) {
                        String action = Objects.requireNonNull(allow).value();
                        for (String pattern : patterns(info)) {
                            for (RequestMethod method :
                                    info.getMethodsCondition().getMethods()) {
                                Endpoint endpoint = new Endpoint(method.name(), pattern, action);
                                found.put(endpoint.key(), endpoint);
                            }
                        }
                    }
                }));
        return found;
    }

    private static Set<String> patterns(RequestMappingInfo info) {
        return info.getPatternValues();
    }

    private static Map<String, Line> readTable() throws IOException {
        Map<String, Line> lines = new TreeMap<>();
        String text;
        try (var in = Objects.requireNonNull(EveryEndpointIsGuardedTest.class.getResourceAsStream("/endpoints.txt"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+", 5)));
            Set<Integer> expected = Arrays.stream(words.get(3).split("\\|"))
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet());
            lines.put(
                    words.get(0) + " " + words.get(1),
                    new Line(words.get(2), expected, words.size() > 4 ? words.get(4) : ""));
        }
        return lines;
    }

    /** Ids that nobody has, for parts of an address that the table does not name. */
    static String nobodys() {
        return UUID.randomUUID().toString();
    }
}
