package dev.unkai.identity.source;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.event.History;
import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.IpAddress;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * From where tunnels may be opened, in a contract whose plan wants both: its addresses, and its tunnels. Inside, the rule of the contract is the tunnels'
 * prefix, so this list stands beside the rules. A tunnel from an address that is taken out ends.
 */
@Component
final class TunnelSources {
    private final Transactions transactions;
    private final PortalAccessStore store;
    private final DomainStore domains;
    private final PlanRuleStore plans;
    private final Rights rights;
    private final History history;

    TunnelSources(
            Transactions transactions,
            PortalAccessStore store,
            DomainStore domains,
            PlanRuleStore plans,
            Rights rights,
            History history) {
        this.transactions = transactions;
        this.store = store;
        this.domains = domains;
        this.plans = plans;
        this.rights = rights;
        this.history = history;
    }

    /** The list; empty where the contract has none beside its rules. */
    Optional<List<String>> of(Caller caller, String contract) {
        return transactions.<Optional<List<String>>>asCaller(caller, db -> list(db, contract));
    }

    /**
     * Puts these in its place.
     *
     * @param contract the domain's id, or null: the caller's own
     * @return the contract's id
     */
    String change(Caller caller, @Nullable String contract, List<String> wanted) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Sources.needOwnHand(caller);
            String id = Sources.managed(rights.of(db, caller), caller, contract);
            Domain domain = domains.forChange(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
            List<String> before = list(db, id)
                    .orElseThrow(
                            () -> new Refusal(
                                    Refusal.Kind.CONFLICT,
                                    "NoTunnelSources",
                                    "This contract's plan asks for no list of addresses beside its tunnels. Change its rules instead."));
            List<String> prefixes = Sources.prefixes(wanted);
            if (prefixes.isEmpty()) {
                throw new Refusal(
                        Refusal.Kind.CONFLICT,
                        "AddressesNeeded",
                        "By the contract's plan tunnels are opened from the addresses of this list only, so it needs one at least.");
            }
            needOwnTunnelKept(db, caller, id, prefixes);
            store.keepFormer(db, id, prefixes, caller.token().userName());
            history.record(
                    db,
                    caller,
                    "update",
                    new History.Thing("source_rules", domain.id(), domain.name(), domain.id(), null),
                    Map.of("tunnels_from", String.join(" ", prefixes)),
                    Changes.of("tunnels_from", before, prefixes));
            return id;
        });
    }

    private Optional<List<String>> list(Db db, String contract) {
        return plans.of(db, contract)
                .filter(plan -> plan.fromAddresses() && plan.throughTunnels())
                .flatMap(_ -> store.ofDomain(db, contract))
                .map(PortalAccessStore.Kept::formerPrefixes);
    }

    /** Whoever sits in a tunnel does not cut it. */
    private static void needOwnTunnelKept(Db db, Caller caller, String contract, List<String> prefixes) {
        List<String> outside = db.sql(
                        "select outer_address from vpn_session where domain_id = ? and account_id = ? and inner_address = ?")
                .param(contract)
                .param(caller.user())
                .param(caller.address())
                .query(String.class)
                .list();
        for (String address : outside) {
            if (!contains(prefixes, address)) {
                throw new Refusal(
                        Refusal.Kind.CONFLICT,
                        "LockOut",
                        "Your own tunnel comes from " + address
                                + ", which is not in this list, so nothing was changed: it"
                                + " would have ended and you could not open it again. Add this address to the list.");
            }
        }
    }

    private static boolean contains(List<String> prefixes, String address) {
        return IpAddress.parse(address)
                .filter(source -> prefixes.stream()
                        .flatMap(text -> AddressPrefix.parse(text).stream())
                        .anyMatch(prefix -> prefix.contains(source)))
                .isPresent();
    }
}
