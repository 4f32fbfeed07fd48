package dev.unkai.identity.domain;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A domain as the Identity v3 API shows it. */
public record DomainView(
        String id,
        String name,
        String description,
        boolean enabled,
        List<String> tags,
        Map<String, Object> options,
        Self links,
        @JsonAnyGetter Map<String, JsonNode> extra) {
    public static DomainView of(Domain domain, Listing listing) {
        return new DomainView(
                domain.id(),
                domain.name(),
                domain.description(),
                domain.enabled(),
                domain.tags(),
                Immutable.shown(domain.immutable()),
                listing.self("/domains/" + domain.id()),
                domain.extra().attributes());
    }
}
