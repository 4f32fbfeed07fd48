package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lists of users are narrowed by, beside names. */
class UserFilterTest {
    private static final String V3 = "/identity/v3";

    private final RunningIdentity identity = RunningIdentity.shared();
    private String operator = "";
    private String domain = "";
    private String early = "";
    private String late = "";
    private String endless = "";

    @BeforeEach
    void makeUsers() {
        operator = identity.token("Default", "operator");
        domain = made("domain", Map.of("name", "filtered-" + System.nanoTime()));
        early = user("early", "2030-01-31T12:00:00Z");
        late = user("late", "2031-01-31T12:00:00Z");
        endless = user("endless", null);
    }

    @AfterEach
    void removeUsers() {
        identity.send("PATCH", V3 + "/domains/" + domain, operator, Map.of("domain", Map.of("enabled", false)));
        assertThat(identity.delete(V3 + "/domains/" + domain, operator).status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({
        "lt:2031-01-31T12:00:00Z, early",
        "lte:2031-01-31T12:00:00Z, early late",
        "gt:2030-01-31T12:00:00Z, late",
        "gte:2030-01-31T12:00:00Z, early late",
        "eq:2030-01-31T12:00:00Z, early",
        "neq:2030-01-31T12:00:00Z, late",
        "2030-01-31T12:00:00Z, early",
        "2030-01-31T12:00:00, early",
        "eq:2030-01-31T21:00:00%2B09:00, early",
        "gt:2029-01-01T00:00:00Z&password_expires_at=lt:2031-01-01T00:00:00Z, early",
    })
    void usersAreFoundByWhenTheirPasswordsEnd(String asked, String expected) {
        assertThat(names("/users?domain_id=" + domain + "&password_expires_at=" + asked))
                .containsExactlyInAnyOrder(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"soon", "before:2030-01-31T12:00:00Z", "lt:2030-13-01T00:00:00Z", "xx:2030-01-31T12:00:00Z", ""})
    void whatIsNoTimeIsRefused(String asked) {
        assertThat(identity.get(V3 + "/users?password_expires_at=" + asked, operator)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void membersOfAGroupAreNarrowedInTheSameWay() {
        String group = made("group", Map.of("name", "all", "domain_id", domain));
        for (String user : List.of(early, late, endless)) {
            identity.send("PUT", V3 + "/groups/" + group + "/users/" + user, operator, null);
        }

        assertThat(names("/groups/" + group + "/users?password_expires_at=lt:2030-06-01T00:00:00Z"))
                .containsExactly("early");
        assertThat(names("/groups/" + group + "/users?name=endless")).containsExactly("endless");
        assertThat(names("/groups/" + group + "/users")).hasSize(3);
    }

    @Test
    void usersAreFoundByTheProviderThatVouchesForThem() {
        identity.sql()
                .sql("""
                        insert into identity_provider (id, domain_id, name, issuer, client_id, sealed_secret, scopes, name_claim, entry_key, enabled, created_at)
                        values (:id, :domain, 'Kumo', 'https://sso.test', 'unkai', '', 'openid', 'sub', :id, true, now())
                        """)
                .param("id", "filter-" + domain)
                .param("domain", domain)
                .update();
        identity.sql()
                .sql(
                        "insert into federated_account (account_id, domain_id, issuer, subject) values (?, ?, 'https://sso.test', 's-1')")
                .param(late)
                .param(domain)
                .update();

        assertThat(names("/users?idp_id=filter-" + domain)).containsExactly("late");
        assertThat(names("/users?idp_id=filter-" + domain + "&unique_id=s-1")).containsExactly("late");
        assertThat(names("/users?idp_id=filter-" + domain + "&unique_id=s-2")).isEmpty();
        assertThat(names("/users?idp_id=another")).isEmpty();
        assertThat(names("/users?idp_id=filter-" + domain + "&protocol_id=openid"))
                .containsExactly("late");
        assertThat(names("/users?domain_id=" + domain + "&protocol_id=openid")).containsExactly("late");
        assertThat(names("/users?idp_id=filter-" + domain + "&protocol_id=saml2"))
                .isEmpty();

        assertThat(identity.get(V3 + "/users/" + late, operator)
                        .body()
                        .at("/user/federated")
                        .toString())
                .isEqualTo("[{\"idp_id\":\"filter-" + domain
                        + "\",\"protocols\":[{\"protocol_id\":\"openid\",\"unique_id\":\"s-1\"}]}]");
        assertThat(identity.get(V3 + "/users/" + early, operator)
                        .body()
                        .path("user")
                        .has("federated"))
                .isFalse();
    }

    @Test
    void aUsersProjectsAreNarrowedByNameDomainAndWhetherTheyAreEnabled() {
        String role = identity.get(V3 + "/roles?name=reader", operator)
                .body()
                .at("/roles/0/id")
                .asString();
        List<String> made = new ArrayList<>();
        for (String name : List.of("tea house", "tea garden")) {
            String project = made("project", Map.of("name", name, "domain_id", domain));
            identity.send("PUT", V3 + "/projects/" + project + "/users/" + late + "/roles/" + role, operator, null);
            made.add(project);
        }

        String projects = "/users/" + late + "/projects";
        assertThat(found(projects, "projects")).containsExactlyInAnyOrder("tea house", "tea garden");
        assertThat(found(projects + "?name=tea%20house", "projects")).containsExactly("tea house");
        assertThat(found(projects + "?name__endswith=garden", "projects")).containsExactly("tea garden");
        assertThat(found(projects + "?domain_id=default", "projects")).isEmpty();
        assertThat(found(projects + "?enabled=false", "projects")).isEmpty();
        assertThat(found(projects + "?enabled=1&domain_id=" + domain, "projects"))
                .hasSize(2);
        made.forEach(project -> identity.delete(V3 + "/projects/" + project, operator));
    }

    @Test
    void servicesAreFoundByPartsOfTheirNames() {
        assertThat(found("/services?name__istartswith=NO", "services")).containsExactly("nova");
        assertThat(found("/services?name=nova&type=image", "services")).isEmpty();
    }

    private List<String> found(String path, String collection) {
        return identity.get(V3 + path, operator)
                .body()
                .path(collection)
                .valueStream()
                .map(one -> one.path("name").asString())
                .toList();
    }

    @Test
    void everyAnswerSaysThatItDependsOnTheToken() {
        for (String path : List.of("/users", "/users?limit=x", "/nowhere", "")) {
            assertThat(identity.get(V3 + path, operator).raw().headers().allValues("Vary"))
                    .as(path)
                    .containsExactly("X-Auth-Token");
        }
        assertThat(identity.get(V3 + "/users", null).raw().headers().allValues("Vary"))
                .containsExactly("X-Auth-Token");
        Answer token = identity.subject("GET", operator, operator);
        assertThat(token.raw().headers().allValues("Vary")).containsExactly("X-Auth-Token");
    }

    private String user(String name, @Nullable String end) {
        String id = made("user", Map.of("name", name, "domain_id", domain));
        identity.sql()
                .sql("update account set password_expires_at = cast(? as timestamptz) where id = ?")
                .param(end)
                .param(id)
                .update();
        return id;
    }

    private String made(String kind, Map<String, ?> fields) {
        Answer answer = identity.send("POST", V3 + "/" + kind + "s", operator, Map.of(kind, fields));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().at("/" + kind + "/id").asString();
    }

    private List<String> names(String path) {
        Answer answer = identity.get(V3 + path, operator);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.body()
                .path("users")
                .valueStream()
                .map(user -> user.path("name").asString())
                .toList();
    }
}
