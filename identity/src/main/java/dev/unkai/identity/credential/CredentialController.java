package dev.unkai.identity.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.credential.ApplicationCredentials.RoleWish;
import dev.unkai.identity.credential.ApplicationCredentials.RuleWish;
import dev.unkai.identity.credential.ApplicationCredentials.Wanted;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.role.Roles;
import dev.unkai.wire.token.AccessRule;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/users/{user}/application_credentials}. */
@RestController
@RequestMapping("/identity/v3/users/{user}")
public final class CredentialController {
    /** They stand in every token of the credential, which has its limit. */
    private static final int MOST_RULES = 20;

    private static final Set<String> METHODS = Set.of("POST", "GET", "HEAD", "PATCH", "PUT", "DELETE");
    private static final Pattern PATH = Pattern.compile("/[^\\s]*");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_.-]+");

    private final ApplicationCredentials credentials;
    private final Roles roles;
    private final Listing listing;

    public CredentialController(ApplicationCredentials credentials, Roles roles, Listing listing) {
        this.credentials = credentials;
        this.roles = roles;
        this.listing = listing;
    }

    /** A role within a credential; our roles belong to no domain. */
    record RoleView(
            String id,
            String name,
            @Nullable String description,
            @JsonProperty("domain_id") @Nullable String domainId,
            Map<String, Object> options) {}

    /** An application credential as the Identity v3 API shows it; the secret in the answer to its making only. */
    record CredentialView(
            String id,
            String name,
            @Nullable String description,
            @JsonProperty("project_id") String projectId,
            @Nullable String system,
            @JsonProperty("user_id") String userId,
            List<RoleView> roles,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("access_rules")
            List<StoredRule> accessRules,

            @JsonProperty("expires_at") @Nullable String expiresAt,
            boolean unrestricted,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String secret,

            Self links) {}

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/application_credentials")
    Map<String, Object> list(
            Caller caller,
            @PathVariable String user,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        List<ApplicationCredential> found = credentials.list(caller, user, name, page);
        Map<String, StoredRole> named = named(caller, found);
        return listing.page(
                "application_credentials",
                found,
                page,
                ApplicationCredential::id,
                credential -> view(credential, named, null),
                request);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/application_credentials/{id}")
    Map<String, CredentialView> show(Caller caller, @PathVariable String user, @PathVariable String id) {
        return Map.of("application_credential", view(caller, credentials.show(caller, user, id), null));
    }

    @Allow("identity:application-credential:create")
    @PostMapping("/application_credentials")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, CredentialView> create(Caller caller, @PathVariable String user, @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "application_credential")
                .refuseNull("roles", "access_rules")
                .only(
                        "name",
                        "description",
                        "secret",
                        "expires_at",
                        "roles",
                        "unrestricted",
                        "access_rules",
                        "project_id");
        List<RuleWish> rules = wanted.objects("access_rules", MOST_RULES).stream()
                .map(CredentialController::rule)
                .toList();
        String secret = wanted.optionalText("secret", 255);
        if (secret != null && secret.length() < 12) {
            throw Refusal.invalid("A secret needs at least 12 characters. Leave it out and we make a strong one.");
        }
        var made = credentials.create(
                caller,
                user,
                new Wanted(
                        wanted.text("name", 255),
                        wanted.textOrEmpty("description", 1_000),
                        secret,
                        wanted.time("expires_at"),
                        wanted.flag("unrestricted", false),
                        wanted.objects("roles", 100).stream()
                                .map(CredentialController::role)
                                .toList(),
                        rules));
        return Map.of("application_credential", view(caller, made.credential(), made.secret()));
    }

    @Allow(Allow.ANY_TOKEN)
    @DeleteMapping("/application_credentials/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String user, @PathVariable String id) {
        credentials.delete(caller, user, id);
    }

    /** {@code {"service", "method", "path"}}, or the id of a rule that is there. */
    private static RuleWish rule(Body rule) {
        rule.only("id", "service", "method", "path");
        String id = rule.optionalText("id", 64);
        if (id != null) {
            return new RuleWish(id, null);
        }
        String method = rule.text("method", 8);
        if (!METHODS.contains(method)) {
            throw Refusal.invalid("The method of an access rule must be one of POST, GET, HEAD, PATCH, PUT, DELETE.");
        }
        String path = rule.text("path", 225);
        if (!PATH.matcher(path).matches()) {
            throw Refusal.invalid("The path of an access rule begins with a slash and has no blanks in it.");
        }
        String service = rule.text("service", 64);
        if (!SERVICE.matcher(service).matches()) {
            throw Refusal.invalid("The service of an access rule is a type of the catalog, such as compute.");
        }
        return new RuleWish(null, new AccessRule(service, method, path));
    }

    private static RoleWish role(Body role) {
        role.only("id", "name", "domain_id");
        String id = role.optionalText("id", 64);
        return id != null ? new RoleWish(id, null) : new RoleWish(null, role.text("name", 255));
    }

    private Map<String, StoredRole> named(Caller caller, List<ApplicationCredential> some) {
        return roles.named(
                caller,
                some.stream()
                        .flatMap(credential -> credential.roles().stream())
                        .map(HeldRole::id)
                        .distinct()
                        .toList());
    }

    private CredentialView view(Caller caller, ApplicationCredential credential, @Nullable String secret) {
        return view(credential, named(caller, List.of(credential)), secret);
    }

    private static RoleView view(HeldRole role, Map<String, StoredRole> named) {
        StoredRole said = named.get(role.id());
        String description = said == null ? "" : said.description();
        return new RoleView(
                role.id(),
                role.name(),
                description.isEmpty() ? null : description,
                null,
                said == null ? Map.of() : dev.unkai.identity.role.RoleView.options(said));
    }

    private CredentialView view(
            ApplicationCredential credential, Map<String, StoredRole> named, @Nullable String secret) {
        return new CredentialView(
                credential.id(),
                credential.name(),
                credential.description().isEmpty() ? null : credential.description(),
                credential.projectId(),
                null,
                credential.accountId(),
                credential.roles().stream().map(role -> view(role, named)).toList(),
                credential.accessRules(),
                Times.ofResource(credential.expiresAt()),
                credential.unrestricted(),
                secret,
                listing.self("/users/" + credential.accountId() + "/application_credentials/" + credential.id()));
    }
}
