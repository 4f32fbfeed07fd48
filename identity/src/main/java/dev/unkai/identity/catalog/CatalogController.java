package dev.unkai.identity.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.catalog.Catalog.Endpoint;
import dev.unkai.identity.catalog.Catalog.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/services}, {@code /v3/endpoints} and {@code /v3/regions}: to read only, they come from the configuration. */
@RestController
@RequestMapping("/identity/v3")
public final class CatalogController {
    private final Catalog catalog;
    private final Listing listing;

    public CatalogController(Catalog catalog, Listing listing) {
        this.catalog = catalog;
        this.listing = listing;
    }

    record ServiceView(String id, String type, String name, String description, boolean enabled, Self links) {}

    record EndpointView(
            String id,
            @JsonProperty("interface") String face,
            String region,
            @JsonProperty("region_id") String regionId,
            @JsonProperty("service_id") String serviceId,
            String url,
            boolean enabled,
            Self links) {}

    record RegionView(
            String id,
            String description,
            @JsonProperty("parent_region_id") @Nullable String parentRegionId,
            Self links) {}

    @Allow("identity:catalog:list")
    @GetMapping("/services")
    Map<String, Object> services(
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String name,
            HttpServletRequest request) {
        List<Service> found = catalog.services().stream()
                .filter(service -> type == null || type.equals(service.type()))
                .filter(service -> name == null || name.equals(service.name()))
                .toList();
        return listing.<Service>whole("services", found, this::view, request);
    }

    @Allow("identity:catalog:list")
    @GetMapping("/services/{id}")
    Map<String, ServiceView> service(@PathVariable String id) {
        return Map.of(
                "service",
                view(catalog.services().stream()
                        .filter(service -> service.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> ApiErrors.absent("service", id))));
    }

    @Allow("identity:catalog:list")
    @GetMapping("/endpoints")
    Map<String, Object> endpoints(
            @RequestParam(name = "interface", required = false) @Nullable String face,
            @RequestParam(name = "service_id", required = false) @Nullable String serviceId,
            @RequestParam(name = "region_id", required = false) @Nullable String regionId,
            HttpServletRequest request) {
        List<Endpoint> found = endpoints().stream()
                .filter(end -> face == null || face.equals(end.face()))
                .filter(end -> serviceId == null || serviceId.equals(end.serviceId()))
                .filter(end -> regionId == null || regionId.equals(end.region()))
                .toList();
        return listing.<Endpoint>whole("endpoints", found, this::view, request);
    }

    @Allow("identity:catalog:list")
    @GetMapping("/endpoints/{id}")
    Map<String, EndpointView> endpoint(@PathVariable String id) {
        return Map.of(
                "endpoint",
                view(endpoints().stream()
                        .filter(end -> end.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> ApiErrors.absent("endpoint", id))));
    }

    @Allow("identity:catalog:list")
    @GetMapping("/regions")
    Map<String, Object> regions(HttpServletRequest request) {
        return listing.<RegionView>whole("regions", List.of(region()), region -> region, request);
    }

    @Allow("identity:catalog:list")
    @GetMapping("/regions/{id}")
    Map<String, RegionView> region(@PathVariable String id) {
        if (!id.equals(catalog.region())) {
            throw ApiErrors.absent("region", id);
        }
        return Map.of("region", region());
    }

    private List<Endpoint> endpoints() {
        return catalog.services().stream()
                .flatMap(service -> service.endpoints().stream())
                .toList();
    }

    private RegionView region() {
        return new RegionView(catalog.region(), "", null, listing.self("/regions/" + catalog.region()));
    }

    private ServiceView view(Service service) {
        return new ServiceView(
                service.id(),
                service.type(),
                service.name(),
                service.description(),
                true,
                listing.self("/services/" + service.id()));
    }

    private EndpointView view(Endpoint end) {
        return new EndpointView(
                end.id(),
                end.face(),
                end.region(),
                end.region(),
                end.serviceId(),
                end.url(),
                true,
                listing.self("/endpoints/" + end.id()));
    }
}
