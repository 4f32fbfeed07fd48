package dev.unkai.identity.project;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Flag;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Page;
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

/** {@code /v3/projects}. */
@RestController
@RequestMapping("/identity/v3/projects")
public final class ProjectController {
    private static final int MOST_TAGS = 80;

    private final Projects projects;
    private final Listing listing;

    public ProjectController(Projects projects, Listing listing) {
        this.projects = projects;
        this.listing = listing;
    }

    @Allow("identity:project:list")
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "domain_id", required = false) @Nullable String domainId,
            @RequestParam(name = "parent_id", required = false) @Nullable String parentId,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String enabled,
            @RequestParam(name = "is_domain", required = false) @Nullable String isDomain,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        boolean nothing = Flag.isSet("is_domain", isDomain)
                || (domainId != null && parentId != null && !domainId.equals(parentId));
        var filter = new ProjectStore.Filter(domainId != null ? domainId : parentId, name, Flag.of("enabled", enabled));
        List<Project> found = projects.list(caller, filter, page);
        return listing.page("projects", nothing ? List.of() : found, page, Project::id, this::view, request);
    }

    @Allow("identity:project:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, ProjectView> create(Caller caller, @RequestBody JsonNode body) {
        Body project = Body.under(body, "project")
                .only(
                        "name",
                        "domain_id",
                        "parent_id",
                        "description",
                        "enabled",
                        "is_domain",
                        "tags",
                        "plan",
                        "options");
        if (project.flag("is_domain", false)) {
            throw Refusal.invalid("A project cannot be a domain here. Make a domain by POST /v3/domains.");
        }
        return Map.of(
                "project",
                view(projects.create(
                        caller,
                        new Projects.Wanted(
                                project.optionalText("domain_id", 64),
                                project.optionalText("parent_id", 64),
                                project.text("name", 64),
                                orEmpty(project.optionalText("description", 1_000)),
                                project.flag("enabled", true),
                                project.optionalText("plan", 64),
                                tags(project)))));
    }

    @Allow("identity:project:show")
    @GetMapping("/{id}")
    Map<String, ProjectView> show(Caller caller, @PathVariable String id) {
        return Map.of("project", view(projects.show(caller, id)));
    }

    @Allow("identity:project:update")
    @PatchMapping("/{id}")
    Map<String, ProjectView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body project = Body.under(body, "project")
                .only(
                        "id",
                        "name",
                        "domain_id",
                        "parent_id",
                        "description",
                        "enabled",
                        "is_domain",
                        "tags",
                        "plan",
                        "options");
        project.sameId(id);
        return Map.of("project", view(projects.update(caller, id, now -> changed(project, now))));
    }

    private static Project changed(Body project, Project now) {
        String domain = project.optionalText("domain_id", 64);
        String parent = project.optionalText("parent_id", 64);
        if ((domain != null && !domain.equals(now.domainId()))
                || (parent != null && !parent.equals(now.domainId()))
                || project.flag("is_domain", false)) {
            throw Refusal.invalid("A project cannot move to another domain or become one.");
        }
        boolean enabled = project.flag("enabled", now.enabled());
        return new Project(
                now.id(),
                now.domainId(),
                now.domainName(),
                project.has("name") ? project.text("name", 64) : now.name(),
                project.has("description") ? orEmpty(project.optionalText("description", 1_000)) : now.description(),
                enabled,
                enabled,
                project.has("plan") ? project.optionalText("plan", 64) : now.plan(),
                project.has("tags") ? tags(project) : now.tags());
    }

    @Allow("identity:project:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        projects.delete(caller, id);
    }

    @Allow("identity:project:show")
    @GetMapping("/{id}/tags")
    Map<String, Object> tags(Caller caller, @PathVariable String id) {
        return Map.of("tags", projects.show(caller, id).tags());
    }

    private ProjectView view(Project project) {
        return ProjectView.of(project, listing);
    }

    private static List<String> tags(Body project) {
        List<String> tags =
                project.texts("tags", MOST_TAGS, 255).stream().distinct().toList();
        for (String tag : tags) {
            if (tag.isEmpty() || tag.contains("/") || tag.contains(",")) {
                throw Refusal.invalid("A tag must not be empty and must not contain a slash or a comma.");
            }
        }
        return tags;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
