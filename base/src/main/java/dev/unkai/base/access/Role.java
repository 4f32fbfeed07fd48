package dev.unkai.base.access;

import java.util.Locale;
import java.util.Optional;

/** The roles that every project knows, each implying those before it (OpenStack default roles). */
public enum Role {
    READER,
    MEMBER,
    MANAGER,
    ADMIN;

    /** The name in tokens and APIs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean implies(Role other) {
        return ordinal() >= other.ordinal();
    }

    /** The default role of that name; empty for a provider's own role names. */
    public static Optional<Role> of(String wireName) {
        for (Role role : values()) {
            if (role.wireName().equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
