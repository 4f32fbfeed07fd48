package dev.unkai.identity;

import static dev.unkai.identity.Contract.OFFICE;
import static dev.unkai.identity.Contract.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Passwords by link: forgotten ones are set anew, issued ones opened once. */
class PasswordLinkTest {
    private static final String RESETS = "/identity/service/v1/password-resets";
    private static final String USE = RESETS + "/use";
    private static final String ISSUES = "/identity/service/v1/password-issues";
    private static final String WHO = "/identity/v3/auth/tokens";
    private static final String FRESH = "seven lanterns over an old harbour";
    private static final Pattern LINK = Pattern.compile("/(?:reset|open)-password#([A-Za-z0-9_-]{40,})");

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String operator = identity.token("Default", "operator");
    private Contract contract;
    private String mailbox;

    @BeforeEach
    void contract() {
        contract = new Contract(identity);
        mailbox = contract.name + "@customer.example";
        identity.sql().sql("delete from reset_wish").update();
        change(contract.worker, Map.of("email", mailbox));
    }

    @Test
    void aLinkSetsANewPasswordOnceAndEndsAllSessionsAndItsOwnerIsTold() {
        String before = contract.token(OFFICE, "worker");
        assertThat(ask(contract.name, "worker", OFFICE).status()).isEqualTo(202);
        String token = link("password-reset");

        assertThat(use(token, "too short").status()).isEqualTo(400);
        assertThat(use(token, "password password").header("X-Unkai-Refusal")).isEqualTo("WeakPassword");
        assertThat(use(token, "worker rows home over a quiet lake").header("X-Unkai-Refusal"))
                .isEqualTo("FormerPassword");
        assertThat(use(token, FRESH).status()).isEqualTo(204);

        assertThat(contract.from(OFFICE, "GET", WHO, before, null).status()).isEqualTo(401);
        assertThat(contract.logIn(OFFICE, "worker").status()).isEqualTo(401);
        assertThat(logIn(FRESH).status()).isEqualTo(201);
        assertThat(mails()).contains("password-changed");
        Answer twice = use(token, "another harbour without any lantern");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.header("X-Unkai-Refusal")).isEqualTo("LinkLapsed");
        assertThat(logIn(FRESH).status()).isEqualTo(201);
        assertThat(actions())
                .contains("ask-reset success " + contract.project, "reset-password success " + contract.project);
        assertThat(identity.events().toString()).doesNotContain(token);
        assertThat(identity.state()).doesNotContain(token);
    }

    @Test
    void aStrangerLearnsNothingOfWhichAccountsThereAre() {
        Answer known = ask(contract.name, "worker", OFFICE);
        List<Answer> others = List.of(
                ask(contract.name, "nobody", OFFICE),
                ask("no-such-contract", "worker", OFFICE),
                ask(contract.name, "master", OFFICE)); // without an address

        assertThat(others)
                .allSatisfy(other -> assertThat(other.status()).isEqualTo(known.status()))
                .allSatisfy(other ->
                        assertThat(other.raw().body()).isEqualTo(known.raw().body()));
        await().until(() -> pending() == 0);
        assertThat(mails()).containsExactly("password-reset");
        assertThat(actions()).contains("ask-reset failure " + contract.project);
    }

    @Test
    void oneSourceAndOneAccountAreAskedForOnlySoOften() {
        for (int n = 0; n < 4; n++) {
            assertThat(ask(contract.name, "worker", "2001:db8:7:7::" + n).status())
                    .isEqualTo(202);
        }
        await().until(() -> pending() == 0);
        assertThat(mails()).hasSize(3);
        for (int n = 4; n < 10; n++) {
            ask(contract.name, "nobody", "2001:db8:7:7::" + n);
        }
        Answer tooMany = ask(contract.name, "nobody", "2001:db8:7:7::ffff");
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.raw().body()).contains("from your address");
        assertThat(ask(contract.name, "nobody", "2001:db8:7:8::1").status()).isEqualTo(202);
    }

    @Test
    void aLinkEndsAfterHalfAnHourAndIsNoPasswordOfAnotherKind() {
        ask(contract.name, "worker", OFFICE);
        String token = link("password-reset");

        assertThat(post(ISSUES + "/open", Map.of("issue", Map.of("token", token)))
                        .status())
                .isEqualTo(400);
        assertThat(identity.id(
                        "select (ends_at - made_at)::text from password_link where account_id = ?", contract.worker))
                .isEqualTo("00:30:00");
        identity.sql()
                .sql("update password_link set ends_at = now() where account_id = ?")
                .param(contract.worker)
                .update();
        assertThat(use(token, FRESH).header("X-Unkai-Refusal")).isEqualTo("LinkLapsed");
        assertThat(use("not-a-link-at-all", FRESH).header("X-Unkai-Refusal")).isEqualTo("LinkLapsed");
        assertThat(contract.logIn(OFFICE, "worker").status()).isEqualTo(201);
    }

    @Test
    void anIssuedPasswordIsOpenedOnceAndItsOwnerCannotChangeIt() {
        assertThat(issue(contract.token(OFFICE, "master")).status()).isEqualTo(403);
        assertThat(issue(operator).status()).isEqualTo(202);
        String token = link("password-issued");
        assertThat(contract.logIn(OFFICE, "worker").status()).isEqualTo(201); // until it is opened

        Answer opened = post(ISSUES + "/open", Map.of("issue", Map.of("token", token)));
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.header("Cache-Control")).contains("no-store");
        String password = opened.body().at("/password").asString();
        assertThat(password).hasSize(20);
        Answer twice = post(ISSUES + "/open", Map.of("issue", Map.of("token", token)));
        assertThat(twice.header("X-Unkai-Refusal")).isEqualTo("LinkLapsed");

        assertThat(contract.logIn(OFFICE, "worker").status()).isEqualTo(401);
        Answer entered = logIn(password);
        assertThat(entered.status()).isEqualTo(201);
        Answer change = contract.from(
                OFFICE,
                "POST",
                "/identity/service/v1/account/password",
                entered.header("X-Subject-Token"),
                Map.of("password", Map.of("present", password, "fresh", FRESH)));
        assertThat(change.header("X-Unkai-Refusal")).isEqualTo("LockedPassword");
        assertThat(ask(contract.name, "worker", OFFICE).status()).isEqualTo(202);
        await().until(() -> mails().contains("password-not-yours"));
        assertThat(mails()).doesNotContain("password-reset");
        assertThat(identity.events().toString()).doesNotContain(password).doesNotContain(token);
        assertThat(actions()).contains("open-password success " + contract.project);
    }

    @Test
    void withoutARegisteredAddressNothingIsIssued() {
        Answer answer = identity.send("POST", ISSUES + "/" + contract.master, operator, Map.of("issue", Map.of()));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.raw().body()).contains("no registered mail address");
        assertThat(identity.send("POST", ISSUES + "/nobody", operator, Map.of("issue", Map.of()))
                        .status())
                .isEqualTo(404);
    }

    private Answer ask(String domain, String user, String from) {
        return contract.from(
                from, "POST", RESETS, null, Map.of("reset", Map.of("domain", domain, "user", user, "language", "ja")));
    }

    private Answer use(String token, String password) {
        return post(USE, Map.of("reset", Map.of("token", token, "password", password)));
    }

    private Answer issue(String token) {
        return identity.send("POST", ISSUES + "/" + contract.worker, token, Map.of("issue", Map.of("language", "en")));
    }

    private Answer post(String path, Object body) {
        return contract.from(OFFICE, "POST", path, null, body);
    }

    private Answer logIn(String password) {
        return contract.from(
                OFFICE, "POST", TOKENS, null, RunningIdentity.login(contract.name, "worker", password, null));
    }

    private void change(String user, Map<String, Object> fields) {
        assertThat(identity.send("PATCH", "/identity/v3/users/" + user, operator, Map.of("user", fields))
                        .status())
                .isEqualTo(200);
    }

    private int pending() {
        return identity.sql()
                .sql("select count(*) from reset_wish where done_at is null")
                .query(Integer.class)
                .single();
    }

    /** The templates of the mails to the worker, oldest first. */
    private List<String> mails() {
        return identity.sql()
                .sql("select template from mail where recipient = ? order by posted_at")
                .param(mailbox)
                .query(String.class)
                .list();
    }

    /** The secret of the link in the newest such mail, as an operator hands it on where there is no relay. */
    private String link(String template) {
        await().until(() -> mails().contains(template));
        String id = identity.sql()
                .sql("select id::text from mail where recipient = ? and template = ? order by posted_at desc limit 1")
                .param(mailbox)
                .param(template)
                .query(String.class)
                .single();
        Answer opened = identity.send("POST", "/identity/service/v1/identity-mails/" + id + "/opening", operator, null);
        Matcher link = LINK.matcher(opened.body().at("/body").asString());
        assertThat(link.find()).as(opened.raw().body()).isTrue();
        return Objects.requireNonNull(link.group(1));
    }

    /** What was recorded about the worker: action, outcome, in whose history. */
    private List<String> actions() {
        return identity.events().stream()
                .filter(event -> event.at("/target/id").asString().equals(contract.worker)
                        || event.at("/target/id").asString().equals(contract.master))
                .map(PasswordLinkTest::line)
                .toList();
    }

    private static String line(JsonNode event) {
        return event.at("/action").asString() + " " + event.at("/outcome").asString() + " "
                + event.at("/target/project_id").asString();
    }
}
