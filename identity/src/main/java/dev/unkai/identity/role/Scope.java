package dev.unkai.identity.role;

import org.jspecify.annotations.Nullable;

/** What a role is held on. */
public sealed interface Scope {
    record OfProject(String id) implements Scope {}

    record OfDomain(String id) implements Scope {}

    record OfSystem() implements Scope {}

    default @Nullable String projectId() {
        return this instanceof OfProject(String id) ? id : null;
    }

    default @Nullable String domainId() {
        return this instanceof OfDomain(String id) ? id : null;
    }
}
