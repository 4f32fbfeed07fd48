package dev.unkai.identity.source;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.identity.api.Named;
import dev.unkai.identity.source.SourceRuleStore.Limited;
import dev.unkai.identity.source.Sources.OfContract;
import dev.unkai.web.Peer;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What cloud shows as {@code /service/v1/source-rules} and {@code /service/v1/application-credentials}. */
@RestController
@RequestMapping("/identity/service/v1")
public final class SourceController {
    private final Sources sources;
    private final TunnelSources tunnels;

    SourceController(Sources sources, TunnelSources tunnels) {
        this.sources = sources;
        this.tunnels = tunnels;
    }

    /** @param role null: the rule of the whole contract */
    record RuleView(@Nullable String role, List<String> prefixes, Instant changedAt, String changedBy) {}

    /**
     * @param yourAddress where the request comes from, as it is seen here
     * @param tunnelsFrom from where tunnels may be opened, where the plan wants a list beside them; else null
     */
    record RulesView(
            Named contract,
            String yourAddress,
            List<RuleView> rules,
            @Nullable List<String> tunnelsFrom) {}

    record CredentialView(
            String id, String name, Named user, @Nullable Instant expiresAt, List<String> prefixes) {
        static CredentialView of(Limited one) {
            return new CredentialView(
                    one.id(),
                    one.name(),
                    new Named(one.accountId(), one.accountName()),
                    one.expiresAt(),
                    one.prefixes());
        }
    }

    record Credentials(List<CredentialView> applicationCredentials) {}

    /** One wanted rule; prefixes in CIDR notation. */
    record WantedRule(
            @Nullable String role, @Needed @Nullable List<@Nullable String> prefixes) {}

    /** All wanted rules; what is not among them goes. */
    record WantedRules(@Needed @Nullable List<@Nullable WantedRule> rules) {}

    /** Wanted prefixes: of one credential, where none is no limit of its own, or of a contract's tunnels. */
    record WantedPrefixes(@Needed @Nullable List<@Nullable String> prefixes) {}

    /** From where the contract and its roles may be used. */
    @Allow("identity:source-rule:show")
    @GetMapping("/source-rules")
    RulesView show(Caller caller, @RequestParam(required = false) @Nullable String contract) {
        return view(sources.read(caller, contract), caller);
    }

    /** These rules and no others. */
    @Allow("identity:source-rule:update")
    @PutMapping("/source-rules")
    RulesView change(
            Caller caller,
            @RequestParam(required = false) @Nullable String contract,
            @RequestBody WantedRules wanted,
            HttpServletRequest request) {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        for (WantedRule rule : given(wanted.rules(), "rules")) {
            String role = rule.role() == null ? "" : rule.role();
            if (rules.put(role, given(rule.prefixes(), "prefixes")) != null) {
                throw Refusal.invalid("Two rules are for the same role. Put their prefixes into one.");
            }
        }
        return view(sources.change(caller, contract, rules, Peer.isLocal(request)), caller);
    }

    /** From where tunnels may be opened, in a contract whose plan wants both gates. */
    @Allow("identity:source-rule:update")
    @PutMapping("/source-rules/tunnels")
    RulesView changeTunnels(
            Caller caller,
            @RequestParam(required = false) @Nullable String contract,
            @RequestBody WantedPrefixes wanted) {
        String id = tunnels.change(caller, contract, given(wanted.prefixes(), "prefixes"));
        return view(sources.read(caller, id), caller);
    }

    /** Application credentials, and where they may be used from. */
    @Allow("identity:application-credential:list")
    @GetMapping("/application-credentials")
    Credentials credentials(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean everyone,
            @RequestParam(required = false) @Nullable String contract) {
        return new Credentials(sources.credentials(caller, everyone, contract).stream()
                .map(CredentialView::of)
                .toList());
    }

    /** Limits where one may be used from. None: everywhere that its owner may come from. */
    @Allow("identity:application-credential:limit")
    @PutMapping("/application-credentials/{id}/sources")
    CredentialView limit(Caller caller, @PathVariable String id, @RequestBody WantedPrefixes wanted) {
        return CredentialView.of(sources.limit(caller, id, given(wanted.prefixes(), "prefixes")));
    }

    private RulesView view(OfContract found, Caller caller) {
        return new RulesView(
                new Named(found.contract().id(), found.contract().name()),
                caller.address(),
                found.rules().stream()
                        .map(rule -> new RuleView(
                                rule.role().isEmpty() ? null : rule.role(),
                                rule.prefixes(),
                                rule.changedAt(),
                                rule.changedBy()))
                        .toList(),
                tunnels.of(caller, found.contract().id()).orElse(null));
    }

    private static <T> List<T> given(@Nullable List<@Nullable T> items, String field) {
        if (items == null) {
            throw Refusal.invalid("The field \"" + field + "\" must be a list.");
        }
        return items.stream()
                .map(item -> {
                    if (item == null) {
                        throw Refusal.invalid("The field \"" + field + "\" has an empty entry.");
                    }
                    return item;
                })
                .toList();
    }
}
