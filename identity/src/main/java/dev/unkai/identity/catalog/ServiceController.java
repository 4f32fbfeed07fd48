package dev.unkai.identity.catalog;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.catalog.CatalogStore.Service;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
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

/** {@code /v3/services}. */
@RestController
@RequestMapping("/identity/v3/services")
public final class ServiceController {
    private static final String[] FIELDS = {"type", "name", "description", "enabled"};

    private final Services services;
    private final Listing listing;

    public ServiceController(Services services, Listing listing) {
        this.services = services;
        this.listing = listing;
    }

    /** A service as the Identity v3 API shows it. */
    record ServiceView(
            String id,
            String type,
            String name,
            String description,
            boolean enabled,
            Self links,
            @JsonAnyGetter Map<String, JsonNode> extra) {}

    @Allow("identity:catalog:list")
    @GetMapping
    Map<String, Object> list(
            Caller caller, @RequestParam(required = false) @Nullable String type, HttpServletRequest request) {
        return listing.<Service>whole(
                "services", services.list(caller, type, NameFilter.of(request)), this::view, request);
    }

    @Allow("identity:catalog:list")
    @GetMapping("/{id}")
    Map<String, ServiceView> show(Caller caller, @PathVariable String id) {
        return Map.of("service", view(services.show(caller, id)));
    }

    @Allow("identity:catalog:change")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, ServiceView> create(Caller caller, @RequestBody JsonNode body) {
        Body service = Body.under(body, "service");
        return Map.of(
                "service",
                view(services.create(
                        caller,
                        service.text("type", 255),
                        service.has("name") ? service.text("name", 255) : "",
                        service.textOrEmpty("description", 1_000),
                        service.flag("enabled", true),
                        service.beside(FIELDS))));
    }

    @Allow("identity:catalog:change")
    @PatchMapping("/{id}")
    Map<String, ServiceView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body service = Body.under(body, "service").saysSomething();
        service.sameId(id);
        return Map.of(
                "service",
                view(services.update(
                        caller,
                        id,
                        now -> new Service(
                                id,
                                service.has("type") ? service.text("type", 255) : now.type(),
                                service.text("name", 255, now.name()),
                                service.textOrEmpty("description", 1_000, now.description()),
                                service.flag("enabled", now.enabled()),
                                now.own(),
                                now.extra().with(service.beside(FIELDS))))));
    }

    @Allow("identity:catalog:change")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        services.delete(caller, id);
    }

    private ServiceView view(Service service) {
        return new ServiceView(
                service.id(),
                service.type(),
                service.name(),
                service.description(),
                service.enabled(),
                listing.self("/services/" + service.id()),
                service.extra().attributes());
    }
}
