package dev.unkai.identity;

import static dev.unkai.identity.Contract.ELSEWHERE;
import static dev.unkai.identity.Contract.OFFICE;
import static dev.unkai.identity.Contract.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where contracts, roles and application credentials may be used from. */
class SourceRuleTest {
    private static final String RULES = "/identity/service/v1/source-rules";
    private static final String CREDENTIALS = "/identity/service/v1/application-credentials";
    private static final String WHO = "/identity/v3/auth/projects";
    private static final List<String> OFFICES = List.of("198.51.100.0/24", "2001:db8:1::/48");

    private final RunningIdentity identity = RunningIdentity.shared();
    private final Contract contract = new Contract(identity);

    @Test
    void aRuleHoldsAtLogInAndOnEachRequestOfATokenIssuedBefore() {
        String before = contract.token(ELSEWHERE, "worker");
        assertThat(contract.from(ELSEWHERE, "GET", WHO, before, null).status()).isEqualTo(200);

        allow(OFFICES);

        Answer refused = contract.from(ELSEWHERE, "GET", WHO, before, null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().at("/error/message").asString())
                .contains(ELSEWHERE)
                .contains("master user")
                .doesNotContain("198.51");
        JsonNode event = identity.events().getLast();
        assertThat(event.get("outcome").asString()).isEqualTo("failure");
        assertThat(event.at("/initiator/id").asString()).isEqualTo(contract.worker);
        assertThat(event.at("/initiator/host/address").asString()).isEqualTo(ELSEWHERE);
        assertThat(event.at("/reason/reasonType").asString()).contains("source address");
        for (String inside : List.of(OFFICE, "2001:db8:1:2::3", "::ffff:198.51.100.9")) {
            assertThat(contract.from(inside, "GET", WHO, before, null).status()).isEqualTo(200);
            assertThat(contract.logIn(inside, "worker").status()).isEqualTo(201);
        }
        assertThat(contract.from("2001:db8:2::3", "GET", WHO, before, null).status())
                .isEqualTo(403);
    }

    @Test
    void aStrangerDoesNotLearnThatAPasswordIsRight() {
        allow(OFFICES);

        Answer right = contract.logIn(ELSEWHERE, "worker");
        Answer wrong = contract.from(
                ELSEWHERE, "POST", TOKENS, null, RunningIdentity.login(contract.name, "worker", "a guess", null));
        Answer nobody = contract.from(
                ELSEWHERE, "POST", TOKENS, null, RunningIdentity.login("nowhere", "worker", "a guess", null));

        assertThat(right.status()).isEqualTo(401);
        assertThat(right.body()).isEqualTo(wrong.body()).isEqualTo(nobody.body());
        assertThat(right.body().at("/error/message").asString()).contains(ELSEWHERE);
        JsonNode event = identity.events().get(identity.events().size() - 3);
        assertThat(event.at("/target/id").asString()).isEqualTo(contract.worker);
        assertThat(event.at("/reason/reasonType").asString()).contains("source address");
        assertThat(identity.sql()
                        .sql("select failures from login_failure where subject = ?")
                        .param("account:" + contract.worker)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void aHeaderThatDoesNotComeFromTheCloudProcessOpensNothing() {
        allow(OFFICES);
        String token = contract.token(OFFICE, "worker");
        Map<String, String> forged = Map.of("X-Forwarded-For", OFFICE);

        assertThat(identity.send(identity.anybody(), "GET", WHO, token, null, forged)
                        .status())
                .isEqualTo(403);
        assertThat(identity.send(identity.anybody(), "POST", TOKENS, null, contract.login("worker"), forged)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aTokenIsNotExchangedFromElsewhere() {
        String token = contract.token(OFFICE, "worker");
        allow(OFFICES);

        Answer refused = contract.from(ELSEWHERE, "POST", TOKENS, null, contract.exchange(token));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().at("/error/message").asString()).contains(ELSEWHERE);
        assertThat(identity.events().getLast().at("/reason/reasonType").asString())
                .contains("source address");
        assertThat(contract.from(OFFICE, "POST", TOKENS, null, contract.exchange(token))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aRolesRuleHoldsForThoseWhoHaveIt() {
        assertThat(put(OFFICE, rule("manager", OFFICES)).status()).isEqualTo(200);

        assertThat(contract.logIn(ELSEWHERE, "worker").status()).isEqualTo(201);
        assertThat(contract.logIn(ELSEWHERE, "master").status()).isEqualTo(401);
        assertThat(contract.logIn(OFFICE, "master").status()).isEqualTo(201);
    }

    @Test
    void nobodyLocksHimselfOut() {
        allow(OFFICES);

        for (Answer refused : List.of(
                put(OFFICE, rule(null, List.of(ELSEWHERE))),
                put(OFFICE, rule("manager", List.of(ELSEWHERE))),
                put(OFFICE, rule("reader", List.of(ELSEWHERE))))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().at("/error/message").asString())
                    .contains(OFFICE)
                    .contains("nothing was changed");
        }
        assertThat(rules(OFFICE).at("/rules/0/prefixes").toString())
                .isEqualTo("[\"198.51.100.0/24\",\"2001:db8:1::/48\"]");
        assertThat(put(OFFICE, rule(null, List.of(ELSEWHERE, OFFICE))).status()).isEqualTo(200);
        assertThat(put(OFFICE).status()).isEqualTo(200);
        assertThat(contract.logIn("203.0.113.77", "worker").status()).isEqualTo(201);
    }

    @Test
    void theProviderCanAlwaysGetInFromTheMachineItself() {
        String operator = identity.token("Default", "operator");
        Map<String, Object> wanted = Map.of("rules", List.of(rule(null, OFFICES), rule("admin", OFFICES)));
        Map<String, Object> login =
                RunningIdentity.login("Default", "operator", RunningIdentity.password("Default", "operator"), null);
        assertThat(contract.from(ELSEWHERE, "PUT", RULES, operator, wanted).status())
                .isEqualTo(409);
        assertThat(contract.from(OFFICE, "PUT", RULES, operator, wanted).status())
                .isEqualTo(200);
        try {
            assertThat(contract.from(ELSEWHERE, "POST", TOKENS, null, login).status())
                    .isEqualTo(401);
            assertThat(contract.from(ELSEWHERE, "GET", WHO, operator, null).status())
                    .isEqualTo(403);
            // What a proxy on the machine passes on comes from nobody knows where.
            assertThat(contract.from("unknown, 127.0.0.1", "GET", WHO, operator, null)
                            .status())
                    .isEqualTo(403);
            assertThat(contract.from("127.0.0.1", "POST", TOKENS, null, login).status())
                    .isEqualTo(201);
            assertThat(identity.get(WHO, operator).status()).isEqualTo(200);
        } finally {
            assertThat(identity.send("PUT", RULES, operator, Map.of("rules", List.of()))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(contract.from(ELSEWHERE, "GET", WHO, operator, null).status())
                .isEqualTo(200);
    }

    @Test
    void aCustomerAtTheMachineItselfIsHeldToHisRules() {
        allow(OFFICES);

        assertThat(contract.logIn("127.0.0.1", "master").status()).isEqualTo(401);
    }

    @Test
    void anApplicationCredentialIsLimitedToItsPrefixes() {
        String owner = contract.token(ELSEWHERE, "worker");
        JsonNode made = contract.from(
                        ELSEWHERE,
                        "POST",
                        "/identity/v3/users/" + contract.worker + "/application_credentials",
                        owner,
                        Map.of("application_credential", Map.of("name", "robot")))
                .body()
                .get("application_credential");
        String id = made.get("id").asString();
        Map<String, Object> login = Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("application_credential"),
                                "application_credential",
                                Map.of("id", id, "secret", made.get("secret").asString()))));
        String before = contract.from(ELSEWHERE, "POST", TOKENS, null, login).header("X-Subject-Token");

        assertThat(limit(owner, id, List.of("198.51.100.7")).status()).isEqualTo(200);

        assertThat(contract.from(ELSEWHERE, "GET", WHO, before, null).status()).isEqualTo(403);
        assertThat(contract.from(OFFICE, "GET", WHO, before, null).status()).isEqualTo(200);
        assertThat(contract.from(ELSEWHERE, "POST", TOKENS, null, login).status())
                .isEqualTo(401);
        assertThat(contract.from(OFFICE, "POST", TOKENS, null, login).status()).isEqualTo(201);
        assertThat(contract.from(ELSEWHERE, "GET", WHO, owner, null).status())
                .as("its owner")
                .isEqualTo(200);
        assertThat(limit(before, id, List.of()).status())
                .as("the program itself")
                .isEqualTo(403);

        String master = contract.token(OFFICE, "master");
        JsonNode seen = contract.from(OFFICE, "GET", CREDENTIALS + "?everyone=true", master, null)
                .body()
                .at("/applicationCredentials/0");
        assertThat(seen.at("/user/name").asString()).isEqualTo("worker");
        assertThat(seen.get("prefixes").toString()).isEqualTo("[\"198.51.100.7/32\"]");
        assertThat(limit(master, id, List.of()).status()).isEqualTo(200);
        assertThat(contract.from(ELSEWHERE, "POST", TOKENS, null, login).status())
                .isEqualTo(201);
    }

    @Test
    void anotherContractsRulesAreOutOfReach() {
        allow(OFFICES);
        String stranger = new Contract(identity).token(OFFICE, "master");
        String worker = contract.token(OFFICE, "worker");
        String there = RULES + "?contract=" + contract.domain;

        assertThat(contract.from(OFFICE, "GET", there, stranger, null).status()).isEqualTo(404);
        assertThat(contract.from(OFFICE, "PUT", there, stranger, Map.of("rules", List.of()))
                        .status())
                .isEqualTo(404);
        assertThat(contract.from(
                                OFFICE,
                                "GET",
                                CREDENTIALS + "?everyone=true&contract=" + contract.domain,
                                stranger,
                                null)
                        .status())
                .isEqualTo(404);
        assertThat(contract.from(OFFICE, "GET", RULES, worker, null).status()).isEqualTo(403);
        assertThat(contract.from(OFFICE, "PUT", RULES, worker, Map.of("rules", List.of()))
                        .status())
                .isEqualTo(403);
        assertThat(contract.from(OFFICE, "GET", CREDENTIALS + "?everyone=true", worker, null)
                        .status())
                .isEqualTo(403);
        String operator = identity.token("Default", "operator");
        assertThat(identity.get(there, operator)
                        .body()
                        .at("/rules/0/prefixes/0")
                        .asString())
                .isEqualTo("198.51.100.0/24");
        assertThat(identity.send("PUT", there, operator, Map.of("rules", List.of()))
                        .status())
                .isEqualTo(200);
        assertThat(contract.logIn(ELSEWHERE, "worker").status()).isEqualTo(201);
    }

    @Test
    void aChangeIsAnEventThatSaysWhatIsAllowedNow() {
        allow(OFFICES);

        JsonNode event = identity.events().getLast();
        assertThat(event.get("action").asString()).isEqualTo("update");
        assertThat(event.at("/target/typeURI").asString()).isEqualTo("identity/source_rules");
        assertThat(event.at("/target/project_id").asString()).isEqualTo(contract.project);
        assertThat(event.at("/attachments/contract").asString()).isEqualTo("198.51.100.0/24 2001:db8:1::/48");
    }

    @Test
    void ourProcessesHearOfEachChangeInOrderAlsoOfRulesThatGo() throws Exception {
        long before = feed(0).get("newest").asLong();
        allow(OFFICES);
        put(OFFICE);

        JsonNode heard = feed(before);

        assertThat(heard.get("rules").valueStream())
                .singleElement()
                .satisfies(rule -> assertThat(rule.get("id").asString()).isEqualTo(contract.domain))
                .satisfies(rule -> assertThat(rule.get("prefixes")).isEmpty());
        assertThat(heard.get("newest").asLong())
                .isEqualTo(heard.at("/rules/0/number").asLong());
        assertThat(identity.get("/identity/internal/v1/source-rules", null).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoListOfRulesIsRefused() {
        String master = contract.token(OFFICE, "master");
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            many.add("198.51.100." + i);
        }
        List<Object> bodies = new ArrayList<>(List.of(
                "{}",
                "{\"rules\":null}",
                "{\"rules\":[null]}",
                "{\"rules\":[{\"prefixes\":null}]}",
                "{\"rules\":[{\"prefixes\":[null]}]}",
                "{\"rules\":[{\"prefixes\":[\"everywhere\"]}]}",
                "{\"rules\":[{\"prefixes\":[\"198.51.100.7/24\"]}]}",
                "{\"rules\":[{\"prefixes\":[\"198.51.100.0/40\"]}]}",
                "{\"rules\":[{\"role\":\"admin\",\"prefixes\":[\"198.51.100.0/24\"]}]}",
                "{\"rules\":[{\"role\":\"nobody\",\"prefixes\":[\"198.51.100.0/24\"]}]}",
                "{\"rules\":[{\"prefixes\":[\"198.51.100.0/24\"]},{\"prefixes\":[\"198.51.100.0/24\"]}]}",
                "{\"rules\":[],\"more\":1}",
                "{\"rules\":\"198.51.100.0/24\"}"));
        bodies.add(Map.of("rules", List.of(rule(null, many))));

        for (Object body : bodies) {
            assertThat(contract.from(OFFICE, "PUT", RULES, master, body).status())
                    .as(body.toString())
                    .isEqualTo(400);
        }
    }

    private void allow(List<String> prefixes) {
        Answer answer = put(OFFICE, rule(null, prefixes));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    }

    @SafeVarargs
    private Answer put(String address, Map<String, Object>... rules) {
        return contract.from(address, "PUT", RULES, contract.token(address, "master"), Map.of("rules", List.of(rules)));
    }

    private JsonNode rules(String address) {
        return contract.from(address, "GET", RULES, contract.token(address, "master"), null)
                .body();
    }

    private Answer limit(String token, String id, List<String> prefixes) {
        return contract.from(OFFICE, "PUT", CREDENTIALS + "/" + id + "/sources", token, Map.of("prefixes", prefixes));
    }

    private JsonNode feed(long since) throws Exception {
        return identity.send(
                        identity.process("cloud"),
                        "GET",
                        "/identity/internal/v1/source-rules?since=" + since,
                        null,
                        null,
                        Map.of())
                .body();
    }

    private static Map<String, Object> rule(@Nullable String role, List<String> prefixes) {
        return role == null ? Map.of("prefixes", prefixes) : Map.of("role", role, "prefixes", prefixes);
    }
}
