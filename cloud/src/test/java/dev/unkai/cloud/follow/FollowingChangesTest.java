package dev.unkai.cloud.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.Revocations.Revocation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FollowingChangesTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static RunningCloud cloud;
    private static TellingIdentity identity;

    @BeforeAll
    static void start() {
        TestPki pki = new TestPki();
        identity = new TellingIdentity(pki);
        cloud = RunningCloud.start(pki, "--unkai.identity-url=" + identity.address());
    }

    @AfterAll
    static void stop() {
        cloud.close();
        identity.close();
    }

    @Test
    void whatIdentityHasIsToldToItsOwnerToWhoLooksAfterTheDomainAndToTheProviderAndToNobodyElse() {
        try (FollowingReader owner = reader("project-l", "reader");
                FollowingReader colleague = reader(
                        cloud.tokenOf("other", "domain-of-project-l", "project-l", "domain-of-project-l", "reader"));
                FollowingReader master = reader(cloud.tokenOf(
                        "master",
                        "domain-of-project-l",
                        "project-l",
                        "domain-of-project-l",
                        "manager",
                        "member",
                        "reader"));
                FollowingReader auditor = reader("operator", "auditor", "reader");
                FollowingReader stranger = reader("project-m", "manager", "member", "reader")) {
            identity.tell("session", "domain-of-project-l", "user-of-project-l", "");
            identity.tell("user", "domain-of-project-l", "user-of-project-l", "user-9");
            await().atMost(SOON).until(() -> owner.told().contains("\"session\""));
            await().atMost(SOON)
                    .until(() ->
                            master.told().contains("user-9") && master.told().contains("\"session\""));
            await().atMost(SOON).until(() -> auditor.told().contains("user-9"));
            identity.tell("mail", "", "", "mail-9");
            await().atMost(SOON).until(() -> auditor.told().contains("mail-9"));
            assertThat(owner.told())
                    .as("he may not list users")
                    .doesNotContain("user-9")
                    .doesNotContain("mail-9");
            assertThat(colleague.told()).doesNotContain("session").doesNotContain("user-9");
            assertThat(master.told()).doesNotContain("mail-9");
            assertThat(stranger.told()).doesNotContain("session").doesNotContain("user-9");
        }
    }

    @Test
    void afterAnIdentityThatWasAwayAllThatItHasIsTakenForChanged() {
        try (FollowingReader master = reader("project-n", "manager", "member", "reader")) {
            master.forget();
            identity.restart();
            await().atMost(Duration.ofSeconds(3)).until(() -> master.told().contains("{\"kind\":\"user\"}"));
            assertThat(master.told()).contains("{\"kind\":\"session\"}").doesNotContain("\"mail\"");
        }
    }

    @Test
    void aKeyPairIsToldToItsOwnerInWhicheverProject() {
        try (FollowingReader elsewhere = reader(cloud.tokenOf("user-of-project-o", "d", "project-p", "d", "reader"));
                FollowingReader another = reader("project-o-2", "reader")) {
            cloud.send(
                    token("project-o", "member", "reader"),
                    "POST",
                    "/compute/v2.1/os-keypairs",
                    "{\"keypair\":{\"name\":\"k\"}}");
            await().atMost(SOON).until(() -> elsewhere.told().contains("keypair"));
            assertThat(another.told()).doesNotContain("keypair");
        }
    }

    @Test
    void aMovesPercentIsToldToOperatorsWhenItDiffersAndNotForEachByte() throws SQLException {
        UUID source = UUID.randomUUID();
        String move = move(source);
        try (FollowingReader operator = reader("operator", "service-operator", "auditor", "member", "reader");
                FollowingReader customer = reader("project-q", "reader")) {
            operator.forget();
            inAnotherProcess("update migration set memory_remaining = 998 where uuid = ?::uuid", move);
            inAnotherProcess("update migration set memory_remaining = 500 where uuid = ?::uuid", move);
            await().atMost(SOON)
                    .until(() -> operator.told().contains("{\"kind\":\"drain\",\"id\":\"" + source + "\"}"));
            assertThat(customer.told()).doesNotContain("drain");
        }
    }

    @Test
    void aNoticeIsToldToThoseWhomItIsForWhenItIsShown() {
        String operator = token("operator", "service-operator", "auditor", "member", "reader");
        try (FollowingReader customer = reader("project-r", "reader");
                FollowingReader auditor = reader("operator-3", "auditor", "reader")) {
            String begins = Instant.now().plusMillis(800).toString();
            RunningCloud.Answer made = cloud.send(operator, "POST", "/service/v1/notice-register", """
                    {"kind":"incident","title":{"ja":"t","en":"t"},"text":{"ja":"t","en":"t"},"everyone":true,"shownFrom":"%s","shownUntil":"%s"}""".formatted(
                            begins, Instant.now().plusSeconds(600)));
            String id = made.json().at("/notice/id").asString();
            await().atMost(SOON).until(() -> auditor.told().contains("notice-register"));
            assertThat(customer.told()).doesNotContain("notice");
            await().atMost(Duration.ofSeconds(3))
                    .until(() -> customer.told().contains("{\"kind\":\"notice\",\"id\":\"" + id + "\"}"));
            assertThat(customer.told()).doesNotContain("notice-register");
        }
    }

    @Test
    void aCustomerHearsWithinASecondOfHisOwnThingsAndOfNobodyElses() {
        try (FollowingReader own = reader("project-a", "member", "reader");
                FollowingReader stranger = reader("project-b", "member", "reader")) {
            String group = makeGroup("project-a");
            await().atMost(SOON).until(() -> own.told().contains(group));
            assertThat(own.told()).contains("event: changes", "{\"kind\":\"security-group\",\"id\":\"" + group + "\"}");

            String other = makeGroup("project-b");
            await().atMost(SOON).until(() -> stranger.told().contains(other));
            assertThat(stranger.told()).doesNotContain(group);
            assertThat(own.told()).doesNotContain(other);
        }
    }

    @Test
    void itTellsTheKindAndTheIdAndNothingOfTheContent() {
        try (FollowingReader own = reader("project-c", "member", "reader")) {
            String group = makeGroup("project-c");
            await().atMost(SOON).until(() -> own.told().contains(group));
            cloud.send(
                    token("project-c", "member", "reader"),
                    "PUT",
                    "/network/v2.0/security-groups/" + group,
                    "{\"security_group\":{\"description\":\"quite secret\"}}");
            own.forget();
            cloud.send(
                    token("project-c", "member", "reader"), "DELETE", "/network/v2.0/security-groups/" + group, null);
            await().atMost(SOON).until(() -> own.told().contains(group));
            assertThat(own.told()).doesNotContain("secret").doesNotContain("web-of");
        }
    }

    @Test
    void whatAnotherProcessChangesIsToldToo() throws SQLException {
        String group = makeGroup("project-d");
        try (FollowingReader own = reader("project-d", "reader")) {
            inAnotherProcess("update security_group set revision = revision + 1 where id = ?::uuid", group);
            await().atMost(SOON).until(() -> own.told().contains(group));
        }
    }

    @Test
    void anEventIsToldOnceTheLedgerHasItAndNotBefore() throws SQLException {
        try (FollowingReader own = reader("project-k", "member", "reader")) {
            String group = makeGroup("project-k");
            await().atMost(SOON).until(() -> own.told().contains(group));
            assertThat(own.told()).doesNotContain("\"event\"");
            inAnotherProcess("delete from outbox where project_id = ?", "project-k"); // as the relay does
            await().atMost(SOON).until(() -> own.told().contains("{\"kind\":\"event\"}"));
        }
    }

    @Test
    void theProvidersPeopleHearOfTheirRegistersAndCustomersDoNot() throws SQLException {
        try (FollowingReader auditor = reader("operator", "auditor");
                FollowingReader officer = reader("operator-2", "reader");
                FollowingReader billing = reader("operator", "billing")) {
            inAnotherProcess("""
                    insert into evidence_hold (id, reference, project_id, reason, authority, may_tell, made_by, made_name)
                    values (?::uuid, 'r', 'operator-2', 'r', 'a', false, 'u', 'n')
                    """, "3f1de2f4-7b56-4f0e-9f31-000000000915");
            await().atMost(SOON).until(() -> auditor.told().contains("\"evidence\""));
            makeGroup("operator");
            await().atMost(SOON).until(() -> auditor.told().contains("security-group"));
            assertThat(officer.told()).doesNotContain("evidence").doesNotContain("security-group");
            assertThat(billing.told()).doesNotContain("evidence").doesNotContain("security-group");
        }
    }

    @Test
    void aRightThatIsTakenBackEndsTheAnswerAndItIsNotGivenAgain() {
        String token = token("project-e", "reader");
        try (FollowingReader own = reader(token);
                FollowingReader another = reader("project-f", "reader")) {
            cloud.context()
                    .getBean(Revocations.class)
                    .learn(new Revocation(1, Revocations.Subject.USER, "user-of-project-e", Instant.now()));
            await().atMost(Duration.ofSeconds(3)).until(own::isEnded);
            assertThat(another.isEnded()).isFalse();
            try (FollowingReader again = new FollowingReader(cloud.address(), token)) {
                assertThat(again.status()).isEqualTo(401);
            }
        }
    }

    @Test
    void asOftenAsAThingChangesItIsToldOnceInAWhile() throws SQLException {
        String group = makeGroup("project-g");
        try (FollowingReader own = reader("project-g", "reader")) {
            own.forget();
            long begun = System.nanoTime();
            for (int i = 0; i < 40; i++) {
                inAnotherProcess("update security_group set revision = revision + 1 where id = ?::uuid", group);
            }
            await().atMost(SOON).until(() -> own.told().contains(group));
            String last = makeGroup("project-g");
            await().atMost(SOON).until(() -> own.told().contains(last));
            long quarters = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 250;
            assertThat(own.told().split("event: changes", -1).length - 1).isLessThanOrEqualTo((int) quarters + 1);
        }
    }

    @Test
    void aSessionHasABoundedNumberOfReaders() {
        String token = token("project-h", "reader");
        List<FollowingReader> all = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                all.add(reader(token));
            }
            try (FollowingReader tooMany = new FollowingReader(cloud.address(), token)) {
                assertThat(tooMany.status()).isEqualTo(429);
                await().until(tooMany::isEnded);
                assertThat(tooMany.told()).contains("TooManyFollowers");
            }
        } finally {
            all.forEach(FollowingReader::close);
        }
    }

    @Test
    void whoDoesNotAskForAnEndlessAnswerGetsNone() {
        RunningCloud.Answer answer = cloud.send(token("project-i", "reader"), "GET", "/service/v1/changes", null);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Accept: text/event-stream");
    }

    @Test
    void nothingBetweenMayKeepOrHoldBackWhatIsTold() {
        try (FollowingReader own = reader("project-j", "reader")) {
            assertThat(own.header("Content-Type")).startsWith("text/event-stream");
            assertThat(own.header("Cache-Control")).isEqualTo("no-store");
            assertThat(own.header("X-Accel-Buffering")).isEqualTo("no");
        }
    }

    private static FollowingReader reader(String project, String... roles) {
        return reader(token(project, roles));
    }

    /** One that has been told that from now on it hears all. */
    private static FollowingReader reader(String token) {
        FollowingReader reader = new FollowingReader(cloud.address(), token);
        assertThat(reader.status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(5)).until(() -> reader.told().contains("event: everything"));
        return reader;
    }

    private static String token(String project, String... roles) {
        return cloud.token(project, roles);
    }

    /** Of a host that is being emptied; with a server and a drain that nobody else looks at. */
    private static String move(UUID source) throws SQLException {
        UUID move = UUID.randomUUID();
        PostgresFixture.Database database = cloud.database();
        try (Connection owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().user(),
                        database.owner().password());
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "alter table migration drop constraint migration_server_id_fkey, drop constraint migration_drain_id_fkey");
        }
        cloud.context()
                .getBean(Transactions.class)
                .doAsSystem(db -> db.sql("""
                    insert into migration (uuid, server_id, project_id, user_id, type, status, source_host_id, source_host, old_size, new_size, ran,
                                           memory_total, memory_remaining, drain_id, created_at, updated_at)
                    values (?, ?, 'project-q', 'u', 'live-migration', 'running', ?, 'h', '{}', '{}', true, 1000, 1000, ?, now(), now())
                    """)
                        .params(move, UUID.randomUUID(), source, UUID.randomUUID())
                        .update());
        return move.toString();
    }

    private static String makeGroup(String project) {
        return cloud.send(
                        token(project, "member", "reader"),
                        "POST",
                        "/network/v2.0/security-groups",
                        "{\"security_group\":{\"name\":\"web-of-%s\"}}".formatted(project))
                .json()
                .at("/security_group/id")
                .asString();
    }

    /** On a connection that this process knows nothing of. */
    private static void inAnotherProcess(String sql, String id) throws SQLException {
        PostgresFixture.Database database = cloud.database();
        try (Connection connection = DriverManager.getConnection(
                        database.system().url(),
                        database.system().user(),
                        database.system().password());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }
}
