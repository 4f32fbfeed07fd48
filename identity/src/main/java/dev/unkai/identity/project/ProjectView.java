package dev.unkai.identity.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project as the Identity v3 API shows it, with its plan beside. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectView(
        String id,
        String name,
        @JsonProperty("domain_id") String domainId,
        String description,
        boolean enabled,
        @JsonProperty("parent_id") String parentId,
        @JsonProperty("is_domain") boolean isDomain,
        List<String> tags,
        Map<String, Object> options,
        @Nullable String plan,
        Self links) {
    public static ProjectView of(Project project, Listing listing) {
        return new ProjectView(
                project.id(),
                project.name(),
                project.domainId(),
                project.description(),
                project.enabled(),
                project.domainId(),
                false,
                project.tags(),
                Map.of(),
                project.plan(),
                listing.self("/projects/" + project.id()));
    }
}
