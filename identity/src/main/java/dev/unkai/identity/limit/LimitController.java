package dev.unkai.identity.limit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/limits}. */
@RestController
@RequestMapping("/identity/v3/limits")
public final class LimitController {
    private static final int MOST_AT_ONCE = 500;

    private final Limits limits;
    private final Listing listing;

    public LimitController(Limits limits, Listing listing) {
        this.limits = limits;
        this.listing = listing;
    }

    /** A limit as the Identity v3 API shows it. */
    record LimitView(
            String id,
            @JsonProperty("project_id") @Nullable String projectId,
            @JsonProperty("domain_id") @Nullable String domainId,
            @JsonProperty("service_id") String serviceId,
            @JsonProperty("region_id") @Nullable String regionId,
            @JsonProperty("resource_name") String resource,
            @JsonProperty("resource_limit") int most,
            @Nullable String description,
            Self links) {}

    /** How limits of projects below projects are counted: each for itself. */
    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/model")
    Map<String, Map<String, String>> model() {
        return Map.of(
                "model",
                Map.of(
                        "name",
                        "flat",
                        "description",
                        "Limit enforcement and validation does not take project hierarchy into consideration."));
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "project_id", required = false) @Nullable String projectId,
            @RequestParam(name = "domain_id", required = false) @Nullable String domainId,
            HttpServletRequest request) {
        return listing.<Limit>whole(
                "limits",
                limits.list(caller, RegisteredLimitController.resource(request), projectId, domainId),
                this::view,
                request);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{limit}")
    Map<String, LimitView> show(Caller caller, @PathVariable String limit) {
        return Map.of("limit", view(limits.show(caller, limit)));
    }

    @Allow("identity:limit:change")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, List<LimitView>> create(Caller caller, @RequestBody JsonNode body) {
        List<Limits.Wanted> wanted = Body.listUnder(body, "limits", MOST_AT_ONCE).stream()
                .map(LimitController::read)
                .toList();
        return Map.of(
                "limits", limits.create(caller, wanted).stream().map(this::view).toList());
    }

    private static Limits.Wanted read(Body one) {
        one.optionalId("service_id");
        one.only("project_id", "domain_id", "service_id", "region_id", "resource_name", "resource_limit", "description")
                .refuseNull("project_id", "domain_id", "region_id");
        String project = one.optionalText("project_id", 64);
        String domain = one.optionalText("domain_id", 64);
        if ((project == null) == (domain == null)) {
            throw Refusal.invalid("A limit is for one project or one domain: say either project_id or domain_id.");
        }
        return new Limits.Wanted(
                new LimitStore.Resource(
                        one.text("service_id", 64), one.optionalText("region_id", 255), one.text("resource_name", 255)),
                project,
                domain,
                one.requiredNumber("resource_limit", -1),
                one.optionalText("description", 1_000));
    }

    @Allow("identity:limit:change")
    @PatchMapping("/{limit}")
    Map<String, LimitView> update(Caller caller, @PathVariable String limit, @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "limit").only("resource_limit", "description");
        return Map.of(
                "limit",
                view(limits.update(
                        caller,
                        limit,
                        now -> new Limit(
                                now.id(),
                                now.of(),
                                now.projectId(),
                                now.domainId(),
                                wanted.has("resource_limit") ? wanted.requiredNumber("resource_limit", -1) : now.most(),
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

    private LimitView view(Limit limit) {
        return new LimitView(
                limit.id(),
                limit.projectId(),
                limit.domainId(),
                limit.of().serviceId(),
                limit.of().regionId(),
                limit.of().resource(),
                limit.most(),
                limit.description(),
                listing.self("/limits/" + limit.id()));
    }
}
