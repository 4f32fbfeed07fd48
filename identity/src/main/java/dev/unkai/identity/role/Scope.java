package dev.unkai.identity.role;

import org.jspecify.annotations.Nullable;

/** What a role is held on. */
public sealed interface Scope {
    record OfProject(String id) implements Scope {}

    record OfDomain(String id) implements Scope {}

    record OfSystem() implements Scope {}

    /** All projects below the project, not the project itself (OS-INHERIT). */
    record BelowProject(String id) implements Scope {}

    /** All projects of the domain, not the domain itself (OS-INHERIT). */
    record BelowDomain(String id) implements Scope {}

    default @Nullable String projectId() {
        return switch (this) {
            case OfProject(String id) -> id;
            case BelowProject(String id) -> id;
            case OfDomain _, BelowDomain _, OfSystem _ -> null;
        };
    }

    default @Nullable String domainId() {
        return switch (this) {
            case OfDomain(String id) -> id;
            case BelowDomain(String id) -> id;
            case OfProject _, BelowProject _, OfSystem _ -> null;
        };
    }

    /** Whether the role counts for what is below the scope instead of for the scope itself. */
    default boolean inherited() {
        return this instanceof BelowProject || this instanceof BelowDomain;
    }
}
