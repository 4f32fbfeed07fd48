package dev.unkai.identity.catalog;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An endpoint as the Identity v3 API shows it. */
public record EndpointView(
        String id,
        @JsonProperty("interface") String face,
        @Nullable String region,
        @JsonProperty("region_id") @Nullable String regionId,
        @JsonProperty("service_id") String serviceId,
        String url,
        boolean enabled,
        Self links,
        @JsonAnyGetter Map<String, JsonNode> extra) {
    public static EndpointView of(Endpoint end, Listing listing) {
        return new EndpointView(
                end.id(),
                end.face(),
                end.regionId(),
                end.regionId(),
                end.serviceId(),
                end.url(),
                end.enabled(),
                listing.self("/endpoints/" + end.id()),
                end.extra().attributes());
    }
}
