package dev.unkai.identity.catalog;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/endpoints}. */
@RestController
@RequestMapping("/identity/v3/endpoints")
public final class EndpointController {
    private static final String[] FIELDS = {"interface", "region", "region_id", "service_id", "url", "enabled"};
    private static final Set<String> INTERFACES = Set.of("public", "internal", "admin");
    /** As the reference takes them: a scheme and something after it. */
    private static final Pattern URL = Pattern.compile("[a-zA-Z0-9+.-]+:.+", Pattern.DOTALL);

    private final Services services;
    private final Listing listing;

    public EndpointController(Services services, Listing listing) {
        this.services = services;
        this.listing = listing;
    }

    @Allow("identity:catalog:list")
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "interface", required = false) @Nullable String face,
            @RequestParam(name = "service_id", required = false) @Nullable String serviceId,
            @RequestParam(name = "region_id", required = false) @Nullable String regionId,
            HttpServletRequest request) {
        return listing.<Endpoint>whole(
                "endpoints", services.endpoints(caller, face, serviceId, regionId), this::view, request);
    }

    @Allow("identity:catalog:list")
    @GetMapping("/{id}")
    Map<String, EndpointView> show(Caller caller, @PathVariable String id) {
        return Map.of("endpoint", view(services.endpoint(caller, id)));
    }

    @Allow("identity:catalog:change")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, EndpointView> create(Caller caller, @RequestBody JsonNode body) {
        Body endpoint = Body.under(body, "endpoint").refuseNull("region", "region_id");
        Endpoint wanted = new Endpoint(
                "",
                endpoint.text("service_id", 64),
                region(endpoint, null),
                face(endpoint),
                url(endpoint),
                endpoint.flag("enabled", true),
                false,
                endpoint.beside(FIELDS));
        return Map.of("endpoint", view(services.create(caller, wanted, byName(endpoint))));
    }

    @Allow("identity:catalog:change")
    @PatchMapping("/{id}")
    Map<String, EndpointView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body endpoint = Body.under(body, "endpoint").saysSomething().refuseNull("region", "region_id");
        endpoint.sameId(id);
        return Map.of(
                "endpoint",
                view(services.update(
                        caller,
                        id,
                        now -> new Endpoint(
                                id,
                                endpoint.has("service_id") ? endpoint.text("service_id", 64) : now.serviceId(),
                                region(endpoint, now.regionId()),
                                endpoint.has("interface") ? face(endpoint) : now.face(),
                                endpoint.has("url") ? url(endpoint) : now.url(),
                                endpoint.flag("enabled", now.enabled()),
                                now.own(),
                                now.extra().with(endpoint.beside(FIELDS))),
                        byName(endpoint))));
    }

    @Allow("identity:catalog:change")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        services.deleteEndpoint(caller, id);
    }

    /** Whether the region is named by the older field, under which one that is not there is made. */
    private static boolean byName(Body endpoint) {
        return endpoint.optionalText("region_id", 255) == null;
    }

    private static @Nullable String region(Body endpoint, @Nullable String now) {
        String name = endpoint.optionalText("region", 255);
        if (!byName(endpoint)) {
            return endpoint.optionalText("region_id", 255);
        }
        return name != null ? name : now;
    }

    private static String face(Body endpoint) {
        String face = endpoint.text("interface", 16);
        if (!INTERFACES.contains(face)) {
            throw Refusal.invalid("The field \"endpoint.interface\" must be public, internal or admin.");
        }
        return face;
    }

    private static String url(Body endpoint) {
        String url = endpoint.text("url", 225);
        if (!URL.matcher(url).matches()) {
            throw Refusal.invalid("The field \"endpoint.url\" must be an address such as https://example.com/v1.");
        }
        return url;
    }

    private EndpointView view(Endpoint end) {
        return EndpointView.of(end, listing);
    }
}
