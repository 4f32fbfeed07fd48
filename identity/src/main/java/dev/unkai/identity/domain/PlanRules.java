package dev.unkai.identity.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the plan of a contract says of its accounts and of the ways in. Identity knows no plan by its name: the cloud process sends these with the contract.
 *
 * @param planVersion of the plan that was agreed to
 * @param passwordLife null: a password lives until it is changed
 * @param differsFromLast how many of the last passwords, the present one among them, a new one must differ from
 * @param credentials who makes passwords
 * @param usersByProvider whether the provider alone makes, changes and removes users, and gives them roles
 * @param fromAddresses whether the contract is used from the addresses of its list only
 * @param throughTunnels whether it is used through its tunnels only
 * @param secondFactor which of its accounts need a second factor
 */
public record PlanRules(
        int planVersion,
        Credentials credentials,
        @Nullable Duration passwordLife,
        int differsFromLast,
        boolean usersByProvider,
        boolean fromAddresses,
        boolean throughTunnels,
        SecondFactor secondFactor) {
    /** Who makes passwords. */
    public sealed interface Credentials {
        /** The provider: users cannot change them, and managers of the contract cannot set them. */
        record Issued() implements Credentials {}

        /** Their owners. @param resetLife how long the link of a forgotten one is good */
        record Own(Duration resetLife) implements Credentials {}
    }

    /** Who needs a second factor. */
    public enum SecondFactor {
        /** Whose roles the site's setting names. */
        BY_ROLE,
        EVERYONE,
        /** Nobody who has not set one up. */
        AS_SET_UP
    }

    public boolean issued() {
        return credentials instanceof Credentials.Issued;
    }

    /** Whether an identity provider of the customer's would go around it: it makes users, and knows them by secrets of its own. */
    public boolean leavesUsersToProvider() {
        return issued() || usersByProvider;
    }
}
