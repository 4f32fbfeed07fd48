package dev.unkai.identity.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Endpoints by what they have in common (Identity v3, OS-EP-FILTER); at least one of the three is there.
 *
 * @param face public, internal or admin; null: any
 */
public record EndpointGroup(
        String id,
        String name,
        @Nullable String description,
        @Nullable String serviceId,
        @Nullable String regionId,
        @Nullable String face) {}
