package dev.unkai.wire.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.wire.origin.SourceRules.Bearer;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import dev.unkai.wire.origin.SourceRules.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRulesTest {
    private static final IpAddress OFFICE = IpAddress.parse("198.51.100.7").orElseThrow();
    private static final IpAddress ELSEWHERE = IpAddress.parse("203.0.113.7").orElseThrow();

    private final SourceRules rules = new SourceRules();
    private long number;

    @Test
    void withoutARuleEverybodyComesFromEverywhere() {
        assertThat(rules.permits(member("alpha"), ELSEWHERE)).isTrue();

        rule(Subject.DOMAIN, "beta", "", "198.51.100.0/24");

        assertThat(rules.permits(member("alpha"), ELSEWHERE)).isTrue();
    }

    @Test
    void aContractsRuleHoldsForItsAccountsAndForWhoeverWorksInIt() {
        rule(Subject.DOMAIN, "alpha", "", "198.51.100.0/24");

        assertThat(rules.permits(member("alpha"), OFFICE)).isTrue();
        assertThat(rules.permits(member("alpha"), ELSEWHERE)).isFalse();
        assertThat(rules.permits(new Bearer("alpha", null, List.of(), null), ELSEWHERE))
                .isFalse();
        assertThat(rules.permits(new Bearer("alpha", "beta", List.of("member"), null), ELSEWHERE))
                .isFalse();
        assertThat(rules.permits(new Bearer("beta", "alpha", List.of("member"), null), ELSEWHERE))
                .isFalse();
    }

    @Test
    void aRolesRuleHoldsForThatRoleOnThatContract() {
        rule(Subject.ROLE, "alpha", "manager", "198.51.100.0/24");

        assertThat(rules.permits(member("alpha"), ELSEWHERE)).isTrue();
        assertThat(rules.permits(new Bearer("alpha", "alpha", List.of("manager", "member"), null), ELSEWHERE))
                .isFalse();
        assertThat(rules.permits(new Bearer("alpha", "beta", List.of("manager", "member"), null), ELSEWHERE))
                .isTrue();
    }

    @Test
    void allRulesMustHold() {
        rule(Subject.DOMAIN, "alpha", "", "198.51.100.0/24", "203.0.113.0/24");
        rule(Subject.APPLICATION_CREDENTIAL, "robot", "", "203.0.113.0/24");
        Bearer robot = new Bearer("alpha", "alpha", List.of("member"), "robot");

        assertThat(rules.permits(robot, ELSEWHERE)).isTrue();
        assertThat(rules.permits(robot, OFFICE)).isFalse();
        assertThat(rules.permits(member("alpha"), OFFICE)).isTrue();
    }

    @Test
    void changesAreTakenInAndRulesGo() {
        rule(Subject.DOMAIN, "alpha", "", "198.51.100.0/24");
        rule(Subject.DOMAIN, "alpha", "", "203.0.113.0/24");
        assertThat(rules.permits(member("alpha"), ELSEWHERE)).isTrue();
        assertThat(rules.permits(member("alpha"), OFFICE)).isFalse();

        rule(Subject.DOMAIN, "alpha", "");
        assertThat(rules.permits(member("alpha"), OFFICE)).isTrue();
        assertThat(rules.newest()).isEqualTo(3);
    }

    @Test
    void aRuleThatCannotBeReadLetsNobodyIn() {
        rule(Subject.DOMAIN, "alpha", "", "what a later version writes");

        assertThat(rules.permits(member("alpha"), OFFICE)).isFalse();
    }

    private static Bearer member(String domain) {
        return new Bearer(domain, domain, List.of("member", "reader"), null);
    }

    private void rule(Subject subject, String id, String role, String... prefixes) {
        rules.learn(List.of(new SourceRule(++number, subject, id, role, List.of(prefixes))));
    }
}
