package dev.unkai.identity.credential;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/users/{user}/access_rules}: made with application credentials, here they are seen and deleted. */
@RestController
@RequestMapping("/identity/v3/users/{user}/access_rules")
public final class AccessRuleController {
    private final Transactions transactions;
    private final AccessRuleStore rules;
    private final AccountStore accounts;
    private final Rights rights;
    private final History history;
    private final Listing listing;

    public AccessRuleController(
            Transactions transactions,
            AccessRuleStore rules,
            AccountStore accounts,
            Rights rights,
            History history,
            Listing listing) {
        this.transactions = transactions;
        this.rules = rules;
        this.accounts = accounts;
        this.rights = rights;
        this.history = history;
        this.listing = listing;
    }

    /** An access rule as the Identity v3 API shows it. */
    record RuleView(String id, String path, String method, String service, Self links) {}

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @PathVariable String user,
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable String method,
            HttpServletRequest request) {
        needOwner(caller, user);
        List<StoredRule> found = transactions.asCaller(caller, db -> rules.list(db, user, service, path, method));
        return listing.<StoredRule>whole("access_rules", found, rule -> view(user, rule), request);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{id}")
    Map<String, RuleView> show(Caller caller, @PathVariable String user, @PathVariable String id) {
        needOwner(caller, user);
        StoredRule rule = transactions.asCaller(
                caller, db -> rules.byId(db, user, id).orElseThrow(() -> ApiErrors.absent("access rule", id)));
        return Map.of("access_rule", view(user, rule));
    }

    @Allow(Allow.ANY_TOKEN)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String user, @PathVariable String id) {
        needOwner(caller, user);
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            var owner = accounts.forChange(db, user).orElseThrow(() -> ApiErrors.absent("user", user));
            StoredRule rule = rules.byId(db, user, id).orElseThrow(() -> ApiErrors.absent("access rule", id));
            if (rules.isInUse(db, id)) {
                throw Refusal.forbidden("Unable to delete access rule " + id
                        + ": an application credential has it. Delete that first.");
            }
            history.record(
                    db,
                    caller,
                    "delete",
                    new History.Thing(
                            "access_rule",
                            id,
                            rule.method() + " " + rule.path(),
                            owner.domainId(),
                            caller.projectOrNull()));
            rules.delete(db, id);
        });
    }

    private static void needOwner(Caller caller, String user) {
        if (!user.equals(caller.user()) && !caller.isAdmin()) {
            throw Refusal.forbidden("You may see and delete your own access rules only.");
        }
    }

    private RuleView view(String user, StoredRule rule) {
        return new RuleView(
                rule.id(),
                rule.path(),
                rule.method(),
                rule.service(),
                listing.self("/users/" + user + "/access_rules/" + rule.id()));
    }
}
