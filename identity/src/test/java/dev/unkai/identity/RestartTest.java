package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.unkai.identity.token.SigningKeys;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a restart, a new key and a lost key file leave standing. */
class RestartTest {
    @Test
    void tokensRevocationsAndAccountsOutliveARestartAndTheBootstrapChangesNothing() throws Exception {
        RunningIdentity first = RunningIdentity.start();
        String good = first.token("alpha", "master");
        String revoked = first.token("alpha", "master");
        first.subject("DELETE", revoked, revoked);
        String master = first.id("select id from account where name = 'master' order by id limit 1");
        first.send(
                "PATCH",
                "/identity/v3/users/" + master,
                first.token("Default", "operator"),
                Map.of("user", Map.of("description", "changed by hand")));
        String state = first.state();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(first.data.resolve("identity/identity.key"))))
                .isEqualTo("rw-------");
        assertThat(first.id("select sealed_key::text || public_key from signing_key"))
                .doesNotContain("\"d\"");
        first.stop();

        RunningIdentity second = first.startAgain();
        assertThat(second.state()).isEqualTo(state);
        assertThat(second.get("/identity/v3/auth/projects", good).status()).isEqualTo(200);
        assertThat(second.get("/identity/v3/auth/projects", revoked).status()).isEqualTo(401);

        // A key that may have leaked: nothing that it signed is good any more.
        second.context.getBean(SigningKeys.class).replaceAll();
        assertThat(second.get("/identity/v3/auth/projects", good).status()).isEqualTo(401);
        String fresh = second.token("beta", "reader");
        assertThat(second.get("/identity/v3/auth/projects", fresh).status()).isEqualTo(200);
        second.stop();

        // A restored database on another machine: the old key still verifies, a new one signs.
        Files.delete(first.data.resolve("identity/identity.key"));
        RunningIdentity third = first.startAgain();
        assertThat(third.get("/identity/v3/auth/projects", fresh).status()).isEqualTo(200);
        assertThat(third.get("/identity/v3/auth/projects", third.token("beta", "reader"))
                        .status())
                .isEqualTo(200);
        assertThat(JWKSet.parse(third.get("/identity/internal/v1/keys", null)
                                .raw()
                                .body())
                        .getKeys())
                .hasSize(2);
        third.stop();
    }
}
