package dev.unkai.identity.role;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Listing;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Roles that count for all projects below a project or a domain: {@code /v3/OS-INHERIT/…/inherited_to_projects}. */
@RestController
@RequestMapping("/identity/v3/OS-INHERIT")
public final class InheritedController {
    private static final String BELOW =
            "/{scope:projects|domains}/{scopeId}/{kind:users|groups}/{actorId}/roles/{role}/inherited_to_projects";

    private final Assignments assignments;
    private final Listing listing;

    public InheritedController(Assignments assignments, Listing listing) {
        this.assignments = assignments;
        this.listing = listing;
    }

    /** The reference lists them for domains only. */
    @Allow("identity:assignment:list")
    @GetMapping("/domains/{scopeId}/{kind:users|groups}/{actorId}/roles/inherited_to_projects")
    Map<String, Object> given(
            Caller caller,
            @PathVariable String scopeId,
            @PathVariable String kind,
            @PathVariable String actorId,
            HttpServletRequest request) {
        return listing.whole(
                "roles",
                assignments.given(caller, Actor.of(kind, actorId), new Scope.BelowDomain(scopeId)),
                role -> RoleView.of(role, listing),
                request);
    }

    @Allow("identity:assignment:show")
    @GetMapping(BELOW)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void check(
            Caller caller,
            @PathVariable String scope,
            @PathVariable String scopeId,
            @PathVariable String kind,
            @PathVariable String actorId,
            @PathVariable String role) {
        if (!assignments.exists(caller, Actor.of(kind, actorId), below(scope, scopeId), role)) {
            throw Refusal.notFound("Could not find role assignment with role: " + role + ".");
        }
    }

    @Allow("identity:assignment:grant")
    @PutMapping(BELOW)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void grant(
            Caller caller,
            @PathVariable String scope,
            @PathVariable String scopeId,
            @PathVariable String kind,
            @PathVariable String actorId,
            @PathVariable String role) {
        assignments.grant(caller, Actor.of(kind, actorId), below(scope, scopeId), role);
    }

    @Allow("identity:assignment:withdraw")
    @DeleteMapping(BELOW)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(
            Caller caller,
            @PathVariable String scope,
            @PathVariable String scopeId,
            @PathVariable String kind,
            @PathVariable String actorId,
            @PathVariable String role) {
        assignments.withdraw(caller, Actor.of(kind, actorId), below(scope, scopeId), role);
    }

    private static Scope below(String kind, String id) {
        return kind.equals("projects") ? new Scope.BelowProject(id) : new Scope.BelowDomain(id);
    }
}
