package dev.unkai.identity;

import static dev.unkai.identity.Contract.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person changes the own mail address: with a proof, to one that is read, and where the plan does not leave it to the provider. */
class AddressTest {
    private static final String ACCOUNT = "/identity/service/v1/account";
    private static final String CONFIRM = "/identity/service/v1/address-confirmations";
    private static final String PASSWORD = "worker rows home over a quiet lake";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final Contract contract = new Contract(identity);
    private final String former = "old@" + contract.name + ".example";
    private final String fresh = "new@" + contract.name + ".example";
    private String token;

    @BeforeEach
    void register() {
        email(former);
        token = contract.token(OFFICE, "worker");
    }

    @Test
    void itIsChangedByTheLinkInTheMailToTheNewAddressAndTheOldOneIsTold() {
        identity.send(
                "POST",
                "/identity/service/v1/password-resets",
                null,
                Map.of("reset", Map.of("domain", contract.name, "user", "worker", "language", "en")));
        assertThat(ask(fresh, PASSWORD).status()).isEqualTo(202);
        assertThat(registered()).as("asked for is not confirmed").isEqualTo(former);
        assertThat(account().path("emailWaiting").asString()).isEqualTo(fresh);
        assertThat(mails(former)).doesNotContain("address-changed");
        String link = identity.mailSecret(fresh, "address-confirm");

        assertThat(confirm(link).status()).isEqualTo(204);

        assertThat(registered()).isEqualTo(fresh);
        assertThat(account().has("emailWaiting")).isFalse();
        assertThat(mails(former)).contains("address-changed");
        assertThat(mails(fresh)).containsExactly("address-confirm");
        assertThat(identity.id("select count(*)::text from password_link where account_id = ?", contract.worker))
                .as("a link that went to the old address opens nothing any more")
                .isEqualTo("0");
        assertThat(confirm(link).header("X-Unkai-Refusal")).as("it works once").isEqualTo("LinkLapsed");
        JsonNode event = event("confirm-address");
        assertThat(event.at("/target/project_id").asString()).isEqualTo(contract.project);
        assertThat(event.at("/changes/0/before").asString()).isEqualTo(former);
        assertThat(event.at("/changes/0/after").asString()).isEqualTo(fresh);
        assertThat(event("ask-address").at("/initiator/id").asString()).isEqualTo(contract.worker);
        assertThat(identity.events().toString()).doesNotContain(link);
        assertThat(identity.state()).doesNotContain(link);
        assertThat(contract.from(OFFICE, "GET", ACCOUNT, token, null).status())
                .as("sessions go on")
                .isEqualTo(200);
    }

    @Test
    void aTokenAloneChangesNothing() {
        assertThat(ask(fresh, "not the password at all").header("X-Unkai-Refusal"))
                .isEqualTo("WrongPassword");
        assertThat(contract.from(OFFICE, "POST", ACCOUNT + "/address", token, Map.of("address", Map.of("email", fresh)))
                        .status())
                .isEqualTo(400);
        String seed = contract.from(
                        OFFICE,
                        "POST",
                        ACCOUNT + "/second-factor",
                        token,
                        Map.of("proof", Map.of("password", PASSWORD)))
                .body()
                .path("secret")
                .asString();
        Authenticator app = new Authenticator(seed);
        contract.from(OFFICE, "PUT", ACCOUNT + "/second-factor", token, Map.of("proof", Map.of("code", app.code(-1))));
        assertThat(ask(fresh, PASSWORD).header("X-Unkai-Refusal"))
                .as("where there is a second factor it is shown, too")
                .isEqualTo("CodeMissing");
        assertThat(ask(fresh, PASSWORD, "000000").header("X-Unkai-Refusal")).isEqualTo("WrongCode");
        assertThat(mails(fresh)).isEmpty();
        assertThat(ask(fresh, PASSWORD, app.code(0)).status()).isEqualTo(202);
        assertThat(mails(fresh)).containsExactly("address-confirm");
    }

    @Test
    void aLinkIsGoodForHalfAnHourAndOnlyTheLastOneAndNotAfterAnotherChange() {
        ask("first@" + contract.name + ".example", PASSWORD);
        String replaced = identity.mailSecret("first@" + contract.name + ".example", "address-confirm");
        ask(fresh, PASSWORD);
        String late = identity.mailSecret(fresh, "address-confirm");
        assertThat(confirm(replaced).header("X-Unkai-Refusal")).isEqualTo("LinkLapsed");
        assertThat(identity.id(
                        "select (ends_at - made_at)::text from address_change where account_id = ? and ends_at > now()",
                        contract.worker))
                .isEqualTo("00:30:00");
        identity.sql()
                .sql("update address_change set ends_at = now() where account_id = ?")
                .param(contract.worker)
                .update();
        assertThat(confirm(late).header("X-Unkai-Refusal")).isEqualTo("LinkLapsed");

        ask(fresh, PASSWORD);
        email("helped@" + contract.name + ".example");
        assertThat(confirm(identity.mailSecret(fresh, "address-confirm")).status())
                .as("whoever helped the owner has set another address")
                .isEqualTo(400);
        ask(fresh, PASSWORD);
        identity.sql()
                .sql("update account set password_changed_at = now() where id = ?")
                .param(contract.worker)
                .update();
        assertThat(confirm(identity.mailSecret(fresh, "address-confirm")).status())
                .as("the owner has a new password since")
                .isEqualTo(400);
        assertThat(registered()).isEqualTo("helped@" + contract.name + ".example");
        ask(fresh, PASSWORD);
        assertThat(ask(fresh, PASSWORD).status())
                .as("nobody writes to strangers through us")
                .isEqualTo(429);
        assertThat(confirm("no-link-at-all").header("X-Unkai-Refusal")).isEqualTo("LinkLapsed");
    }

    @Test
    void whereThePlanLeavesUsersOrPasswordsToTheProviderItIsNotTheirs() {
        ask(fresh, PASSWORD);
        String before = identity.mailSecret(fresh, "address-confirm");
        for (List<Object> plan : List.<List<Object>>of(List.of(true, "customer"), List.of(false, "provider"))) {
            identity.sql()
                    .sql("""
                            insert into plan_rules (domain_id, plan_version, issued, reset_minutes, differs_from, users_by, source_addresses,
                                                    ssl_vpn, changed_at)
                            values (:domain, 1, :issued, case when :issued then null else 30 end, 1, :users, false, false, now())
                            on conflict (domain_id) do update set issued = excluded.issued, users_by = excluded.users_by,
                                                                  reset_minutes = excluded.reset_minutes
                            """)
                    .param("domain", contract.domain)
                    .param("issued", plan.getFirst())
                    .param("users", plan.getLast())
                    .update();
            assertThat(account().path("emailLocked").asBoolean()).isTrue();
            assertThat(ask("other@" + contract.name + ".example", PASSWORD).header("X-Unkai-Refusal"))
                    .isEqualTo("LockedAddress");
            assertThat(confirm(before).header("X-Unkai-Refusal")).isEqualTo("LinkLapsed");
        }
        assertThat(registered()).isEqualTo(former);
    }

    @Test
    void whatIsNoMailAddressAndTheOneThatIsThereAreRefused() {
        for (String bad : List.of("nobody", "a b@c.example", "x@y.example\r\nBcc: z@y.example")) {
            assertThat(ask(bad, PASSWORD).status()).as(bad).isEqualTo(400);
        }
        assertThat(ask(former, PASSWORD).header("X-Unkai-Refusal")).isEqualTo("SameAddress");
    }

    private Answer ask(String address, String password) {
        return ask(address, password, null);
    }

    private Answer ask(String address, String password, @Nullable String code) {
        Map<String, Object> proof =
                code == null ? Map.of("password", password) : Map.of("password", password, "code", code);
        return contract.from(
                OFFICE,
                "POST",
                ACCOUNT + "/address",
                token,
                Map.of("address", Map.of("email", address), "proof", proof));
    }

    private Answer confirm(String link) {
        return contract.from(OFFICE, "POST", CONFIRM, null, Map.of("confirmation", Map.of("token", link)));
    }

    private JsonNode account() {
        return contract.from(OFFICE, "GET", ACCOUNT, token, null).body();
    }

    private void email(String address) {
        identity.sql()
                .sql("update account set email = ? where id = ?")
                .param(address)
                .param(contract.worker)
                .update();
    }

    private String registered() {
        return identity.id("select email from account where id = ?", contract.worker);
    }

    private List<String> mails(String recipient) {
        return identity.sql()
                .sql("select template from mail where recipient = ?")
                .param(recipient)
                .query(String.class)
                .list();
    }

    private JsonNode event(String action) {
        return identity.events().stream()
                .filter(one -> one.path("action").asString().equals(action))
                .filter(one -> one.path("outcome").asString().equals("success"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
