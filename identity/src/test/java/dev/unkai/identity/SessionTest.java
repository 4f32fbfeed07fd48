package dev.unkai.identity;

import static dev.unkai.identity.Contract.ELSEWHERE;
import static dev.unkai.identity.Contract.OFFICE;
import static dev.unkai.identity.Contract.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.unkai.identity.RunningIdentity.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sessions: seen, ended, and ending by themselves. */
class SessionTest {
    private static final String SESSIONS = "/identity/service/v1/sessions";
    private static final String WHO = "/identity/v3/auth/projects";
    private static final String CONSOLE = "console; idle=0";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final Contract contract = new Contract(identity);

    @Test
    void aLogInIsASessionThatSaysFromWhereAndByWhat() {
        String token = console(OFFICE, "worker").header("X-Subject-Token");
        contract.token(ELSEWHERE, "worker");

        List<JsonNode> own = list(SESSIONS, token);

        assertThat(own).hasSize(2);
        JsonNode here = own.stream()
                .filter(session -> session.get("current").asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(here.get("how").asString()).isEqualTo("console");
        assertThat(here.get("address").asString()).isEqualTo(OFFICE);
        assertThat(here.get("client").asString()).isEqualTo("a browser");
        assertThat(here.at("/user/name").asString()).isEqualTo("worker");
        assertThat(Instant.parse(here.get("ends").asString()))
                .isCloseTo(Instant.now().plus(Duration.ofMinutes(30)), within(30, ChronoUnit.SECONDS));
        JsonNode other =
                own.stream().filter(session -> session != here).findFirst().orElseThrow();
        assertThat(other.get("how").asString()).isEqualTo("api");
        assertThat(other.get("address").asString()).isEqualTo(ELSEWHERE);
        assertThat(other.get("method").asString()).isEqualTo("password");
    }

    @Test
    void anEndedSessionsTokensAreRefusedAndTheEndIsRecorded() {
        String token = contract.token(OFFICE, "worker");
        String exchanged = contract.from(OFFICE, "POST", TOKENS, null, contract.exchange(token))
                .header("X-Subject-Token");
        String other = contract.token(ELSEWHERE, "worker");
        String id = current(token);

        assertThat(delete("/" + id, other).status()).isEqualTo(204);

        assertThat(status(token)).isEqualTo(401);
        assertThat(status(exchanged)).isEqualTo(401);
        assertThat(contract.from(OFFICE, "POST", TOKENS, null, contract.exchange(token))
                        .status())
                .isEqualTo(404);
        assertThat(status(other)).isEqualTo(200);
        assertThat(list(SESSIONS, other)).hasSize(1);
        JsonNode event = identity.events().stream()
                .filter(one -> one.get("action").asString().equals("revoke"))
                .toList()
                .getLast();
        assertThat(event.at("/target/id").asString()).isEqualTo(contract.worker);
        assertThat(event.at("/attachments/session").asString()).isEqualTo(id);
        assertThat(delete("/" + id, other).status()).isEqualTo(404);
    }

    @Test
    void allOthersEndAndTheOneThatAsksGoesOn() {
        String first = contract.token(OFFICE, "worker");
        String second = contract.token(OFFICE, "worker");
        String master = contract.token(OFFICE, "master");

        assertThat(delete("", second).status()).isEqualTo(204);

        assertThat(status(first)).isEqualTo(401);
        assertThat(status(second)).isEqualTo(200);
        assertThat(status(master)).isEqualTo(200);
    }

    @Test
    void theMasterSeesAndEndsThoseOfTheContractAndNobodyElseDoes() {
        String master = contract.token(OFFICE, "master");
        String worker = contract.token(OFFICE, "worker");
        String stranger = new Contract(identity).token(OFFICE, "master");
        String id = current(worker);

        assertThat(list(SESSIONS + "?everyone=true", master).stream()
                        .map(session -> session.at("/user/name").asString()))
                .contains("master", "worker")
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(list(SESSIONS + "?everyone=true", stranger))
                .noneMatch(session -> session.get("id").asString().equals(id));
        assertThat(contract.from(OFFICE, "GET", SESSIONS + "?everyone=true&contract=" + contract.domain, stranger, null)
                        .status())
                .isEqualTo(404);
        assertThat(contract.from(OFFICE, "GET", SESSIONS + "?everyone=true", worker, null)
                        .status())
                .isEqualTo(403);
        assertThat(delete("/" + id, stranger).status()).isEqualTo(404);
        assertThat(delete("/" + current(master), worker).status()).isEqualTo(404);
        assertThat(status(worker)).isEqualTo(200);
        assertThat(status(master)).isEqualTo(200);

        assertThat(delete("/" + id, master).status()).isEqualTo(204);

        assertThat(status(worker)).isEqualTo(401);
    }

    @Test
    void aMasterDoesNotEndTheSessionOfSomebodyGreater() {
        String operator = identity.token("Default", "operator");
        identity.send(
                "PUT",
                "/identity/v3/projects/" + contract.project + "/users/" + contract.worker + "/roles/"
                        + identity.id("select id from role where name = 'admin' and domain_id is null"),
                operator,
                null);
        String worker = contract.token(OFFICE, "worker");

        assertThat(delete("/" + current(worker), contract.token(OFFICE, "master"))
                        .status())
                .isEqualTo(403);
        assertThat(status(worker)).isEqualTo(200);
    }

    @Test
    void aSessionIsNotListedOnceItsTokensAreVoid() {
        String token = contract.token(OFFICE, "worker");
        String other = contract.token(OFFICE, "worker");
        identity.subject("DELETE", token, token);

        assertThat(list(SESSIONS, other)).hasSize(1);
    }

    @Test
    void aProgramThatWasLentSomeRightsSeesAndEndsNoSessions() {
        String owner = contract.token(OFFICE, "worker");
        JsonNode made = contract.from(
                        OFFICE,
                        "POST",
                        "/identity/v3/users/" + contract.worker + "/application_credentials",
                        owner,
                        Map.of("application_credential", Map.of("name", "robot", "unrestricted", true)))
                .body()
                .get("application_credential");
        String program = identity.send(
                        "POST",
                        TOKENS,
                        null,
                        Map.of(
                                "auth",
                                Map.of(
                                        "identity",
                                        Map.of(
                                                "methods",
                                                List.of("application_credential"),
                                                "application_credential",
                                                Map.of(
                                                        "id",
                                                        made.get("id").asString(),
                                                        "secret",
                                                        made.get("secret").asString())))))
                .header("X-Subject-Token");

        assertThat(contract.from(OFFICE, "GET", SESSIONS, program, null).status())
                .isEqualTo(403);
        assertThat(delete("", program).status()).isEqualTo(403);
        assertThat(delete("/" + current(owner), program).status()).isEqualTo(403);
        assertThat(list(SESSIONS, owner))
                .anyMatch(session -> session.get("method").asString().equals("application_credential"));
    }

    @Test
    void workInTheConsoleCarriesASessionOnUpToTheAbsoluteLimit() {
        Answer opened = console(OFFICE, "worker");
        identity.sql()
                .sql("update session set created_at = created_at - interval '11 hours' where account_id = ?")
                .param(contract.worker)
                .update();
        Answer renewed = renew(opened, CONSOLE);
        assertThat(expiry(renewed)).isAfterOrEqualTo(expiry(opened));
        assertThat(identity.events().getLast().get("action").asString()).isEqualTo("authenticate/renew");

        identity.sql()
                .sql("update session set created_at = created_at - interval '55 minutes' where account_id = ?")
                .param(contract.worker)
                .update();
        Answer last = renew(renewed, CONSOLE);

        assertThat(expiry(last)).isCloseTo(Instant.now().plus(Duration.ofMinutes(5)), within(30, ChronoUnit.SECONDS));
        assertThat(list(SESSIONS, last.header("X-Subject-Token"))).hasSize(1);
    }

    @Test
    void whatDidNotBeginInTheConsoleIsNotMadeToLastLonger() {
        Answer opened = contract.logIn(OFFICE, "worker");

        assertThat(expiry(opened)).isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(30, ChronoUnit.SECONDS));
        assertThat(expiry(renew(opened, CONSOLE))).isEqualTo(expiry(opened));
        Answer pretended = identity.send(
                identity.anybody(), "POST", TOKENS, null, contract.login("worker"), Map.of("X-Unkai-Session", CONSOLE));
        assertThat(expiry(pretended)).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
    }

    @Test
    void aSessionOfTheConsoleEndsWhenNobodyWorksInIt() {
        RunningIdentity quick = RunningIdentity.start("--unkai.console-idle=4s");
        try {
            Contract there = new Contract(quick);
            Answer opened = there.from(OFFICE, "POST", TOKENS, null, there.login("worker"), CONSOLE);
            String first = opened.header("X-Subject-Token");
            // Long idle: the exchange gives no more than was left.
            Answer idle = there.from(OFFICE, "POST", TOKENS, null, there.exchange(first), "console; idle=3");
            assertThat(expiry(idle)).isEqualTo(expiry(opened));
            await().until(() -> Instant.now().isAfter(expiry(opened).minusSeconds(2)));
            Answer working = there.from(OFFICE, "POST", TOKENS, null, there.exchange(first), CONSOLE);
            assertThat(expiry(working)).isAfter(expiry(opened));
            String second = working.header("X-Subject-Token");
            assertThat(there.from(OFFICE, "GET", WHO, second, null).status()).isEqualTo(200);

            await().until(() -> there.from(OFFICE, "GET", WHO, second, null).status() == 401);
            assertThat(Instant.now()).isAfterOrEqualTo(expiry(working));
        } finally {
            quick.stop();
        }
    }

    @Test
    void theLastUseComesInFromTheProcessesThatSeeIt() throws Exception {
        String token = contract.token(OFFICE, "worker");
        String id = current(token);
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, Object> told = Map.of(
                "sightings",
                List.of(
                        Map.of("session", id, "at", at.toString(), "address", ELSEWHERE),
                        Map.of("session", "nobody-knows", "at", at.toString(), "address", ELSEWHERE)));
        String door = "/identity/internal/v1/sightings";

        assertThat(identity.send("POST", door, token, told).status()).isEqualTo(404);
        assertThat(identity.send(identity.process("cloud"), "POST", door, null, told, Map.of())
                        .status())
                .isEqualTo(204);

        JsonNode seen = list(SESSIONS, token).getFirst();
        assertThat(Instant.parse(seen.get("lastUsed").asString())).isEqualTo(at);
        assertThat(seen.get("lastAddress").asString()).isEqualTo(ELSEWHERE);
        assertThat(seen.get("address").asString()).isEqualTo(OFFICE);
    }

    private Answer console(String address, String user) {
        return contract.from(address, "POST", TOKENS, null, contract.login(user), CONSOLE);
    }

    private Answer renew(Answer before, String session) {
        return contract.from(
                OFFICE, "POST", TOKENS, null, contract.exchange(before.header("X-Subject-Token")), session);
    }

    private static Instant expiry(Answer answer) {
        return Instant.parse(answer.body().at("/token/expires_at").asString());
    }

    private int status(String token) {
        return contract.from(OFFICE, "GET", WHO, token, null).status();
    }

    private Answer delete(String path, String token) {
        return contract.from(OFFICE, "DELETE", SESSIONS + path, token, null);
    }

    private List<JsonNode> list(String path, String token) {
        Answer answer = contract.from(OFFICE, "GET", path, token, null);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.body().get("sessions").valueStream().toList();
    }

    private String current(String token) {
        return list(SESSIONS, token).stream()
                .filter(session -> session.get("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }
}
