package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.QosPolicies;
import dev.unkai.cloud.network.store.QosPolicy;
import dev.unkai.cloud.network.store.QosRule;
import dev.unkai.cloud.network.store.QosStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Network API v2.0: QoS policies. */
@RestController
@RequestMapping("/network/v2.0/qos/policies")
final class QosPoliciesController {
    private final RequestTransactions transactions;
    private final QosPolicies policies;
    private final QosStore store;
    private final Listings listings;
    private final Ids ids;

    QosPoliciesController(
            RequestTransactions transactions, QosPolicies policies, QosStore store, Listings listings, Ids ids) {
        this.transactions = transactions;
        this.policies = policies;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:qos-policy:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller,
                db -> listings.page(
                        db, request, "qos/policies", "policies", store.listing, QosPoliciesController::view));
    }

    @Allow("network:qos-policy:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        QosPolicy policy = transactions.asCaller(caller, db -> policies.get(db, Paths.id("QoS policy", id)));
        return Listings.one(request, "policy", view(policy));
    }

    @Allow("network:qos-policy:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body, "policy", "policies", caller, in -> view(policies.create(db, caller, read(in)))));
    }

    @Allow("network:qos-policy:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "policy", caller);
        QosPolicy policy = transactions.asCaller(
                caller, db -> policies.update(db, caller, Paths.id("QoS policy", id), present -> patch(in, present)));
        return Map.of("policy", view(policy));
    }

    @Allow("network:qos-policy:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> policies.delete(db, caller, Paths.id("QoS policy", id)));
    }

    private QosPolicy read(Attributes in) {
        return patch(in, blank(ids.next(), in.project()));
    }

    private static QosPolicy blank(UUID id, String project) {
        return new QosPolicy(id, project, "", "", false, false, List.of(), List.of(), Stamp.NEW);
    }

    /** What is wrong with a body in itself. */
    static Optional<Refusal> fault(JsonNode body, Caller caller, boolean creating) {
        return Bodies.fault(() -> {
            Attributes in = Attributes.change(body, "policy", caller);
            patch(in, blank(new UUID(0, 0), creating ? in.project() : ""));
        });
    }

    private static QosPolicy patch(Attributes in, QosPolicy present) {
        QosPolicy patched = new QosPolicy(
                present.id(),
                present.project(),
                in.name(present.name()),
                in.description(present.description()),
                in.operatorsOnly("shared", in.flag("shared", present.shared()), present.shared()),
                in.flag("is_default", present.isDefault()),
                present.rules(),
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    private static Map<String, Object> view(QosPolicy policy) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", policy.id());
        body.put("name", policy.name());
        body.put("tenant_id", policy.project());
        body.put("shared", policy.shared());
        body.put("is_default", policy.isDefault());
        body.put("description", policy.description());
        body.put(
                "rules",
                policy.rules().stream().map(QosPoliciesController::embedded).toList());
        body.put("tags", policy.tags());
        Bodies.stamp(body, policy.stamp(), policy.project());
        return body;
    }

    private static Map<String, Object> embedded(QosRule rule) {
        Map<String, Object> body = QosRulesController.view(rule);
        body.put("type", rule.type());
        body.put("qos_policy_id", rule.policyId());
        return body;
    }
}
