package dev.unkai.identity;

import static dev.unkai.identity.Contract.ELSEWHERE;
import static dev.unkai.identity.Contract.OFFICE;
import static dev.unkai.identity.Contract.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.identity.RunningIdentity.Answer;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One of the provider's people sees the service as a customer does: what identity gives him for it, what that is good for, and when it ends. */
class ViewingTest {
    private static final String CONSOLE = "console; idle=0";
    private static final String SERVICE = "/identity/service/v1";
    private static final String VIEWINGS = SERVICE + "/viewings";
    private static final String V3 = "/identity/v3";
    private static final String REASON = "お客様からの問い合わせ 42";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String admin = identity.token("Default", "operator");
    private final Contract contract = new Contract(identity);
    private final String home = identity.id(
            "select p.id from project p join domain d on d.id = p.domain_id where d.id = 'default' and p.name = 'operator'");
    private final String name = "supporter-" + PEOPLE.incrementAndGet() + "-" + System.nanoTime();
    private String person;
    private String own;
    private long before;

    @BeforeEach
    void openAConsole() {
        person = made(
                Map.of("name", name, "domain_id", "default", "default_project_id", home, "password", password(name)));
        grant(person, "service-operator");
        own = console(name);
        before = identity.newestEvent();
    }

    @Test
    void theCustomersHistorySaysWhoLooksWhenWhyAndForHowLong() {
        Answer opened = open(own, Map.of("contract", contract.name, "reason", REASON, "minutes", 10));
        TokenClaims claims = claims(opened);

        assertThat(claims.userId()).isEqualTo(person);
        assertThat(claims.projectId()).isEqualTo(contract.project);
        assertThat(claims.roles()).containsExactly("billing", "reader", "viewer");
        assertThat(claims.auditIds().getLast()).isEqualTo(claims(own).auditIds().getLast());
        assertThat(Duration.between(Instant.now(), claims.expiresAt()))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        assertThat(end(token(opened)).status()).isEqualTo(204);
        assertThat(verify(token(opened))).isEmpty();

        List<JsonNode> told = told();
        assertThat(told)
                .extracting(event -> event.at("/action").asString())
                .containsExactly("viewing/open", "viewing/end");
        assertThat(told).allSatisfy(event -> {
            assertThat(event.at("/target/project_id").asString()).isEqualTo(contract.project);
            assertThat(event.at("/initiator/name").asString()).isEqualTo(name);
            assertThat(event.at("/initiator/project_id").asString()).isEqualTo(home);
            assertThat(event.at("/attachments/viewing").asString())
                    .isEqualTo(claims.viewing().id());
        });
        assertThat(told.getFirst().at("/attachments/reason").asString()).isEqualTo(REASON);
        assertThat(told.getFirst().at("/attachments/minutes").asString()).isEqualTo("10");
        assertThat(told.getFirst().at("/attachments/ends_at").asString())
                .isEqualTo(claims.expiresAt().toString());
        assertThat(told.getLast().at("/attachments/because").asString()).isEqualTo("ended by the viewer");
        assertThat(end(own).status()).as("no view").isEqualTo(409);
    }

    @Test
    void onlyWhoHasTheRightOpensOneInTheConsoleWithAReasonAndForACustomersProject() {
        Map<String, Object> wish = Map.of("project", contract.project, "reason", REASON, "minutes", 30);
        assertThat(open(plain(name), wish).status()).as("a program's token").isEqualTo(403);
        assertThat(open(contract.token(OFFICE, "master"), wish).status()).isEqualTo(403);
        Answer stale = open(AgedProof.of(identity, own), wish);
        assertThat(stale.status()).as("who may have left his screen").isEqualTo(403);
        assertThat(stale.header("X-Unkai-Refusal")).isEqualTo("ProofTooOld");
        for (String role : List.of("auditor", "security-officer")) {
            String other = role + name;
            grant(made(Map.of("name", other, "domain_id", "default", "password", password(other))), role);
            assertThat(open(console(other), wish).status()).as(role).isEqualTo(403);
        }
        assertThat(open(own, Map.of("project", contract.project, "minutes", 30)).status())
                .isEqualTo(400);
        assertThat(open(own, Map.of("project", contract.project, "reason", " ", "minutes", 30))
                        .status())
                .isEqualTo(400);
        for (int minutes : new int[] {0, 4, 31, 100_000}) {
            assertThat(open(own, Map.of("project", contract.project, "reason", REASON, "minutes", minutes))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(open(own, Map.of("reason", REASON, "minutes", 30)).status()).isEqualTo(400);
        assertThat(open(own, Map.of("project", home, "reason", REASON, "minutes", 30))
                        .status())
                .as("the provider's own")
                .isEqualTo(404);
        assertThat(open(own, Map.of("contract", "nobody's", "reason", REASON, "minutes", 30))
                        .status())
                .isEqualTo(404);
        assertThat(told()).isEmpty();
    }

    @Test
    void itsTokenIsExchangedForNothingAndOpensNothingAtIdentity() {
        String view = token(open(own, wish()));
        String credentials = V3 + "/users/" + person + "/application_credentials";

        for (String scope : List.of(contract.project, home)) {
            Answer exchanged = contract.from(OFFICE, "POST", TOKENS, null, exchange(view, scope), CONSOLE);
            assertThat(exchanged.status()).isEqualTo(403);
            assertThat(exchanged.header("X-Subject-Token")).isEmpty();
        }
        assertThat(contract.from(OFFICE, "POST", TOKENS, null, unscoped(view)).status())
                .isEqualTo(403);
        refuses(view, "POST", SERVICE + "/session/proof", Map.of("proof", Map.of("password", password(name))));
        refuses(view, "POST", SERVICE + "/session/proof/challenge", null);
        refuses(view, "POST", VIEWINGS, Map.of("viewing", wish()));
        refuses(view, "POST", credentials, Map.of("application_credential", Map.of("name", "mine")));
        refuses(view, "GET", credentials, null);
        refuses(view, "POST", V3 + "/users/" + person + "/credentials/OS-EC2", Map.of("tenant_id", contract.project));
        refuses(view, "GET", V3 + "/credentials", null);
        refuses(view, "POST", V3 + "/OS-TRUST/trusts", Map.of("trust", Map.of()));
        refuses(
                view,
                "POST",
                SERVICE + "/account/password",
                Map.of("password", Map.of("present", password(name), "fresh", "seven slow boats on the lake")));
        refuses(view, "GET", SERVICE + "/account", null);
        refuses(view, "GET", SERVICE + "/sessions", null);
        refuses(view, "DELETE", SERVICE + "/sessions", null);
        refuses(view, "GET", SERVICE + "/vpn-sessions", null);
        refuses(view, "GET", V3 + "/users", null);
        refuses(view, "GET", V3 + "/auth/projects", null);
        refuses(view, "GET", V3 + "/projects/" + contract.project, null);
        assertThat(contract.from(OFFICE, "POST", SERVICE + "/vpn-sessions", view, Map.of())
                        .status())
                .isGreaterThanOrEqualTo(400);

        // Services beside ours, which ask identity about tokens, would not know that it only looks.
        assertThat(identity.subject("GET", admin, view).status()).isEqualTo(404);
        assertThat(identity.subject("GET", view, view).status()).isEqualTo(403);
        assertThat(identity.subject("DELETE", view, own).status()).isEqualTo(403);
        assertThat(verify(own)).isPresent();
        assertThat(identity.eventsSince(before))
                .filteredOn(event -> event.at("/reason/reasonType").asString().contains("view as customer"))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.at("/initiator/name").asString()).isEqualTo(name);
                    assertThat(event.at("/target/project_id").asString()).isEqualTo(contract.project);
                    assertThat(event.at("/attachments/viewing").asString()).isNotEmpty();
                });
    }

    @Test
    void itEndsAtTheLogOut() {
        String view = token(open(own, wish()));

        String session = claims(own).auditIds().getLast();
        assertThat(contract.from(OFFICE, "DELETE", SERVICE + "/sessions/" + session, own, null)
                        .status())
                .isEqualTo(204);

        assertThat(verify(view)).isEmpty();
        isTold("log-out, or the right to it was taken away");
    }

    @Test
    void itEndsWhenTheRightIsTakenAway() {
        String view = token(open(own, wish()));

        assertThat(identity.send("DELETE", role(person, "service-operator"), admin, null)
                        .status())
                .isEqualTo(204);

        assertThat(verify(view)).isEmpty();
        isTold("log-out, or the right to it was taken away");
    }

    @Test
    void itEndsAtItsTimeAndThatIsToldOnce() {
        String view = token(open(own, wish()));

        identity.sql()
                .sql("update viewing set ends_at = now() - interval '1 second' where id = ?")
                .param(verify(view).orElseThrow().viewing().id())
                .update();

        isTold("its time was over");
        assertThat(end(view).status()).isEqualTo(204);
        assertThat(told()).hasSize(2);
    }

    @Test
    void thereIsOneAtATimeAndTheSessionItselfGoesOnBesideIt() {
        String first = token(open(own, wish()));
        String renewed = token(contract.from(OFFICE, "POST", TOKENS, null, exchange(own, home), CONSOLE));

        String second = token(open(renewed, wish()));

        assertThat(verify(first)).isEmpty();
        assertThat(verify(second)).isPresent();
        assertThat(told())
                .extracting(event -> event.at("/attachments/because").asString())
                .containsExactly("", "another view was opened", "");
    }

    @Test
    void itsViewerComesFromWhereTheProvidersPeopleComeFromWhateverTheCustomersRulesAre() {
        String rules = SERVICE + "/source-rules";
        String master = contract.token(OFFICE, "master");
        assertThat(contract.from(
                                OFFICE,
                                "PUT",
                                rules,
                                master,
                                Map.of("rules", List.of(Map.of("prefixes", List.of("198.51.100.0/24")))))
                        .status())
                .isEqualTo(200);

        Answer opened = open(own, wish());
        assertThat(contract.from(ELSEWHERE, "DELETE", VIEWINGS + "/current", token(opened), null)
                        .status())
                .isEqualTo(204);
    }

    private void refuses(String view, String method, String path, Object body) {
        Answer answer = contract.from(OFFICE, method, path, view, body, CONSOLE);
        assertThat(answer.status()).as(method + " " + path).isEqualTo(403);
        assertThat(answer.header("X-Unkai-Refusal")).as(method + " " + path).isEqualTo("ViewIsReadOnly");
    }

    private void isTold(String because) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            JsonNode event = told().getLast();
            assertThat(event.at("/action").asString()).isEqualTo("viewing/end");
            assertThat(event.at("/attachments/because").asString()).isEqualTo(because);
            assertThat(event.at("/attachments/user").asString()).isEqualTo(name);
        });
    }

    /** What the customer's history got about views since the test began. */
    private List<JsonNode> told() {
        return identity.eventsSince(before).stream()
                .filter(event -> event.at("/target/typeURI").asString().equals("service/security/viewing"))
                .filter(event -> event.at("/target/project_id").asString().equals(contract.project))
                .toList();
    }

    private Map<String, Object> wish() {
        return Map.of("project", contract.project, "reason", REASON, "minutes", 30);
    }

    private Answer open(String token, Map<String, Object> wish) {
        return contract.from(OFFICE, "POST", VIEWINGS, token, Map.of("viewing", wish));
    }

    private Answer end(String token) {
        return contract.from(OFFICE, "DELETE", VIEWINGS + "/current", token, null);
    }

    private Optional<TokenClaims> verify(String token) {
        return identity.context.getBean(TokenVerifier.class).verify(token);
    }

    private TokenClaims claims(String token) {
        return verify(token).orElseThrow();
    }

    private TokenClaims claims(Answer answer) {
        return claims(token(answer));
    }

    private static String token(Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.header("X-Subject-Token");
    }

    private String console(String user) {
        return token(contract.from(OFFICE, "POST", TOKENS, null, logIn(user), CONSOLE));
    }

    private String plain(String user) {
        return token(contract.from(OFFICE, "POST", TOKENS, null, logIn(user)));
    }

    private Map<String, Object> logIn(String user) {
        return RunningIdentity.login("Default", user, password(user), Map.of("project", Map.of("id", home)));
    }

    private static Map<String, Object> exchange(String token, String project) {
        return Map.of("auth", Map.of("identity", byToken(token), "scope", Map.of("project", Map.of("id", project))));
    }

    private static Map<String, Object> unscoped(String token) {
        return Map.of("auth", Map.of("identity", byToken(token), "scope", "unscoped"));
    }

    private static Map<String, Object> byToken(String token) {
        return Map.of("methods", List.of("token"), "token", Map.of("id", token));
    }

    private static String password(String user) {
        return user + " rows home over a quiet lake";
    }

    private String made(Map<String, Object> user) {
        Answer answer = identity.send("POST", V3 + "/users", admin, Map.of("user", user));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().at("/user/id").asString();
    }

    private String role(String user, String role) {
        String id = identity.id("select id from role where name = ? and domain_id is null", role);
        return V3 + "/projects/" + home + "/users/" + user + "/roles/" + id;
    }

    private void grant(String user, String role) {
        assertThat(identity.send("PUT", role(user, role), admin, null).status()).isEqualTo(204);
    }
}
