package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What identity makes for a contract, and the sealed link to its first password. */
class ContractAccountTest {
    private static final String CREDENTIALS = "/identity/service/v1/first-credentials";
    private static final String PASSWORD = "seventeen purple herons wading";

    private final RunningIdentity identity = RunningIdentity.shared();

    @Test
    void isMadeOnceForAContractHoweverOftenItIsAskedFor() throws Exception {
        String wish = name();
        UUID contract = UUID.randomUUID();

        JsonNode made = make(contract, wish, false).body();
        JsonNode again = make(contract, wish, false).body();
        JsonNode other = make(UUID.randomUUID(), wish, false).body();

        assertThat(again).isEqualTo(made);
        assertThat(made.get("name").asString()).isEqualTo(wish);
        assertThat(other.get("name").asString()).isEqualTo(wish + "-2");
        assertThat(identity.id("select count(*)::text from mail where recipient = ?", wish + "@customer.example"))
                .isEqualTo("2");
        assertThat(identity.id(
                        "select plan from project where id = ?",
                        made.get("project").asString()))
                .isEqualTo("dedicated");
    }

    /** Identity is killed at each thing that it makes: the database loses the connection in the middle of the transaction, as it does then. */
    @Test
    void isMadeOnceAndItsLinksAreSentOnceHoweverOftenIdentityIsKilledOverIt() throws Exception {
        List<String> tables = List.of(
                "domain",
                "project",
                "account",
                "first_user",
                "assignment",
                "contract_account",
                "plan_rules",
                "password_link",
                "mail",
                "mail_secret");
        String name = name();
        UUID contract = UUID.randomUUID();
        HttpClient cloud = identity.process("cloud");
        tables.forEach(this::dieOnceAt);
        try {
            assertThat(kills(cloud, path(contract), wish(name, false), 200)).isEqualTo(7);
            assertThat(kills(cloud, path(contract) + "/opening", Map.of(), 204)).isEqualTo(3);
        } finally {
            tables.forEach(table -> identity.sql()
                    .sql("drop trigger die_once on %1$s; drop function die_at_%1$s; drop sequence killed_at_%1$s"
                            .formatted(table))
                    .update());
        }
        make(contract, name, false);

        assertThat(identity.id("select count(*)::text from domain where name like ?", name + "%"))
                .isEqualTo("1");
        for (String table : List.of("account where email", "mail where recipient")) {
            assertThat(identity.id("select count(*)::text from " + table + " = ?", name + "@customer.example"))
                    .isEqualTo("1");
        }
        assertThat(open(Map.of("token", secret(name), "password", PASSWORD)).status())
                .isEqualTo(200);
    }

    /** How often identity dies before it answers. */
    private int kills(HttpClient cloud, String path, Map<String, Object> body, int status) {
        for (int kills = 0; kills < 20; kills++) {
            if (identity.send(cloud, "PUT", path, null, body, Map.of()).status() == status) {
                return kills;
            }
        }
        throw new AssertionError("It never answers " + status);
    }

    private void dieOnceAt(String table) {
        identity.sql().sql("""
                        create sequence killed_at_%1$s;
                        create function die_at_%1$s() returns trigger language plpgsql as $$
                        begin
                            if nextval('killed_at_%1$s') = 1 then
                                perform pg_terminate_backend(pg_backend_pid());
                                perform pg_sleep(10);
                            end if;
                            return new;
                        end $$;
                        create trigger die_once before insert on %1$s for each row execute function die_at_%1$s();
                        """.formatted(table)).update();
    }

    @Test
    void isMadeForTheCloudProcessAlone() {
        Answer answer = identity.send(
                "PUT", path(UUID.randomUUID()), identity.token("Default", "operator"), wish(name(), false));
        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void itsOwnerChoosesThePasswordByALinkThatWorksOnce() throws Exception {
        String name = name();
        make(UUID.randomUUID(), name, false);
        String token = secret(name);

        Answer look = identity.send("POST", CREDENTIALS + "/reading", null, credential(Map.of("token", token)));
        assertThat(look.body().get("contract").asString()).isEqualTo(name);
        assertThat(look.body().get("issued").asBoolean()).isFalse();
        assertThat(open(Map.of("token", token)).status()).isEqualTo(400);
        assertThat(open(Map.of("token", token, "password", "short")).status()).isEqualTo(400);
        assertThat(open(Map.of("token", token, "password", "passwordpassword")).header("X-Unkai-Refusal"))
                .isEqualTo("WeakPassword");

        Answer opened = open(Map.of("token", token, "password", PASSWORD));

        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.body().get("password").isNull()).isTrue();
        String master = identity.token(RunningIdentity.login(name, "master", PASSWORD, null));
        assertThat(identity.get("/identity/v3/users", master).status()).isEqualTo(200);
        assertThat(identity.subject("GET", master, master)
                        .body()
                        .at("/token/roles")
                        .valueStream()
                        .map(role -> role.get("name").asString()))
                .contains("master", "operator", "billing", "manager", "member", "reader");
        assertThat(open(Map.of("token", token, "password", PASSWORD)).status()).isEqualTo(400);
        assertThat(identity.send("POST", CREDENTIALS + "/reading", null, credential(Map.of("token", token)))
                        .status())
                .isEqualTo(400);
        assertThat(identity.events().toString()).doesNotContain(token).doesNotContain(PASSWORD);
    }

    @Test
    void anIssuedPasswordIsMadeWhenTheSealIsBrokenShownOnceAndNotChangedByItsOwner() throws Exception {
        String name = name();
        make(UUID.randomUUID(), name, true);
        String token = secret(name);
        assertThat(identity.id(
                        "select coalesce(password_hash, 'none') from account where email = ?",
                        name + "@customer.example"))
                .isEqualTo("none");

        String password = open(Map.of("token", token)).body().get("password").asString();

        String master = identity.token(RunningIdentity.login(name, "master", password, null));
        Answer change = identity.send(
                "POST",
                "/identity/service/v1/account/password",
                master,
                Map.of("password", Map.of("present", password, "fresh", PASSWORD)));
        assertThat(change.header("X-Unkai-Refusal")).isEqualTo("LockedPassword");
        assertThat(open(Map.of("token", token)).status()).isEqualTo(400);
    }

    @Test
    void aLinkEnds() throws Exception {
        String name = name();
        make(UUID.randomUUID(), name, true);
        identity.sql()
                .sql(
                        "update password_link set ends_at = now() - interval '1 second' where account_id = (select id from account where email = ?)")
                .param(name + "@customer.example")
                .update();
        assertThat(open(Map.of("token", secret(name))).status()).isEqualTo(400);
        assertThat(open(Map.of("token", "x")).status()).isEqualTo(400);
    }

    private Answer make(UUID contract, String name, boolean issued) throws Exception {
        Answer made =
                identity.send(identity.process("cloud"), "PUT", path(contract), null, wish(name, issued), Map.of());
        assertThat(made.status()).as(made.raw().body()).isEqualTo(200);
        Answer opened =
                identity.send(identity.process("cloud"), "PUT", path(contract) + "/opening", null, Map.of(), Map.of());
        assertThat(opened.status()).as(opened.raw().body()).isEqualTo(204);
        return made;
    }

    private static String path(UUID contract) {
        return "/identity/internal/v1/contracts/" + contract;
    }

    private static Map<String, Object> wish(String name, boolean issued) {
        return Map.of(
                "wish",
                name,
                "company",
                "Kumo Trading",
                "plan",
                "dedicated",
                "person",
                "Yuki Sato",
                "email",
                name + "@customer.example",
                "language",
                "en",
                "issued",
                issued,
                "rules",
                Map.of(
                        "planVersion",
                        1,
                        "issued",
                        issued,
                        "differsFromLast",
                        2,
                        issued ? "passwordDays" : "resetMinutes",
                        issued ? 90 : 30,
                        "usersByProvider",
                        issued,
                        "fromAddresses",
                        false,
                        "throughTunnels",
                        false));
    }

    private Answer open(Map<String, Object> credential) {
        return identity.send("POST", CREDENTIALS, null, credential(credential));
    }

    private static Map<String, Object> credential(Map<String, Object> fields) {
        return Map.of("credential", fields);
    }

    private String secret(String name) {
        return identity.mailSecret(name + "@customer.example", "%");
    }

    private static String name() {
        return "kumo-" + Long.toString(System.nanoTime(), 36);
    }
}
