package dev.unkai.identity.catalog;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
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

/** {@code /v3/OS-EP-FILTER/endpoint_groups}: groups of endpoints, for operators. */
@RestController
@RequestMapping("/identity/v3/OS-EP-FILTER/endpoint_groups")
public final class EndpointGroupController {
    private final EndpointChoices choices;
    private final Listing listing;

    public EndpointGroupController(EndpointChoices choices, Listing listing) {
        this.choices = choices;
        this.listing = listing;
    }

    /** A group as the Identity v3 API shows it; {@code filters} has service_id, region_id, interface as far as they are set. */
    record GroupView(String id, String name, @Nullable String description, Map<String, String> filters, Self links) {
        static GroupView of(EndpointGroup group, Listing listing) {
            Map<String, String> filters = new LinkedHashMap<>();
            put(filters, "service_id", group.serviceId());
            put(filters, "region_id", group.regionId());
            put(filters, "interface", group.face());
            return new GroupView(
                    group.id(),
                    group.name(),
                    group.description(),
                    filters,
                    listing.self("/OS-EP-FILTER/endpoint_groups/" + group.id()));
        }

        private static void put(Map<String, String> filters, String name, @Nullable String value) {
            if (value != null) {
                filters.put(name, value);
            }
        }
    }

    @Allow("identity:endpoint-choice:show")
    @GetMapping
    Map<String, Object> list(
            Caller caller, @RequestParam(required = false) @Nullable String name, HttpServletRequest request) {
        return listing.<EndpointGroup>whole(
                "endpoint_groups", choices.list(caller, name), group -> GroupView.of(group, listing), request);
    }

    @Allow("identity:endpoint-choice:change")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, GroupView> create(Caller caller, @RequestBody JsonNode body) {
        Body group = Body.under(body, "endpoint_group");
        return view(choices.create(
                caller, read("", group.text("name", 255), group.optionalText("description", 1_000), filters(group))));
    }

    @Allow("identity:endpoint-choice:show")
    @GetMapping("/{group}")
    Map<String, GroupView> show(Caller caller, @PathVariable String group) {
        return view(choices.show(caller, group));
    }

    @Allow("identity:endpoint-choice:change")
    @PatchMapping("/{group}")
    Map<String, GroupView> update(Caller caller, @PathVariable String group, @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "endpoint_group").saysSomething();
        wanted.sameId(group);
        return view(choices.update(caller, group, now -> {
            String name = wanted.text("name", 255, now.name());
            String description =
                    wanted.has("description") ? wanted.optionalText("description", 1_000) : now.description();
            return wanted.has("filters")
                    ? read(now.id(), name, description, filters(wanted))
                    : new EndpointGroup(now.id(), name, description, now.serviceId(), now.regionId(), now.face());
        }));
    }

    @Allow("identity:endpoint-choice:change")
    @DeleteMapping("/{group}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String group) {
        choices.delete(caller, group);
    }

    private static Body filters(Body group) {
        return group.object("filters").only("service_id", "region_id", "interface");
    }

    private static EndpointGroup read(String id, String name, @Nullable String description, Body filters) {
        String service = filters.optionalText("service_id", 64);
        String region = filters.optionalText("region_id", 255);
        String face = filters.optionalText("interface", 8);
        if (service == null && region == null && face == null) {
            throw Refusal.invalid("The field \"endpoint_group.filters\" is required and cannot be empty.");
        }
        if (face != null && !List.of("public", "internal", "admin").contains(face)) {
            throw Refusal.invalid(
                    "The field \"endpoint_group.filters.interface\" must be one of public, internal, admin.");
        }
        return new EndpointGroup(id, name, description, service, region, face);
    }

    private Map<String, GroupView> view(EndpointGroup group) {
        return Map.of("endpoint_group", GroupView.of(group, listing));
    }
}
