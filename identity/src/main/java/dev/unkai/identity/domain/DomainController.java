package dev.unkai.identity.domain;

import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Flag;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Tags;
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

/** {@code /v3/domains}. */
@RestController
@RequestMapping("/identity/v3/domains")
public final class DomainController {
    private static final String[] FIELDS = {"name", "description", "enabled", "tags", "options", "explicit_domain_id"};

    private final Domains domains;
    private final Listing listing;

    public DomainController(Domains domains, Listing listing) {
        this.domains = domains;
        this.listing = listing;
    }

    @Allow("identity:domain:list")
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String enabled,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        return listing.page(
                "domains",
                domains.list(caller, NameFilter.of(request), Flag.of("enabled", enabled), page),
                page,
                Domain::id,
                this::view,
                request);
    }

    @Allow("identity:domain:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, DomainView> create(Caller caller, @RequestBody JsonNode body) {
        Body domain = Body.under(body, "domain").refuseNull("tags");
        return Map.of(
                "domain",
                view(domains.create(
                        caller,
                        new Domains.Wanted(
                                domain.optionalText("explicit_domain_id", 64),
                                domain.text("name", 64),
                                domain.textOrEmpty("description", 1_000),
                                domain.flag("enabled", true),
                                Tags.of(domain),
                                Immutable.read(domain, null),
                                domain.beside(FIELDS)))));
    }

    /** Of one's own domain every token may know the name; of others nothing. */
    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{id}")
    Map<String, DomainView> show(Caller caller, @PathVariable String id) {
        return Map.of("domain", view(domains.show(caller, id)));
    }

    @Allow("identity:domain:update")
    @PatchMapping("/{id}")
    Map<String, DomainView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body domain = Body.under(body, "domain").saysSomething().refuseNull("tags");
        domain.sameId(id);
        return Map.of("domain", view(domains.update(caller, id, now -> {
            Immutable.checkChange("domain", id, now.immutable(), domain);
            return new Domain(
                    id,
                    domain.text("name", 64, now.name()),
                    domain.textOrEmpty("description", 1_000, now.description()),
                    domain.flag("enabled", now.enabled()),
                    domain.has("tags") ? Tags.of(domain) : now.tags(),
                    Immutable.read(domain, now.immutable()),
                    now.extra().with(domain.beside(FIELDS)));
        })));
    }

    @Allow("identity:domain:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        domains.delete(caller, id);
    }

    private DomainView view(Domain domain) {
        return DomainView.of(domain, listing);
    }
}
