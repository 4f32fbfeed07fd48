package dev.unkai.identity.role;

import org.jspecify.annotations.Nullable;

/** Who can hold a role. */
public sealed interface Actor {
    record OfAccount(String id) implements Actor {}

    record OfGroup(String id) implements Actor {}

    default @Nullable String accountId() {
        return this instanceof OfAccount(String id) ? id : null;
    }

    default @Nullable String groupId() {
        return this instanceof OfGroup(String id) ? id : null;
    }
}
