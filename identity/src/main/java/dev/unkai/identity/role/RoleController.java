package dev.unkai.identity.role;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.role.RoleStore.Implication;
import dev.unkai.identity.role.RoleStore.RoleName;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/roles} and {@code /v3/role_inferences}. */
@RestController
@RequestMapping("/identity/v3")
public final class RoleController {
    private static final String[] FIELDS = {"name", "description", "domain_id", "options"};

    private final Roles roles;
    private final Listing listing;

    public RoleController(Roles roles, Listing listing) {
        this.roles = roles;
        this.listing = listing;
    }

    /** A role within an implication. */
    record ShortView(String id, String name, Self links) {}

    @Allow("identity:role:list")
    @GetMapping("/roles")
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "domain_id", required = false) @Nullable String domainId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        return listing.page(
                "roles",
                roles.list(caller, NameFilter.of(request), domainId, page),
                page,
                StoredRole::id,
                this::view,
                request);
    }

    @Allow("identity:role:create")
    @PostMapping("/roles")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, RoleView> create(Caller caller, @RequestBody JsonNode body) {
        Body role = Body.under(body, "role").refuseNull("description", "options");
        return Map.of(
                "role",
                view(roles.create(
                        caller,
                        new Roles.Wanted(
                                role.text("name", 255),
                                role.textOrEmpty("description", 1_000),
                                role.optionalText("domain_id", 64),
                                Immutable.read(role, null),
                                role.beside(FIELDS)))));
    }

    @Allow("identity:role:show")
    @GetMapping("/roles/{id}")
    Map<String, RoleView> show(Caller caller, @PathVariable String id) {
        return Map.of("role", view(roles.show(caller, id)));
    }

    @Allow("identity:role:update")
    @PatchMapping("/roles/{id}")
    Map<String, RoleView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body role = Body.under(body, "role").saysSomething().refuseNull("description", "options");
        role.sameId(id);
        return Map.of("role", view(roles.update(caller, id, now -> {
            Immutable.checkChange("role", id, now.immutable(), role);
            return new StoredRole(
                    id,
                    role.text("name", 255, now.name()),
                    role.textOrEmpty("description", 1_000, now.description()),
                    sameDomain(role, now),
                    Immutable.read(role, now.immutable()),
                    now.extra().with(role.beside(FIELDS)));
        })));
    }

    private static @Nullable String sameDomain(Body role, StoredRole now) {
        if (role.has("domain_id") && !Objects.equals(role.optionalText("domain_id", 64), now.domainId())) {
            throw Refusal.invalid("A role cannot move to another domain.");
        }
        return now.domainId();
    }

    @Allow("identity:role:delete")
    @DeleteMapping("/roles/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        roles.delete(caller, id);
    }

    @Allow("identity:role:list")
    @GetMapping("/role_inferences")
    Map<String, Object> inferences(Caller caller) {
        Map<RoleName, List<Implication>> byPrior = roles.implications(caller, null).stream()
                .collect(Collectors.groupingBy(Implication::prior, LinkedHashMap::new, Collectors.toList()));
        return Map.of(
                "role_inferences",
                byPrior.entrySet().stream()
                        .map(entry -> inference(entry.getKey(), entry.getValue()))
                        .toList(),
                "links",
                listing.self("/role_inferences"));
    }

    @Allow("identity:role:show")
    @GetMapping("/roles/{id}/implies")
    Map<String, Object> implied(Caller caller, @PathVariable String id) {
        StoredRole prior = roles.show(caller, id);
        return Map.of(
                "role_inference",
                inference(new RoleName(prior.id(), prior.name()), roles.implications(caller, id)),
                "links",
                listing.self("/roles/" + id + "/implies"));
    }

    @Allow("identity:role:show")
    @GetMapping("/roles/{id}/implies/{implied}")
    Map<String, Object> implication(Caller caller, @PathVariable String id, @PathVariable String implied) {
        return one(roles.implication(caller, id, implied));
    }

    /** Asked for its head alone, the reference says 204 here. */
    @Allow("identity:role:show")
    @RequestMapping(path = "/roles/{id}/implies/{implied}", method = RequestMethod.HEAD)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void checkImplication(Caller caller, @PathVariable String id, @PathVariable String implied) {
        roles.implication(caller, id, implied);
    }

    @Allow("identity:role:imply")
    @PutMapping("/roles/{id}/implies/{implied}")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> imply(Caller caller, @PathVariable String id, @PathVariable String implied) {
        return one(roles.imply(caller, id, implied));
    }

    @Allow("identity:role:imply")
    @DeleteMapping("/roles/{id}/implies/{implied}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void implyNoMore(Caller caller, @PathVariable String id, @PathVariable String implied) {
        roles.implyNoMore(caller, id, implied);
    }

    private Map<String, Object> inference(RoleName prior, List<Implication> implications) {
        return Map.of(
                "prior_role",
                shortened(prior),
                "implies",
                implications.stream().map(one -> shortened(one.implied())).toList());
    }

    private Map<String, Object> one(Implication implication) {
        return Map.of(
                "role_inference",
                Map.of("prior_role", shortened(implication.prior()), "implies", shortened(implication.implied())),
                "links",
                listing.self("/roles/" + implication.prior().id() + "/implies/"
                        + implication.implied().id()));
    }

    private ShortView shortened(RoleName role) {
        return new ShortView(role.id(), role.name(), listing.self("/roles/" + role.id()));
    }

    private RoleView view(StoredRole role) {
        return RoleView.of(role, listing);
    }
}
