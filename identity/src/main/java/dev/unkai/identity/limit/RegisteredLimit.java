package dev.unkai.identity.limit;

import org.jspecify.annotations.Nullable;

/**
 * How much of a service's resource everybody may have who has no limit of their own.
 *
 * @param regionId null: in all regions that have none of their own
 * @param most -1: without limit
 */
public record RegisteredLimit(
        String id,
        String serviceId,
        @Nullable String regionId,
        String resource,
        int most,
        @Nullable String description) {}
