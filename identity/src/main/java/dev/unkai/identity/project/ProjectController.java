package dev.unkai.identity.project;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Flag;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Tags;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.Domains;
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

/** {@code /v3/projects}. */
@RestController
@RequestMapping("/identity/v3/projects")
public final class ProjectController {
    private static final String[] FIELDS = {
        "name",
        "domain_id",
        "parent_id",
        "description",
        "enabled",
        "is_domain",
        "tags",
        "plan",
        "options",
        "parents",
        "subtree"
    };

    private final Projects projects;
    private final Domains domains;
    private final Listing listing;

    public ProjectController(Projects projects, Domains domains, Listing listing) {
        this.projects = projects;
        this.domains = domains;
        this.listing = listing;
    }

    @Allow("identity:project:list")
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "domain_id", required = false) @Nullable String domainId,
            @RequestParam(name = "parent_id", required = false) @Nullable String parentId,
            @RequestParam(required = false) @Nullable String enabled,
            @RequestParam(name = "is_domain", required = false) @Nullable String isDomain,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        Boolean wanted = Flag.of("enabled", enabled);
        NameFilter name = NameFilter.of(request);
        if (Flag.isSet("is_domain", isDomain)) {
            List<Domain> acting =
                    domainId != null || parentId != null ? List.of() : domains.list(caller, name, wanted, page);
            return listing.page(
                    "projects", acting, page, Domain::id, domain -> ProjectView.of(domain, listing), request);
        }
        var filter = new ProjectStore.Filter(domainId, parentId, name, wanted, Tags.Filter.of(request));
        return listing.page("projects", projects.list(caller, filter, page), page, Project::id, this::view, request);
    }

    @Allow("identity:project:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, ProjectView> create(Caller caller, @RequestBody JsonNode body) {
        Body project = Body.under(body, "project").refuseNull("options", "tags");
        if (project.flag("is_domain", false)) {
            return Map.of("project", ProjectView.of(createDomain(caller, project), listing));
        }
        return Map.of(
                "project",
                view(projects.create(
                        caller,
                        new Projects.Wanted(
                                project.optionalText("domain_id", 64),
                                project.optionalText("parent_id", 64),
                                project.text("name", 64),
                                project.textOrEmpty("description", 1_000),
                                project.flag("enabled", true),
                                project.optionalText("plan", 64),
                                Tags.of(project),
                                Immutable.read(project, null),
                                project.beside(FIELDS)))));
    }

    /** A project that acts as a domain is the domain, which operators make. */
    private Domain createDomain(Caller caller, Body project) {
        if (!caller.isAdmin()) {
            throw Refusal.forbidden("Only an operator may make a domain.");
        }
        if (project.optionalText("domain_id", 64) != null || project.optionalText("parent_id", 64) != null) {
            throw Refusal.invalid("only root projects are allowed to act as domains.");
        }
        return domains.create(
                caller,
                new Domains.Wanted(
                        null,
                        project.text("name", 64),
                        project.textOrEmpty("description", 1_000),
                        project.flag("enabled", true),
                        Tags.of(project),
                        Immutable.read(project, null),
                        project.beside(FIELDS)));
    }

    @Allow("identity:project:show")
    @GetMapping("/{id}")
    Map<String, ProjectView> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        if (caller.isAdmin() && domains.isDomain(caller, id)) {
            return Map.of("project", ProjectView.of(domains.show(caller, id), listing));
        }
        return Map.of("project", expanded(caller, id, request));
    }

    private ProjectView expanded(Caller caller, String id, HttpServletRequest request) {
        boolean parents = isSet(request, "parents_as_list");
        boolean parentIds = isSet(request, "parents_as_ids");
        boolean subtree = isSet(request, "subtree_as_list");
        boolean subtreeIds = isSet(request, "subtree_as_ids");
        if (parents && parentIds) {
            throw Refusal.invalid("Cannot use parents_as_list and parents_as_ids query params at the same time.");
        }
        if (subtree && subtreeIds) {
            throw Refusal.invalid("Cannot use subtree_as_list and subtree_as_ids query params at the same time.");
        }
        if (!parents && !parentIds && !subtree && !subtreeIds) {
            return view(projects.show(caller, id));
        }
        var branch = projects.branch(caller, id, parents || subtree);
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        if (parents) {
            more.put("parents", wrapped(branch.above()));
        } else if (parentIds) {
            more.put("parents", ProjectTree.parentsAsIds(branch.project(), branch.above()));
        }
        if (subtree) {
            more.put("subtree", wrapped(branch.below()));
        } else if (subtreeIds) {
            more.put("subtree", ProjectTree.subtreeAsIds(id, branch.below()));
        }
        return view(branch.project()).with(more);
    }

    private List<Map<String, ProjectView>> wrapped(List<Project> some) {
        return some.stream().map(one -> Map.of("project", view(one))).toList();
    }

    private static boolean isSet(HttpServletRequest request, String name) {
        return Flag.isSet(name, request.getParameter(name));
    }

    @Allow("identity:project:update")
    @PatchMapping("/{id}")
    Map<String, ProjectView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body project = Body.under(body, "project").saysSomething().refuseNull("options", "tags");
        project.sameId(id);
        if (caller.isAdmin() && domains.isDomain(caller, id)) {
            return Map.of("project", ProjectView.of(domains.update(caller, id, now -> changed(project, now)), listing));
        }
        return Map.of("project", view(projects.update(caller, id, now -> changed(project, now))));
    }

    private static Domain changed(Body project, Domain now) {
        Immutable.checkChange("domain", now.id(), now.immutable(), project);
        if (!project.flag("is_domain", true)) {
            throw Refusal.invalid("Update of `is_domain` is not allowed.");
        }
        return new Domain(
                now.id(),
                project.text("name", 64, now.name()),
                project.textOrEmpty("description", 1_000, now.description()),
                project.flag("enabled", now.enabled()),
                project.has("tags") ? Tags.of(project) : now.tags(),
                Immutable.read(project, now.immutable()),
                now.extra().with(project.beside(FIELDS)));
    }

    private static Project changed(Body project, Project now) {
        Immutable.checkChange("project", now.id(), now.immutable(), project);
        String domain = project.optionalText("domain_id", 64);
        String parent = project.optionalText("parent_id", 64);
        if (domain != null && !domain.equals(now.domainId())) {
            throw Refusal.invalid("A project cannot move to another domain.");
        }
        if (parent != null && !parent.equals(now.parentId() == null ? now.domainId() : now.parentId())) {
            throw Refusal.forbidden("Update of `parent_id` is not allowed.");
        }
        if (project.flag("is_domain", false)) {
            throw Refusal.invalid("Update of `is_domain` is not allowed.");
        }
        boolean enabled = project.flag("enabled", now.enabled());
        return new Project(
                now.id(),
                now.domainId(),
                now.domainName(),
                now.parentId(),
                project.text("name", 64, now.name()),
                project.textOrEmpty("description", 1_000, now.description()),
                enabled,
                enabled,
                project.has("plan") ? project.optionalText("plan", 64) : now.plan(),
                project.has("tags") ? Tags.of(project) : now.tags(),
                Immutable.read(project, now.immutable()),
                now.extra().with(project.beside(FIELDS)));
    }

    @Allow("identity:project:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        if (caller.isAdmin() && domains.isDomain(caller, id)) {
            domains.delete(caller, id);
        } else {
            projects.delete(caller, id);
        }
    }

    private ProjectView view(Project project) {
        return ProjectView.of(project, listing);
    }
}
