package dev.unkai.identity.catalog;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import dev.unkai.identity.catalog.CatalogStore.Service;
import dev.unkai.identity.catalog.CatalogView.EndpointView;
import dev.unkai.wire.token.TokenClaims;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which services there are and where, as the bearer of a token sees it. */
@Component
public final class Catalog {
    /** {@code $(name)s} or {@code %(name)s}, as the reference writes a place for the token's project or user. */
    private static final Pattern PLACE = Pattern.compile("[$%]\\((\\w+)\\)s");

    private final CatalogStore store;

    public Catalog(CatalogStore store) {
        this.store = store;
    }

    /**
     * Enabled services with their enabled endpoints; one whose address needs a project is left out without one. Where an
     * operator has chosen endpoints for the token's project, those only.
     */
    public List<CatalogView> of(Db db, TokenClaims token) {
        String project = token.projectId();
        List<Endpoint> shown =
                project == null ? store.endpoints(db, null, null, null) : store.endpointsFor(db, project);
        Map<String, List<Endpoint>> endpoints = shown.stream()
                .filter(Endpoint::enabled)
                .collect(Collectors.groupingBy(Endpoint::serviceId, LinkedHashMap::new, Collectors.toList()));
        List<CatalogView> catalog = new ArrayList<>();
        for (Service service : store.services(db, null, NameFilter.none())) {
            if (service.enabled()) {
                catalog.add(new CatalogView(
                        service.id(),
                        service.type(),
                        service.name(),
                        endpoints.getOrDefault(service.id(), List.of()).stream()
                                .map(end -> view(end, token))
                                .flatMap(Optional::stream)
                                .toList()));
            }
        }
        return catalog;
    }

    private static Optional<EndpointView> view(Endpoint end, TokenClaims token) {
        return address(end.url(), token)
                .map(url -> new EndpointView(end.id(), end.face(), end.regionId(), end.regionId(), url));
    }

    private static Optional<String> address(String url, TokenClaims token) {
        Matcher places = PLACE.matcher(url);
        StringBuilder address = new StringBuilder();
        while (places.find()) {
            String value = value(places.group(1), token);
            if (value == null) {
                return Optional.empty();
            }
            places.appendReplacement(address, Matcher.quoteReplacement(value));
        }
        return Optional.of(places.appendTail(address).toString());
    }

    private static @Nullable String value(String name, TokenClaims token) {
        return switch (name) {
            case "project_id", "tenant_id" -> token.projectId();
            case "user_id" -> token.userId();
            default -> null;
        };
    }

    /** Whether an address holds only places that some token could fill. */
    static boolean isFillable(String url) {
        return PLACE.matcher(url)
                .results()
                .allMatch(place -> List.of("project_id", "tenant_id", "user_id").contains(place.group(1)));
    }
}
