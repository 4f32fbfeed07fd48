package dev.unkai.identity.role;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.role.RoleStore.StoredRole;
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

/** Roles of users and groups on projects, on domains and on the system: {@code /v3/{scope}/{actor}/roles/{role}}. */
@RestController
@RequestMapping("/identity/v3")
public final class AssignmentController {
    private static final String ON = "/{scope:projects|domains}/{scopeId}/{kind:users|groups}/{actorId}/roles";
    private static final String ON_SYSTEM = "/system/{kind:users|groups}/{actorId}/roles";

    private final Assignments assignments;
    private final Listing listing;

    public AssignmentController(Assignments assignments, Listing listing) {
        this.assignments = assignments;
        this.listing = listing;
    }

    @Allow("identity:assignment:list")
    @GetMapping(ON)
    Map<String, Object> given(
            Caller caller,
            @PathVariable String scope,
            @PathVariable String scopeId,
            @PathVariable String kind,
            @PathVariable String actorId,
            HttpServletRequest request) {
        return listing.whole(
                "roles",
                assignments.given(caller, Actor.of(kind, actorId), scope(scope, scopeId)),
                this::view,
                request);
    }

    @Allow("identity:assignment:show")
    @GetMapping(ON + "/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void check(
            Caller caller,
            @PathVariable String scope,
            @PathVariable String scopeId,
            @PathVariable String kind,
            @PathVariable String actorId,
            @PathVariable String role) {
        need(assignments.exists(caller, Actor.of(kind, actorId), scope(scope, scopeId), role), role);
    }

    @Allow("identity:assignment:grant")
    @PutMapping(ON + "/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void grant(
            Caller caller,
            @PathVariable String scope,
            @PathVariable String scopeId,
            @PathVariable String kind,
            @PathVariable String actorId,
            @PathVariable String role) {
        assignments.grant(caller, Actor.of(kind, actorId), scope(scope, scopeId), role);
    }

    @Allow("identity:assignment:withdraw")
    @DeleteMapping(ON + "/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(
            Caller caller,
            @PathVariable String scope,
            @PathVariable String scopeId,
            @PathVariable String kind,
            @PathVariable String actorId,
            @PathVariable String role) {
        assignments.withdraw(caller, Actor.of(kind, actorId), scope(scope, scopeId), role);
    }

    @Allow("identity:system:list")
    @GetMapping(ON_SYSTEM)
    Map<String, Object> givenOnSystem(
            Caller caller, @PathVariable String kind, @PathVariable String actorId, HttpServletRequest request) {
        return listing.whole(
                "roles", assignments.given(caller, Actor.of(kind, actorId), new Scope.OfSystem()), this::view, request);
    }

    @Allow("identity:system:show")
    @GetMapping(ON_SYSTEM + "/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void checkOnSystem(
            Caller caller, @PathVariable String kind, @PathVariable String actorId, @PathVariable String role) {
        need(assignments.exists(caller, Actor.of(kind, actorId), new Scope.OfSystem(), role), role);
    }

    @Allow("identity:system:grant")
    @PutMapping(ON_SYSTEM + "/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void grantOnSystem(
            Caller caller, @PathVariable String kind, @PathVariable String actorId, @PathVariable String role) {
        assignments.grant(caller, Actor.of(kind, actorId), new Scope.OfSystem(), role);
    }

    @Allow("identity:system:withdraw")
    @DeleteMapping(ON_SYSTEM + "/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdrawOnSystem(
            Caller caller, @PathVariable String kind, @PathVariable String actorId, @PathVariable String role) {
        assignments.withdraw(caller, Actor.of(kind, actorId), new Scope.OfSystem(), role);
    }

    private static Scope scope(String kind, String id) {
        return kind.equals("projects") ? new Scope.OfProject(id) : new Scope.OfDomain(id);
    }

    private static void need(boolean exists, String role) {
        if (!exists) {
            throw Refusal.notFound("Could not find role assignment with role: " + role + ".");
        }
    }

    private RoleView view(StoredRole role) {
        return RoleView.of(role, listing);
    }
}
