package dev.unkai.identity.domain;

/** A customer, or the provider itself ({@code default}). */
public record Domain(String id, String name, String description, boolean enabled) {
    /** The provider's own domain. */
    public static final String DEFAULT_ID = "default";
}
