package dev.unkai.identity.federation;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.access.Role;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Named;
import dev.unkai.identity.federation.IdentityProvider.Rule;
import dev.unkai.identity.federation.Providers.Shown;
import dev.unkai.identity.federation.Providers.Wanted;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What cloud shows as {@code /service/v1/identity-providers}. */
@RestController
@RequestMapping("/identity/service/v1/identity-providers")
public final class ProviderController {
    private static final List<String> ROLES = Role.namesOf(Role.Side.CUSTOMER);
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST = 255;
    private static final int LONGEST_ISSUER = 512;
    private static final int LONGEST_SECRET = 1_024;
    private static final int MOST_RULES = 100;
    private static final int MOST_WAYS = 20;

    private final Providers providers;

    public ProviderController(Providers providers) {
        this.providers = providers;
    }

    /** What a value of the mapping claim gives: either a {@code role} or a place in a {@code group}, the other is null. */
    record RuleView(
            String value, @Nullable String role, @Nullable String group) {}

    /**
     * @param rules with the names of groups
     * @param barredByPlan nobody signs in by it, since the contract's plan leaves users or their passwords to the provider of the service
     * @param signInLink where the contract's people begin
     * @param redirectUri what the issuer must know
     * @param postLogoutRedirectUri the same where {@code logOutThere} is wanted
     * @param users how many have come by it
     */
    @Shape(name = "IdentityProvider")
    record View(
            String id,
            Named contract,
            String name,
            String issuer,
            String clientId,
            String scopes,
            String nameClaim,
            @Nullable String mappingClaim,
            List<RuleView> rules,
            List<String> secondFactor,
            boolean enabled,
            boolean logOutThere,
            boolean barredByPlan,
            String signInLink,
            String redirectUri,
            String postLogoutRedirectUri,
            int users) {}

    record Listing(List<View> identityProviders) {}

    record ProviderSent(Wish identityProvider) {}

    /**
     * @param contract needed when it is registered, as {@code issuer} and {@code clientSecret}; contract and issuer then stay
     * @param scopes names with spaces between, {@code openid} among them; absent: {@code openid profile}
     * @param nameClaim whose value is a new user's name; absent: {@code preferred_username}
     * @param mappingClaim whose values the rules are for; null: there is none
     * @param secondFactor values of {@code acr} or {@code amr} that count as a second factor here
     */
    record Wish(
            @Nullable String contract,
            String name,
            @Nullable String issuer,
            String clientId,
            @Nullable String clientSecret,
            @Nullable String scopes,
            @Nullable String nameClaim,
            @Nullable String mappingClaim,
            @Nullable List<RuleWish> rules,
            @Nullable List<String> secondFactor,
            @Nullable Boolean enabled,
            @Nullable Boolean logOutThere) {}

    /** Either a {@code role} or a place in a {@code group}. */
    record RuleWish(
            String value, @Nullable String role, @Nullable String group) {}

    /** @param trouble null: the issuer answers as it should */
    record Checked(@Nullable String trouble) {}

    /** All contracts' for operators, else those of the caller's own. */
    @Allow("identity:identity-provider:list")
    @GetMapping
    Listing list(Caller caller) {
        return new Listing(
                providers.list(caller).stream().map(ProviderController::view).toList());
    }

    /** One identity provider. */
    @Allow("identity:identity-provider:list")
    @GetMapping("/{provider}")
    View show(Caller caller, @PathVariable String provider) {
        return view(providers.show(caller, provider));
    }

    /**
     * {@code {"identityProvider": {"contract", "name", "issuer", "clientId", "clientSecret", "scopes"?, "nameClaim"?, "mappingClaim"?, "rules":
     * [{"value", "role" | "group"}], "secondFactor"?, "enabled"?, "logOutThere"?}}}.
     */
    @Allow("identity:identity-provider:change")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    View create(Caller caller, @Shape(ProviderSent.class) @RequestBody JsonNode body) {
        return view(providers.create(caller, wanted(body)));
    }

    /** The same as a whole; without a {@code clientSecret} that stays. */
    @Allow("identity:identity-provider:change")
    @PutMapping("/{provider}")
    View update(Caller caller, @PathVariable String provider, @Shape(ProviderSent.class) @RequestBody JsonNode body) {
        return view(providers.update(caller, provider, wanted(body)));
    }

    /** Removes it. Nobody signs in by it any more. */
    @Allow("identity:identity-provider:change")
    @DeleteMapping("/{provider}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String provider) {
        providers.delete(caller, provider);
    }

    /** Asks the issuer now: {@code {"trouble": null}} when it answers as it should, else the sentence. */
    @Allow("identity:identity-provider:check")
    @PostMapping("/{provider}/check")
    Checked check(Caller caller, @PathVariable String provider) {
        Optional<String> trouble = providers.check(caller, provider);
        return new Checked(trouble.orElse(null));
    }

    private static Wanted wanted(JsonNode whole) {
        Body body = Body.under(whole, "identityProvider").only(Wish.class);
        return new Wanted(
                body.has("contract") ? body.text("contract", LONGEST_NAME) : null,
                body.text("name", LONGEST_NAME).strip(),
                body.has("issuer") ? body.text("issuer", LONGEST_ISSUER) : null,
                body.text("clientId", LONGEST),
                body.has("clientSecret") ? body.text("clientSecret", LONGEST_SECRET) : null,
                scopes(body.has("scopes") ? body.text("scopes", LONGEST) : "openid profile"),
                body.has("nameClaim") ? body.text("nameClaim", LONGEST) : "preferred_username",
                body.isNull("mappingClaim") || !body.has("mappingClaim") ? null : body.text("mappingClaim", LONGEST),
                rules(body),
                body.texts("secondFactor", MOST_WAYS, LONGEST),
                body.flag("enabled", true),
                body.flag("logOutThere", false));
    }

    private static String scopes(String text) {
        List<String> scopes = List.of(text.strip().split("\\s+"));
        if (!scopes.contains("openid")
                || !scopes.stream().allMatch(one -> one.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"))) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "ScopesWrong",
                    "The field \"scopes\" must be names with spaces between, \"openid\" among them.");
        }
        return String.join(" ", scopes);
    }

    private static List<Rule> rules(Body body) {
        List<Rule> rules = new ArrayList<>();
        for (Body each : body.objects("rules", MOST_RULES)) {
            each.only(RuleWish.class);
            String role = each.optionalText("role", LONGEST_NAME);
            String group = each.optionalText("group", LONGEST);
            if ((role == null) == (group == null)) {
                throw Refusal.invalid("Each rule gives either a \"role\" or a place in a \"group\".");
            }
            if (role != null && !ROLES.contains(role)) {
                throw Refusal.invalid("The role of a rule is one of a contract: " + String.join(", ", ROLES) + ".");
            }
            rules.add(new Rule(each.text("value", LONGEST), role, group));
        }
        return rules;
    }

    private static View view(Shown shown) {
        IdentityProvider provider = shown.provider();
        return new View(
                provider.id(),
                new Named(provider.domainId(), provider.domainName()),
                provider.name(),
                provider.issuer(),
                provider.clientId(),
                provider.scopes(),
                provider.nameClaim(),
                provider.mapping().claim(),
                provider.mapping().rules().stream()
                        .map(rule -> new RuleView(
                                rule.value(),
                                rule.role(),
                                rule.group() == null ? null : shown.groupNames().get(rule.group())))
                        .toList(),
                provider.secondFactor(),
                provider.enabled(),
                provider.logOutThere(),
                provider.barredByPlan(),
                shown.link(),
                shown.redirect(),
                shown.left(),
                shown.users());
    }
}
