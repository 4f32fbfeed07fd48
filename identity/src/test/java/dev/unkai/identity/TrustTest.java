package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One account lets another act in its place: what the other gets, and what ends it. */
class TrustTest {
    private static final String V3 = "/identity/v3";
    private static final String TRUSTS = V3 + "/OS-TRUST/trusts";
    private final RunningIdentity identity = RunningIdentity.shared();
    private Customer alpha;
    private Customer beta;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        beta = Customer.of(identity, "beta");
    }

    @Test
    void theTrusteeActsUnderTheTrustorsNameWithTheRolesOfTheTrust() {
        JsonNode trust = made(alpha.masterToken(), wanted(alpha.master(), beta.reader(), true, "member"));
        assertThat(trust.at("/roles/0/name").asString()).isEqualTo("member");
        assertThat(trust.path("redelegation_count").asInt()).isZero();
        assertThat(trust.path("expires_at").isNull()).isTrue();
        assertThat(trust.at("/links/self").asString()).endsWith("/v3/OS-TRUST/trusts/" + id(trust));

        Answer login = login("beta", "reader", id(trust));
        JsonNode token = login.body().get("token");
        assertThat(token.at("/user/id").asString()).isEqualTo(alpha.master());
        assertThat(token.at("/project/id").asString()).isEqualTo(alpha.project());
        assertThat(token.get("roles")
                        .valueStream()
                        .map(role -> role.path("name").asString()))
                .containsExactly("member", "reader");
        JsonNode said = token.get("OS-TRUST:trust");
        assertThat(said.path("id").asString()).isEqualTo(id(trust));
        assertThat(said.path("impersonation").asBoolean()).isTrue();
        assertThat(said.at("/trustor_user/id").asString()).isEqualTo(alpha.master());
        assertThat(said.at("/trustee_user/id").asString()).isEqualTo(beta.reader());

        JsonNode event = identity.events().getLast();
        assertThat(event.path("action").asString()).isEqualTo("authenticate");
        assertThat(event.at("/attachments/trustee").asString())
                .as("who really acts stands in the history")
                .isEqualTo(beta.reader());
    }

    @Test
    void withoutImpersonationTheTrusteeKeepsItsName() {
        JsonNode trust = made(alpha.masterToken(), wanted(alpha.master(), beta.reader(), false, "reader"));
        JsonNode token = login("beta", "reader", id(trust)).body().get("token");
        assertThat(token.at("/user/id").asString()).isEqualTo(beta.reader());
        assertThat(token.at("/project/id").asString()).isEqualTo(alpha.project());
    }

    @Test
    void aTokenOfATrustGetsNothingThatTheTrustDoesNotGive() {
        JsonNode trust = made(alpha.masterToken(), wanted(alpha.master(), beta.reader(), true, "manager"));
        String token = login("beta", "reader", id(trust)).header("X-Subject-Token");

        assertThat(identity.send("POST", V3 + "/auth/tokens", null, exchange(token, alpha.project()))
                        .status())
                .as("no other token")
                .isEqualTo(403);
        assertThat(identity.get(V3 + "/users", token).status())
                .as("the trustor manages its domain, the trustee does not")
                .isEqualTo(403);
        String own = V3 + "/users/" + alpha.master();
        assertThat(identity.send(
                                "POST",
                                own + "/application_credentials",
                                token,
                                Map.of("application_credential", Map.of("name", "lasting")))
                        .status())
                .isEqualTo(403);
        assertThat(identity.get(V3 + "/credentials", token).status()).isEqualTo(403);
    }

    @Test
    void nobodyGivesWhatIsNotTheirs() {
        refused(403, alpha.readerToken(), wanted(alpha.master(), beta.reader(), true, "reader"));
        refused(404, alpha.readerToken(), wanted(alpha.reader(), beta.reader(), true, "manager"));
        refused(
                404,
                alpha.readerToken(),
                with(wanted(alpha.reader(), beta.reader(), true, "reader"), "project_id", beta.project()));
        refused(404, alpha.readerToken(), wanted(alpha.reader(), "nobody", true, "reader"));
        refused(
                403,
                alpha.readerToken(),
                with(wanted(alpha.reader(), beta.reader(), true, "reader"), "roles", List.of()));
        String credential = identity.token(Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods", List.of("application_credential"),
                                "application_credential", program()))));
        refused(403, credential, wanted(alpha.reader(), beta.reader(), true, "reader"));
    }

    @Test
    void onlyTheTrusteeUsesIt() {
        JsonNode trust = made(alpha.masterToken(), wanted(alpha.master(), beta.reader(), true, "reader"));
        assertThat(attempt("beta", "master", id(trust)).status()).isEqualTo(403);
        assertThat(attempt("alpha", "master", id(trust)).status()).isEqualTo(403);
        assertThat(identity.events().getLast().path("outcome").asString()).isEqualTo("failure");
    }

    @Test
    void bothEndsSeeItAndOnlyItsMakerTakesItBack() {
        JsonNode trust = made(alpha.masterToken(), wanted(alpha.master(), beta.reader(), true, "reader"));
        String address = TRUSTS + "/" + id(trust);
        assertThat(identity.get(address, beta.readerToken()).status()).isEqualTo(200);
        assertThat(identity.get(address, beta.masterToken()).status()).isEqualTo(404);
        assertThat(identity.delete(address, beta.readerToken()).status()).isEqualTo(403);
        JsonNode listed = identity.get(TRUSTS + "?trustee_user_id=" + beta.reader(), beta.readerToken())
                .body()
                .get("trusts");
        assertThat(listed.valueStream().map(TrustTest::id)).contains(id(trust));
        assertThat(listed.get(0).has("roles")).isFalse();
        assertThat(identity.get(TRUSTS + "/?trustee_user_id=" + beta.reader(), beta.readerToken())
                        .body()
                        .get("trusts")
                        .size())
                .as("a slash at the end changes nothing")
                .isEqualTo(listed.size());
        assertThat(identity.get(TRUSTS, beta.readerToken()).status()).isEqualTo(403);
        assertThat(identity.get(TRUSTS, identity.token("Default", "operator"))
                        .body()
                        .get("trusts")
                        .valueStream()
                        .map(TrustTest::id))
                .contains(id(trust));

        String token = login("beta", "reader", id(trust)).header("X-Subject-Token");
        assertThat(identity.get(V3 + "/auth/projects", token).status()).isEqualTo(200);
        assertThat(identity.delete(address, alpha.masterToken()).status()).isEqualTo(204);
        assertThat(identity.get(V3 + "/auth/projects", token).status()).isEqualTo(401);
        assertThat(identity.get(address, alpha.masterToken()).status()).isEqualTo(404);
        assertThat(attempt("beta", "reader", id(trust)).status()).isEqualTo(403);
        assertThat(identity.get(V3 + "/auth/projects", alpha.masterToken()).status())
                .as("the trustor's own log-in stays good")
                .isEqualTo(200);
    }

    @Test
    void itIsWorthNothingOnceItsMakerHasLostTheRole() {
        String reader = identity.id("select id from role where name = 'member' and domain_id is null");
        String grant = V3 + "/projects/" + alpha.project() + "/users/" + alpha.reader() + "/roles/" + reader;
        assertThat(identity.send("PUT", grant, alpha.masterToken(), null).status())
                .isEqualTo(204);
        JsonNode trust =
                made(identity.token("alpha", "reader"), wanted(alpha.reader(), beta.reader(), false, "member"));
        String token = login("beta", "reader", id(trust)).header("X-Subject-Token");

        assertThat(identity.delete(grant, alpha.masterToken()).status()).isEqualTo(204);

        assertThat(identity.get(V3 + "/auth/projects", token).status()).isEqualTo(401);
        assertThat(attempt("beta", "reader", id(trust)).status()).isEqualTo(403);
    }

    @Test
    void itEndsWithItsTimeAndItsUses() {
        Map<String, Object> once = with(wanted(alpha.master(), beta.reader(), true, "reader"), "remaining_uses", 1);
        JsonNode trust = made(alpha.masterToken(), once);
        login("beta", "reader", id(trust));
        assertThat(attempt("beta", "reader", id(trust)).status()).isEqualTo(403);
        assertThat(identity.get(TRUSTS + "/" + id(trust), alpha.masterToken()).status())
                .isEqualTo(404);

        Instant end = Instant.now().plusSeconds(600);
        Map<String, Object> timed =
                with(wanted(alpha.master(), beta.reader(), true, "reader"), "expires_at", end.toString());
        JsonNode token = login("beta", "reader", id(made(alpha.masterToken(), timed)))
                .body()
                .get("token");
        assertThat(Instant.parse(token.path("expires_at").asString())).isBeforeOrEqualTo(end);
    }

    @Test
    void itIsPassedOnAsOftenAsItSaysAndNeverForMore() {
        Map<String, Object> lasting =
                with(wanted(alpha.master(), beta.master(), true, "member"), "allow_redelegation", true);
        Map<String, Object> both = with(lasting, "roles", List.of(Map.of("name", "member"), Map.of("name", "reader")));
        JsonNode first = made(alpha.masterToken(), with(both, "redelegation_count", 1));
        String held = login("beta", "master", id(first)).header("X-Subject-Token");
        refused(403, held, wanted(alpha.master(), beta.reader(), true, "manager"));

        JsonNode second = made(held, wanted(alpha.master(), beta.reader(), true, "reader"));
        assertThat(second.path("redelegated_trust_id").asString()).isEqualTo(id(first));
        assertThat(second.path("redelegation_count").asInt()).isZero();
        Answer login = login("beta", "reader", id(second));
        String token = login.header("X-Subject-Token");
        assertThat(login.body().at("/token/user/id").asString()).isEqualTo(alpha.master());
        refused(403, token, wanted(alpha.master(), alpha.reader(), true, "reader"));

        assertThat(identity.delete(TRUSTS + "/" + id(first), alpha.masterToken())
                        .status())
                .isEqualTo(204);
        assertThat(identity.get(V3 + "/auth/projects", token).status()).isEqualTo(401);
        assertThat(identity.get(TRUSTS + "/" + id(second), alpha.masterToken()).status())
                .isEqualTo(404);
    }

    private Map<String, Object> wanted(String trustor, String trustee, boolean impersonation, String role) {
        return Map.of(
                "trustor_user_id",
                trustor,
                "trustee_user_id",
                trustee,
                "project_id",
                alpha.project(),
                "impersonation",
                impersonation,
                "roles",
                List.of(Map.of("name", role)));
    }

    private static Map<String, Object> with(Map<String, Object> wanted, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(wanted);
        changed.put(field, value);
        return changed;
    }

    private JsonNode made(String token, Map<String, Object> wanted) {
        Answer answer = identity.send("POST", TRUSTS, token, Map.of("trust", wanted));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().get("trust");
    }

    private void refused(int status, String token, Map<String, Object> wanted) {
        String state = identity.state();
        Answer answer = identity.send("POST", TRUSTS, token, Map.of("trust", wanted));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(identity.state()).isEqualTo(state);
    }

    private Map<String, Object> program() {
        Answer answer = identity.send(
                "POST",
                V3 + "/users/" + alpha.reader() + "/application_credentials",
                alpha.readerToken(),
                Map.of("application_credential", Map.of("name", "p" + System.nanoTime(), "unrestricted", true)));
        JsonNode made = answer.body().get("application_credential");
        return Map.of("id", id(made), "secret", made.path("secret").asString());
    }

    private Answer login(String customer, String user, String trust) {
        Answer answer = attempt(customer, user, trust);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer;
    }

    private Answer attempt(String customer, String user, String trust) {
        return identity.send(
                "POST",
                V3 + "/auth/tokens",
                null,
                RunningIdentity.login(
                        customer,
                        user,
                        RunningIdentity.password(customer, user),
                        Map.of("OS-TRUST:trust", Map.of("id", trust))));
    }

    private static Map<String, Object> exchange(String token, String project) {
        return Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of("methods", List.of("token"), "token", Map.of("id", token)),
                        "scope",
                        Map.of("project", Map.of("id", project))));
    }

    private static String id(JsonNode thing) {
        return thing.path("id").asString();
    }
}
