package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.RbacPolicies;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.cloud.network.store.RbacStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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

/** Network API v2.0: who may use what belongs to another project. */
@RestController
@RequestMapping("/network/v2.0/rbac-policies")
final class RbacPoliciesController {
    private final RequestTransactions transactions;
    private final RbacPolicies policies;
    private final RbacStore store;
    private final Listings listings;
    private final Ids ids;

    RbacPoliciesController(
            RequestTransactions transactions, RbacPolicies policies, RbacStore store, Listings listings, Ids ids) {
        this.transactions = transactions;
        this.policies = policies;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:rbac-policy:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller, db -> listings.page(db, request, "rbac-policies", store.listing, RbacPoliciesController::view));
    }

    @Allow("network:rbac-policy:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        RbacPolicy policy = transactions.asCaller(caller, db -> policies.get(db, Paths.id("Rbac policy", id)));
        return Listings.one(request, "rbac_policy", view(policy));
    }

    @Allow("network:rbac-policy:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body,
                        "rbac_policy",
                        "rbac_policies",
                        caller,
                        in -> view(policies.create(db, caller, read(in)))));
    }

    @Allow("network:rbac-policy:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.of(body, "rbac_policy", caller);
        String target = in.has("target_tenant") ? in.requiredText("target_tenant", 255) : null;
        in.finish();
        return transactions.asCaller(caller, db -> {
            UUID policy = Paths.id("Rbac policy", id);
            RbacPolicy now = target == null ? policies.get(db, policy) : policies.retarget(db, caller, policy, target);
            return Map.of("rbac_policy", view(now));
        });
    }

    @Allow("network:rbac-policy:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> policies.delete(db, caller, Paths.id("Rbac policy", id)));
    }

    private RbacPolicy read(Attributes in) {
        String said = in.requiredText("object_type", 255);
        String type = said.strip().toLowerCase(Locale.ROOT);
        if (!RbacPolicy.TYPES.contains(type)) {
            throw Refusals.invalid("'" + said + "' is not a valid RBAC object type");
        }
        RbacPolicy policy = new RbacPolicy(
                ids.next(),
                in.project(),
                type,
                in.requiredUuid("object_id"),
                in.requiredText("action", 255),
                in.requiredText("target_tenant", 255));
        in.finish();
        return policy;
    }

    private static Map<String, Object> view(RbacPolicy policy) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", policy.id());
        body.put("tenant_id", policy.project());
        body.put("project_id", policy.project());
        body.put("object_type", policy.objectType());
        body.put("object_id", policy.objectId());
        body.put("action", policy.action());
        body.put("target_tenant", policy.target());
        return body;
    }
}
