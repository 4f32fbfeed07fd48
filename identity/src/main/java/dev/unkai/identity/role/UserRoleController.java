package dev.unkai.identity.role;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.Named;
import dev.unkai.identity.role.UserRoleStore.OwnProject;
import dev.unkai.identity.role.UserRoleStore.User;
import dev.unkai.wire.token.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What cloud shows as {@code /service/v1/users}: the contract's users and their roles. */
@RestController
@RequestMapping("/identity/service/v1/users")
public final class UserRoleController {
    private final UserRoles users;

    UserRoleController(UserRoles users) {
        this.users = users;
    }

    /** @param project null: on the whole contract */
    @Shape(name = "HeldRole")
    record RoleView(String role, @Nullable Named project) {}

    /**
     * @param provider of the identity provider whose rules give him his roles, or null where they are given by hand
     * @param madeBy who of the provider's people has made him, while he waits for a second one
     */
    @Shape(name = "User")
    record UserView(
            String id,
            String name,
            String description,
            @Nullable String email,
            boolean enabled,
            @Nullable String provider,
            boolean secondFactor,
            @Nullable String madeBy,
            List<RoleView> roles) {}

    /**
     * @param administered whether the caller may look after these users, as far as the plan goes
     * @param passwordsIssued whether the provider makes passwords
     */
    @Shape(name = "Users")
    record UsersView(
            Named contract,
            boolean administered,
            boolean passwordsIssued,
            List<Named> projects,
            List<UserView> users) {}

    /** @param contract the domain's id, for the provider's people; else one's own */
    @Allow("identity:assignment:list")
    @GetMapping
    UsersView list(Caller caller, @RequestParam(required = false) @Nullable String contract) {
        UserRoles.Directory found = users.read(caller, contract);
        return new UsersView(
                view(found.contract()),
                found.administered(),
                found.passwordsIssued(),
                found.projects().stream().map(UserRoleController::view).toList(),
                found.users().stream().map(UserRoleController::view).toList());
    }

    /** @param role its name */
    @Allow("identity:assignment:grant")
    @PutMapping("/{user}/roles/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void give(
            Caller caller,
            @PathVariable String user,
            @PathVariable String role,
            @RequestParam(required = false) @Nullable String project) {
        users.give(caller, user, role, project);
    }

    /** Its tokens are void here at once, in the other processes within seconds. */
    @Allow("identity:assignment:withdraw")
    @DeleteMapping("/{user}/roles/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(
            Caller caller,
            @PathVariable String user,
            @PathVariable String role,
            @RequestParam(required = false) @Nullable String project) {
        users.take(caller, user, role, project);
    }

    private static Named view(OwnProject project) {
        return new Named(project.id(), project.name());
    }

    private static UserView view(User user) {
        return new UserView(
                user.id(),
                user.name(),
                user.description(),
                user.email(),
                user.enabled(),
                user.provider(),
                user.secondFactor(),
                user.madeBy(),
                user.roles().stream()
                        .map(held -> new RoleView(held.role(), held.project() == null ? null : view(held.project())))
                        .toList());
    }
}
