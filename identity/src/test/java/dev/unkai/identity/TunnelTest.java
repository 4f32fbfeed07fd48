package dev.unkai.identity;

import static dev.unkai.identity.Contract.ELSEWHERE;
import static dev.unkai.identity.Contract.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A contract that is reached through the SSL-VPN only, who gets a tunnel, and how tunnels end. */
class TunnelTest {
    private static final String ACCESS = "/identity/service/v1/portal-access";
    private static final String SESSIONS = "/identity/service/v1/vpn-sessions";
    private static final String LOGINS = "/identity/internal/v1/vpn-logins";
    private static final String TUNNELS = "/identity/internal/v1/vpn-tunnels";
    private static final String WHO = "/identity/v3/auth/projects";
    private static final String PASSWORD = "worker rows home over a quiet lake";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final Contract contract = new Contract(identity);
    private final String user = "worker@" + contract.name;
    private HttpClient gateway;

    @BeforeEach
    void becomeTheGateway() throws Exception {
        gateway = identity.process("gateway");
        identity.sql().sql("delete from vpn_session").update();
    }

    @Test
    void theContractIsReachedFromItsOwnTunnelsOnly() {
        Contract other = new Contract(identity);
        String before = contract.token(ELSEWHERE, "worker");
        reach(contract, "ssl-vpn");
        String neighbours = inner(reach(other, "ssl-vpn"), 5);
        String own = inner(access(), 5);

        assertThat(contract.from(own, "GET", WHO, before, null).status()).isEqualTo(200);
        assertThat(contract.logIn(own, "worker").status()).isEqualTo(201);
        for (String outside : List.of(ELSEWHERE, OFFICE, neighbours)) {
            Answer refused = contract.from(outside, "GET", WHO, before, null);
            assertThat(refused.status()).as(outside).isEqualTo(403);
            assertThat(refused.body().at("/error/message").asString()).contains(outside);
            assertThat(contract.logIn(outside, "worker").status()).isEqualTo(401);
        }
        assertThat(identity.events().getLast().at("/reason/reasonType").asString())
                .contains("source address");
    }

    @Test
    void nobodyOfTheContractOpensAnotherWayAndTheFormerRuleComesBack() {
        String master = contract.token(OFFICE, "master");
        Map<String, Object> rule = Map.of("rules", List.of(Map.of("prefixes", List.of("198.51.100.0/24"))));
        String rules = "/identity/service/v1/source-rules";
        assertThat(contract.from(OFFICE, "PUT", rules, master, rule).status()).isEqualTo(200);
        String inside = inner(reach(contract, "ssl-vpn"), 5);

        assertThat(contract.from(inside, "PUT", ACCESS + "?contract=" + contract.domain, master, way("internet"))
                        .status())
                .isEqualTo(403);
        Answer refused = contract.from(inside, "PUT", rules, master, Map.of("rules", List.of()));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().at("/error/message").asString()).contains("SSL-VPN");

        reach(contract, "internet");
        assertThat(contract.logIn(inside, "worker").status()).isEqualTo(401);
        assertThat(contract.logIn(OFFICE, "worker").status()).isEqualTo(201);
    }

    @Test
    void whatCannotBeIsRefusedWithASentence() {
        String operator = identity.token("Default", "operator");
        String here = ACCESS + "?contract=" + contract.domain;

        assertThat(identity.send("PUT", here, operator, way("pigeon")).status()).isEqualTo(400);
        assertThat(identity.send("PUT", ACCESS, operator, way("ssl-vpn")).status())
                .isEqualTo(400);
        assertThat(identity.send("PUT", ACCESS + "?contract=nobody", operator, way("ssl-vpn"))
                        .status())
                .isEqualTo(404);
        for (String path : List.of(LOGINS, TUNNELS)) {
            assertThat(identity.send("POST", path, null, Map.of("tunnels", List.of()))
                            .status())
                    .as("only the gateway is heard")
                    .isEqualTo(404);
            assertThat(said(path, Map.of()).status()).isEqualTo(400);
        }
        assertThat(logIn(user, PASSWORD, null).path("sentence").asString()).contains("does not use the SSL-VPN");
    }

    @Test
    void theTunnelIsALogInLikeAnyOther() {
        String first = inner(reach(contract, "ssl-vpn"), 0);

        JsonNode granted = logIn(user, PASSWORD, null);

        assertThat(granted.path("outcome").asString()).isEqualTo("granted");
        assertThat(granted.path("innerAddress").asString()).isEqualTo(first);
        JsonNode event = identity.events().getLast();
        assertThat(event.path("action").asString()).isEqualTo("authenticate");
        assertThat(event.at("/target/id").asString()).isEqualTo(contract.worker);
        assertThat(event.at("/initiator/host/address").asString()).isEqualTo(ELSEWHERE);
        assertThat(event.at("/initiator/host/agent").asString()).isEqualTo("SSL-VPN: a client");
        JsonNode wrong = logIn(user, "a guess", null);
        assertThat(wrong.path("outcome").asString()).isEqualTo("refused");
        assertThat(logIn("nobody@nowhere", "a guess", null)).isEqualTo(wrong);
        for (int guess = 0; guess < 4; guess++) {
            logIn(user, "a guess", null);
        }
        assertThat(logIn(user, PASSWORD, null)).as("paused after five guesses").isEqualTo(wrong);
        assertThat(identity.events().getLast().at("/reason/reasonType").asString())
                .contains("paused");
    }

    @Test
    void whoHasASecondFactorGivesACodeAndAWrongOneOpensNothing() {
        String token = contract.token(OFFICE, "worker");
        String factor = "/identity/service/v1/account/second-factor";
        Answer begun = contract.from(OFFICE, "POST", factor, token, Map.of("proof", Map.of("password", PASSWORD)));
        Authenticator app = new Authenticator(begun.body().path("secret").asString());
        assertThat(contract.from(OFFICE, "PUT", factor, token, Map.of("proof", Map.of("code", app.code(-1))))
                        .status())
                .isEqualTo(200);
        reach(contract, "ssl-vpn");

        assertThat(logIn(user, PASSWORD, null).path("outcome").asString()).isEqualTo("code-needed");
        String wrong = "000000".equals(app.code(0)) ? "000001" : "000000";
        assertThat(logIn(user, PASSWORD, wrong).path("outcome").asString()).isEqualTo("code-wrong");
        assertThat(tunnelsOf(contract)).isEmpty();
        String code = app.code(0);
        assertThat(logIn(user, PASSWORD, code).path("outcome").asString()).isEqualTo("granted");
        assertThat(logIn(user, PASSWORD, code).path("outcome").asString())
                .as("a code counts once")
                .isEqualTo("code-wrong");
    }

    @Test
    void everyTunnelHasAnAddressOfItsOwnAndNoMoreThereAre() {
        String prefix = reach(contract, "ssl-vpn").path("tunnels").asString();
        String first = logIn(user, PASSWORD, null).path("innerAddress").asString();
        String second =
                logIn(contract.worker, PASSWORD, null).path("innerAddress").asString();
        assertThat(second).isNotEqualTo(first).isNotEmpty();
        identity.sql().sql("""
                        insert into vpn_session (id, account_id, account_name, domain_id, inner_address, outer_address, agent,
                                                 created_at)
                        select 'v' || n, '', '', '', host(network(?::cidr) + n), '', '', now() from generate_series(2, 63) n
                        """).param(prefix).update();

        assertThat(logIn(user, PASSWORD, null).path("sentence").asString()).contains("addresses");
    }

    @Test
    void aSessionIsListedAndCutByItsUserHisMasterAndTheOperatorAndByNobodyElse() {
        reach(contract, "ssl-vpn");
        String inside = logIn(user, PASSWORD, null).path("innerAddress").asString();
        assertThat(report(tunnel("t1", inside))).isEmpty();
        String worker = contract.token(inside, "worker");
        String master = contract.token(inside, "master");

        JsonNode listed =
                contract.from(inside, "GET", SESSIONS, worker, null).body().at("/vpnSessions/0");
        assertThat(listed.path("state").asString()).isEqualTo("open");
        assertThat(listed.path("address").asString()).isEqualTo(ELSEWHERE);
        assertThat(listed.path("innerAddress").asString()).isEqualTo(inside);
        assertThat(listed.path("receivedBytes").asLong()).isEqualTo(70);
        assertThat(listed.path("sentBytes").asLong()).isEqualTo(30);
        String id = listed.path("id").asString();
        assertThat(contract.from(inside, "GET", SESSIONS, master, null).body().path("vpnSessions"))
                .isEmpty();
        assertThat(ids(contract.from(inside, "GET", SESSIONS + "?everyone=true", master, null)))
                .containsExactly(id);
        String operator = identity.token("Default", "operator");
        assertThat(ids(identity.get(SESSIONS + "?everyone=true", operator))).containsExactly(id);
        String stranger = identity.token("alpha", "master");
        assertThat(ids(identity.get(SESSIONS + "?everyone=true", stranger))).isEmpty();
        assertThat(identity.delete(SESSIONS + "/" + id, stranger).status()).isEqualTo(404);
        assertThat(report(tunnel("t1", inside))).isEmpty();

        assertThat(contract.from(inside, "DELETE", SESSIONS + "/" + id, master, null)
                        .status())
                .isEqualTo(202);

        // However often the gateway has to ask.
        assertThat(report(tunnel("t1", inside))).containsExactly("t1");
        assertThat(report(tunnel("t1", inside))).containsExactly("t1");
        assertThat(report()).isEmpty();
        assertThat(tunnelsOf(contract)).isEmpty();
        assertThat(ends()).as("recorded once, when it was wished").isEqualTo(1);
    }

    @Test
    void aTunnelEndsWithItsAccountWithItsSessionsAndWithTheAgreement() {
        reach(contract, "ssl-vpn");
        String operator = identity.token("Default", "operator");
        String account = "/identity/v3/users/" + contract.worker;

        String inside = open("t1");
        identity.send("PATCH", account, operator, Map.of("user", Map.of("enabled", false)));
        assertThat(report(tunnel("t1", inside))).containsExactly("t1");
        assertThat(identity.events().getLast().path("action").asString()).isEqualTo("revoke");
        assertThat(report()).isEmpty();

        identity.send("PATCH", account, operator, Map.of("user", Map.of("enabled", true)));
        inside = open("t2");
        identity.send(
                "PATCH", account, operator, Map.of("user", Map.of("password", "another lake, just as quiet as that")));
        assertThat(report(tunnel("t2", inside))).containsExactly("t2");
        assertThat(report()).isEmpty();

        String masters = logIn("master@" + contract.name, "master rows home over a quiet lake", null)
                .path("innerAddress")
                .asString();
        assertThat(report(tunnel("t3", masters))).isEmpty();
        reach(contract, "internet");
        assertThat(report(tunnel("t3", masters))).containsExactly("t3");
    }

    @Test
    void whoIsAwayComesBackWhoLeavesIsLoggedOutAndWhatNobodyGrantedIsCut() {
        reach(contract, "ssl-vpn");
        String inside = open("t1");

        assertThat(report(away("t1"), away("somebody logging in"))).isEmpty();
        assertThat(report(tunnel("t1", inside), tunnel("forged", inner(access(), 9))))
                .containsExactly("forged");
        assertThat(report(tunnel("t1", inside), tunnel("late", inside))).containsExactly("late");
        int before = ends();
        assertThat(report()).isEmpty();

        assertThat(ends()).isEqualTo(before + 1);
        JsonNode event = identity.events().getLast();
        assertThat(tunnelsOf(contract)).isEmpty();
        assertThat(event.at("/initiator/id").asString()).isEqualTo(contract.worker);
        assertThat(event.path("attachments").toString()).contains("closed").contains(inside);
        logIn(user, PASSWORD, null);
        assertThat(report()).isEmpty();
        assertThat(tunnelsOf(contract)).as("the client may still come").hasSize(1);
    }

    private String open(String tunnel) {
        String inside = logIn(user, PASSWORD, null).path("innerAddress").asString();
        assertThat(report(tunnel(tunnel, inside))).isEmpty();
        return inside;
    }

    private JsonNode reach(Contract which, String kind) {
        Answer answer = identity.send(
                "PUT", ACCESS + "?contract=" + which.domain, identity.token("Default", "operator"), way(kind));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode access() {
        return identity.get(ACCESS + "?contract=" + contract.domain, identity.token("Default", "operator"))
                .body();
    }

    private static Map<String, Object> way(String kind) {
        return Map.of("portalAccess", kind);
    }

    /** The {@code number}th address of the contract's tunnels. */
    private static String inner(JsonNode access, int number) {
        String prefix = access.path("tunnels").asString();
        assertThat(prefix).endsWith("/26").isNotEqualTo("100.64.0.0/26");
        int dot = prefix.lastIndexOf('.');
        int first = Integer.parseInt(prefix.substring(dot + 1, prefix.indexOf('/')));
        return prefix.substring(0, dot + 1) + (first + number);
    }

    private JsonNode logIn(String who, String password, @Nullable String code) {
        Map<String, Object> login =
                new HashMap<>(Map.of("user", who, "password", password, "address", ELSEWHERE, "agent", "a client"));
        if (code != null) {
            login.put("passcode", code);
        }
        return said(LOGINS, Map.of("login", login)).body();
    }

    private static Map<String, Object> tunnel(String name, String inside) {
        return Map.of(
                "tunnel", name,
                "innerAddress", inside,
                "outerAddress", ELSEWHERE,
                "receivedBytes", 70,
                "sentBytes", 30);
    }

    /** Its client is not connected. */
    private static Map<String, Object> away(String name) {
        return Map.of("tunnel", name, "receivedBytes", 0, "sentBytes", 0);
    }

    @SafeVarargs
    private final List<String> report(Map<String, Object>... tunnels) {
        Answer answer = said(TUNNELS, Map.of("tunnels", List.of(tunnels)));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.body()
                .path("unwanted")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private Answer said(String path, Object body) {
        return identity.send(gateway, "POST", path, null, body, Map.of());
    }

    private List<String> tunnelsOf(Contract which) {
        return ids(identity.get(
                SESSIONS + "?everyone=true&contract=" + which.domain, identity.token("Default", "operator")));
    }

    private static List<String> ids(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.body()
                .path("vpnSessions")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    /** How often the history says that a tunnel of the worker's ended. */
    private int ends() {
        return (int) identity.events().stream()
                .filter(event -> event.path("action").asString().equals("revoke")
                        && event.at("/target/id").asString().equals(contract.worker)
                        && event.path("attachments").has("vpnSession"))
                .count();
    }
}
