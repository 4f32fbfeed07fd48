package dev.unkai.identity.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service within the catalog that a token carries (Identity v3). */
public record CatalogView(String id, String type, String name, List<EndpointView> endpoints) {
    /** An endpoint within the catalog. */
    public record EndpointView(
            String id,
            @JsonProperty("interface") String face,
            @Nullable String region,
            @JsonProperty("region_id") @Nullable String regionId,
            String url) {}
}
