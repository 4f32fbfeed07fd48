package dev.unkai.identity.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The catalog as tokens carry it (Identity v3). */
public record CatalogView(String id, String type, String name, List<EndpointView> endpoints) {
    /** An endpoint within the catalog. */
    public record EndpointView(
            String id,
            @JsonProperty("interface") String face,
            String region,
            @JsonProperty("region_id") String regionId,
            String url) {}

    public static List<CatalogView> of(Catalog catalog) {
        return catalog.services().stream()
                .map(service -> new CatalogView(
                        service.id(),
                        service.type(),
                        service.name(),
                        service.endpoints().stream()
                                .map(end ->
                                        new EndpointView(end.id(), end.face(), end.region(), end.region(), end.url()))
                                .toList()))
                .toList();
    }
}
