package dev.unkai.identity.account;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Flag;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Tags;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.project.ProjectView;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
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

/** {@code /v3/users}. */
@RestController
@RequestMapping("/identity/v3/users")
public final class UserController {

    private static final String[] FIELDS = {
        "name",
        "domain_id",
        "enabled",
        "description",
        "email",
        "default_project_id",
        "password",
        "password_expires_at",
        "options"
    };

    private final Accounts accounts;
    private final Passwords passwords;
    private final Listing listing;

    public UserController(Accounts accounts, Passwords passwords, Listing listing) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.listing = listing;
    }

    @Allow("identity:user:list")
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        return listing.page(
                "users",
                accounts.list(caller, UserFilter.of(request), page),
                page,
                Account::id,
                account -> UserView.of(account, listing),
                request);
    }

    @Allow("identity:user:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, UserView> create(Caller caller, @RequestBody JsonNode body) {
        Body user = notFederated(Body.under(body, "user"));
        return Map.of(
                "user",
                view(accounts.create(
                        caller,
                        new Accounts.Wanted(
                                user.optionalId("domain_id"),
                                user.text("name", 255),
                                user.textOrEmpty("description", 1_000),
                                user.optionalText("email", 255),
                                user.flag("enabled", true),
                                user.optionalText("default_project_id", 64),
                                PasswordRule.read(user, "password"),
                                AccountOptions.NONE.with(user),
                                user.beside(FIELDS)))));
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{id}")
    Map<String, UserView> show(Caller caller, @PathVariable String id) {
        return Map.of("user", view(accounts.show(caller, id)).with(accounts.federated(caller, id)));
    }

    @Allow("identity:user:update")
    @PatchMapping("/{id}")
    Map<String, UserView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body user = notFederated(Body.under(body, "user").saysSomething());
        user.sameId(id);
        String password = PasswordRule.read(user, "password");
        return Map.of(
                "user", view(accounts.update(caller, id, now -> new Accounts.Change(changed(user, now), password))));
    }

    /** Who comes from an identity provider is known when he signs in; nobody else says so. */
    private static Body notFederated(Body user) {
        user.refuseNull("domain_id", "options", "federated");
        if (!user.objects("federated", 1).isEmpty()) {
            throw Refusal.invalid(
                    "The field \"user.federated\" must be empty: users of an identity provider are made when they sign in.");
        }
        return user;
    }

    private static Account changed(Body user, Account now) {
        String domain = user.optionalId("domain_id");
        if (domain != null && !domain.equals(now.domainId())) {
            throw Refusal.invalid("A user cannot move to another domain.");
        }
        boolean enabled = user.flag("enabled", now.enabled());
        return new Account(
                now.id(),
                now.domainId(),
                now.domainName(),
                user.text("name", 255, now.name()),
                user.textOrEmpty("description", 1_000, now.description()),
                user.has("email") ? user.optionalText("email", 255) : now.email(),
                enabled,
                enabled,
                user.has("default_project_id") ? user.optionalText("default_project_id", 64) : now.defaultProjectId(),
                now.passwordHash(),
                now.passwordExpiresAt(),
                now.options().with(user),
                now.extra().with(user.beside(FIELDS)));
    }

    @Allow("identity:user:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        accounts.delete(caller, id);
    }

    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/{id}/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body user = Body.under(body, "user").only("original_password", "password");
        String fresh = PasswordRule.read(user, "password");
        if (fresh == null) {
            throw Refusal.invalid("The field \"user.password\" is missing.");
        }
        passwords.change(caller, id, user.text("original_password", 4_096), fresh);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{id}/projects")
    Map<String, Object> projects(Caller caller, @PathVariable String id, HttpServletRequest request) {
        ProjectStore.Filter filter = new ProjectStore.Filter(
                request.getParameter("domain_id"),
                null,
                NameFilter.of(request),
                Flag.of("enabled", request.getParameter("enabled")),
                Tags.Filter.NONE);
        return listing.<Project>whole(
                "projects",
                accounts.projectsOf(caller, id, filter),
                project -> ProjectView.of(project, listing),
                request);
    }

    private UserView view(Account account) {
        return UserView.of(account, listing);
    }
}
