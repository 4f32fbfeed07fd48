package dev.unkai.identity;

import static dev.unkai.identity.Contract.ELSEWHERE;
import static dev.unkai.identity.Contract.OFFICE;
import static dev.unkai.identity.Contract.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What a plan says holds for the accounts of its contract. No plan is known here by its name: each test makes a contract of policies that the delivered
 * plans do not have together.
 */
class PlanRulesTest {
    private static final String OFFICE_NET = "198.51.100.0/24";
    private static final List<String> WORDS = List.of(
            "seventeen purple herons wading",
            "a brass kettle on the ferry",
            "eleven moths around one lantern",
            "the tailor forgot his umbrella",
            "cold plums beside the harbour");
    private static final String FIRST = WORDS.getFirst();

    private final RunningIdentity identity = RunningIdentity.shared();
    private final UUID contract = UUID.randomUUID();
    private final String name = "mixed-" + Long.toString(System.nanoTime(), 36);
    private HttpClient cloud;
    private JsonNode made;

    @BeforeEach
    void becomeTheCloudProcess() throws Exception {
        cloud = identity.process("cloud");
    }

    @Test
    void nobodyComesInBeforeTheContractIsOpenedAndThenEachGetsOneSealedLink() {
        make(
                rules(Map.of("throughTunnels", true)),
                List.of(),
                List.of(Map.of("name", "hana", "email", "hana@" + name + ".example")));
        assertThat(mails()).isEmpty();

        open();
        open();

        assertThat(mails()).containsExactlyInAnyOrder("hana@" + name + ".example", "yuki@" + name + ".example");
        String inside = tunnelAddress();
        settle("hana@" + name + ".example", FIRST);
        assertThat(logIn(inside, "hana", FIRST).status()).isEqualTo(201);
        assertThat(logIn(OFFICE, "hana", FIRST).status()).isEqualTo(401);
        assertThat(vpn("hana", FIRST, ELSEWHERE).path("outcome").asString()).isEqualTo("granted");
    }

    @Test
    void withoutAListNobodyIsLetInAndTheListCannotBeEmptied() {
        Answer without = put(rules(Map.of("fromAddresses", true)), List.of(), List.of());
        assertThat(without.status()).isEqualTo(409);
        assertThat(without.raw().body()).contains("list is empty");
        assertThat(identity.id("select count(*)::text from domain where name = ?", name))
                .isEqualTo("0");

        String master = begun(rules(Map.of("fromAddresses", true)), List.of(OFFICE_NET));
        assertThat(logIn(ELSEWHERE, "master", FIRST).status()).isEqualTo(401);
        Answer emptied = from(OFFICE, "PUT", "/identity/service/v1/source-rules", master, Map.of("rules", List.of()));
        assertThat(emptied.status()).isEqualTo(409);
        assertThat(emptied.header("X-Unkai-Refusal")).isEqualTo("AddressesNeeded");
        Answer other = identity.send(
                "PUT",
                "/identity/service/v1/portal-access?contract=" + domain(),
                identity.token("Default", "operator"),
                Map.of("portalAccess", "ssl-vpn"));
        assertThat(other.header("X-Unkai-Refusal")).isEqualTo("PlanDecides");
    }

    @Test
    void withBothDoorsATunnelOpensFromTheListOnly() {
        make(rules(Map.of("fromAddresses", true, "throughTunnels", true)), List.of(OFFICE_NET), List.of());
        open();
        settle(FIRST);

        assertThat(vpn("master", FIRST, OFFICE).path("outcome").asString()).isEqualTo("granted");
        assertThat(vpn("master", FIRST, ELSEWHERE).path("outcome").asString()).isEqualTo("refused");
        assertThat(logIn(OFFICE, "master", FIRST).status()).isEqualTo(401);
        assertThat(logIn(tunnelAddress(), "master", FIRST).status()).isEqualTo(201);
    }

    @Test
    void withBothDoorsTheMasterChangesTheListAndTunnelsFromOutsideOfItEnd() {
        String list = "/identity/service/v1/source-rules/tunnels";
        make(rules(Map.of("fromAddresses", true, "throughTunnels", true)), List.of(OFFICE_NET), List.of());
        open();
        settle(FIRST);
        String inside = vpn("master", FIRST, OFFICE).path("innerAddress").asString();
        String master = logIn(inside, "master", FIRST).header("X-Subject-Token");
        assertThat(from(inside, "GET", "/identity/service/v1/source-rules", master, null)
                        .body()
                        .path("tunnelsFrom")
                        .toString())
                .isEqualTo("[\"" + OFFICE_NET + "\"]");

        Answer cut = from(inside, "PUT", list, master, Map.of("prefixes", List.of(ELSEWHERE)));
        assertThat(cut.status()).isEqualTo(409);
        assertThat(cut.header("X-Unkai-Refusal")).isEqualTo("LockOut");
        assertThat(cut.raw().body()).contains(OFFICE);
        Answer empty = from(inside, "PUT", list, master, Map.of("prefixes", List.of()));
        assertThat(empty.header("X-Unkai-Refusal")).isEqualTo("AddressesNeeded");
        assertThat(from(inside, "PUT", list, master, Map.of("prefixes", List.of("198.51.100.0/8")))
                        .status())
                .isEqualTo(400);
        assertThat(vpn("master", FIRST, ELSEWHERE).path("outcome").asString()).isEqualTo("refused");

        Answer changed = from(inside, "PUT", list, master, Map.of("prefixes", List.of(OFFICE_NET, ELSEWHERE)));
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        JsonNode second = vpn("master", FIRST, ELSEWHERE);
        assertThat(second.path("outcome").asString()).isEqualTo("granted");
        String other = second.path("innerAddress").asString();
        assertThat(unwanted(Map.of(inside, OFFICE, other, ELSEWHERE))).isEmpty();
        assertThat(logIn(inside, "master", FIRST).status())
                .as("inside, the rule of the contract is its tunnels' prefix as before")
                .isEqualTo(201);

        from(inside, "PUT", list, master, Map.of("prefixes", List.of(OFFICE_NET)));
        assertThat(unwanted(Map.of(inside, OFFICE, other, ELSEWHERE)))
                .as("the tunnel from what was taken out")
                .containsExactly("tunnel-" + other);
        assertThat(identity.events().stream()
                        .filter(event ->
                                event.at("/attachments/tunnels_from").asString().equals(OFFICE_NET))
                        .map(event -> event.at("/initiator/id").asString()))
                .contains(masterId());
    }

    @Test
    void withoutBothDoorsThereIsNoListBesideTheRules() {
        String master = begun(rules(Map.of("fromAddresses", true)), List.of(OFFICE_NET));
        Answer refused = from(
                OFFICE,
                "PUT",
                "/identity/service/v1/source-rules/tunnels",
                master,
                Map.of("prefixes", List.of(OFFICE_NET)));
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("NoTunnelSources");
        assertThat(from(OFFICE, "GET", "/identity/service/v1/source-rules", master, null)
                        .body()
                        .path("tunnelsFrom")
                        .isNull())
                .isTrue();
    }

    /** Which of these tunnels, by inner and outer address, the gateway is told to cut. */
    private List<String> unwanted(Map<String, String> tunnels) {
        List<Map<String, Object>> seen = tunnels.entrySet().stream()
                .map(one -> Map.<String, Object>of(
                        "tunnel",
                        "tunnel-" + one.getKey(),
                        "innerAddress",
                        one.getKey(),
                        "outerAddress",
                        one.getValue(),
                        "receivedBytes",
                        1,
                        "sentBytes",
                        1))
                .toList();
        try {
            return identity.send(
                            identity.process("gateway"),
                            "POST",
                            "/identity/internal/v1/vpn-tunnels",
                            null,
                            Map.of("tunnels", seen),
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

    @Test
    void whereTheProviderAdministersUsersTheMasterCannot() {
        String master = begun(rules(Map.of("usersByProvider", true)), List.of());
        Answer user = from(OFFICE, "POST", "/identity/v3/users", master, Map.of("user", Map.of("name", "new-one")));
        Answer group = from(OFFICE, "POST", "/identity/v3/groups", master, Map.of("group", Map.of("name", "new-ones")));
        String role = identity.id("select id from role where name = 'reader' and domain_id is null");
        Answer granted = from(
                OFFICE,
                "PUT",
                "/identity/v3/projects/" + made.path("project").asString() + "/users/" + masterId() + "/roles/" + role,
                master,
                null);

        assertThat(List.of(user, group, granted)).allSatisfy(refused -> {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("UsersByProvider");
        });
        assertThat(from(OFFICE, "GET", "/identity/v3/users", master, null).status())
                .isEqualTo(200);
        assertThat(identity.send(
                                "POST",
                                "/identity/v3/users",
                                identity.token("Default", "operator"),
                                Map.of("user", Map.of("name", "new-one", "domain_id", domain())))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whereTheProviderIssuesPasswordsNobodyOfTheContractSetsOne() {
        Map<String, Object> issued = rules(Map.of("issued", true, "passwordDays", 90));
        issued.put("resetMinutes", null);
        make(issued, List.of(), List.of());
        open();
        String password = settle(null);
        String master = logIn(OFFICE, "master", password).header("X-Subject-Token");

        Answer own = from(
                OFFICE,
                "POST",
                "/identity/service/v1/account/password",
                master,
                Map.of("password", Map.of("present", password, "fresh", FIRST)));
        assertThat(own.header("X-Unkai-Refusal")).isEqualTo("LockedPassword");
        Answer others = from(
                OFFICE,
                "POST",
                "/identity/v3/users",
                master,
                Map.of("user", Map.of("name", "worker", "password", FIRST)));
        assertThat(others.header("X-Unkai-Refusal")).isEqualTo("IssuedPasswords");
        assertThat(from(OFFICE, "POST", "/identity/v3/users", master, Map.of("user", Map.of("name", "worker")))
                        .status())
                .isEqualTo(201);

        expire();
        Answer expired = logIn(OFFICE, "master", password);
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.header("X-Unkai-Refusal")).isEqualTo("IssuedPasswordExpired");
        assertThat(expired.raw().body()).contains("ask the provider").doesNotContain("password_link");
    }

    @Test
    void anExpiredPasswordOfOnesOwnIsChosenAnewAtTheLogInAndDiffersFromAsManyAsThePlanSays() {
        begun(rules(Map.of("passwordDays", 30, "differsFromLast", 3)), List.of());
        assertThat(identity.id(
                        "select (extract(epoch from password_expires_at - password_changed_at) / 86400)::int::text from account where id = ?",
                        masterId()))
                .isEqualTo("30");
        assertThat(renew(FIRST, WORDS.get(1)).status()).isEqualTo(204);
        assertThat(renew(WORDS.get(1), WORDS.get(2)).status()).isEqualTo(204);
        for (String former : WORDS.subList(0, 3)) {
            Answer refused = renew(WORDS.get(2), former);
            assertThat(refused.header("X-Unkai-Refusal")).as(former).isEqualTo("FormerPassword");
            assertThat(refused.raw().body()).contains("last 3");
        }
        assertThat(renew(WORDS.get(2), WORDS.get(3)).status()).isEqualTo(204);
        assertThat(renew(WORDS.get(3), FIRST).status()).isEqualTo(204);
        assertThat(logIn(OFFICE, "master", FIRST).status()).isEqualTo(201);
        // A program is not handed a link, and a wrong password gets none either.
        expire();
        Answer program = logIn(OFFICE, "master", FIRST);
        assertThat(program.header("X-Unkai-Refusal")).isEqualTo("PasswordExpired");
        assertThat(program.body().has("password_link")).isFalse();
        assertThat(byConsole(WORDS.get(4)).header("X-Unkai-Refusal")).isNotEqualTo("PasswordExpired");
    }

    @Test
    void anotherVersionHoldsAtOnceAndALateOlderOneChangesNothing() {
        begun(rules(Map.of()), List.of());
        Map<String, Object> second = rules(Map.of("planVersion", 2, "passwordDays", 10, "resetMinutes", 5));

        put(second, List.of(), List.of());
        put(rules(Map.of()), List.of(), List.of());

        assertThat(identity.id(
                        "select plan_version || '/' || reset_minutes from plan_rules where domain_id = ?", domain()))
                .isEqualTo("2/5");
        assertThat(identity.id(
                        "select (password_expires_at - password_changed_at)::text from account where id = ?",
                        masterId()))
                .isEqualTo("10 days");
    }

    /** Expires the master's password, logs in with it at the console, and chooses another one by the link that comes. */
    private Answer renew(String present, String fresh) {
        expire();
        Answer expired = byConsole(present);
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.header("X-Unkai-Refusal")).isEqualTo("PasswordExpired");
        String link = expired.body().path("password_link").asString();
        assertThat(identity.events().toString()).doesNotContain(link);
        return from(
                OFFICE,
                "POST",
                "/identity/service/v1/password-resets/use",
                null,
                Map.of("reset", Map.of("token", link, "password", fresh)));
    }

    private Answer byConsole(String password) {
        return identity.send(
                cloud,
                "POST",
                TOKENS,
                null,
                RunningIdentity.login(name, "master", password, null),
                Map.of("X-Forwarded-For", OFFICE, "X-Unkai-Session", "console; idle=0"));
    }

    private void expire() {
        identity.sql()
                .sql("update account set password_expires_at = now() - interval '1 second' where id = ?")
                .param(masterId())
                .update();
    }

    /** A contract in use; answers a token of its master. */
    private String begun(Map<String, Object> rules, List<String> addresses) {
        make(rules, addresses, List.of());
        open();
        settle(FIRST);
        return logIn(OFFICE, "master", FIRST).header("X-Subject-Token");
    }

    private void make(Map<String, Object> rules, List<String> addresses, List<Map<String, String>> users) {
        Answer answer = put(rules, addresses, users);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        made = answer.body();
    }

    private Answer put(Map<String, Object> rules, List<String> addresses, List<Map<String, String>> users) {
        Map<String, Object> wish = new HashMap<>(Map.of(
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
                rules,
                "addresses",
                addresses,
                "vpnUsers",
                users));
        return identity.send(cloud, "PUT", "/identity/internal/v1/contracts/" + contract, null, wish, Map.of());
    }

    private void open() {
        assertThat(identity.send(
                                cloud,
                                "PUT",
                                "/identity/internal/v1/contracts/" + contract + "/opening",
                                null,
                                Map.of(),
                                Map.of())
                        .status())
                .isEqualTo(204);
    }

    private static Map<String, Object> rules(Map<String, Object> other) {
        Map<String, Object> rules = new HashMap<>(Map.of(
                "planVersion", 1,
                "issued", false,
                "differsFromLast", 1,
                "resetMinutes", 30,
                "usersByProvider", false,
                "fromAddresses", false,
                "throughTunnels", false));
        rules.putAll(other);
        return rules;
    }

    private String settle(@Nullable String password) {
        return settle("yuki@" + name + ".example", password);
    }

    /** Breaks the seal of the first password; answers what it is. */
    private String settle(String mailbox, @Nullable String password) {
        String token = identity.mailSecret(mailbox, "%");
        Map<String, Object> credential =
                password == null ? Map.of("token", token) : Map.of("token", token, "password", password);
        Answer opened = from(
                ELSEWHERE, "POST", "/identity/service/v1/first-credentials", null, Map.of("credential", credential));
        assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
        return password == null ? opened.body().path("password").asString() : password;
    }

    private List<String> mails() {
        return identity.sql()
                .sql("select recipient from mail where recipient like ? and template like 'first-password%'")
                .param("%@" + name + ".example")
                .query(String.class)
                .list();
    }

    private JsonNode vpn(String user, String password, String address) {
        try {
            return identity.send(
                            identity.process("gateway"),
                            "POST",
                            "/identity/internal/v1/vpn-logins",
                            null,
                            Map.of(
                                    "login",
                                    Map.of("user", user + "@" + name, "password", password, "address", address)),
                            Map.of())
                    .body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String tunnelAddress() {
        return identity.id("select replace(prefix, '.0/26', '.7') from portal_access where domain_id = ?", domain())
                .replaceFirst("\\.(64|128|192)/26", ".$1");
    }

    private Answer logIn(String address, String user, String password) {
        return from(address, "POST", TOKENS, null, RunningIdentity.login(name, user, password, null));
    }

    private Answer from(String address, String method, String path, @Nullable String token, @Nullable Object body) {
        return identity.send(cloud, method, path, token, body, Map.of("X-Forwarded-For", address));
    }

    private String domain() {
        return made.path("domain").asString();
    }

    private String masterId() {
        return identity.id("select id from account where domain_id = ? and name = 'master'", domain());
    }
}
