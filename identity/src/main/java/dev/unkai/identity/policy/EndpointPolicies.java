package dev.unkai.identity.policy;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.catalog.CatalogStore;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import dev.unkai.identity.catalog.RegionStore;
import dev.unkai.identity.catalog.RegionStore.Region;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which document of rules belongs to which endpoint, for services beside ours that fetch theirs here by the endpoint that they are
 * (Identity v3, OS-ENDPOINT-POLICY). The nearest counts: the endpoint's own, then its service's in its region or one above,
 * then its service's.
 */
@Component
public final class EndpointPolicies {
    private final Transactions transactions;
    private final EndpointPolicyStore given;
    private final PolicyStore policies;
    private final CatalogStore catalog;
    private final RegionStore regions;
    private final Rights rights;
    private final History history;

    EndpointPolicies(
            Transactions transactions,
            EndpointPolicyStore given,
            PolicyStore policies,
            CatalogStore catalog,
            RegionStore regions,
            Rights rights,
            History history) {
        this.transactions = transactions;
        this.given = given;
        this.policies = policies;
        this.catalog = catalog;
        this.regions = regions;
        this.rights = rights;
        this.history = history;
    }

    /** In place of the policy that was given to the same before. */
    public void give(Caller caller, String policyId, Ruled ruled) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Policy policy = known(db, policyId, ruled);
            if (given.put(db, policyId, ruled)) {
                history.record(db, caller, "choose", thing(policy), facts(ruled));
            }
        });
    }

    /** As the reference does, without a word when it was not given. */
    public void take(Caller caller, String policyId, Ruled ruled) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Policy policy = known(db, policyId, ruled);
            if (given.delete(db, policyId, ruled)) {
                history.record(db, caller, "withdraw", thing(policy), facts(ruled));
            }
        });
    }

    /** Throws a refusal when it was not given. */
    public void check(Caller caller, String policyId, Ruled ruled) {
        transactions.doAsCaller(caller, db -> {
            known(db, policyId, ruled);
            if (given.policyOf(db, ruled).filter(policyId::equals).isEmpty()) {
                throw Refusal.notFound("Could not find policy association.");
            }
        });
    }

    public List<Endpoint> endpointsOf(Caller caller, String policyId) {
        return transactions.asCaller(caller, db -> {
            present(db, policyId);
            return given.endpointsOf(db, policyId).stream()
                    .flatMap(id -> catalog.endpoint(db, id).stream())
                    .toList();
        });
    }

    /** The nearest of those given. */
    public Policy ofEndpoint(Caller caller, String endpointId) {
        return transactions.asCaller(caller, db -> {
            Endpoint endpoint =
                    catalog.endpoint(db, endpointId).orElseThrow(() -> ApiErrors.absent("endpoint", endpointId));
            return given.policyOf(db, new Ruled.OneEndpoint(endpointId))
                    .or(() -> inRegion(db, endpoint))
                    .or(() -> given.policyOf(db, new Ruled.OfService(endpoint.serviceId())))
                    .flatMap(id -> policies.byId(db, id))
                    .orElseThrow(() -> Refusal.notFound("No policy is associated with endpoint " + endpointId + "."));
        });
    }

    private Optional<String> inRegion(Db db, Endpoint endpoint) {
        Set<String> seen = new HashSet<>();
        @Nullable String region = endpoint.regionId();
        while (region != null && seen.add(region)) {
            Optional<String> found = given.policyOf(db, new Ruled.InRegion(endpoint.serviceId(), region));
            if (found.isPresent()) {
                return found;
            }
            region = regions.byId(db, region).map(Region::parentId).orElse(null);
        }
        return Optional.empty();
    }

    private Policy known(Db db, String policyId, Ruled ruled) {
        Policy policy = present(db, policyId);
        String endpoint = ruled.endpointId();
        String service = ruled.serviceId();
        String region = ruled.regionId();
        if (endpoint != null && catalog.endpoint(db, endpoint).isEmpty()) {
            throw ApiErrors.absent("endpoint", endpoint);
        }
        if (service != null && catalog.service(db, service).isEmpty()) {
            throw ApiErrors.absent("service", service);
        }
        if (region != null && regions.byId(db, region).isEmpty()) {
            throw ApiErrors.absent("region", region);
        }
        return policy;
    }

    private Policy present(Db db, String id) {
        return policies.byId(db, id).orElseThrow(() -> ApiErrors.absent("policy", id));
    }

    private static History.Thing thing(Policy policy) {
        return new History.Thing("policy", policy.id(), policy.type(), null, null);
    }

    private static Map<String, String> facts(Ruled ruled) {
        return Stream.of(
                        fact("endpoint_id", ruled.endpointId()),
                        fact("service_id", ruled.serviceId()),
                        fact("region_id", ruled.regionId()))
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<Map.Entry<String, String>> fact(String name, @Nullable String value) {
        return value == null ? Optional.empty() : Optional.of(Map.entry(name, value));
    }
}
