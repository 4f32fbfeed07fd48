package dev.unkai.cloud.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.Revocations.Revocation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FollowingChangesTest {
    private static final Duration SOON = Duration.ofSeconds(1);

    private static RunningCloud cloud;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
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
