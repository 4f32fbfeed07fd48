package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The real processes are killed between the two halves of a contract's step: what identity makes, and what cloud writes of it. Each step by itself is
 * killed in the cloud's own tests.
 */
@ExtendWith(RunningSite.class)
class ContractCrashTest {
    /** The lock that those who make a contract at identity take turns by. */
    private static final long TURN = 4683;

    @Test
    void aContractIsMadeOnceThoughWhoAsksForItAndWhoMakesItAreKilledOverIt(Site site) throws SQLException {
        Api operator = Api.as(site, "operator");
        Applicant applicant = new Applicant(site, operator, Api.unique("killed"));
        Databases databases = new Databases(site);
        String made = "select count(*) from domain where name = '" + applicant.name + "'";

        // Whoever asks dies before it hears: identity makes the contract for nobody.
        try (var turn = databases.lock("identity", TURN)) {
            applicant.agree();
            await().atMost(Api.PATIENCE).until(turn::isWaitedFor);
            assertThat(databases.number("identity", made)).isZero();
            site.kill9("cloud");
        }
        await().atMost(Api.PATIENCE).until(() -> databases.number("identity", made) == 1);

        // The next one asks for the same, and identity dies over the answer.
        try (var turn = databases.lock("identity", TURN)) {
            await().atMost(Api.PATIENCE).until(turn::isWaitedFor);
            site.kill9("identity");
        }

        await().atMost(Api.PATIENCE)
                .untilAsserted(() -> assertThat(applicant.state())
                        .as(() -> String.valueOf(applicant.follow()))
                        .isEqualTo("active"));
        assertThat(applicant.steps())
                .doesNotHaveDuplicates()
                .contains("account", "limits")
                .endsWith("active");
        await().atMost(Api.PATIENCE)
                .untilAsserted(() -> operator.get("/identity/v3/users?limit=1").expect(200));
        String domain = applicant.only("/identity/v3/domains?name=" + applicant.name, "domains");
        applicant.only("/identity/v3/projects?domain_id=" + domain, "projects");
        applicant.only("/identity/v3/users?domain_id=" + domain, "users");
        await().atMost(Api.PATIENCE)
                .untilAsserted(() -> assertThat(applicant.mails())
                        .doesNotHaveDuplicates()
                        .contains("application-approved", "first-password-issued", "contract-started"));
    }
}
