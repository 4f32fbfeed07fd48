package dev.unkai.identity.federation;

import dev.unkai.base.event.Confidential;
import dev.unkai.base.event.Unrecorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issuer that an operator trusts for the users of one contract.
 *
 * @param domainId the contract's
 * @param project the contract's own, where its users work and whose history has their sign-ins; null where it has none
 * @param name as the log-in page calls it
 * @param issuer https address; never changes, since users are bound to it
 * @param scopes what is asked for, with spaces between; {@code openid} among them
 * @param nameClaim whose value is a new user's name
 * @param secondFactor values of {@code acr} or {@code amr} that count as a second factor here; none: the local one is asked for
 * @param entryKey what the sign-in link ends with
 * @param logOutThere whether who logs out here is logged out there as well
 * @param barredByPlan whether the plan leaves users or their passwords to the provider of the service, so that nobody else says who somebody is
 */
public record IdentityProvider(
        String id,
        String domainId,
        @Unrecorded String domainName,
        @Nullable String project,
        String name,
        String issuer,
        String clientId,
        String scopes,
        String nameClaim,
        Mapping mapping,
        List<String> secondFactor,
        @Confidential String entryKey,
        boolean enabled,
        boolean logOutThere,
        boolean barredByPlan) {
    public IdentityProvider {
        secondFactor = List.copyOf(secondFactor);
    }

    /**
     * What its users may do.
     *
     * @param claim whose values the rules look at, or null: only the rules for everybody count
     */
    public record Mapping(@Nullable String claim, List<Rule> rules) {
        public Mapping {
            rules = List.copyOf(rules);
        }
    }

    /**
     * What a value gives; one of the two.
     *
     * @param value of the mapping's claim, or {@link #EVERYBODY}
     * @param role one of a customer's, on the contract
     * @param group id of one of the contract's groups
     */
    public record Rule(
            String value, @Nullable String role, @Nullable String group) {
        public static final String EVERYBODY = "*";
    }

    /** Whether people can sign in by it. */
    public boolean open() {
        return enabled && !barredByPlan;
    }

    /** Whether what somebody may do by it is the same, so that nobody has to sign in anew. */
    boolean givesTheSameAs(IdentityProvider other) {
        return enabled == other.enabled
                && mapping.equals(other.mapping)
                && secondFactor.equals(other.secondFactor)
                && clientId.equals(other.clientId);
    }
}
