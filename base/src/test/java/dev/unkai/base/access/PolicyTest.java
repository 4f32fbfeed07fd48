package dev.unkai.base.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.access.Role.Side;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Policy POLICY = parse("""
            # a comment
            compute:server:create  member  # with its reason
            compute:host:list      admin
            """);
    private static final Policy ROLES = parse("""
            server:list    reader auditor
            server:create  member service-operator
            key:own        reader
            user:create    manager
            bill:show      reader billing
            session:end    any security-officer
            grant:approve  security-officer
            """);

    @Test
    void aRoleMayDoWhatIsNamedForItAndForSmallerRoles() {
        assertThat(POLICY.permits("compute:server:create", List.of("member"))).isTrue();
        assertThat(POLICY.permits("compute:server:create", List.of("manager"))).isTrue();
        assertThat(POLICY.permits("compute:server:create", List.of("reader"))).isFalse();
        assertThat(POLICY.permits("compute:host:list", List.of("manager"))).isFalse();
    }

    @Test
    void aViewMayWhatIsNamedForItAndNothingElse() {
        Policy policy = parse("""
                server:list    reader auditor
                server:create  member
                session:end    any
                view-looks     server:list
                view-does      session:end
                """);
        assertThat(policy.isViewed("server:list")).isTrue();
        assertThat(policy.isViewed("server:create")).isFalse();
        assertThat(policy.isViewed("session:end")).isFalse();
        assertThat(policy.isOfView("session:end")).isTrue();
        assertThat(policy.isOfView("server:list")).isFalse();
        assertThat(policy.actions()).doesNotContain("view-looks", "view-does");
        assertThatThrownBy(() -> parse("view-looks server:list")).hasMessageContaining("names no action");
        assertThatThrownBy(() -> parse("view-does")).hasMessageContaining("names no action");
    }

    @Test
    void whatIsNotNamedNobodyMay() {
        assertThat(POLICY.permits("compute:server:erase-all", List.of("admin"))).isFalse();
        assertThat(POLICY.permits("compute:server:create", List.of("somebody"))).isFalse();
        assertThat(POLICY.permits("compute:server:create", List.of())).isFalse();
    }

    @Test
    void ourNamesIncludeThoseThatClientsKnow() {
        assertThat(permitted("viewer"))
                .isEqualTo(permitted("reader"))
                .contains("server:list")
                .doesNotContain("server:create");
        assertThat(permitted("operator")).isEqualTo(permitted("member")).contains("server:create");
        assertThat(permitted("master")).isEqualTo(permitted("manager")).contains("user:create", "bill:show");
        assertThat(permitted("billing")).containsExactly("bill:show", "session:end");
    }

    @Test
    void whoIsNamedAsTheProvidersDoesItForTheProviderAndEverybodyElseWithinTheOwnProject() {
        assertThat(ROLES.side("server:list", List.of("reader"))).contains(Side.CUSTOMER);
        assertThat(ROLES.side("server:list", List.of("auditor", "reader"))).contains(Side.PROVIDER);
        assertThat(ROLES.side("server:list", List.of("service-operator"))).contains(Side.PROVIDER);
        assertThat(ROLES.side("server:create", List.of("service-operator"))).contains(Side.PROVIDER);
        assertThat(ROLES.side("server:create", List.of("security-officer"))).isEmpty();
        assertThat(ROLES.side("server:create", List.of("auditor", "member"))).contains(Side.CUSTOMER);
        assertThat(ROLES.side("key:own", List.of("auditor"))).contains(Side.CUSTOMER);
        assertThat(ROLES.side("key:own", List.of("admin"))).contains(Side.PROVIDER);
        assertThat(ROLES.side("session:end", List.of("security-officer"))).contains(Side.PROVIDER);
        assertThat(ROLES.side("session:end", List.of())).contains(Side.CUSTOMER);
        assertThat(ROLES.side("grant:approve", List.of("service-operator"))).isEmpty();
    }

    @Test
    void noRoleOfACustomerIncludesOneOfTheProvider() {
        for (Role role : Role.values()) {
            for (Role other : Role.values()) {
                if (role.side() == Side.CUSTOMER && other.side() == Side.PROVIDER) {
                    assertThat(role.implies(other)).as(role + " " + other).isFalse();
                }
            }
        }
    }

    private static List<String> permitted(String role) {
        return ROLES.permitted(List.of(role));
    }

    @Test
    void aBadLineIsNamed() {
        assertThatThrownBy(() -> parse("compute:server:create everybody")).hasMessageContaining("everybody");
        assertThatThrownBy(() -> parse("compute:server:create member everybody"))
                .hasMessageContaining("everybody");
        assertThatThrownBy(() -> parse("proof-minutes 15\na fresh")).hasMessageContaining("a fresh");
        assertThatThrownBy(() -> parse("alone")).hasMessageContaining("alone");
        assertThatThrownBy(() -> parse("a member\na reader")).hasMessageContaining("twice");
    }

    @Test
    void anActionMayWantAFreshProofAndMayBeOpenToEveryToken() {
        Policy policy = parse("proof-minutes 15\nhost:remove admin fresh\nsession:end any fresh\nhost:list reader");

        assertThat(policy.wantsFreshProof("host:remove")).isTrue();
        assertThat(policy.wantsFreshProof("host:list")).isFalse();
        assertThat(policy.wantsFreshProof("host:burn")).isFalse();
        assertThat(policy.proofLife()).hasMinutes(15);
        assertThat(policy.permits("session:end", List.of())).isTrue();
        assertThat(policy.permits("host:remove", List.of("manager"))).isFalse();
        assertThat(policy.permitted(List.of())).containsExactly("session:end");
        assertThatThrownBy(() -> parse("a member fresh")).hasMessageContaining("how long a proof is fresh");
        assertThatThrownBy(() -> parse("a member stale")).hasMessageContaining("a member stale");
        assertThatThrownBy(() -> parse("proof-minutes soon")).hasMessageContaining("with a number");
    }

    private static Policy parse(String text) {
        return Policy.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
