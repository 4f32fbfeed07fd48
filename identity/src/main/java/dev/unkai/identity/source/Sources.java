package dev.unkai.identity.source;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role;
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
import dev.unkai.identity.source.SourceRuleStore.Kept;
import dev.unkai.identity.source.SourceRuleStore.Limited;
import dev.unkai.web.SourceCheck;
import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.IpAddress;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.Bearer;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import dev.unkai.wire.origin.SourceRules.Subject;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where a contract, its roles and its application credentials may be used from: read and changed by those who manage them. */
@Component
public final class Sources {
    private static final int PER_RULE = 64;
    private static final String WHOLE = "";

    private final Transactions transactions;
    private final SourceRuleStore store;
    private final SourceRuleLog log;
    private final DomainStore domains;
    private final Rights rights;
    private final History history;
    private final PlanRuleStore plans;

    public Sources(
            Transactions transactions,
            SourceRuleStore store,
            SourceRuleLog log,
            DomainStore domains,
            Rights rights,
            History history,
            PlanRuleStore plans) {
        this.transactions = transactions;
        this.store = store;
        this.log = log;
        this.domains = domains;
        this.rights = rights;
        this.history = history;
        this.plans = plans;
    }

    /** A contract's rules, one for each role that has one, and under an empty role that of all. */
    record OfContract(Domain contract, List<Kept> rules) {}

    /** @param contract the domain's id, or null: the caller's own */
    OfContract read(Caller caller, @Nullable String contract) {
        return transactions.asCaller(caller, db -> {
            Domain domain = managed(db, caller, contract);
            return new OfContract(domain, store.ofDomain(db, domain.id()));
        });
    }

    /**
     * Makes these the contract's rules, and no others.
     *
     * @param wanted prefixes by role; under an empty role those of all
     * @param local whether the caller sits at the machine itself
     * @throws Refusal conflict, when the caller could not come in any more from where he is
     */
    OfContract change(Caller caller, @Nullable String contract, Map<String, List<String>> wanted, boolean local) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            needOwnHand(caller);
            String id = managed(db, caller, contract).id();
            Domain domain = domains.forChange(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
            Map<String, List<String>> rules = checked(domain, wanted);
            needTunnelsKept(db, id, rules);
            needListKept(db, id, rules);
            needWayBack(caller, domain, rules, local);
            Map<String, List<String>> before = new HashMap<>();
            store.ofDomain(db, id).forEach(kept -> before.put(kept.role(), kept.prefixes()));
            store.takeTurn(db);
            String by = caller.token().userName();
            before.keySet().stream()
                    .filter(role -> !rules.containsKey(role))
                    .forEach(role -> put(db, domain, role, List.of(), by));
            rules.forEach((role, prefixes) -> {
                if (!prefixes.equals(before.get(role))) {
                    put(db, domain, role, prefixes, by);
                }
            });
            history.record(
                    db,
                    caller,
                    "update",
                    new History.Thing("source_rules", domain.id(), domain.name(), domain.id(), null),
                    facts(rules),
                    told(before, rules));
            db.wake(log.channel());
            return new OfContract(domain, store.ofDomain(db, id));
        });
    }

    private static Changes told(Map<String, List<String>> before, Map<String, List<String>> after) {
        return Changes.of("prefixes", before.get(WHOLE), after.get(WHOLE))
                .and(Changes.of("prefixes", byRole(before), byRole(after)));
    }

    private static Map<String, List<String>> byRole(Map<String, List<String>> rules) {
        Map<String, List<String>> named = new TreeMap<>(rules);
        named.remove(WHOLE);
        return named;
    }

    private void put(Db db, Domain domain, String role, List<String> prefixes, String by) {
        Subject subject = role.equals(WHOLE) ? Subject.DOMAIN : Subject.ROLE;
        store.put(db, subject, domain.id(), role, null, prefixes, by);
    }

    /** @param everyone those of all accounts of the contract, for who manages it; else the caller's own */
    List<Limited> credentials(Caller caller, boolean everyone, @Nullable String contract) {
        return transactions.asCaller(
                caller,
                db -> everyone
                        ? store.credentials(db, managed(db, caller, contract).id(), null)
                        : store.credentials(db, caller.token().userDomainId(), caller.user()));
    }

    /** Limits one's own application credential, or that of an account of the contract that one manages. */
    Limited limit(Caller caller, String id, List<String> wanted) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller).toChange();
            needOwnHand(caller);
            Limited credential =
                    store.credential(db, id).orElseThrow(() -> ApiErrors.absent("application credential", id));
            if (!credential.accountId().equals(caller.user()) && !authority.manages(credential.domainId())) {
                throw ApiErrors.hidden("application credential", id);
            }
            List<String> prefixes = prefixes(wanted);
            store.takeTurn(db);
            store.put(
                    db,
                    Subject.APPLICATION_CREDENTIAL,
                    credential.domainId(),
                    WHOLE,
                    id,
                    prefixes,
                    caller.token().userName());
            history.record(
                    db,
                    caller,
                    "update",
                    new History.Thing("application_credential", id, credential.name(), credential.domainId(), null),
                    Map.of("sources", shown(prefixes)),
                    Changes.of("prefixes", credential.prefixes(), prefixes));
            db.wake(log.channel());
            return store.credential(db, id).orElseThrow();
        });
    }

    /** The id of the contract that is meant, which the caller manages. */
    static String managed(Authority authority, Caller caller, @Nullable String contract) {
        String id = contract != null
                ? contract
                : authority.provider() ? caller.token().userDomainId() : authority.ownDomain();
        authority.need(id, ApiErrors.hidden("domain", id));
        return id;
    }

    private Domain managed(Db db, Caller caller, @Nullable String contract) {
        String id = managed(rights.of(db, caller), caller, contract);
        return domains.byId(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
    }

    /** A program that was lent some rights does not decide from where its lender may come. */
    static void needOwnHand(Caller caller) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden("Source addresses are changed by a person, not by an application credential or a"
                    + " trust. Log in by password.");
        }
    }

    private static Map<String, List<String>> checked(Domain domain, Map<String, List<String>> wanted) {
        Map<String, List<String>> rules = new TreeMap<>();
        wanted.forEach((role, texts) -> {
            boolean provider = domain.id().equals(Domain.DEFAULT_ID);
            boolean known = role.equals(WHOLE)
                    || Role.of(role)
                            .filter(one -> provider || one.side() == Role.Side.CUSTOMER)
                            .isPresent();
            if (!known) {
                throw Refusal.invalid(
                        "A rule is for one of the roles " + String.join(", ", Role.namesOf(Role.Side.CUSTOMER))
                                + ", or without a role for the whole contract.");
            }
            List<String> prefixes = prefixes(texts);
            if (!prefixes.isEmpty()) {
                rules.put(role, prefixes);
            }
        });
        return rules;
    }

    /** As they are kept. Throws a refusal that names the first that is none. */
    static List<String> prefixes(List<String> texts) {
        if (texts.size() > PER_RULE) {
            throw Refusal.invalid("A rule has " + PER_RULE + " prefixes at most. Choose wider ones.");
        }
        List<String> prefixes = new ArrayList<>();
        for (String text : texts) {
            AddressPrefix prefix = AddressPrefix.parse(text.strip())
                    .orElseThrow(() -> Refusal.invalid("\"" + shortened(text)
                            + "\" is no address and no prefix. Write for example 198.51.100.7, 198.51.100.0/24 or"
                            + " 2001:db8::/32."));
            if (!prefix.isExact(text.strip())) {
                throw Refusal.invalid("\"" + shortened(text) + "\" says more than its length holds. Write " + prefix
                        + " if you mean the whole network, or the address alone.");
            }
            if (!prefixes.contains(prefix.toString())) {
                prefixes.add(prefix.toString());
            }
        }
        return prefixes;
    }

    /** A contract that is reached through the SSL-VPN has its tunnels as its only source: that is agreed with the provider. */
    private void needTunnelsKept(Db db, String id, Map<String, List<String>> rules) {
        store.tunnels(db, id).ifPresent(tunnels -> {
            if (!List.of(tunnels).equals(rules.get(WHOLE))) {
                throw new Refusal(
                        Refusal.Kind.CONFLICT,
                        "PortalAccess",
                        "This contract is reached through the SSL-VPN only, so the rule of the whole contract is its tunnels'"
                                + " prefix, " + tunnels
                                + ". Leave that rule as it is, or ask the provider for another way"
                                + " of access.");
            }
        });
    }

    /** Where the plan opens the contract from its list only, an empty list would open it from everywhere. */
    private void needListKept(Db db, String id, Map<String, List<String>> rules) {
        if (!rules.containsKey(WHOLE)
                && plans.of(db, id).filter(PlanRules::fromAddresses).isPresent()) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "AddressesNeeded",
                    "The contract's plan opens it from the addresses of its list only, so the rule of the whole contract needs one at least.");
        }
    }

    static void needWayBack(Caller caller, Domain domain, Map<String, List<String>> rules, boolean local) {
        List<SourceRule> planned = new ArrayList<>();
        rules.forEach((role, prefixes) -> planned.add(
                new SourceRule(1, role.equals(WHOLE) ? Subject.DOMAIN : Subject.ROLE, domain.id(), role, prefixes)));
        boolean still = IpAddress.parse(caller.address())
                .filter(address ->
                        SourceCheck.permits(SourceRules.of(planned), Bearer.of(caller.token()), address, local))
                .isPresent();
        if (!still) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "LockOut",
                    "With these rules you could not come in any more from where you are now (" + caller.address()
                            + "), so nothing was changed. Add this address to the rule of the contract and to those of your"
                            + " roles, or make the change from an address that is in the lists.");
        }
    }

    private static Map<String, String> facts(Map<String, List<String>> rules) {
        Map<String, String> facts = new TreeMap<>();
        rules.forEach(
                (role, prefixes) -> facts.put(role.equals(WHOLE) ? "contract" : "sources." + role, shown(prefixes)));
        return facts.isEmpty() ? Map.of("contract", shown(List.of())) : facts;
    }

    private static String shown(List<String> prefixes) {
        return prefixes.isEmpty() ? "everywhere" : String.join(" ", prefixes);
    }

    private static String shortened(String text) {
        return dev.unkai.identity.api.Texts.shown(text);
    }
}
