package dev.unkai.base.access;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The roles that policy.conf speaks of, each with those that it includes. {@code reader}, {@code member}, {@code manager} and {@code admin} are OpenStack's
 * default roles, which its clients know; a customer's people bear ours, whose tokens list those as well (implied roles).
 */
public enum Role {
    READER(Side.CUSTOMER),
    MEMBER(Side.CUSTOMER, READER),
    MANAGER(Side.CUSTOMER, MEMBER),

    /** Sees all of the contract and changes nothing. */
    VIEWER(Side.CUSTOMER, READER),
    /** Works with machines and networks. */
    OPERATOR(Side.CUSTOMER, MEMBER, VIEWER),
    /** Sees contract, limits and usage, and no machines. */
    BILLING(Side.CUSTOMER),
    /** Does all that the customer can: users and their roles, the contract, and the others' work. */
    MASTER(Side.CUSTOMER, MANAGER, OPERATOR, BILLING),

    /** Reads the provider's registers, and all customers', and changes nothing. */
    AUDITOR(Side.PROVIDER, READER),
    /** Runs hosts, machines and applications. */
    SERVICE_OPERATOR(Side.PROVIDER, AUDITOR, MEMBER),
    /** Decides who may what and from where, and works on no machine. */
    SECURITY_OFFICER(Side.PROVIDER, AUDITOR),
    /** May do everything: for evaluation, and for what needs no second pair of eyes. */
    ADMIN(Side.PROVIDER, MANAGER);

    /** On whose behalf a role acts: within one project, or for the provider, who has all of them. */
    public enum Side {
        CUSTOMER,
        PROVIDER
    }

    private static final Map<String, Role> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Role::wireName, role -> role));

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Side side;
    private final List<Role> included;
    private final Set<Role> implied = new HashSet<>();

    Role(Side side, Role... included) {
        this.side = side;
        this.included = List.of(included);
        implied.add(this);
        this.included.forEach(role -> implied.addAll(role.implied));
    }

    /** The name in tokens, APIs and policy.conf. */
    public String wireName() {
        return wireName;
    }

    public Side side() {
        return side;
    }

    /** Those that it includes at first hand: what identity keeps as implied roles. */
    public List<Role> included() {
        return included;
    }

    /** Whether who has this role may do what the other may: of all, if it is admin. */
    public boolean implies(Role other) {
        return this == ADMIN || implied.contains(other);
    }

    /** The names of all roles of one side. */
    public static List<String> namesOf(Side side) {
        return Arrays.stream(values())
                .filter(role -> role.side == side)
                .map(Role::wireName)
                .toList();
    }

    /** The role of that name; empty for a provider's own role names. */
    public static Optional<Role> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }
}
