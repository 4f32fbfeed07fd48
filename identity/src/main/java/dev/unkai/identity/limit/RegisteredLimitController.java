package dev.unkai.identity.limit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/registered_limits}. */
@RestController
@RequestMapping("/identity/v3/registered_limits")
public final class RegisteredLimitController {
    private static final String[] FIELDS = {"service_id", "region_id", "resource_name", "default_limit", "description"};
    private static final int MOST_AT_ONCE = 500;

    private final RegisteredLimits limits;
    private final Listing listing;

    public RegisteredLimitController(RegisteredLimits limits, Listing listing) {
        this.limits = limits;
        this.listing = listing;
    }

    /** A registered limit as the Identity v3 API shows it. */
    record RegisteredLimitView(
            String id,
            @JsonProperty("service_id") String serviceId,
            @JsonProperty("region_id") @Nullable String regionId,
            @JsonProperty("resource_name") String resource,
            @JsonProperty("default_limit") int most,
            @Nullable String description,
            Self links) {}

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return listing.<RegisteredLimit>whole(
                "registered_limits", limits.list(caller, resource(request)), this::view, request);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{limit}")
    Map<String, RegisteredLimitView> show(Caller caller, @PathVariable String limit) {
        return Map.of("registered_limit", view(limits.show(caller, limit)));
    }

    @Allow("identity:limit:change")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, List<RegisteredLimitView>> create(Caller caller, @RequestBody JsonNode body) {
        List<RegisteredLimit> wanted = Body.listUnder(body, "registered_limits", MOST_AT_ONCE).stream()
                .map(one -> one.only(FIELDS))
                .map(one -> new RegisteredLimit(
                        "",
                        one.text("service_id", 64),
                        one.optionalText("region_id", 255),
                        one.text("resource_name", 255),
                        one.requiredNumber("default_limit", -1),
                        one.optionalText("description", 1_000)))
                .toList();
        return Map.of(
                "registered_limits",
                limits.create(caller, wanted).stream().map(this::view).toList());
    }

    @Allow("identity:limit:change")
    @PatchMapping("/{limit}")
    Map<String, RegisteredLimitView> update(Caller caller, @PathVariable String limit, @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "registered_limit").only(FIELDS);
        return Map.of(
                "registered_limit",
                view(limits.update(
                        caller,
                        limit,
                        now -> new RegisteredLimit(
                                now.id(),
                                wanted.has("service_id") ? wanted.text("service_id", 64) : now.serviceId(),
                                wanted.has("region_id") ? wanted.optionalText("region_id", 255) : now.regionId(),
                                wanted.has("resource_name") ? wanted.text("resource_name", 255) : now.resource(),
                                wanted.has("default_limit") ? wanted.requiredNumber("default_limit", -1) : now.most(),
                                wanted.has("description")
                                        ? wanted.optionalText("description", 1_000)
                                        : now.description()))));
    }

    @Allow("identity:limit:change")
    @DeleteMapping("/{limit}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String limit) {
        limits.delete(caller, limit);
    }

    /** What a list of limits is narrowed to. */
    static LimitStore.Resource resource(HttpServletRequest request) {
        return new LimitStore.Resource(
                request.getParameter("service_id"),
                request.getParameter("region_id"),
                request.getParameter("resource_name"));
    }

    private RegisteredLimitView view(RegisteredLimit limit) {
        return new RegisteredLimitView(
                limit.id(),
                limit.serviceId(),
                limit.regionId(),
                limit.resource(),
                limit.most(),
                limit.description(),
                listing.self("/registered_limits/" + limit.id()));
    }
}
