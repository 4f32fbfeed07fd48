package dev.unkai.identity;

import static dev.unkai.identity.Contract.OFFICE;
import static dev.unkai.identity.Contract.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who comes to a contract and who leaves it: what ends at once, what comes back, what stays, who decides, and who is told. */
class LeavingUserTest {
    private static final String USERS = "/identity/service/v1/users";
    private static final String PASSWORD = "seventeen purple herons wading";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String operator = identity.token("Default", "operator");
    private String tunnelName = "";

    @Test
    void whoIsDisabledLosesEverythingAtOnceAndEnabledGetsBackWhatHeLogsInWith() throws Exception {
        Contract contract = registered();
        String master = contract.token(OFFICE, "master");
        String worker = contract.token(OFFICE, "worker");
        Map<String, Object> program = program(contract, worker);
        String programs = identity.token(program);
        Map<String, Object> trusted = trusted(contract, worker);
        String trustees = identity.token(trusted);
        tunnel(contract);

        JsonNode holdings = identity.get(USERS + "/" + contract.worker + "/holdings", master)
                .body();
        assertThat(holdings.path("sessions").asInt()).isEqualTo(2);
        assertThat(holdings.path("vpnSessions").asInt()).isEqualTo(1);
        assertThat(holdings.at("/applicationCredentials/0/name").asString()).isEqualTo("nightly");
        assertThat(holdings.at("/trusts/0/to").asString()).isEqualTo("master");
        assertThat(holdings.path("lastMaster").asBoolean()).isFalse();

        assertThat(enable(contract.worker, master, false).status()).isEqualTo(204);
        assertThat(enable(contract.worker, master, false).status()).isEqualTo(204);

        for (String token : List.of(worker, programs, trustees)) {
            assertThat(identity.subject("GET", operator, token).status()).isEqualTo(404);
        }
        assertThat(contract.logIn(OFFICE, "worker").status()).isEqualTo(401);
        assertThat(logIn(program)).isEqualTo(401);
        assertThat(logIn(trusted)).isNotEqualTo(201);
        assertThat(cut()).contains("tunnel-" + contract.name);
        assertThat(mails(contract)).containsExactly("account-disabled");
        JsonNode event = identity.events().stream()
                .filter(one -> one.path("action").asString().equals("disable"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(event.at("/target/id").asString()).isEqualTo(contract.worker);
        assertThat(event.at("/initiator/name").asString()).isEqualTo("master");
        assertThat(event.toString()).contains(contract.project);

        assertThat(enable(contract.worker, master, true).status()).isEqualTo(204);

        assertThat(contract.logIn(OFFICE, "worker").status()).isEqualTo(201);
        assertThat(logIn(program)).isEqualTo(201);
        assertThat(logIn(trusted)).isEqualTo(201);
        assertThat(identity.subject("GET", operator, worker).status())
                .as("what was ended stays ended")
                .isEqualTo(404);
        assertThat(mails(contract)).containsExactly("account-disabled", "account-enabled");
    }

    @Test
    void whoIsRemovedLeavesNothingToLogInWithAndIsTold() {
        Contract contract = registered();
        String master = contract.token(OFFICE, "master");
        String worker = contract.token(OFFICE, "worker");
        Map<String, Object> program = program(contract, worker);
        String programs = identity.token(program);

        assertThat(remove(contract.worker, master).status()).isEqualTo(204);

        for (String token : List.of(worker, programs)) {
            assertThat(identity.subject("GET", operator, token).status()).isEqualTo(404);
        }
        assertThat(contract.logIn(OFFICE, "worker").status()).isEqualTo(401);
        assertThat(logIn(program)).isEqualTo(401);
        assertThat(identity.id(
                        "select count(*)::text from application_credential where account_id = ?", contract.worker))
                .isEqualTo("0");
        assertThat(mails(contract)).containsExactly("account-removed");
        assertThat(remove(contract.worker, master).status()).isEqualTo(404);
        assertThat(absent(contract.worker, contract.master)).containsExactly(contract.worker);
    }

    @Test
    void nobodyDoesItToHimselfNorToTheProvidersPeopleNorToOtherCustomers() {
        Contract contract = registered();
        Contract other = new Contract(identity);
        String master = contract.token(OFFICE, "master");
        int events = identity.events().size();

        assertThat(remove(contract.master, master).status()).isEqualTo(403);
        assertThat(enable(contract.master, master, false).status()).isEqualTo(403);
        assertThat(identity.events()).hasSize(events + 2);
        for (String stranger : List.of(other.worker, "unknown")) {
            assertThat(remove(stranger, master).status()).isEqualTo(404);
            assertThat(enable(stranger, master, false).status()).isEqualTo(404);
            assertThat(identity.get(USERS + "/" + stranger + "/holdings", master)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(create(master, contract, "guest", "viewer", other.project).status())
                .isEqualTo(404);
        assertThat(create(master, contract, "guest", "admin", contract.project).status())
                .isEqualTo(403);
        assertThat(create(master, contract, "worker", "viewer", contract.project)
                        .status())
                .isEqualTo(409);
        assertThat(identity.id("select count(*)::text from account where domain_id = ?", contract.domain))
                .isEqualTo("2");
    }

    @Test
    void ofTwoMastersWhoRemoveEachOtherAtOnceOneIsLeft() throws Exception {
        Contract contract = registered();
        String first = contract.token(OFFICE, "master");
        String role = USERS + "/" + contract.worker + "/roles/master?project=" + contract.project;
        assertThat(identity.send("PUT", role, first, null).status()).isEqualTo(204);
        String second = contract.token(OFFICE, "worker");

        identity.id("select pg_advisory_lock(4770, hashtext(?))::text", contract.domain);
        try (var both = Executors.newFixedThreadPool(2)) {
            var removals = List.of(
                    both.submit(() -> remove(contract.worker, first).status()),
                    both.submit(() -> remove(contract.master, second).status()));
            try {
                // Both were allowed to, and wait for their turn.
                await().until(() -> identity.id(
                                "select count(*)::text from pg_locks where locktype = 'advisory' and classid = 4770 and not granted")
                        .equals("2"));
            } finally {
                identity.id("select pg_advisory_unlock(4770, hashtext(?))::text", contract.domain);
            }
            assertThat(List.of(removals.getFirst().get(), removals.getLast().get()))
                    .containsExactlyInAnyOrder(204, 401);
        }
        assertThat(identity.id("select count(*)::text from account where domain_id = ?", contract.domain))
                .isEqualTo("1");
    }

    @Test
    void theLastMasterStaysUntilThereIsAnotherAndTheContractOutlivesTheFirst() throws Exception {
        UUID id = UUID.randomUUID();
        JsonNode made = contract(id, Map.of("usersByProvider", true, "planVersion", 1));
        String domain = made.path("domain").asString();
        String project = made.path("project").asString();
        String first = identity.id("select id from account where domain_id = ?", domain);

        Answer refused = remove(first, operator);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("LastMaster");
        Answer successor = identity.send(
                "POST", USERS + "?contract=" + domain, operator, newcomer("successor", "master", project, "ja"));
        assertThat(successor.status()).as(successor.raw().body()).isEqualTo(201);
        assertThat(remove(first, operator).status()).isEqualTo(204);

        JsonNode again = contract(id, Map.of("usersByProvider", true, "planVersion", 2));
        assertThat(again.path("domain").asString()).isEqualTo(domain);
        assertThat(identity.id("select plan_version::text from plan_rules where domain_id = ?", domain))
                .isEqualTo("2");
    }

    @Test
    void whereThePlanLeavesUsersToTheProviderTheMasterOnlyLooks() throws Exception {
        JsonNode made = contract(UUID.randomUUID(), Map.of("usersByProvider", true));
        String domain = made.path("domain").asString();
        String project = made.path("project").asString();
        String name = made.path("name").asString();
        settle("yuki@" + name + ".example");
        String master = identity.token(RunningIdentity.login(name, "master", PASSWORD, null));
        String guest = identity.send(
                        "POST", USERS + "?contract=" + domain, operator, newcomer("guest", "viewer", project, "ja"))
                .body()
                .at("/user/id")
                .asString();

        List<Answer> refusals = List.of(
                identity.send("POST", USERS, master, newcomer("another", "viewer", project, "ja")),
                enable(guest, master, false),
                remove(guest, master),
                identity.send("POST", USERS + "/" + guest + "/password-link", master, null),
                identity.delete(USERS + "/" + guest + "/second-factor", master));

        assertThat(refusals).allSatisfy(refused -> {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("UsersByProvider");
        });
        assertThat(identity.events().reversed().subList(0, refusals.size()))
                .allMatch(event -> event.path("outcome").asString().equals("failure"));
        JsonNode seen = identity.get(USERS, master).body();
        assertThat(seen.path("administered").asBoolean()).isFalse();
        assertThat(identity.get(USERS + "?contract=" + domain, operator)
                        .body()
                        .path("administered")
                        .asBoolean())
                .isTrue();
        assertThat(enable(guest, operator, false).status()).isEqualTo(204);
    }

    @Test
    void whoComesGetsASealedLinkInHisLanguageAndTheRoleThatWasChosen() {
        Contract contract = registered();
        String master = contract.token(OFFICE, "master");

        assertThat(create(master, contract, "hana", "operator", contract.project)
                        .status())
                .isEqualTo(201);

        String mailbox = "hana@" + contract.name + ".example";
        assertThat(identity.id("select template || '.' || language from mail where recipient = ?", mailbox))
                .isEqualTo("first-password-own.ja");
        settle(mailbox);
        String hana = identity.token(RunningIdentity.login(contract.name, "hana", PASSWORD, null));
        assertThat(identity.subject("GET", hana, hana).body().at("/token/roles").findValuesAsString("name"))
                .contains("operator", "member")
                .doesNotContain("manager");
    }

    @Test
    void aMasterSendsALinkByWhichTheOwnerChoosesAPasswordAndEachNewOneEndsTheLast() {
        Contract contract = registered();
        String master = contract.token(OFFICE, "master");
        String path = USERS + "/" + contract.worker + "/password-link";

        assertThat(identity.send("POST", path, master, null).status()).isEqualTo(202);
        String first = secret(mailbox(contract));
        assertThat(identity.send("POST", path, master, null).status()).isEqualTo(202);
        String second = secret(mailbox(contract));

        assertThat(reset(first).status()).isEqualTo(400);
        assertThat(reset(second).status()).isEqualTo(204);
        assertThat(identity.token(RunningIdentity.login(contract.name, "worker", PASSWORD, null)))
                .isNotEmpty();
        assertThat(identity.events().toString()).doesNotContain(first).doesNotContain(second);
    }

    @Test
    void whereTheProviderMakesPasswordsItAloneSendsThemAndByASealedLink() throws Exception {
        Map<String, Object> issued = new HashMap<>(Map.of("issued", true));
        issued.put("resetMinutes", null);
        JsonNode made = contract(UUID.randomUUID(), issued);
        String project = made.path("project").asString();
        String name = made.path("name").asString();
        String password = open("first-credentials", "credential", secret("yuki@" + name + ".example"));
        String master = identity.token(RunningIdentity.login(name, "master", password, null));
        String guest = identity.send("POST", USERS, master, newcomer("guest", "viewer", project, "en"))
                .body()
                .at("/user/id")
                .asString();
        String path = USERS + "/" + guest + "/password-link";

        Answer refused = identity.send("POST", path, master, null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("IssuedPasswords");
        assertThat(identity.send("POST", path, operator, null).status()).isEqualTo(202);
        String shown = open(
                "password-issues/open",
                "issue",
                secret("guest@" + made.path("domain").asString() + ".example"));
        assertThat(identity.token(RunningIdentity.login(name, "guest", shown, null)))
                .isNotEmpty();
    }

    @Test
    void whoLosesHisSecondFactorsIsToldByMailAndItIsRecorded() {
        Contract contract = registered();
        identity.sql()
                .sql(
                        "insert into passkey (id, account_id, name, credential_id, attested, sign_count, backup_eligible, backed_up, created_at)"
                                + " values (?, ?, 'phone', cast(? as bytea), '', 0, false, false, now())")
                .params(contract.name, contract.worker, contract.name)
                .update();
        String master = contract.token(OFFICE, "master");
        String factor = USERS + "/" + contract.worker + "/second-factor";
        assertThat(identity.get(USERS, master).body().path("users").valueStream())
                .anyMatch(user -> user.path("id").asString().equals(contract.worker)
                        && user.path("secondFactor").asBoolean());

        assertThat(identity.delete(factor, master).status()).isEqualTo(204);

        assertThat(mails(contract)).containsExactly("second-factor-removed");
        JsonNode event = identity.events().getLast();
        assertThat(event.at("/target/typeURI").asString()).endsWith("second_factor");
        assertThat(event.at("/initiator/name").asString()).isEqualTo("master");
        assertThat(identity.delete(factor, master).status()).isEqualTo(409);
    }

    /** A customer whose worker has a registered address. */
    private Contract registered() {
        Contract contract = new Contract(identity);
        identity.send(
                "PATCH",
                "/identity/v3/users/" + contract.worker,
                operator,
                Map.of("user", Map.of("email", mailbox(contract))));
        return contract;
    }

    private static String mailbox(Contract contract) {
        return "worker@" + contract.name + ".example";
    }

    private Map<String, Object> program(Contract contract, String token) {
        JsonNode made = identity.send(
                        "POST",
                        "/identity/v3/users/" + contract.worker + "/application_credentials",
                        token,
                        Map.of("application_credential", Map.of("name", "nightly")))
                .body()
                .path("application_credential");
        return Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("application_credential"),
                                "application_credential",
                                Map.of(
                                        "id", made.path("id").asString(),
                                        "secret", made.path("secret").asString()))));
    }

    /** The worker lets the master act in his name; answers the master's log-in with that. */
    private Map<String, Object> trusted(Contract contract, String token) {
        String trust = identity.send(
                        "POST",
                        "/identity/v3/OS-TRUST/trusts",
                        token,
                        Map.of(
                                "trust",
                                Map.of(
                                        "trustor_user_id",
                                        contract.worker,
                                        "trustee_user_id",
                                        contract.master,
                                        "project_id",
                                        contract.project,
                                        "impersonation",
                                        true,
                                        "roles",
                                        List.of(Map.of("name", "member")))))
                .body()
                .at("/trust/id")
                .asString();
        Map<String, Object> auth = new HashMap<>();
        auth.put(
                "identity",
                ((Map<?, ?>) Objects.requireNonNull(contract.login("master").get("auth"))).get("identity"));
        auth.put("scope", Map.of("OS-TRUST:trust", Map.of("id", trust)));
        return Map.of("auth", auth);
    }

    private void tunnel(Contract contract) {
        identity.sql()
                .sql("""
                        insert into vpn_session (id, account_id, account_name, domain_id, project_id, inner_address, outer_address, agent, created_at)
                        values (?, ?, 'worker', ?, ?, '100.64.255.9', '198.51.100.9', 'a client', now())
                        """)
                .params(contract.name, contract.worker, contract.domain, contract.project)
                .update();
        identity.sql()
                .sql("insert into portal_access (domain_id, kind, prefix, changed_by) values (?, 'ssl-vpn', ?, 'test')")
                .params(contract.domain, "100.64.255.0/26")
                .update();
        tunnelName = "tunnel-" + contract.name;
        assertThat(cut()).doesNotContain(tunnelName);
    }

    /** What the gateway is told to cut. */
    private List<String> cut() {
        try {
            return identity.send(
                            identity.process("gateway"),
                            "POST",
                            "/identity/internal/v1/vpn-tunnels",
                            null,
                            Map.of(
                                    "tunnels",
                                    List.of(Map.of(
                                            "tunnel",
                                            tunnelName,
                                            "innerAddress",
                                            "100.64.255.9",
                                            "outerAddress",
                                            "198.51.100.9",
                                            "receivedBytes",
                                            1,
                                            "sentBytes",
                                            1))),
                            Map.of())
                    .body()
                    .path("unwanted")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> absent(String... ids) {
        try {
            return identity.send(
                            identity.process("cloud"),
                            "POST",
                            "/identity/internal/v1/accounts/absent",
                            null,
                            Map.of("ids", List.of(ids)),
                            Map.of())
                    .body()
                    .path("absent")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer enable(String user, String token, boolean enabled) {
        return identity.send("PATCH", USERS + "/" + user, token, Map.of("user", Map.of("enabled", enabled)));
    }

    private Answer remove(String user, String token) {
        return identity.delete(USERS + "/" + user, token);
    }

    private Answer create(String token, Contract contract, String name, String role, String project) {
        return identity.send(
                "POST",
                USERS,
                token,
                Map.of(
                        "user",
                        Map.of(
                                "name",
                                name,
                                "person",
                                "Hana Ito",
                                "email",
                                name + "@" + contract.name + ".example",
                                "language",
                                "ja",
                                "role",
                                role,
                                "project",
                                project)));
    }

    private Map<String, Object> newcomer(String name, String role, String project, String language) {
        String domain = identity.id("select domain_id from project where id = ?", project);
        return Map.of(
                "user",
                Map.of(
                        "name", name,
                        "email", name + "@" + domain + ".example",
                        "language", language,
                        "role", role,
                        "project", project));
    }

    /** A contract of its own with these rules, made and opened as the cloud process does it. */
    private JsonNode contract(UUID id, Map<String, Object> other) throws Exception {
        Map<String, Object> rules = new HashMap<>(Map.of(
                "planVersion", 1,
                "issued", false,
                "differsFromLast", 1,
                "resetMinutes", 30,
                "usersByProvider", false,
                "fromAddresses", false,
                "throughTunnels", false));
        rules.putAll(other);
        String name = "left-" + id;
        Map<String, Object> wish = Map.of(
                "wish",
                name,
                "company",
                "Kumo Trading",
                "plan",
                "of-this-test",
                "person",
                "Yuki Sato",
                "email",
                "yuki@" + name + ".example",
                "language",
                "en",
                "issued",
                Objects.requireNonNull(rules.get("issued")),
                "rules",
                rules);
        String path = "/identity/internal/v1/contracts/" + id;
        var cloud = identity.process("cloud");
        Answer made = identity.send(cloud, "PUT", path, null, wish, Map.of());
        assertThat(made.status()).as(made.raw().body()).isEqualTo(200);
        identity.send(cloud, "PUT", path + "/opening", null, Map.of(), Map.of());
        return made.body();
    }

    private void settle(String mailbox) {
        assertThat(identity.send(
                                "POST",
                                "/identity/service/v1/first-credentials",
                                null,
                                Map.of("credential", Map.of("token", secret(mailbox), "password", PASSWORD)))
                        .status())
                .isEqualTo(200);
    }

    private String open(String path, String field, String token) {
        Answer opened =
                identity.send("POST", "/identity/service/v1/" + path, null, Map.of(field, Map.of("token", token)));
        assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
        return opened.body().path("password").asString();
    }

    private Answer reset(String token) {
        return identity.send(
                "POST",
                "/identity/service/v1/password-resets/use",
                null,
                Map.of("reset", Map.of("token", token, "password", PASSWORD)));
    }

    /** The secret of the newest link to the address. */
    private String secret(String mailbox) {
        return identity.mailSecret(mailbox, "%");
    }

    private List<String> mails(Contract contract) {
        return identity.sql()
                .sql("select template from mail where recipient = ? order by posted_at, id")
                .param(mailbox(contract))
                .query(String.class)
                .list();
    }

    private int logIn(@Nullable Object login) {
        return identity.send("POST", TOKENS, null, login).status();
    }
}
