package dev.unkai.identity.role;

import org.jspecify.annotations.Nullable;

/** Who can hold a role. */
public sealed interface Actor {
    record OfAccount(String id) implements Actor {}

    record OfGroup(String id) implements Actor {}

    /** @param kind {@code users} or {@code groups}, as addresses have it */
    static Actor of(String kind, String id) {
        return kind.equals("users") ? new OfAccount(id) : new OfGroup(id);
    }

    default @Nullable String accountId() {
        return this instanceof OfAccount(String id) ? id : null;
    }

    default @Nullable String groupId() {
        return this instanceof OfGroup(String id) ? id : null;
    }
}
