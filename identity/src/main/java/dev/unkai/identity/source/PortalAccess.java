package dev.unkai.identity.source;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.event.History;
import dev.unkai.identity.vpn.TunnelPool;
import dev.unkai.wire.origin.SourceRules.Subject;
import dev.unkai.wire.token.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How a contract is reached. With {@code ssl-vpn} the rule of the whole contract is the prefix of its tunnels, which no other contract has:
 * what already stands at every door then keeps everybody else out, also who has another contract's tunnel.
 */
@Component
public final class PortalAccess {
    static final String SSL_VPN = "ssl-vpn";
    static final String INTERNET = "internet";

    /** Who has made a rule that nobody made by hand. */
    private static final String PLAN = "plan";

    private final Transactions transactions;
    private final PortalAccessStore store;
    private final SourceRuleStore rules;
    private final SourceRuleLog log;
    private final DomainStore domains;
    private final Rights rights;
    private final History history;
    private final PlanRuleStore plans;
    private final IdentitySettings.Vpn vpn;
    private final Optional<TunnelPool> pool;

    public PortalAccess(
            Transactions transactions,
            PortalAccessStore store,
            SourceRuleStore rules,
            SourceRuleLog log,
            DomainStore domains,
            Rights rights,
            History history,
            PlanRuleStore plans,
            IdentitySettings settings) {
        this.transactions = transactions;
        this.store = store;
        this.rules = rules;
        this.log = log;
        this.domains = domains;
        this.rights = rights;
        this.history = history;
        this.plans = plans;
        this.vpn = settings.vpn();
        this.pool = Optional.ofNullable(vpn.pool()).map(TunnelPool::parse);
    }

    /**
     * One contract's way in.
     *
     * @param id of its domain
     * @param kind {@code internet} or {@code ssl-vpn}
     * @param tunnels the inner prefix of its tunnels with {@code ssl-vpn}, else null
     * @param gateway {@code address:port} of the site's gateway, or null where there is none
     */
    record Way(
            String id,
            String name,
            String kind,
            @Nullable String tunnels,
            @Nullable String gateway) {}

    /** @param contract the domain's id, or null: the caller's own */
    Way read(Caller caller, @Nullable String contract) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller);
            String id = contract != null ? contract : caller.token().userDomainId();
            if (!id.equals(caller.token().userDomainId())) {
                authority.need(id, ApiErrors.hidden("domain", id));
            }
            return way(db, domains.byId(db, id).orElseThrow(() -> ApiErrors.absent("domain", id)));
        });
    }

    /** The ways into all contracts, by the contracts' names; for operators. */
    List<Way> all(Caller caller) {
        return transactions.asCaller(
                caller,
                db -> store.all(db).stream()
                        .map(one -> new Way(
                                one.id(),
                                one.name(),
                                one.kind(),
                                one.kind().equals(SSL_VPN) ? one.prefix() : null,
                                vpn.gateway()))
                        .toList());
    }

    /**
     * Decides how the contract is reached; for operators.
     *
     * @param local whether the caller sits at the machine itself
     * @throws Refusal conflict, when the site has no gateway, or the caller could not come in any more from where he is
     */
    Way change(Caller caller, String contract, String kind, boolean local) {
        return transactions.asCaller(caller, db -> {
            Sources.needOwnHand(caller);
            Domain domain = domains.forChange(db, contract).orElseThrow(() -> ApiErrors.absent("domain", contract));
            rules.takeTurn(db);
            PortalAccessStore.Kept before = store.ofDomain(db, contract).orElse(null);
            boolean tunnels = switch (kind) {
                case SSL_VPN -> true;
                case INTERNET -> false;
                default ->
                    throw Refusal.invalid(
                            "The field \"portalAccess\" must be \"" + INTERNET + "\" or \"" + SSL_VPN + "\".");
            };
            if (plans.of(db, contract)
                    .filter(plan -> plan.throughTunnels() != tunnels)
                    .isPresent()) {
                throw new Refusal(
                        Refusal.Kind.CONFLICT,
                        "PlanDecides",
                        "The contract's plan says how it is reached. Nothing was changed: to change it, publish another version of the plan.");
            }
            String by = caller.token().userName();
            if (tunnels) {
                String prefix = prefix(db, before);
                List<String> former = before != null && before.kind().equals(SSL_VPN)
                        ? before.formerPrefixes()
                        : contractRule(db, contract);
                needWayBack(db, caller, domain, List.of(prefix), local);
                store.put(db, contract, kind, prefix, former, by);
                rules.put(db, Subject.DOMAIN, contract, "", null, List.of(prefix), by);
            } else if (before != null && before.kind().equals(SSL_VPN)) {
                needWayBack(db, caller, domain, before.formerPrefixes(), local);
                store.put(db, contract, kind, before.prefix(), List.of(), by);
                rules.put(db, Subject.DOMAIN, contract, "", null, before.formerPrefixes(), by);
            }
            history.record(
                    db,
                    caller,
                    "update",
                    new History.Thing("portal_access", domain.id(), domain.name(), domain.id(), null),
                    Map.of("portalAccess", kind),
                    Changes.of("portal_access", before == null ? INTERNET : before.kind(), kind));
            db.wake(log.channel());
            return way(db, domain);
        });
    }

    /**
     * What the plan of a contract says of its ways in, put in force. Its own list of addresses stays when it has one.
     *
     * @param addresses the list to begin with
     * @throws Refusal conflict, when the site has no gateway for tunnels, or addresses are wanted and none were given
     */
    public void begin(Db db, String contract, PlanRules plan, List<String> addresses) {
        rules.takeTurn(db);
        PortalAccessStore.Kept before = store.ofDomain(db, contract).orElse(null);
        boolean tunnelled = before != null && before.kind().equals(SSL_VPN);
        List<String> present = before != null && tunnelled ? before.formerPrefixes() : contractRule(db, contract);
        List<String> own = present.isEmpty() ? Sources.prefixes(addresses) : present;
        if (plan.fromAddresses() && own.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "NoAddresses",
                    "The plan opens the contract from the addresses of its list only, and the list is empty. Enter one for it.");
        }
        if (plan.throughTunnels()) {
            String prefix = prefix(db, before);
            store.put(db, contract, SSL_VPN, prefix, own, PLAN);
            put(db, contract, List.of(prefix));
        } else {
            if (before != null && tunnelled) {
                store.put(db, contract, INTERNET, before.prefix(), List.of(), PLAN);
            }
            put(db, contract, own);
        }
        db.wake(log.channel());
    }

    private void put(Db db, String contract, List<String> prefixes) {
        if (!prefixes.equals(contractRule(db, contract))) {
            rules.put(db, Subject.DOMAIN, contract, "", null, prefixes, PLAN);
        }
    }

    private String prefix(Db db, PortalAccessStore.@Nullable Kept before) {
        TunnelPool known = pool.orElseThrow(() -> new Refusal(
                Refusal.Kind.CONFLICT,
                "NoGateway",
                "This site has no SSL-VPN gateway. Start it with \"./unkai up --vpn ADDRESS\", then choose it here."));
        if (before != null && known.gives(before.prefix())) {
            return before.prefix();
        }
        return known.free(store.prefixes(db))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.CONFLICT,
                        "PoolExhausted",
                        "All prefixes of the SSL-VPN's pool are given to contracts. Choose a wider pool."))
                .toString();
    }

    private List<String> contractRule(Db db, String contract) {
        return rules.ofDomain(db, contract).stream()
                .filter(rule -> rule.role().isEmpty())
                .findFirst()
                .map(SourceRuleStore.Kept::prefixes)
                .orElse(List.of());
    }

    private void needWayBack(Db db, Caller caller, Domain domain, List<String> prefixes, boolean local) {
        Map<String, List<String>> planned = new HashMap<>();
        rules.ofDomain(db, domain.id()).forEach(rule -> planned.put(rule.role(), rule.prefixes()));
        planned.remove("");
        if (!prefixes.isEmpty()) {
            planned.put("", prefixes);
        }
        Sources.needWayBack(caller, domain, planned, local);
    }

    private Way way(Db db, Domain domain) {
        String kind = store.ofDomain(db, domain.id())
                .map(PortalAccessStore.Kept::kind)
                .orElse(INTERNET);
        return new Way(
                domain.id(),
                domain.name(),
                kind,
                kind.equals(SSL_VPN) ? rules.tunnels(db, domain.id()).orElse(null) : null,
                vpn.gateway());
    }
}
