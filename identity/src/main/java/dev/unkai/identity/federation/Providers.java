package dev.unkai.identity.federation;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.event.History;
import dev.unkai.identity.federation.IdentityProvider.Mapping;
import dev.unkai.identity.federation.IdentityProvider.Rule;
import dev.unkai.identity.group.Group;
import dev.unkai.identity.group.GroupStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The identity providers of contracts: operators register and change them, who manages a contract sees its own. */
@Component
public final class Providers {
    private final Transactions transactions;
    private final ProviderStore providers;
    private final FederatedAccounts federated;
    private final SignIns signIns;
    private final IssuerFacts issuers;
    private final IssuerLine line;
    private final DomainStore domains;
    private final PlanRuleStore plans;
    private final GroupStore groups;
    private final Rights rights;
    private final History history;
    private final Ids ids;
    private final Clock clock;

    Providers(
            Transactions transactions,
            ProviderStore providers,
            FederatedAccounts federated,
            SignIns signIns,
            IssuerFacts issuers,
            IssuerLine line,
            DomainStore domains,
            PlanRuleStore plans,
            GroupStore groups,
            Rights rights,
            History history,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.providers = providers;
        this.federated = federated;
        this.signIns = signIns;
        this.issuers = issuers;
        this.line = line;
        this.domains = domains;
        this.plans = plans;
        this.groups = groups;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A provider as it is shown.
     *
     * @param groupNames of the rules' groups, by id
     * @param link where its people begin
     * @param redirect what the issuer must know as the client's redirect URI
     * @param left the same for who has logged out there
     * @param users how many have come by it
     */
    record Shown(
            IdentityProvider provider,
            Map<String, String> groupNames,
            String link,
            String redirect,
            String left,
            int users) {
        Shown {
            groupNames = Map.copyOf(groupNames);
        }
    }

    /**
     * What an operator wants.
     *
     * @param contract id of the domain
     * @param secret of the client; null: as it is
     * @param rules with names of groups in the place of ids
     */
    record Wanted(
            @Nullable String contract,
            String name,
            @Nullable String issuer,
            String clientId,
            @Nullable String secret,
            String scopes,
            String nameClaim,
            @Nullable String mappingClaim,
            List<Rule> rules,
            List<String> secondFactor,
            boolean enabled,
            boolean logOutThere) {
        Wanted {
            rules = List.copyOf(rules);
            secondFactor = List.copyOf(secondFactor);
        }

        @Override
        public String toString() {
            return name + " at " + issuer;
        }
    }

    List<Shown> list(Caller caller) {
        return transactions.asCaller(caller, db -> {
            String domain = rights.of(db, caller).listed(null);
            return providers.list(db, domain).stream()
                    .map(one -> shown(db, one))
                    .toList();
        });
    }

    Shown show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> shown(db, visible(db, caller, id)));
    }

    private IdentityProvider visible(Db db, Caller caller, String id) {
        Authority authority = rights.of(db, caller);
        IdentityProvider provider = providers.byId(db, id).orElseThrow(() -> absent(id));
        authority.need(provider.domainId(), ApiErrors.hidden("identity provider", id));
        return provider;
    }

    Shown create(Caller caller, Wanted wanted) {
        String secret = wanted.secret();
        if (wanted.contract() == null || wanted.issuer() == null || secret == null) {
            throw Refusal.invalid("Name the \"contract\", the \"issuer\" and the \"clientSecret\".");
        }
        String contract = wanted.contract();
        String issuer = issuer(wanted.issuer());
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Domain domain = domains.forChange(db, contract).orElseThrow(() -> ApiErrors.absent("contract", contract));
            refuseBarred(plans.of(db, domain.id())
                    .filter(PlanRules::leavesUsersToProvider)
                    .isPresent());
            refuseTaken(db, domain.id(), null, wanted.name(), issuer);
            IdentityProvider fresh = new IdentityProvider(
                    ids.nextHex(),
                    domain.id(),
                    domain.name(),
                    null,
                    wanted.name(),
                    issuer,
                    wanted.clientId(),
                    wanted.scopes(),
                    wanted.nameClaim(),
                    mapping(db, domain.id(), wanted),
                    wanted.secondFactor(),
                    Ids.secret(16),
                    wanted.enabled(),
                    wanted.logOutThere(),
                    false);
            providers.insert(db, fresh, secret, clock.instant());
            history.record(db, caller, "create", thing(fresh), facts(fresh), Changes.made(fresh));
            return shown(db, fresh);
        });
    }

    /** Everything but contract, issuer and link. Where it gives something else than before, its users' sessions end. */
    Shown update(Caller caller, String id, Wanted wanted) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            IdentityProvider old = providers.forChange(db, id).orElseThrow(() -> absent(id));
            if (wanted.issuer() != null && !wanted.issuer().equals(old.issuer())
                    || wanted.contract() != null && !wanted.contract().equals(old.domainId())) {
                throw Refusal.invalid(
                        "Contract and issuer of a provider do not change, since its users are bound to them."
                                + " Register another one.");
            }
            refuseBarred(wanted.enabled() && old.barredByPlan());
            refuseTaken(db, old.domainId(), id, wanted.name(), null);
            IdentityProvider fresh = new IdentityProvider(
                    old.id(),
                    old.domainId(),
                    old.domainName(),
                    old.project(),
                    wanted.name(),
                    old.issuer(),
                    wanted.clientId(),
                    wanted.scopes(),
                    wanted.nameClaim(),
                    mapping(db, old.domainId(), wanted),
                    wanted.secondFactor(),
                    old.entryKey(),
                    wanted.enabled(),
                    wanted.logOutThere(),
                    old.barredByPlan());
            providers.update(db, fresh, wanted.secret());
            IdentityProvider kept = providers.byId(db, id).orElseThrow();
            Map<String, String> facts = new java.util.LinkedHashMap<>(facts(kept));
            if (wanted.secret() != null) {
                facts.put("client_secret", "set anew");
            }
            Changes changes = Changes.between(old, kept)
                    .and(wanted.secret() == null ? Changes.NONE : Changes.confidential("client_secret"));
            Shown shown = shown(db, kept);
            if (kept.givesTheSameAs(old)) {
                history.record(db, caller, "update", thing(kept), facts, changes);
            } else {
                facts.put("sessions_ended_of", String.valueOf(shown.users()));
                history.record(db, caller, "update", thing(kept), facts, changes);
                federated.endAll(db, kept);
            }
            return shown;
        });
    }

    /** Its users stay, without rights and without a way in; who registers the issuer again has the same users. */
    void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            IdentityProvider old = providers.forChange(db, id).orElseThrow(() -> absent(id));
            history.record(
                    db,
                    caller,
                    "delete",
                    thing(old),
                    Map.of("issuer", old.issuer(), "sessions_ended_of", String.valueOf(federated.count(db, old))));
            providers.delete(db, id);
            federated.endAll(db, old);
        });
    }

    /**
     * Asks the issuer for what it says of itself, now.
     *
     * @return what is wrong, empty when all is well
     */
    Optional<String> check(Caller caller, String id) {
        IdentityProvider provider = transactions.asCaller(caller, db -> visible(db, caller, id));
        try {
            IssuerFacts.Facts _ = issuers.anew(provider.issuer());
            return Optional.empty();
        } catch (IssuerTrouble trouble) {
            return Optional.of(trouble.reason());
        }
    }

    private Mapping mapping(Db db, String domainId, Wanted wanted) {
        if (wanted.mappingClaim() == null
                && wanted.rules().stream().anyMatch(rule -> !rule.value().equals(Rule.EVERYBODY))) {
            throw invalid(
                    "MappingClaimMissing",
                    "Name the \"mappingClaim\" whose values the rules look at, or use the value \"" + Rule.EVERYBODY
                            + "\" alone.");
        }
        List<Rule> rules = wanted.rules().stream()
                .map(rule ->
                        rule.group() == null ? rule : new Rule(rule.value(), null, group(db, domainId, rule.group())))
                .distinct()
                .toList();
        return new Mapping(wanted.mappingClaim(), rules);
    }

    private static String group(Db db, String domainId, String name) {
        return db.sql("select id from account_group where domain_id = ? and name = ? for share")
                .param(domainId)
                .param(name)
                .query(String.class)
                .optional()
                .orElseThrow(
                        () -> invalid("NoSuchGroup", "The contract has no group \"" + name + "\". Make it first."));
    }

    /** For who puts a plan in force that bars them: nobody of the contract comes in by an identity provider any more. Call it last in the transaction. */
    public void closeAll(Db db, String domainId) {
        for (IdentityProvider open : providers.list(db, domainId)) {
            IdentityProvider provider = providers.forChange(db, open.id()).orElseThrow();
            if (provider.enabled()) {
                providers.disable(db, provider.id());
                db.record(CadfEvent.bySystem(
                                "identity",
                                "update",
                                new CadfEvent.Target(
                                        provider.id(),
                                        "identity/identity_provider",
                                        provider.name(),
                                        provider.project()),
                                clock.instant(),
                                null)
                        .with(Map.of("enabled", "false", "because", "the contract's plan bars it"))
                        .with(Changes.of("enabled", true, false)));
                federated.endAll(db, provider);
            }
        }
    }

    /** What the plan says is kept: where the service's own provider makes users or their passwords, nobody else says who somebody is. */
    private static void refuseBarred(boolean barred) {
        if (barred) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "PlanBarsSignIn",
                    "By the plan of this contract the provider registers its users, or issues their passwords. So they cannot sign in at an"
                            + " identity provider of their own: agree on another plan first.");
        }
    }

    /** @param issuer null: it is the provider's already */
    private void refuseTaken(Db db, String domainId, @Nullable String id, String name, @Nullable String issuer) {
        for (IdentityProvider other : providers.list(db, domainId)) {
            if (!other.id().equals(id)
                    && (other.name().equals(name) || other.issuer().equals(issuer))) {
                throw new Refusal(
                        Refusal.Kind.CONFLICT,
                        "ProviderTaken",
                        "The contract has a provider with this name or this issuer already.");
            }
        }
    }

    private String issuer(String text) {
        try {
            URI address = new URI(text);
            if (line.takes(address) && address.getRawQuery() == null) {
                return text;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw invalid(
                "IssuerAddress",
                "The field \"issuer\" must be an https address without a query, such as https://login.example.com/realms/staff.");
    }

    private Shown shown(Db db, IdentityProvider provider) {
        Map<String, String> names = new java.util.HashMap<>();
        for (Rule rule : provider.mapping().rules()) {
            String group = rule.group();
            if (group != null) {
                groups.byId(db, group).map(Group::name).ifPresent(name -> names.put(group, name));
            }
        }
        return new Shown(
                provider,
                names,
                signIns.link(provider),
                signIns.redirect(),
                signIns.left(),
                federated.count(db, provider));
    }

    private static Refusal invalid(String code, String sentence) {
        return new Refusal(Refusal.Kind.INVALID, code, sentence);
    }

    private static Refusal absent(String id) {
        return ApiErrors.absent("identity provider", id);
    }

    private static History.Thing thing(IdentityProvider provider) {
        return new History.Thing("identity_provider", provider.id(), provider.name(), provider.domainId(), null);
    }

    private static Map<String, String> facts(IdentityProvider provider) {
        String rules = provider.mapping().rules().stream()
                .map(rule -> rule.value() + " → " + (rule.role() == null ? "group " + rule.group() : rule.role()))
                .collect(java.util.stream.Collectors.joining(", "));
        return Map.of(
                "issuer", provider.issuer(),
                "enabled", String.valueOf(provider.enabled()),
                "log_out_there", String.valueOf(provider.logOutThere()),
                "mapping",
                        provider.mapping().claim() == null
                                ? rules
                                : provider.mapping().claim() + ": " + rules,
                "second_factor", String.join(", ", provider.secondFactor()));
    }
}
