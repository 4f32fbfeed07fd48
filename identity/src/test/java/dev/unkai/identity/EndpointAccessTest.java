package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.EndpointCases.Case;
import dev.unkai.identity.EndpointCases.Level;
import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls every handler without a token, with another customer's and with too small a role. New handlers must be listed in {@link EndpointCases}. */
class EndpointAccessTest {
    private static final RunningIdentity identity = RunningIdentity.shared();
    private static Customer alpha;
    private static Customer beta;
    private static String member;

    static List<Case> guarded() {
        return EndpointCases.cases().stream()
                .filter(one -> one.level() != Level.PUBLIC)
                .toList();
    }

    @BeforeAll
    static void meet() {
        alpha = Customer.of(identity, "alpha");
        beta = Customer.of(identity, "beta");
        member = identity.id("select id from role where name = 'member' and domain_id is null");
    }

    @Test
    void whatTheServerItselfRefusesHasTheShapeOfTheApiToo() {
        Answer unreadable = identity.get("/identity/v3/users/a%2Fb", null);
        assertThat(unreadable.status()).isEqualTo(400);
        assertThat(unreadable.body().at("/error/code").asInt()).isEqualTo(400);
        assertThat(unreadable.body().at("/error/message").asString()).isNotEmpty();
        assertThat(unreadable.header("X-Openstack-Request-Id")).startsWith("req-");
    }

    @Test
    void everyHandlerIsListed() {
        Set<String> listed = new TreeSet<>();
        EndpointCases.cases().forEach(one -> listed.add(one.toString()));

        assertThat(listed).isEqualTo(identity.handlers());
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void withoutAGoodTokenItIsUnauthorized(Case one) {
        String state = identity.state();
        int events = identity.events().size();
        String forged = beta.masterToken().substring(0, beta.masterToken().length() - 8) + "AAAAAAAA";

        assertThat(call(one, beta, null).status()).isEqualTo(401);
        assertThat(call(one, beta, forged).status()).isEqualTo(401);
        assertThat(identity.events()).hasSize(events + 2);
        assertThat(identity.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void withAnotherCustomersTokenItShowsAndChangesNothing(Case one) {
        String state = identity.state();
        for (String token : List.of(alpha.masterToken(), alpha.readerToken())) {
            Answer answer = call(one, beta, token);
            boolean namesNothing = !one.pattern().contains("{") && one.body() == null;
            boolean nobodys = one.level() == Level.OPEN
                    || (one.pattern().startsWith("/identity/v3/roles")
                            && List.of("GET", "HEAD").contains(one.method()));
            if (!namesNothing && !nobodys && !one.pattern().endsWith("/auth/tokens")) {
                assertThat(answer.status()).as(answer.raw().body()).isIn(403, 404);
            }
            // What the caller named himself is no news to him.
            String request = one.method() + path(one, beta) + (one.body() == null ? "" : filled(one.body(), beta));
            for (String mark : beta.marks()) {
                if (!request.contains(mark)) {
                    assertThat(answer.raw().body()).doesNotContain(mark);
                }
            }
            assertThat(answer.raw().body()).doesNotContain("\"beta\"");
        }
        assertThat(identity.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void withTooSmallARoleItIsForbiddenAndRecorded(Case one) {
        String token = switch (one.level()) {
            case MANAGER -> alpha.readerToken();
            case ADMIN -> alpha.masterToken();
            case PUBLIC, OPEN, OWN, READER -> null;
        };
        if (token == null) {
            return;
        }
        String state = identity.state();
        int events = identity.events().size();

        assertThat(call(one, alpha, token).status()).isEqualTo(403);
        assertThat(identity.events()).hasSize(events + 1);
        assertThat(identity.events().getLast().get("outcome").asString()).isEqualTo("failure");
        assertThat(identity.state()).isEqualTo(state);
    }

    private static Answer call(Case one, Customer target, @Nullable String token) {
        if (one.pattern().endsWith("/auth/tokens")) {
            String bearer = token == null ? "none" : token;
            return token == null
                    ? identity.send(one.method(), path(one, target), null, null)
                    : identity.subject("GET", bearer, target.masterToken());
        }
        String body = one.body() == null ? null : filled(one.body().replace('\'', '"'), target);
        return identity.send(one.method(), path(one, target), token, body);
    }

    private static String path(Case one, Customer target) {
        return filled(one.pattern(), target);
    }

    private static String filled(String text, Customer target) {
        Map<String, String> values = Map.ofEntries(
                Map.entry("{scope:projects|domains}", "projects"),
                Map.entry("{kind:users|groups}", "users"),
                Map.entry("{scopeId}", target.project()),
                Map.entry("{actorId}", target.reader()),
                Map.entry("{user}", target.reader()),
                Map.entry("{credential}", target.credential()),
                Map.entry("{project}", target.project()),
                Map.entry("{domain}", target.domain()),
                Map.entry("{group}", target.group()),
                Map.entry("{role}", member),
                Map.entry("{implied}", identity.id("select id from role where name = 'reader' and domain_id is null")),
                Map.entry("{service}", "unknown"),
                Map.entry("{endpoint}", "unknown"),
                Map.entry("{region}", "local"),
                Map.entry("{tag}", "unknown"),
                Map.entry("{access}", "unknown"),
                Map.entry("{trust}", target.trust()),
                Map.entry("{limit}", "unknown"),
                Map.entry("{option}", "unknown"),
                Map.entry("{policy}", "unknown"),
                Map.entry("{request}", "unknown"),
                Map.entry("{consumer}", "unknown"),
                Map.entry("{session}", "unknown"),
                Map.entry("{mail}", "unknown"),
                Map.entry("{provider}", "unknown"),
                Map.entry("{id}", idOf(text, target)));
        String filled = text;
        for (var value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled;
    }

    private static String idOf(String pattern, Customer target) {
        return pattern.contains("/application_credentials/") || pattern.contains("/application-credentials/")
                ? target.credential()
                : pattern.startsWith("/identity/v3/users")
                        ? target.reader()
                        : pattern.startsWith("/identity/v3/projects")
                                ? target.project()
                                : pattern.startsWith("/identity/v3/domains")
                                        ? target.domain()
                                        : pattern.startsWith("/identity/v3/groups") ? target.group() : member;
    }
}
