package dev.unkai.identity.policy;

import org.jspecify.annotations.Nullable;

/** The endpoints that a document of rules belongs to. */
public sealed interface Ruled {
    record OneEndpoint(String id) implements Ruled {}

    record OfService(String id) implements Ruled {}

    /** Those of the service in the region and in the regions below it. */
    record InRegion(String service, String region) implements Ruled {}

    default @Nullable String endpointId() {
        return this instanceof OneEndpoint(String id) ? id : null;
    }

    default @Nullable String serviceId() {
        return switch (this) {
            case OneEndpoint _ -> null;
            case OfService(String id) -> id;
            case InRegion(String service, String _) -> service;
        };
    }

    default @Nullable String regionId() {
        return this instanceof InRegion(String _, String region) ? region : null;
    }
}
