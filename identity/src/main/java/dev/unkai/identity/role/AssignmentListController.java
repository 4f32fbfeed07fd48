package dev.unkai.identity.role;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Flag;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.role.AssignmentList.Filter;
import dev.unkai.identity.role.AssignmentList.Listed;
import dev.unkai.identity.role.AssignmentList.Named;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/role_assignments}: all that the caller manages, in one list. */
@RestController
public final class AssignmentListController {
    private final Assignments assignments;
    private final Listing listing;

    public AssignmentListController(Assignments assignments, Listing listing) {
        this.assignments = assignments;
        this.listing = listing;
    }

    @Allow("identity:assignment:list")
    @GetMapping("/identity/v3/role_assignments")
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "role.id", required = false) @Nullable String role,
            @RequestParam(name = "user.id", required = false) @Nullable String user,
            @RequestParam(name = "group.id", required = false) @Nullable String group,
            @RequestParam(name = "scope.project.id", required = false) @Nullable String project,
            @RequestParam(name = "scope.domain.id", required = false) @Nullable String domain,
            @RequestParam(name = "scope.system", required = false) @Nullable String system,
            @RequestParam(name = "scope.OS-INHERIT:inherited_to", required = false) @Nullable String inheritedTo,
            @RequestParam(name = "include_subtree", required = false) @Nullable String includeSubtree,
            @RequestParam(required = false) @Nullable String effective,
            @RequestParam(name = "include_names", required = false) @Nullable String includeNames,
            HttpServletRequest request) {
        boolean names = Flag.isSet("include_names", includeNames);
        boolean following = Flag.isSet("effective", effective);
        boolean below = Flag.isSet("include_subtree", includeSubtree);
        Boolean inherited = inheritedTo == null ? null : Boolean.valueOf(inheritedTo.equals("projects"));
        refuseUseless(user, group, project, domain, system);
        if (following && group != null) {
            throw Refusal.invalid("Combining effective and group filter will always result in an empty list.");
        }
        if (following && Boolean.TRUE.equals(inherited) && domain != null) {
            throw Refusal.invalid(
                    "Combining effective, domain and inherited filters will always result in an empty list.");
        }
        if (below && project == null) {
            throw Refusal.invalid("scope.project.id must be specified if include_subtree is also specified");
        }
        Filter filter = new Filter(role, user, group, project, below, domain, system != null, inherited, null, null);
        return listing.whole(
                "role_assignments", assignments.list(caller, filter, following), one -> view(one, names), request);
    }

    private static void refuseUseless(
            @Nullable String user,
            @Nullable String group,
            @Nullable String project,
            @Nullable String domain,
            @Nullable String system) {
        if (domain != null && project != null) {
            throw Refusal.invalid("Specify a domain or project, not both");
        }
        if (domain != null && system != null) {
            throw Refusal.invalid("Specify system or domain, not both");
        }
        if (project != null && system != null) {
            throw Refusal.invalid("Specify system or project, not both");
        }
        if (user != null && group != null) {
            throw Refusal.invalid("Specify a user or group, not both");
        }
    }

    private Map<String, Object> view(Listed one, boolean names) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("role", names ? role(one) : id(one.role().id()));
        if (one.user() != null) {
            view.put("user", named(one.user(), names));
        }
        if (one.group() != null) {
            view.put("group", named(one.group(), names));
        }
        Map<String, Object> scope = scope(one, names);
        if (one.inherited()) {
            scope.put("OS-INHERIT:inherited_to", "projects");
        }
        view.put("scope", scope);
        view.put("links", links(one));
        return view;
    }

    private static Map<String, Object> role(Listed one) {
        Map<String, Object> role = new LinkedHashMap<>();
        role.put("id", one.role().id());
        role.put("name", one.role().name());
        if (one.roleDomain() != null) {
            role.put("domain", one.roleDomain());
        }
        return role;
    }

    private static Map<String, Object> scope(Listed one, boolean names) {
        Map<String, Object> scope = new LinkedHashMap<>();
        if (one.project() != null) {
            scope.put("project", named(one.project(), names));
        } else if (one.domain() != null) {
            scope.put("domain", named(one.domain(), names));
        } else {
            scope.put("system", Map.of("all", true));
        }
        return scope;
    }

    /** The address of the assignment that this one is or comes from, in the reference's form. */
    private Map<String, Object> links(Listed one) {
        var origin = one.origin();
        String scope = one.project() == null
                ? one.domain() == null ? "/system" : "/domains/" + one.domain().id()
                : origin.domainId() != null
                        ? "/domains/" + origin.domainId()
                        : "/projects/"
                                + (origin.projectId() != null
                                        ? origin.projectId()
                                        : one.project().id());
        String holder = origin.groupId() != null
                ? "/groups/" + origin.groupId()
                : one.user() != null
                        ? "/users/" + one.user().id()
                        : one.group() != null ? "/groups/" + one.group().id() : "";
        String prior = origin.priorRoleId();
        String address =
                scope + holder + "/roles/" + (prior != null ? prior : one.role().id());
        Map<String, Object> links = new LinkedHashMap<>();
        links.put(
                "assignment",
                listing.url(one.inherited() ? "/OS-INHERIT" + address + "/inherited_to_projects" : address));
        if (origin.groupId() != null && one.user() != null) {
            links.put(
                    "membership",
                    listing.url("/groups/" + origin.groupId() + "/users/"
                            + one.user().id()));
        }
        if (prior != null) {
            links.put("prior_role", listing.url("/prior_role/" + one.role().id() + "/implies/" + prior));
        }
        return links;
    }

    private static Map<String, Object> named(Named thing, boolean names) {
        if (!names) {
            return id(thing.id());
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", thing.id());
        view.put("name", thing.name());
        if (thing.domainId() != null && thing.domainName() != null) {
            view.put("domain", Map.of("id", thing.domainId(), "name", thing.domainName()));
        }
        return view;
    }

    private static Map<String, Object> id(String id) {
        return Map.of("id", id);
    }
}
