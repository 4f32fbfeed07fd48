package dev.unkai.identity.role;

import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Flag;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.role.AssignmentStore.Filter;
import dev.unkai.identity.role.AssignmentStore.Listed;
import dev.unkai.identity.role.AssignmentStore.Named;
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
            @RequestParam(required = false) @Nullable String effective,
            @RequestParam(name = "include_names", required = false) @Nullable String includeNames,
            HttpServletRequest request) {
        boolean names = Flag.isSet("include_names", includeNames);
        Filter filter = new Filter(role, user, group, project, domain, system != null, null, null);
        return listing.whole(
                "role_assignments",
                assignments.list(caller, filter, Flag.isSet("effective", effective)),
                one -> view(one, names),
                request);
    }

    private Map<String, Object> view(Listed one, boolean names) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(
                "role",
                names
                        ? Map.of("id", one.role().id(), "name", one.role().name())
                        : id(one.role().id()));
        if (one.user() != null) {
            view.put("user", named(one.user(), names));
        }
        if (one.group() != null) {
            view.put("group", named(one.group(), names));
        }
        view.put("scope", scope(one, names));
        view.put("links", links(one));
        return view;
    }

    private static Map<String, Object> scope(Listed one, boolean names) {
        if (one.project() != null) {
            return Map.of("project", named(one.project(), names));
        }
        if (one.domain() != null) {
            return Map.of("domain", named(one.domain(), names));
        }
        return Map.of("system", Map.of("all", true));
    }

    private Map<String, Object> links(Listed one) {
        String scope = one.project() != null
                ? "/projects/" + one.project().id()
                : one.domain() != null ? "/domains/" + one.domain().id() : "/system";
        String holder = one.throughGroupId() != null
                ? "/groups/" + one.throughGroupId()
                : one.user() != null
                        ? "/users/" + one.user().id()
                        : one.group() != null ? "/groups/" + one.group().id() : "";
        Map<String, Object> links = new LinkedHashMap<>();
        links.put(
                "assignment",
                listing.url(scope + holder + "/roles/" + one.role().id()));
        if (one.throughGroupId() != null && one.user() != null) {
            links.put(
                    "membership",
                    listing.url("/groups/" + one.throughGroupId() + "/users/"
                            + one.user().id()));
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
