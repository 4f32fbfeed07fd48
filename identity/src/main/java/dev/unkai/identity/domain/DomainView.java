package dev.unkai.identity.domain;

import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import java.util.List;
import java.util.Map;

/** A domain as the Identity v3 API shows it. */
public record DomainView(
        String id,
        String name,
        String description,
        boolean enabled,
        List<String> tags,
        Map<String, Object> options,
        Self links) {
    public static DomainView of(Domain domain, Listing listing) {
        return new DomainView(
                domain.id(),
                domain.name(),
                domain.description(),
                domain.enabled(),
                List.of(),
                Map.of(),
                listing.self("/domains/" + domain.id()));
    }
}
