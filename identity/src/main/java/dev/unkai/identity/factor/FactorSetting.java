package dev.unkai.identity.factor;

import dev.unkai.identity.role.HeldRole;
import java.util.Collection;
import java.util.List;

/**
 * Whether the site asks for a second factor where none was set up ({@code unkai.identity.second-factor}).
 *
 * @param roles the roles that are not given without one; empty: only who has set one up must give it
 */
public record FactorSetting(List<String> roles) {
    private static final String FOR_ROLES = "required-for-roles";

    /** The provider's people, and who administers a contract. */
    public static final String DEFAULT = FOR_ROLES + " admin security-officer service-operator auditor master manager";

    public FactorSetting {
        roles = List.copyOf(roles);
    }

    /** Reads {@code enrolled} or {@code required-for-roles ROLE…}; throws IllegalStateException for anything else. */
    public static FactorSetting parse(String text) {
        List<String> words = List.of(text.strip().split("[\\s,]+"));
        if (words.equals(List.of("enrolled"))) {
            return new FactorSetting(List.of());
        }
        if (words.getFirst().equals(FOR_ROLES) && words.size() > 1) {
            return new FactorSetting(words.subList(1, words.size()));
        }
        throw new IllegalStateException("unkai.identity.second-factor is \"" + text
                + "\"; it must be \"enrolled\" or \"" + FOR_ROLES + "\" with the names of roles behind it.");
    }

    boolean asksFor(Collection<HeldRole> held) {
        return held.stream().map(HeldRole::name).anyMatch(roles::contains);
    }

    boolean asksNobody() {
        return roles.isEmpty();
    }
}
