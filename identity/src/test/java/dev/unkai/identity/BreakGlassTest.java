package dev.unkai.identity;

import static dev.unkai.identity.Contract.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import dev.unkai.wire.token.BreakGlassWord;
import dev.unkai.wire.token.BreakGlassWord.Grant;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Where a site requires break-glass, the provider's people do nothing about a contract's accounts without it: what the cloud process says of their grants is
 * what counts.
 */
class BreakGlassTest {
    private static final String V3 = "/identity/v3";
    private static final String SERVICE = "/identity/service/v1";
    private static final String PASSWORD = "nine grey kites above the weir";
    private static final String TICKET = "変更依頼-12";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final Contract contract = new Contract(identity);
    private final Contract other = new Contract(identity);
    private final String operator = identity.token("Default", "operator");
    private final String operatorId = id("operator");
    private HttpClient cloud;

    @BeforeEach
    void becomeTheCloudProcess() throws Exception {
        cloud = identity.process("cloud");
        mailbox(contract.worker);
        // What an operator may keep for somebody else, so that there is a second factor to take away.
        assertThat(identity.send(
                                "POST",
                                V3 + "/credentials",
                                operator,
                                Map.of(
                                        "credential",
                                        Map.of(
                                                "type", "totp",
                                                "blob", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                                                "user_id", contract.worker)))
                        .status())
                .isEqualTo(201);
    }

    /** What somebody with an operator's account would do to become one of the contract's people, or to take its people's place. */
    private Map<String, Supplier<Answer>> takeovers(BreakGlassWord word) {
        String worker = V3 + "/users/" + contract.worker;
        String member = identity.id("select id from role where name = 'member' and domain_id is null");
        Map<String, Supplier<Answer>> acts = new HashMap<>();
        acts.put(
                "a new account",
                () -> as(
                        word,
                        "POST",
                        V3 + "/users",
                        Map.of("user", Map.of("name", "guest", "domain_id", contract.domain, "password", PASSWORD))));
        acts.put(
                "a new account with a link",
                () -> as(word, "POST", SERVICE + "/users?contract=" + contract.domain, newcomer()));
        acts.put("a password", () -> as(word, "PATCH", worker, Map.of("user", Map.of("password", PASSWORD))));
        acts.put("an address", () -> as(word, "PATCH", worker, Map.of("user", Map.of("email", "me@provider.example"))));
        acts.put(
                "a password by link",
                () -> as(word, "POST", SERVICE + "/users/" + contract.worker + "/password-link", Map.of()));
        acts.put(
                "an issued password",
                () -> as(
                        word,
                        "POST",
                        SERVICE + "/password-issues/" + contract.worker,
                        Map.of("issue", Map.of("language", "ja"))));
        acts.put(
                "no more log-in",
                () -> as(
                        word,
                        "PATCH",
                        SERVICE + "/users/" + contract.worker,
                        Map.of("user", Map.of("enabled", false))));
        acts.put("no more account", () -> as(word, "DELETE", SERVICE + "/users/" + contract.worker, null));
        acts.put(
                "a role for oneself",
                () -> as(
                        word,
                        "PUT",
                        V3 + "/projects/" + contract.project + "/users/" + operatorId + "/roles/" + member,
                        null));
        acts.put(
                "a role for oneself on the domain",
                () -> as(
                        word,
                        "PUT",
                        V3 + "/domains/" + contract.domain + "/users/" + operatorId + "/roles/" + member,
                        null));
        acts.put(
                "a role less",
                () -> as(
                        word,
                        "DELETE",
                        V3 + "/projects/" + contract.project + "/users/" + contract.worker + "/roles/" + member,
                        null));
        acts.put(
                "a group",
                () -> as(
                        word,
                        "POST",
                        V3 + "/groups",
                        Map.of("group", Map.of("name", "g", "domain_id", contract.domain))));
        acts.put(
                "a key", () -> as(word, "POST", worker + "/credentials/OS-EC2", Map.of("tenant_id", contract.project)));
        acts.put(
                "a second factor less",
                () -> as(word, "DELETE", SERVICE + "/users/" + contract.worker + "/second-factor", null));
        acts.put(
                "an exception",
                () -> as(
                        word,
                        "PUT",
                        SERVICE + "/second-factor-exceptions/" + contract.worker,
                        Map.of("exception", Map.of("reason", "lost"))));
        acts.put(
                "another way in",
                () -> as(
                        word,
                        "PUT",
                        SERVICE + "/source-rules?contract=" + contract.domain,
                        Map.of("rules", List.of(Map.of("prefixes", List.of("0.0.0.0/0"))))));
        acts.put("no project", () -> as(word, "DELETE", V3 + "/projects/" + contract.project, null));
        return acts;
    }

    @Test
    void withoutAGrantNothingOfAContractsAccountsChangesAndTheAttemptStandsInItsHistory() {
        String before = rows();
        int events = identity.events().size();
        Map<String, Supplier<Answer>> acts = takeovers(required());
        acts.forEach((what, act) -> {
            Answer answer = act.get();
            assertThat(answer.status()).as(what + " " + answer.raw().body()).isEqualTo(403);
            assertThat(answer.header("X-Unkai-Refusal")).as(what).isEqualTo("BreakGlassRequired");
        });
        assertThat(rows()).isEqualTo(before);
        assertThat(identity.events().stream()
                        .skip(events)
                        .filter(event ->
                                event.at("/target/project_id").asString().equals(contract.project))
                        .filter(event -> event.path("outcome").asString().equals("failure"))
                        .filter(event -> event.at("/initiator/name").asString().equals("operator"))
                        .map(event -> event.at("/target/typeURI").asString() + " "
                                + event.path("action").asString())
                        .distinct())
                .contains(
                        "identity/user create",
                        "identity/user disable",
                        "identity/user issue-password",
                        "identity/role grant",
                        "identity/role withdraw",
                        "identity/second_factor delete",
                        "identity/source_rules update");
        assertThat(identity.events().stream()
                        .skip(events)
                        .filter(event ->
                                event.at("/target/project_id").asString().equals(contract.project))
                        .map(event -> event.path("outcome").asString()))
                .as("nothing was done")
                .containsOnly("failure")
                .hasSizeGreaterThanOrEqualTo(acts.size());
    }

    @Test
    void withAGrantForTheContractItIsDoneUntilTheGrantEndsAndCarriesItsTicket() {
        Grant good = grant(operatorId, contract.project, 60);
        for (BreakGlassWord worthless : List.of(
                new BreakGlassWord(true, List.of(grant(operatorId, other.project, 60))),
                new BreakGlassWord(true, List.of(grant(id("auditor-or-nobody"), contract.project, 60))),
                new BreakGlassWord(true, List.of(grant(operatorId, contract.project, -1))),
                new BreakGlassWord(true, List.of(grant(operatorId, "no-such-project", 60))))) {
            assertThat(disable(worthless, null).status())
                    .as(worthless.toString())
                    .isEqualTo(403);
        }
        assertThat(disable(new BreakGlassWord(true, List.of(good)), null).status())
                .isEqualTo(204);

        JsonNode done = last("disable");
        assertThat(done.at("/target/project_id").asString()).isEqualTo(contract.project);
        assertThat(done.at("/attachments/break_glass").asString()).isEqualTo(good.id());
        assertThat(done.at("/attachments/ticket").asString()).isEqualTo(TICKET);
        assertThat(done.path("outcome").asString()).isEqualTo("success");
    }

    @Test
    void theLinkInACustomersMailIsOpenedUnderAGrantOnly() {
        assertThat(identity.send("POST", SERVICE + "/users/" + contract.worker + "/password-link", operator, Map.of())
                        .status())
                .isEqualTo(202);
        String mailbox = "worker@" + contract.name + ".example";
        String mail =
                identity.id("select id::text from mail where recipient = ? and template = 'password-link'", mailbox);
        String opening = SERVICE + "/identity-mails/" + mail + "/opening";

        Answer refused = as(required(), "POST", opening, null);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("BreakGlassRequired");
        assertThat(refused.raw().body()).doesNotContain(identity.mailSecret(mailbox, "%"));
        assertThat(identity.events().stream()
                        .filter(event -> event.path("action").asString().equals("read/secret"))
                        .filter(event -> event.path("outcome").asString().equals("failure"))
                        .map(event -> event.at("/target/project_id").asString()))
                .contains(contract.project);

        Grant good = grant(operatorId, contract.project, 60);
        assertThat(as(new BreakGlassWord(true, List.of(good)), "POST", opening, null)
                        .status())
                .isEqualTo(200);
        JsonNode opened = last("read/secret");
        assertThat(opened.at("/attachments/break_glass").asString()).isEqualTo(good.id());
        assertThat(opened.at("/target/project_id").asString()).isEqualTo(contract.project);
    }

    @Test
    void onlyTheCloudProcessIsBelieved() throws Exception {
        String forged = new BreakGlassWord(true, List.of(grant(operatorId, contract.project, 60))).text();
        Map<String, Object> off = Map.of("user", Map.of("enabled", false));
        Answer direct = identity.send(
                identity.process("gateway"),
                "PATCH",
                SERVICE + "/users/" + contract.worker,
                operator,
                off,
                Map.of(BreakGlassWord.HEADER, forged));
        assertThat(direct.status()).as("the site's own setting is open").isEqualTo(204);
        assertThat(last("disable").at("/attachments").has("break_glass")).isFalse();

        Answer garbled = identity.send(
                cloud,
                "DELETE",
                SERVICE + "/users/" + contract.worker,
                operator,
                null,
                Map.of("X-Forwarded-For", OFFICE, BreakGlassWord.HEADER, "e30"));
        assertThat(garbled.status()).as("what is not understood grants nothing").isEqualTo(403);
    }

    @Test
    void theContractsOwnPeopleTheContractItselfAndOnesOwnAccountNeedNone() {
        String master = contract.token(OFFICE, "master");
        assertThat(identity.send(
                                cloud,
                                "PATCH",
                                SERVICE + "/users/" + contract.worker,
                                master,
                                Map.of("user", Map.of("enabled", false)),
                                Map.of(
                                        "X-Forwarded-For",
                                        OFFICE,
                                        BreakGlassWord.HEADER,
                                        required().text()))
                        .status())
                .isEqualTo(204);
        assertThat(as(
                                required(),
                                "PATCH",
                                V3 + "/domains/" + contract.domain,
                                Map.of("domain", Map.of("description", "moved")))
                        .status())
                .isEqualTo(200);
        assertThat(as(
                                required(),
                                "POST",
                                V3 + "/projects",
                                Map.of("project", Map.of("name", "second", "domain_id", contract.domain)))
                        .status())
                .isEqualTo(201);
        assertThat(as(
                                required(),
                                "POST",
                                V3 + "/users",
                                Map.of(
                                        "user",
                                        Map.of("name", "colleague-" + UUID.randomUUID(), "domain_id", "default")))
                        .status())
                .as("the provider's own people")
                .isEqualTo(201);
    }

    @Test
    void whatThePlanHasTheProviderDoNeedsAReasonInsteadAndNoMoreThanThat() {
        identity.sql().sql("""
                        insert into plan_rules (domain_id, plan_version, issued, differs_from, users_by, source_addresses, ssl_vpn, changed_at)
                        values (?, 1, true, 1, 'provider', false, false, now())
                        """).param(contract.domain).update();
        Answer without = disable(required(), null);
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.header("X-Unkai-Refusal")).isEqualTo("ReasonMissing");
        assertThat(disable(required(), "お客様の依頼 (電話)").status()).isEqualTo(204);
        assertThat(last("disable").at("/attachments/reason").asString()).isEqualTo("お客様の依頼 (電話)");

        List<String> never = List.of(
                "a new account",
                "a password",
                "an address",
                "a role for oneself",
                "a role for oneself on the domain",
                "a group",
                "a key",
                "a second factor less",
                "an exception",
                "another way in");
        Map<String, Supplier<Answer>> acts = takeovers(required());
        never.forEach(what -> assertThat(acts.get(what).get().header("X-Unkai-Refusal"))
                .as(what)
                .isEqualTo("BreakGlassRequired"));
        assertThat(acts.get("an issued password").get().header("X-Unkai-Refusal"))
                .isEqualTo("ReasonMissing");
    }

    @Test
    void aUserThatOnePersonOfTheProviderMakesWaitsForASecondAndTheMastersAreToldAtOnce() {
        identity.sql().sql("""
                        insert into plan_rules (domain_id, plan_version, issued, differs_from, users_by, source_addresses, ssl_vpn, changed_at)
                        values (?, 1, true, 1, 'provider', false, false, now())
                        """).param(contract.domain).update();
        String master = "master@" + contract.name + ".example";
        identity.sql()
                .sql("update account set email = ? where domain_id = ? and name = 'master'")
                .param(master)
                .param(contract.domain)
                .update();
        String users = SERVICE + "/users?contract=" + contract.domain;
        Answer made = by(operator, "POST", users, newcomer());
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        String id = made.body().at("/user/id").asString();

        assertThat(mailsTo("me@provider.example")).as("no way in yet").isEmpty();
        assertThat(mailsTo(master)).containsExactly("user-waits-at-provider");
        assertThat(waitsBy(users)).isEqualTo("operator");
        assertThat(last("create").at("/attachments/waits_for").asString()).isEqualTo("second person");
        String user = SERVICE + "/users/" + id;
        Map<String, Object> enable = Map.of("user", Map.of("enabled", true));
        Answer own = by(operator, "PATCH", user, enable);
        assertThat(own.header("X-Unkai-Refusal")).isEqualTo("SecondPersonNeeded");
        assertThat(by(operator, "PATCH", V3 + "/users/" + id, enable).header("X-Unkai-Refusal"))
                .as("nor past it")
                .isEqualTo("BreakGlassRequired");
        assertThat(mailsTo("me@provider.example")).isEmpty();

        assertThat(by(second(), "PATCH", user, enable).status()).isEqualTo(204);
        assertThat(mailsTo("me@provider.example")).containsExactly("first-password-issued");
        assertThat(last("enable").at("/attachments/made_by").asString()).isEqualTo("operator");
        assertThat(waitsBy(users)).isEmpty();
    }

    @Test
    void underAGrantAUserIsMadeAtOnceAndTheMastersAreToldOfThatAndOfAnAddress() {
        String master = "master@" + contract.name + ".example";
        identity.sql()
                .sql("update account set email = ?, language = 'ja' where domain_id = ? and name = 'master'")
                .param(master)
                .param(contract.domain)
                .update();
        BreakGlassWord granted = new BreakGlassWord(true, List.of(grant(operatorId, contract.project, 60)));
        Map<String, Supplier<Answer>> acts = takeovers(granted);
        assertThat(acts.get("a new account with a link").get().status()).isEqualTo(201);
        assertThat(acts.get("an address").get().status()).isEqualTo(200);

        assertThat(mailsTo(master)).containsExactly("user-made-by-provider", "address-set-by-provider");
        assertThat(identity.id(
                        "select body from mail where recipient = ? and template = 'address-set-by-provider'", master))
                .contains("me@provider.example", "operator");
    }

    /** Somebody else of the provider's. */
    private String second() {
        String name = "second-" + UUID.randomUUID();
        String project = identity.id("select id from project where name = 'operator' and domain_id = 'default'");
        String id = identity.send(
                        "POST",
                        V3 + "/users",
                        operator,
                        Map.of("user", Map.of("name", name, "domain_id", "default", "password", PASSWORD)))
                .body()
                .at("/user/id")
                .asString();
        String admin = identity.id("select id from role where name = 'admin' and domain_id is null");
        identity.send("PUT", V3 + "/projects/" + project + "/users/" + id + "/roles/" + admin, operator, null);
        return identity.token(
                RunningIdentity.login("Default", name, PASSWORD, Map.of("project", Map.of("id", project))));
    }

    private Answer by(String token, String method, String path, Object body) {
        return identity.send(
                cloud,
                method,
                path,
                token,
                body,
                Map.of(
                        "X-Forwarded-For",
                        OFFICE,
                        BreakGlassWord.HEADER,
                        required().text(),
                        "X-Unkai-Reason",
                        "asked%20for"));
    }

    private List<String> mailsTo(String address) {
        return identity.sql()
                .sql("select template from mail where recipient = ? and subject || body like ? order by posted_at, id")
                .param(address)
                .param("%" + contract.name + "%")
                .query(String.class)
                .list();
    }

    /** Who made the user that waits; empty when none does. */
    private String waitsBy(String users) {
        return identity.send("GET", users, operator, null)
                .body()
                .path("users")
                .valueStream()
                .map(user -> user.path("madeBy").asString(""))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    private BreakGlassWord required() {
        return new BreakGlassWord(true, List.of());
    }

    private Grant grant(String person, String project, int minutes) {
        return new Grant(
                UUID.randomUUID().toString(),
                person,
                project,
                TICKET,
                Instant.now().plusSeconds(60L * minutes));
    }

    private Answer disable(BreakGlassWord word, @Nullable String reason) {
        Map<String, String> headers =
                new HashMap<>(Map.of("X-Forwarded-For", OFFICE, BreakGlassWord.HEADER, word.text()));
        if (reason != null) {
            headers.put(
                    "X-Unkai-Reason",
                    URLEncoder.encode(reason, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return identity.send(
                cloud,
                "PATCH",
                SERVICE + "/users/" + contract.worker,
                operator,
                Map.of("user", Map.of("enabled", false)),
                headers);
    }

    private Answer as(BreakGlassWord word, String method, String path, @Nullable Object body) {
        return identity.send(
                cloud,
                method,
                path,
                operator,
                body,
                Map.of("X-Forwarded-For", OFFICE, BreakGlassWord.HEADER, word.text()));
    }

    private Map<String, Object> newcomer() {
        return Map.of(
                "user",
                Map.of(
                        "name", "guest",
                        "person", "A guest",
                        "email", "me@provider.example",
                        "language", "en",
                        "role", "master",
                        "project", contract.project));
    }

    private void mailbox(String user) {
        identity.sql()
                .sql("update account set email = ? where id = ?")
                .param("worker@" + contract.name + ".example")
                .param(user)
                .update();
    }

    private String id(String user) {
        return identity.id(
                "select coalesce((select id from account where name = ? and domain_id = 'default'), 'nobody')", user);
    }

    private JsonNode last(String action) {
        return identity.events().stream()
                .filter(event -> event.path("action").asString().equals(action))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** Everything about the contract's accounts. */
    private String rows() {
        return identity.id("""
                select concat_ws('|',
                    (select string_agg(a::text, ',' order by a.id) from account a where domain_id = :domain),
                    (select string_agg(s::text, ',' order by s::text) from assignment s
                      where project_id = :project or domain_id = :domain),
                    (select count(*) from account_group where domain_id = :domain),
                    (select count(*) from user_credential c join account a on a.id = c.account_id where a.domain_id = :domain),
                    (select count(*) from password_link l join account a on a.id = l.account_id where a.domain_id = :domain),
                    (select count(*) from factor_exception f join account a on a.id = f.account_id where a.domain_id = :domain),
                    (select count(*) from mail where recipient like '%' || :name || '%'))
                """.replace(":domain", "'" + contract.domain + "'")
                .replace(":project", "'" + contract.project + "'")
                .replace(":name", "'" + contract.name + "'"));
    }
}
