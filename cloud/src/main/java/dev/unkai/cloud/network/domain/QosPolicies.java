package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.QosPolicy;
import dev.unkai.cloud.network.store.QosRule;
import dev.unkai.cloud.network.store.QosStore;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes QoS policies and their rules. */
@Component
public class QosPolicies {
    private final QosStore store;
    private final Sharing sharing;
    private final OvnMarks marks;
    private final Trail trail;

    public QosPolicies(QosStore store, Sharing sharing, OvnMarks marks, Trail trail) {
        this.store = store;
        this.sharing = sharing;
        this.marks = marks;
        this.trail = trail;
    }

    public QosPolicy get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> notFound(id));
    }

    public QosPolicy create(Db db, Caller caller, QosPolicy wanted) {
        try {
            store.insert(db, wanted);
        } catch (DuplicateKeyException e) {
            throw secondDefault(wanted);
        }
        if (wanted.shared()) {
            sharing.openToAll(db, RbacPolicy.QOS_POLICY, wanted.id(), wanted.project(), RbacPolicy.SHARED);
        }
        trail.record(
                db, caller, "create", "qos-policy", wanted.id(), wanted.name(), wanted.project(), Changes.made(wanted));
        return get(db, wanted.id());
    }

    public QosPolicy update(Db db, Caller caller, UUID id, UnaryOperator<QosPolicy> change) {
        QosPolicy before = owned(db, id);
        QosPolicy after = change.apply(before);
        if (before.shared() && !after.shared()) {
            // As in the reference, also while only its owner uses it.
            if (!sharing.losersWhenClosed(db, RbacPolicy.QOS_POLICY, id, Sharing.NOBODY, RbacPolicy.SHARED)
                    .isEmpty()) {
                throw Refusals.conflict(
                        "RbacPolicyInUse", "QoS policy " + id + " cannot be kept from other projects: it is in use.");
            }
            sharing.closeToAll(db, RbacPolicy.QOS_POLICY, id, RbacPolicy.SHARED);
        } else if (after.shared()) {
            sharing.openToAll(db, RbacPolicy.QOS_POLICY, id, before.project(), RbacPolicy.SHARED);
        }
        try {
            store.update(db, after);
        } catch (DuplicateKeyException e) {
            throw secondDefault(after);
        }
        trail.record(
                db, caller, "update", "qos-policy", id, after.name(), after.project(), Changes.between(before, after));
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        QosPolicy policy = owned(db, id);
        store.user(db, id).ifPresent(user -> {
            throw Refusals.conflict("QosPolicyInUse", "QoS Policy " + id + " is used by " + user + ".");
        });
        sharing.forget(db, RbacPolicy.QOS_POLICY, id);
        store.delete(db, id);
        trail.record(db, caller, "delete", "qos-policy", id, policy.name(), policy.project(), Changes.gone(policy));
    }

    public QosRule rule(Db db, UUID policyId, String type, UUID id) {
        return rules(db, policyId, type).stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND,
                        "QosRuleNotFound",
                        "QoS rule " + id + " for policy " + policyId + " could not be found."));
    }

    public List<QosRule> rules(Db db, UUID policyId, String type) {
        return get(db, policyId).rules().stream()
                .filter(rule -> rule.type().equals(type))
                .toList();
    }

    /** Writes the rule, new or changed, and lets it act at once on all that is under its policy. */
    public QosRule write(Db db, Caller caller, QosRule wanted, boolean fresh) {
        QosPolicy policy = owned(db, wanted.policyId());
        QosRule rule = new QosRule(
                wanted.id(),
                wanted.policyId(),
                policy.project(),
                wanted.type(),
                wanted.direction(),
                wanted.maxKbps(),
                wanted.maxBurst(),
                wanted.dscpMark());
        QosRule old = fresh ? rule : rule(db, policy.id(), rule.type(), rule.id());
        if (!store.write(db, rule)) {
            throw Refusals.conflict(
                    "QoSRulesConflict",
                    "Rule " + rule.type()
                            + " conflicts with a rule of the same direction which already exists in QoS Policy "
                            + policy.id() + ".");
        }
        raise(db, policy.id());
        trail.record(
                db,
                caller,
                fresh ? "create" : "update",
                "qos-rule",
                rule.id(),
                policy.name(),
                policy.project(),
                fresh ? Changes.made(rule) : Changes.between(old, rule));
        return rule;
    }

    public void deleteRule(Db db, Caller caller, UUID policyId, String type, UUID id) {
        QosRule rule = rule(db, policyId, type, id);
        QosPolicy policy = owned(db, policyId);
        store.deleteRule(db, rule);
        raise(db, policyId);
        trail.record(db, caller, "delete", "qos-rule", id, policy.name(), policy.project(), Changes.gone(rule));
    }

    private void raise(Db db, UUID policy) {
        marks.raise(db, Kind.PORT, store.ports(db, policy));
        marks.raise(db, Kind.ROUTER, store.routers(db, policy));
    }

    private QosPolicy owned(Db db, UUID id) {
        QosPolicy policy = get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notYours("QoS policy", id);
        }
        return policy;
    }

    static Refusal notFound(UUID id) {
        return new Refusal(Refusal.Kind.NOT_FOUND, "QosPolicyNotFound", "QoS policy " + id + " could not be found.");
    }

    private static Refusal secondDefault(QosPolicy policy) {
        return Refusals.conflict(
                "QoSPolicyDefaultAlreadyExists", "A default QoS policy exists for project " + policy.project() + ".");
    }
}
