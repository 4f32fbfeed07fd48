package dev.unkai.cloud.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whoever works at a contract dies in the middle of each step once, and once after it: the database loses the connection before the commit, as it does when a
 * process is killed, and the step after it finds the lease of a dead process. What identity makes when it is killed so is in its own test.
 */
class KilledBetweenStepsTest {
    private static final List<String> STEPS =
            List.of("applied", "verified", "approved", "consented", "account", "policies", "limits", "hosts", "active");
    private static final String NAME = "killed-often";
    private static final String EMAIL = "yuki@killed.example";

    private static RunningCloud cloud;
    private static FakeIdentity identity;

    @BeforeAll
    static void start() throws IOException {
        TestPki pki = new TestPki();
        identity = new FakeIdentity(pki);
        cloud = RunningCloud.start(
                pki,
                "--unkai.identity-url=" + identity.address(),
                "--unkai.proxies=127.0.0.1",
                "--unkai.desk-mail=desk@killed.example");
    }

    @AfterAll
    static void stop() {
        cloud.close();
        identity.stop();
    }

    @Test
    void eachStepIsDoneOnceHoweverOftenItsDoerDies() throws SQLException {
        dieAtEachStep();

        dyingOnce(() -> send("POST", "/service/v1/applications", form(), Map.of()), 202);
        String verify = secret("application-verify");
        String follow = dyingOnce(
                        () -> send("POST", "/service/v1/application-verifications", Map.of("token", verify), Map.of()),
                        200)
                .json()
                .get("token")
                .asString();
        String own =
                "/service/v1/applications/" + text("select id::text from application where email = '" + EMAIL + "'");
        dyingOnce(() -> cloud.send(operator(), "POST", own + "/approval", "{\"quota\":{\"instances\":33}}"), 200);
        assertThat(cloud.send(operator(), "POST", own + "/approval", "{}").status())
                .isEqualTo(409);
        JsonNode toAgree = follow(follow).get("toAgree");
        Map<String, Object> consent = Map.of(
                "hash",
                toAgree.get("hash").asString(),
                "texts",
                toAgree.get("texts")
                        .valueStream()
                        .map(text -> text.get("id").asString())
                        .toList(),
                "person",
                "Yuki Sato",
                "language",
                "en");
        Supplier<Answer> agreeing =
                () -> send("POST", "/service/v1/application/consent", consent, Map.of("X-Unkai-Application", follow));
        dyingOnce(agreeing, 200);
        assertThat(agreeing.get().status()).isEqualTo(409);
        for (String step : List.of("policies", "limits", "hosts", "active")) {
            if (step.equals("hosts")) {
                host();
            }
            untilDone(step);
            assertThat(steps()).as("no step follows before somebody takes over").endsWith(step);
        }

        assertThat(follow(follow).at("/contract/state").asString()).isEqualTo("active");
        STEPS.forEach(step -> assertThat(count("select last_value::int from killed_at_" + step))
                .as(step)
                .isGreaterThanOrEqualTo(2));
        assertThat(steps()).isEqualTo(STEPS);
        assertThat(count("select count(*) from application where email = '" + EMAIL + "'"))
                .isOne();
        assertThat(count("select count(*) from contract")).isOne();
        assertThat(count("select count(*) from consent")).isOne();
        assertThat(count("select hard_limit from compute_quota where project_id = 'project-of-" + NAME + "'"))
                .isEqualTo(33);
        assertThat(identity.paths(NAME))
                .as("one contract, however often it was asked for")
                .hasSize(1);
        assertThat(list("select template from mail where recipient in ('desk@killed.example', '" + EMAIL
                        + "') order by 1"))
                .doesNotHaveDuplicates()
                .contains("application-verify", "application-new", "application-approved", "contract-started");
        assertThat(list(
                        "select event::jsonb->>'action' from outbox where event::jsonb->'target'->>'typeURI' = 'service/contract'"
                                + " and event::jsonb->>'outcome' = 'success' order by id"))
                .containsOnlyOnce("create", "enable");
    }

    /** The first time that a step is written its transaction loses the connection; the second time it commits, and leaves the contract to a lease that nobody holds. */
    private static void dieAtEachStep() throws SQLException {
        StringBuilder sql = new StringBuilder();
        STEPS.forEach(
                step -> sql.append("create sequence killed_at_").append(step).append(";\n"));
        asOwner(sql + """
                create function die_at_step() returns trigger language plpgsql as $$
                begin
                    if nextval('killed_at_' || new.step) = 1 then
                        perform pg_terminate_backend(pg_backend_pid());
                        perform pg_sleep(10);
                    end if;
                    if new.step in ('policies', 'limits', 'hosts', 'active') then
                        update contract set try_at = now() + interval '1 hour' where application_id = new.application_id;
                    end if;
                    return new;
                end $$;
                create trigger die_at_step before insert on application_step for each row execute function die_at_step();
                """);
    }

    /** Calls until it is not the database's connection that was lost: the second time. */
    private static Answer dyingOnce(Supplier<Answer> call, int status) {
        assertThat(call.get().status()).as("the doer dies").isGreaterThanOrEqualTo(500);
        Answer again = call.get();
        assertThat(again.status()).as(again.text()).isEqualTo(status);
        return again;
    }

    /** Nobody waits in a test for a lease to end. */
    private static void untilDone(String step) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (steps().contains(step)) {
                        return true;
                    }
                    system("update contract set try_at = now()");
                    return false;
                });
    }

    private static List<String> steps() {
        return list("select step from application_step order by id");
    }

    private static void host() {
        system("""
                insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi, project_id)
                values ('%s', 'host-of-killed', 'nova', 'up', '{}', 4, 8192, 100, false, 'project-of-%s')
                """.formatted(UUID.randomUUID(), NAME));
    }

    private static Map<String, Object> form() {
        return Map.of(
                "company", NAME,
                "person", "Yuki Sato",
                "email", EMAIL,
                "telephone", "",
                "contractName", NAME,
                "plan", "dedicated",
                "purpose", "A shop",
                "language", "en",
                "website", "");
    }

    private static JsonNode follow(String token) {
        return send("GET", "/service/v1/application", null, Map.of("X-Unkai-Application", token))
                .json();
    }

    private static String operator() {
        return cloud.token("operators", "admin");
    }

    private static Answer send(String method, String path, @Nullable Object body, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("X-Forwarded-For", "198.51.100.5");
        return cloud.send(
                null, method, path, body == null ? null : RunningCloud.JSON.writeValueAsString(body), headers);
    }

    private static String secret(String template) {
        return cloud.mailSecret(EMAIL, template);
    }

    private static Transactions transactions() {
        return cloud.context().getBean(Transactions.class);
    }

    private static void system(String sql) {
        transactions().doAsSystem(db -> db.sql(sql).update());
    }

    private static String text(String sql) {
        return transactions().asSystem(db -> db.sql(sql).query(String.class).single());
    }

    private static List<String> list(String sql) {
        return transactions().asSystem(db -> db.sql(sql).query(String.class).list());
    }

    private static int count(String sql) {
        return transactions().asSystem(db -> db.sql(sql).query(Integer.class).single());
    }

    private static void asOwner(String sql) throws SQLException {
        var owner = cloud.database().owner();
        try (var connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
