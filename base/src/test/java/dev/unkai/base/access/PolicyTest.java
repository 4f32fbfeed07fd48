package dev.unkai.base.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void aRoleMayDoWhatIsNamedForItAndForSmallerRoles() {
        assertThat(POLICY.permits("compute:server:create", List.of("member"))).isTrue();
        assertThat(POLICY.permits("compute:server:create", List.of("manager"))).isTrue();
        assertThat(POLICY.permits("compute:server:create", List.of("reader"))).isFalse();
        assertThat(POLICY.permits("compute:host:list", List.of("manager"))).isFalse();
    }

    @Test
    void whatIsNotNamedNobodyMay() {
        assertThat(POLICY.permits("compute:server:erase-all", List.of("admin"))).isFalse();
        assertThat(POLICY.permits("compute:server:create", List.of("somebody"))).isFalse();
        assertThat(POLICY.permits("compute:server:create", List.of())).isFalse();
    }

    @Test
    void aBadLineIsNamed() {
        assertThatThrownBy(() -> parse("compute:server:create everybody")).hasMessageContaining("everybody");
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
