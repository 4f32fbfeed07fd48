package dev.unkai.identity.user;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.Accounts.Newcomer;
import dev.unkai.identity.api.Accepted;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Named;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.token.Caller;
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

/** Users come and leave; what cloud shows below {@code /service/v1/users}. Their list and roles: dev.unkai.identity.role.UserRoleController. */
@RestController
@RequestMapping("/identity/service/v1/users")
public final class ContractUserController {
    private static final int LONGEST = 255;

    private final ContractUsers users;

    ContractUserController(ContractUsers users) {
        this.users = users;
    }

    record Created(Named user) {}

    record NewUser(Wish user) {}

    /**
     * @param person the user's full name
     * @param email where the link to the first password goes
     * @param role its name
     * @param project on which it is given
     */
    record Wish(
            String name,
            @Nullable String person,
            String email,
            @OneOf({"ja", "en"}) String language,
            String role,
            String project) {}

    record Change(Switch user) {}

    record Switch(boolean enabled) {}

    /** What the user can work with. */
    @Allow("identity:contract-user:show")
    @GetMapping("/{user}/holdings")
    Holdings holdings(Caller caller, @PathVariable String user) {
        return users.holdings(caller, user);
    }

    /**
     * {@code {"user": {"name": …, "person": …, "email": …, "language": "ja", "role": "operator", "project": ID}}}.
     *
     * @param contract the domain's id, for the provider's people; else one's own
     */
    @Allow("identity:contract-user:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Created create(
            Caller caller,
            @RequestParam(required = false) @Nullable String contract,
            @Shape(NewUser.class) @RequestBody JsonNode body) {
        Body user = Body.under(body, "user").only(Wish.class);
        MailAddress email = MailAddress.parse(user.text("email", MailAddress.LONGEST))
                .orElseThrow(
                        () -> Refusal.invalid("Enter a mail address that the link to the first password can go to."));
        Language language = Language.of(user.text("language", 10))
                .orElseThrow(() -> Refusal.invalid("The language is \"ja\" or \"en\"."));
        Account made = users.create(
                caller,
                contract,
                new Newcomer(
                        user.text("name", LONGEST),
                        user.textOrEmpty("person", LONGEST),
                        email,
                        language,
                        user.text("project", 64)),
                user.text("role", LONGEST));
        return new Created(new Named(made.id(), made.name()));
    }

    /** {@code {"user": {"enabled": false}}}: what it works with is void within five seconds; {@code true} lets it log in again. */
    @Allow("identity:contract-user:update")
    @PatchMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void update(Caller caller, @PathVariable String user, @Shape(Change.class) @RequestBody JsonNode body) {
        users.enable(caller, user, Body.under(body, "user").only(Switch.class).requiredFlag("enabled"));
    }

    /** Removes the user for good, with everything that he could log in with. */
    @Allow("identity:contract-user:remove")
    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String user) {
        users.remove(caller, user);
    }

    /** Sends a link to a new password to the user's registered address. */
    @Allow("identity:contract-user:password")
    @PostMapping("/{user}/password-link")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted sendPasswordLink(Caller caller, @PathVariable String user) {
        users.sendPasswordLink(caller, user);
        return Accepted.YES;
    }
}
