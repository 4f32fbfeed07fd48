package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Projects below projects, roles that come from above, and what is kept beside the known attributes. */
class ProjectTreeTest {
    private static final String V3 = "/identity/v3";
    private final RunningIdentity identity = RunningIdentity.shared();
    private final String suffix = Long.toString(System.nanoTime(), 36);
    private Customer alpha;
    private Customer beta;
    private String operator;
    private String domain;
    private String user;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        beta = Customer.of(identity, "beta");
        operator = identity.token("Default", "operator");
        domain = made("domain", Map.of("name", "tree-" + suffix));
        user = made("user", Map.of("name", "climber", "domain_id", domain, "password", "a-good-password"));
    }

    @Test
    void aBranchShowsWhatIsAboveAndBelowAndLosesNoMiddle() {
        String top = project("top", Map.of());
        String middle = project("middle", Map.of("parent_id", top));
        String leaf = project("leaf", Map.of("parent_id", middle));

        assertThat(shown(top).get("parent_id").asString()).isEqualTo(domain);
        assertThat(shown(leaf).get("parent_id").asString()).isEqualTo(middle);
        assertThat(shown(leaf + "?parents_as_ids").get("parents").toString())
                .isEqualTo("{\"%s\":{\"%s\":{\"%s\":null}}}".formatted(middle, top, domain));
        assertThat(shown(top + "?subtree_as_ids").get("subtree").toString())
                .isEqualTo("{\"%s\":{\"%s\":null}}".formatted(middle, leaf));
        assertThat(shown(top + "?subtree_as_list").at("/subtree/0/project/name").asString())
                .isIn("middle", "leaf");
        assertThat(ids("projects", "/projects?parent_id=" + top)).containsExactly(middle);
        assertThat(identity.delete(V3 + "/projects/" + middle, operator).status())
                .isEqualTo(403);
        assertThat(patch("projects", middle, Map.of("project", Map.of("enabled", false)))
                        .status())
                .isEqualTo(403);
        assertThat(patch("projects", leaf, Map.of("project", Map.of("parent_id", top)))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aBranchIsFiveProjectsDeep() {
        String parent = project("level-1", Map.of());
        for (int level = 2; level <= 5; level++) {
            parent = project("level-" + level, Map.of("parent_id", parent));
        }

        assertThat(post("project", Map.of("name", "level-6", "domain_id", domain, "parent_id", parent))
                        .status())
                .isEqualTo(403);
        assertThat(post("project", Map.of("name", "abroad", "domain_id", alpha.domain(), "parent_id", parent))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRoleFromAboveCountsBelowOnlyAndEndsWithItsTokens() {
        String top = project("top", Map.of());
        String leaf = project("leaf", Map.of("parent_id", top));
        String given = V3 + "/OS-INHERIT/projects/" + top + "/users/" + user + "/roles/" + role("member")
                + "/inherited_to_projects";
        assertThat(identity.send("PUT", given, operator, null).status()).isEqualTo(204);

        assertThat(login(top).status()).isEqualTo(401);
        String token = login(leaf).header("X-Subject-Token");
        assertThat(ids("projects", "/users/" + user + "/projects")).containsExactly(leaf);
        JsonNode effective = identity.get(
                        V3 + "/role_assignments?effective&user.id=" + user + "&role.id=" + role("reader"), operator)
                .body()
                .get("role_assignments");
        assertThat(effective.size()).isEqualTo(1);
        assertThat(effective.at("/0/scope/project/id").asString()).isEqualTo(leaf);
        assertThat(effective.at("/0/links/assignment").asString()).endsWith(given.substring(V3.length()));
        assertThat(identity.get(V3 + "/role_assignments?user.id=" + user, operator)
                        .body()
                        .at("/role_assignments/0/scope/OS-INHERIT:inherited_to")
                        .asString())
                .isEqualTo("projects");

        assertThat(identity.get(given, operator).status()).isEqualTo(204);
        assertThat(identity.delete(given, operator).status()).isEqualTo(204);
        assertThat(identity.get(V3 + "/auth/projects", token).status()).isEqualTo(401);
        assertThat(login(leaf).status()).isEqualTo(401);
    }

    @Test
    void aRoleFromTheDomainCountsInEveryProjectOfIt() {
        String top = project("top", Map.of());
        String leaf = project("leaf", Map.of("parent_id", top));
        String given = V3 + "/OS-INHERIT/domains/" + domain + "/users/" + user + "/roles/";
        identity.send("PUT", given + role("reader") + "/inherited_to_projects", operator, null);

        assertThat(login(top).status()).isEqualTo(201);
        assertThat(login(leaf).status()).isEqualTo(201);
        assertThat(identity.get(given + "inherited_to_projects", operator)
                        .body()
                        .at("/roles/0/id")
                        .asString())
                .isEqualTo(role("reader"));
        assertThat(ids("domains", "/auth/domains", login(top).header("X-Subject-Token")))
                .isEmpty();
    }

    @Test
    void aManagerGivesInheritedRolesWithinTheOwnDomainOnly() {
        String own = V3 + "/OS-INHERIT/domains/" + alpha.domain() + "/users/" + alpha.reader() + "/roles/";
        String others = V3 + "/OS-INHERIT/domains/" + beta.domain() + "/users/" + beta.reader() + "/roles/";

        assertThat(identity.send("PUT", own + role("admin") + "/inherited_to_projects", alpha.masterToken(), null)
                        .status())
                .isEqualTo(403);
        assertThat(identity.send("PUT", others + role("reader") + "/inherited_to_projects", alpha.masterToken(), null)
                        .status())
                .isEqualTo(404);
        assertThat(identity.send("PUT", own + role("reader") + "/inherited_to_projects", alpha.masterToken(), null)
                        .status())
                .isEqualTo(204);
        identity.delete(own + role("reader") + "/inherited_to_projects", alpha.masterToken());
    }

    @Test
    void tagsSortProjects() {
        String first = project("first", Map.of("tags", List.of("red", "blue")));
        String second = project("second", Map.of());
        String tags = V3 + "/projects/" + second + "/tags";

        assertThat(identity.send("PUT", tags + "/red", operator, null).status()).isEqualTo(201);
        assertThat(identity.get(tags + "/red", operator).status()).isEqualTo(204);
        assertThat(identity.get(tags + "/blue", operator).status()).isEqualTo(404);
        String list = "/projects?domain_id=" + domain;
        assertThat(ids("projects", list + "&tags=red,blue")).containsExactly(first);
        assertThat(ids("projects", list + "&tags-any=red,blue")).containsExactlyInAnyOrder(first, second);
        assertThat(ids("projects", list + "&not-tags=red,blue")).containsExactly(second);
        assertThat(ids("projects", list + "&not-tags-any=blue")).containsExactly(second);
        assertThat(identity.send("PUT", tags, operator, Map.of("tags", List.of("green", "white")))
                        .body()
                        .get("tags")
                        .size())
                .isEqualTo(2);
        assertThat(identity.delete(tags + "/green", operator).status()).isEqualTo(204);
        assertThat(identity.delete(tags, operator).status()).isEqualTo(204);
        assertThat(identity.get(tags, operator).body().get("tags").size()).isZero();
        assertThat(identity.send("PUT", tags, operator, Map.of("tags", List.of("a,b")))
                        .status())
                .isEqualTo(400);
    }

    /** So goes openstackclient's search for a project: after a last 403 it goes on with the plain id. */
    @Test
    void aManagerWithATokenOfAProjectFindsTheOwnProjectsAndIsRefusedTheRest() {
        String list = V3 + "/projects";
        String token = alpha.masterToken();
        String ofDomain = identity.token(RunningIdentity.login(
                "alpha",
                "master",
                RunningIdentity.password("alpha", "master"),
                Map.of("domain", Map.of("name", "alpha"))));

        assertThat(identity.get(list + "?name=" + beta.project(), token).status())
                .isEqualTo(403);
        assertThat(identity.get(list, token).status()).isEqualTo(403);
        assertThat(identity.get(list + "?domain_id=" + beta.domain(), token).status())
                .isEqualTo(403);
        for (String mine : List.of("?name=alpha", "?domain_id=" + alpha.domain())) {
            assertThat(identity.get(list + mine, token).body().get("projects").toString())
                    .contains(alpha.project());
        }
        assertThat(identity.get(list, ofDomain).body().get("projects").toString())
                .contains(alpha.project())
                .doesNotContain(beta.project());
        assertThat(identity.get(list + "?name=" + beta.project(), ofDomain)
                        .body()
                        .get("projects"))
                .isEmpty();
    }

    @Test
    void anotherCustomersProjectIsForbiddenInTheSameWordsAsOneThatIsNotThere() {
        Answer there = identity.get(V3 + "/projects/" + beta.project(), alpha.masterToken());
        Answer nowhere = identity.get(V3 + "/projects/" + "0".repeat(32), alpha.masterToken());

        assertThat(there.status()).isEqualTo(403);
        assertThat(nowhere.status()).isEqualTo(403);
        assertThat(there.raw().body()).isEqualTo(nowhere.raw().body());
        assertThat(identity.get(V3 + "/projects/" + "0".repeat(32), operator).status())
                .isEqualTo(404);
    }

    @Test
    void aDomainIsAProjectThatActsAsOne() {
        String acting = made("project", Map.of("name", "acting-" + suffix, "is_domain", true));

        assertThat(identity.get(V3 + "/domains/" + acting, operator).status()).isEqualTo(200);
        assertThat(shown(acting).get("is_domain").booleanValue()).isTrue();
        assertThat(shown(acting).get("domain_id").isNull()).isTrue();
        assertThat(ids("projects", "/projects?is_domain=true")).contains(acting);
        assertThat(ids("projects", "/projects")).doesNotContain(acting);
        assertThat(identity.send(
                                "POST",
                                V3 + "/projects",
                                alpha.masterToken(),
                                Map.of("project", Map.of("name", "mine", "is_domain", true)))
                        .status())
                .isEqualTo(403);
        patch("projects", acting, Map.of("project", Map.of("enabled", false)));
        assertThat(identity.delete(V3 + "/projects/" + acting, operator).status())
                .isEqualTo(204);
        assertThat(identity.get(V3 + "/domains/" + acting, operator).status()).isEqualTo(404);
    }

    @Test
    void attributesBesideTheKnownOnesAreKeptAndShown() {
        for (String kind : List.of("user", "project", "group", "role", "domain")) {
            Map<String, Object> wanted = new HashMap<>(Map.of("name", kind + suffix, "cost_centre", "雲", "floor", 3));
            if (!kind.equals("role") && !kind.equals("domain")) {
                wanted.put("domain_id", domain);
            }
            String id = made(kind, wanted);
            patch(kind + "s", id, Map.of(kind, Map.of("floor", List.of(4))));
            JsonNode shown =
                    identity.get(V3 + "/" + kind + "s/" + id, operator).body().get(kind);
            assertThat(shown.get("cost_centre").asString()).as(kind).isEqualTo("雲");
            assertThat(shown.get("floor").toString()).as(kind).isEqualTo("[4]");
            assertThat(shown.get("id").asString()).isEqualTo(id);
            assertThat(patch(kind + "s", id, Map.of(kind, Map.of("more", "x".repeat(5_000))))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void listsAreNarrowedByPartsOfNames() {
        String list = "/projects?domain_id=" + domain;
        String first = project("Alpha_one", Map.of());
        String second = project("alphaXtwo", Map.of());

        assertThat(ids("projects", list + "&name__startswith=Alpha")).containsExactly(first);
        assertThat(ids("projects", list + "&name__istartswith=Alpha")).containsExactlyInAnyOrder(first, second);
        assertThat(ids("projects", list + "&name__contains=a_o")).containsExactly(first);
        assertThat(ids("projects", list + "&name__endswith=two")).containsExactly(second);
    }

    @Test
    void aRoleOfADomainGivesWhatItImpliesAndStaysInItsDomain() {
        String project = project("place", Map.of());
        String own = made("role", Map.of("name", "clerk", "domain_id", domain));
        identity.send("PUT", V3 + "/roles/" + own + "/implies/" + role("reader"), operator, null);
        assertThat(ids("roles", "/roles?domain_id=" + domain)).containsExactly(own);
        assertThat(identity.send("HEAD", V3 + "/roles/" + own + "/implies/" + role("reader"), operator, null)
                        .status())
                .isEqualTo(204);
        assertThat(ids("roles", "/roles")).doesNotContain(own);

        assertThat(identity.send(
                                "PUT", V3 + "/projects/" + project + "/users/" + user + "/roles/" + own, operator, null)
                        .status())
                .isEqualTo(204);
        assertThat(login(project)
                        .body()
                        .at("/token/roles")
                        .valueStream()
                        .map(role -> role.get("name").asString()))
                .containsExactly("reader");
        assertThat(identity.send(
                                "PUT",
                                V3 + "/projects/" + alpha.project() + "/users/" + user + "/roles/" + own,
                                operator,
                                null)
                        .status())
                .isEqualTo(403);
        assertThat(identity.send("PUT", V3 + "/roles/" + role("member") + "/implies/" + own, operator, null)
                        .status())
                .isEqualTo(403);
        assertThat(identity.get(V3 + "/roles/" + own, alpha.masterToken()).status())
                .isEqualTo(404);
    }

    private Answer login(String project) {
        return identity.send(
                "POST",
                V3 + "/auth/tokens",
                null,
                RunningIdentity.login(
                        "tree-" + suffix, "climber", "a-good-password", Map.of("project", Map.of("id", project))));
    }

    private String project(String name, Map<String, Object> more) {
        Map<String, Object> wanted = new HashMap<>(more);
        wanted.put("name", name);
        wanted.put("domain_id", domain);
        return made("project", wanted);
    }

    private String made(String kind, Map<String, Object> wanted) {
        Answer answer = post(kind, wanted);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().get(kind).get("id").asString();
    }

    private Answer post(String kind, Map<String, Object> wanted) {
        return identity.send("POST", V3 + "/" + kind + "s", operator, Map.of(kind, wanted));
    }

    private Answer patch(String kinds, String id, Map<String, Object> change) {
        return identity.send("PATCH", V3 + "/" + kinds + "/" + id, operator, change);
    }

    private JsonNode shown(String project) {
        return identity.get(V3 + "/projects/" + project, operator).body().get("project");
    }

    private List<String> ids(String kinds, String path) {
        return ids(kinds, path, operator);
    }

    private List<String> ids(String kinds, String path, String token) {
        return identity.get(V3 + path, token)
                .body()
                .get(kinds)
                .valueStream()
                .map(one -> one.get("id").asString())
                .toList();
    }

    private String role(String name) {
        return identity.id("select id from role where name = ? and domain_id is null", name);
    }
}
