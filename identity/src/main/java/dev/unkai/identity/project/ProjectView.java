package dev.unkai.identity.project;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.domain.Domain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project as the Identity v3 API shows it, with its plan beside. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectView(
        String id,
        String name,

        @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("domain_id") @Nullable
        String domainId,

        String description,
        boolean enabled,

        @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("parent_id") @Nullable
        String parentId,

        @JsonProperty("is_domain") boolean isDomain,
        List<String> tags,
        Map<String, Object> options,
        @Nullable String plan,
        Self links,
        @JsonAnyGetter Map<String, ?> extra) {
    public static ProjectView of(Project project, Listing listing) {
        return new ProjectView(
                project.id(),
                project.name(),
                project.domainId(),
                project.description(),
                project.enabled(),
                project.parentId() == null ? project.domainId() : project.parentId(),
                false,
                project.tags(),
                Immutable.shown(project.immutable()),
                project.plan(),
                listing.self("/projects/" + project.id()),
                project.extra().attributes());
    }

    /** A domain as the project that acts as it, which the API shows too. */
    static ProjectView of(Domain domain, Listing listing) {
        return new ProjectView(
                domain.id(),
                domain.name(),
                null,
                domain.description(),
                domain.enabled(),
                null,
                true,
                domain.tags(),
                Immutable.shown(domain.immutable()),
                null,
                listing.self("/projects/" + domain.id()),
                domain.extra().attributes());
    }

    /** The same with the given fields beside, such as {@code parents}. */
    ProjectView with(Map<String, ?> more) {
        Map<String, Object> all = new LinkedHashMap<>(extra);
        all.putAll(more);
        return new ProjectView(
                id, name, domainId, description, enabled, parentId, isDomain, tags, options, plan, links, all);
    }
}
