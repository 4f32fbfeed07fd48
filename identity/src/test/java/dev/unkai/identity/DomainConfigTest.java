package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v3/domains/{id}/config}, as the reference answers it. */
class DomainConfigTest {
    private static final String DOMAINS = "/identity/v3/domains";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String operator = identity.token("Default", "operator");

    @Test
    void aConfigurationIsKeptWholeAndItsSecretsAreNeverShown() {
        String config = config();

        Answer made = send("PUT", config, families("ldap", "ldap://directory.test", "bind-secret"));
        Answer again = send("PUT", config, families("ldap", "ldap://other.test", "bind-secret"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().at("/config/ldap/url").asString()).isEqualTo("ldap://other.test");
        assertThat(again.body().at("/config/identity/driver").asString()).isEqualTo("ldap");
        assertThat(made.raw().body() + again.raw().body()).doesNotContain("bind-secret");
        assertThat(identity.get(config, operator).body()).isEqualTo(again.body());
        assertThat(identity.get(config + "/ldap/password", operator).status()).isEqualTo(404);
        assertThat(identity.state()).doesNotContain("bind-secret");
        assertThat(identity.events().toString()).doesNotContain("bind-secret").contains("ldap/password");
    }

    @Test
    void familiesAndOptionsAreReadChangedAndDeletedAlone() {
        String config = config();
        send("PUT", config, families("ldap", "ldap://directory.test", "bind-secret"));

        assertThat(identity.get(config + "/identity", operator).body())
                .isEqualTo(json("{'config':{'identity':{'driver':'ldap'}}}"));
        assertThat(identity.get(config + "/identity/driver", operator).body())
                .isEqualTo(json("{'config':{'driver':'ldap'}}"));
        Answer family =
                send("PATCH", config + "/identity", Map.of("config", Map.of("identity", Map.of("list_limit", 7))));
        assertThat(family.body().at("/config/identity")).isEqualTo(json("{'driver':'ldap','list_limit':7}"));
        assertThat(family.body().at("/config/ldap/url").asString()).isEqualTo("ldap://directory.test");
        Answer option = send("PATCH", config + "/identity/driver", Map.of("config", Map.of("driver", "sql")));
        assertThat(option.body().at("/config/identity/driver").asString()).isEqualTo("sql");

        assertThat(identity.delete(config + "/identity/driver", operator).status())
                .isEqualTo(204);
        assertThat(identity.get(config + "/identity/driver", operator).status()).isEqualTo(404);
        assertThat(send("PATCH", config + "/identity/driver", Map.of("config", Map.of("driver", "sql")))
                        .status())
                .isEqualTo(404);
        assertThat(identity.delete(config + "/identity", operator).status()).isEqualTo(204);
        assertThat(identity.delete(config + "/identity", operator).status()).isEqualTo(404);
        assertThat(identity.delete(config, operator).status()).isEqualTo(204);
        Answer gone = identity.get(config, operator);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.body().at("/error/message").asString()).contains("any options in domain configuration");
    }

    @Test
    void whatIsNoOptionIsRefused() {
        String config = config();
        send("PUT", config, families("ldap", "ldap://directory.test", "bind-secret"));

        for (String wrong :
                new String[] {"{}", "{'cache':{'enabled':true}}", "{'ldap':{'unheard':1}}", "{'ldap':{}}", "{'ldap':7}"
                }) {
            assertThat(send("PUT", config, "{'config':" + wrong + "}").status())
                    .as(wrong)
                    .isEqualTo(403);
        }
        assertThat(send("PATCH", config + "/ldap", "{'config':{'identity':{'driver':'sql'}}}")
                        .status())
                .isEqualTo(403);
        assertThat(send("PATCH", config + "/ldap/url", "{'config':{'user':'x'}}")
                        .status())
                .isEqualTo(403);
        assertThat(send("PUT", config, "{'config':[]}").status()).isEqualTo(400);
        assertThat(identity.get(config + "/cache", operator).status()).isEqualTo(403);
        assertThat(identity.get(DOMAINS + "/nowhere/config", operator).status()).isEqualTo(404);
        assertThat(identity.get(config + "/ldap/url", operator).body())
                .isEqualTo(json("{'config':{'url':'ldap://directory.test'}}"));
    }

    @Test
    void theDefaultsAreThoseOfTheReference() {
        JsonNode all =
                identity.get(DOMAINS + "/config/default", operator).body().get("config");

        assertThat(all.at("/identity/driver").asString()).isEqualTo("sql");
        assertThat(all.get("identity").has("list_limit")).isTrue();
        assertThat(all.get("ldap").size()).isEqualTo(49);
        assertThat(identity.get(DOMAINS + "/config/ldap/default", operator)
                        .body()
                        .at("/config/ldap"))
                .isEqualTo(all.get("ldap"));
        assertThat(identity.get(DOMAINS + "/config/ldap/page_size/default", operator)
                        .body())
                .isEqualTo(json("{'config':{'page_size':0}}"));
        assertThat(identity.get(DOMAINS + "/config/ldap/password/default", operator)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void everybodyMayReadHowPasswordsMustLook() {
        String reader = identity.token("alpha", "reader");
        String rule = DOMAINS + "/default/config/security_compliance";

        String regex = identity.get(rule + "/password_regex", reader)
                .body()
                .at("/config/password_regex")
                .asString();

        assertThat("eleven-long").doesNotMatch(regex);
        assertThat("long enough!").matches(regex);
        assertThat(identity.get(rule, reader)
                        .body()
                        .at("/config/security_compliance/password_regex")
                        .asString())
                .isEqualTo(regex);
        assertThat(identity.get(rule + "/lockout_duration", reader).status()).isEqualTo(403);
        assertThat(identity.get(DOMAINS + "/elsewhere/config/security_compliance", reader)
                        .status())
                .isEqualTo(403);
    }

    /** The configuration's address of a new domain. */
    private String config() {
        String name = "configured-" + Long.toString(System.nanoTime(), 36);
        Answer made = identity.send("POST", DOMAINS, operator, Map.of("domain", Map.of("name", name)));
        return DOMAINS + "/" + made.body().at("/domain/id").asString() + "/config";
    }

    private static Map<String, Object> families(String driver, String url, String password) {
        return Map.of(
                "config",
                Map.of("identity", Map.of("driver", driver), "ldap", Map.of("url", url, "password", password)));
    }

    private Answer send(String method, String path, Object body) {
        return identity.send(method, path, operator, body instanceof String text ? text.replace('\'', '"') : body);
    }

    private static JsonNode json(String text) {
        return RunningIdentity.JSON.readTree(text.replace('\'', '"'));
    }
}
