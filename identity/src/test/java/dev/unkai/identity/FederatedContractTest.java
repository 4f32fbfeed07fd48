package dev.unkai.identity;

import static dev.unkai.identity.SignIn.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a contract and its plan say holds for whoever comes by an identity provider as for everybody else. */
class FederatedContractTest {
    private static final List<Map<String, String>> RULES = List.of(Map.of("value", "*", "role", "operator"));

    private final RunningIdentity identity = RunningIdentity.shared();
    private FakeIssuer issuer;
    private HttpClient cloud;

    @BeforeEach
    void begin() throws Exception {
        issuer = new FakeIssuer();
        cloud = identity.process("cloud");
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aContractsAddressesHoldForItsOwnIdentityProviderToo() {
        SignIn elsewhere = registered(contract(Map.of("fromAddresses", true), "198.51.100.0/24"));
        SignIn office = registered(contract(Map.of("fromAddresses", true), "203.0.113.0/24"));

        Answer refused = elsewhere.at(issuer);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("SourceAddress");
        assertThat(refused.header("X-Subject-Token")).isEmpty();
        assertThat(identity.events().getLast().path("outcome").asString()).isEqualTo("failure");
        assertThat(office.at(issuer).status()).isEqualTo(201);
    }

    @Test
    void whereThePlanLeavesUsersOrPasswordsToTheProviderNobodyElseSaysWhoSomebodyIs() {
        Map<String, Object> issued = new HashMap<>(Map.of("issued", true));
        issued.put("resetMinutes", null);
        for (Map<String, Object> plan : List.of(issued, Map.<String, Object>of("usersByProvider", true))) {
            Answer refused = identity.send(
                    "POST",
                    PROVIDERS,
                    SignIn.operator(identity),
                    SignIn.settings(identity, contract(plan, null).name(), issuer.address(), Map.of(), RULES));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("PlanBarsSignIn");
        }
    }

    @Test
    void aPlanThatBarsItClosesTheProviderAndEndsItsSessions() {
        Made made = contract(Map.of(), null);
        SignIn signIn = registered(made);
        String token = signIn.at(issuer).header("X-Subject-Token");
        Map<String, String> waiting = signIn.sent();

        put(made, Map.of("planVersion", 2, "usersByProvider", true), null);

        await().untilAsserted(() -> assertThat(
                        identity.get("/identity/v3/auth/projects", token).status())
                .isEqualTo(401));
        signIn.assertRefused(
                signIn.finish(waiting.get("state"), issuer.logIn(waiting), null), "SignInNoRights", "disabled");
        assertThat(signIn.begin().header("X-Unkai-Refusal")).isEqualTo("SignInNoLink");
        JsonNode shown = identity.get(PROVIDERS + "/" + signIn.provider(), signIn.operator())
                .body();
        assertThat(shown.path("barredByPlan").asBoolean()).isTrue();
        assertThat(shown.path("enabled").asBoolean()).isFalse();
        assertThat(signIn.put(issuer, Map.of("enabled", true), RULES).header("X-Unkai-Refusal"))
                .isEqualTo("PlanBarsSignIn");
        signIn.change(issuer, Map.of("enabled", false), RULES);
    }

    @Test
    void whatTheRulesGiveNobodyGivesByHand() {
        String operator = SignIn.operator(identity);
        SignIn signIn = SignIn.registered(identity, "alpha", issuer.address(), Map.of("name", "By hand"), RULES);
        issuer.claims = claims -> claims.subject("by-hand").claim("preferred_username", "byhand");
        String token = signIn.at(issuer).header("X-Subject-Token");
        String user = identity.subject("GET", token, token)
                .body()
                .at("/token/user/id")
                .asString();
        Customer alpha = Customer.of(identity, "alpha");

        Answer role = identity.send(
                "PUT",
                "/identity/service/v1/users/" + user + "/roles/master?project=" + alpha.project(),
                alpha.masterToken(),
                null);
        Answer group = identity.send(
                "PUT", "/identity/v3/groups/" + alpha.group() + "/users/" + user, alpha.masterToken(), null);

        assertThat(List.of(role, group)).allSatisfy(refused -> {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("FederatedRights");
        });
        JsonNode listed = identity.get("/identity/service/v1/users", alpha.masterToken())
                .body()
                .path("users");
        assertThat(listed.valueStream()
                        .filter(one -> one.path("id").asString().equals(user))
                        .map(one -> one.path("provider").asString() + " "
                                + one.path("roles")
                                        .valueStream()
                                        .map(held -> held.path("role").asString())
                                        .toList()))
                .containsExactly("By hand [operator]");
        assertThat(identity.delete("/identity/v3/users/" + user, operator).status())
                .isEqualTo(204);
        signIn.remove();
    }

    /** A contract that its cloud process has made and opened. */
    private record Made(UUID id, String name) {}

    private SignIn registered(Made contract) {
        return SignIn.registered(identity, contract.name(), issuer.address(), Map.of(), RULES);
    }

    private Made contract(Map<String, Object> rules, @Nullable String addresses) {
        Made made = new Made(UUID.randomUUID(), "federated-" + Long.toString(System.nanoTime(), 36));
        put(made, rules, addresses);
        assertThat(identity.send(cloud, "PUT", address(made) + "/opening", null, Map.of(), Map.of())
                        .status())
                .isEqualTo(204);
        return made;
    }

    private void put(Made made, Map<String, Object> other, @Nullable String addresses) {
        Map<String, Object> rules = new HashMap<>(Map.of(
                "planVersion", 1,
                "issued", false,
                "differsFromLast", 1,
                "resetMinutes", 30,
                "usersByProvider", false,
                "fromAddresses", false,
                "throughTunnels", false));
        rules.putAll(other);
        Map<String, Object> wish = new HashMap<>(Map.of(
                "wish",
                made.name(),
                "company",
                "Kumo Trading",
                "plan",
                "of-this-test",
                "person",
                "Yuki Sato",
                "email",
                "yuki@" + made.name() + ".example",
                "language",
                "en",
                "issued",
                rules.getOrDefault("issued", false),
                "rules",
                rules,
                "addresses",
                addresses == null ? List.of() : List.of(addresses),
                "vpnUsers",
                List.of()));
        Answer answer = identity.send(cloud, "PUT", address(made), null, wish, Map.of());
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    }

    private static String address(Made made) {
        return "/identity/internal/v1/contracts/" + made.id();
    }
}
