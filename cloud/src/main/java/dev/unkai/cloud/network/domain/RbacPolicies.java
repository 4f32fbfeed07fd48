package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.Estate;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.cloud.network.store.RbacStore;
import dev.unkai.cloud.network.store.SubnetPool;
import dev.unkai.cloud.network.store.SubnetPoolStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Lets projects open what is theirs to other projects; to all of them, or as an external network, only operators may. */
@Component
public class RbacPolicies {
    private final RbacStore store;
    private final NetworkStore networks;
    private final SubnetPoolStore pools;
    private final Sharing sharing;
    private final Quotas quotas;
    private final Trail trail;

    public RbacPolicies(
            RbacStore store,
            NetworkStore networks,
            SubnetPoolStore pools,
            Sharing sharing,
            Quotas quotas,
            Trail trail) {
        this.store = store;
        this.networks = networks;
        this.pools = pools;
        this.sharing = sharing;
        this.quotas = quotas;
        this.trail = trail;
    }

    public RbacPolicy get(Db db, UUID id) {
        return store.listing
                .find(db, id)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND, "RbacPolicyNotFound", "RBAC policy with ID " + id + " not found"));
    }

    public RbacPolicy create(Db db, Caller caller, RbacPolicy wanted) {
        checkAction(wanted);
        checkTarget(caller, wanted.target());
        if (wanted.action().equals(RbacPolicy.EXTERNAL) && !caller.isAdmin()) {
            throw Refusals.operatorsOnly("make a network external");
        }
        String owner = store.owner(db, wanted.objectType(), wanted.objectId())
                .orElseThrow(() -> Refusals.invalid(
                        shown(wanted.objectType()) + " " + wanted.objectId() + " could not be found."));
        if (!caller.isAdmin() && !owner.equals(caller.project())) {
            throw Refusals.invalid("Only admins can manipulate policies on objects they do not own");
        }
        if (wanted.objectType().equals(RbacPolicy.SUBNET_POOL)) {
            needScope(db, wanted);
        }
        quotas.claim(db, wanted.project(), Quotas.Resource.RBAC_POLICY, 1);
        if (!store.insert(db, wanted)) {
            throw Refusals.conflict("DuplicateRbacPolicy", "An RBAC policy already exists with those values.");
        }
        if (wanted.action().equals(RbacPolicy.EXTERNAL)) {
            networks.setExternal(db, wanted.objectId(), true);
        }
        store.revise(db, wanted);
        trail.recordUse(db, caller, wanted.objectType(), wanted.objectId(), "", owner, wanted.project());
        trail.record(db, caller, "create", "rbac-policy", wanted.id(), "", wanted.project(), Changes.made(wanted));
        return get(db, wanted.id());
    }

    /** Who cannot use the scope that a pool is in would get a pool that he cannot use. */
    private void needScope(Db db, RbacPolicy wanted) {
        UUID scope = pools.listing
                .find(db, wanted.objectId())
                .map(SubnetPool::addressScopeId)
                .orElse(null);
        if (scope == null) {
            return;
        }
        boolean open = Estate.<Boolean>whole(
                db,
                () -> store.of(db, RbacPolicy.ADDRESS_SCOPE, scope).stream()
                                .anyMatch(one -> one.target().equals(RbacPolicy.EVERYBODY)
                                        || one.target().equals(wanted.target()))
                        || store.owner(db, RbacPolicy.ADDRESS_SCOPE, scope)
                                .filter(wanted.target()::equals)
                                .isPresent());
        if (!open) {
            throw Refusals.invalid(
                    "RbacPolicyInitError",
                    "Failed to create RBAC policy on object " + wanted.objectId()
                            + " because target project doesn't have access to associated address scope..");
        }
    }

    /** Gives what one project was given to another instead. */
    public RbacPolicy retarget(Db db, Caller caller, UUID id, String target) {
        RbacPolicy before = owned(db, id);
        checkTarget(caller, target);
        RbacPolicy after =
                new RbacPolicy(id, before.project(), before.objectType(), before.objectId(), before.action(), target);
        List<RbacPolicy> all = others(db, before);
        if (all.stream()
                .anyMatch(one ->
                        one.action().equals(after.action()) && one.target().equals(target))) {
            throw Refusals.conflict("DuplicateRbacPolicy", "An RBAC policy already exists with those values.");
        }
        // As in the reference: who uses it by this policy keeps it, also when he is the one that it would be for now;
        // not so with outer networks.
        boolean newOneCounts =
                target.equals(RbacPolicy.EVERYBODY) || before.action().equals(RbacPolicy.EXTERNAL);
        refuseWhileNeeded(
                db,
                before,
                newOneCounts ? Stream.concat(all.stream(), Stream.of(after)).toList() : all);
        store.retarget(db, id, target);
        store.revise(db, before);
        trail.record(db, caller, "update", "rbac-policy", id, "", before.project(), Changes.between(before, after));
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        RbacPolicy policy = owned(db, id);
        List<RbacPolicy> left = others(db, policy);
        refuseWhileNeeded(db, policy, left);
        store.delete(db, id);
        store.revise(db, policy);
        if (policy.action().equals(RbacPolicy.EXTERNAL)
                && left.stream().noneMatch(one -> one.action().equals(RbacPolicy.EXTERNAL))) {
            Estate.doWhole(db, () -> networks.setExternal(db, policy.objectId(), false));
        }
        trail.record(db, caller, "delete", "rbac-policy", id, "", policy.project(), Changes.gone(policy));
    }

    private RbacPolicy owned(Db db, UUID id) {
        RbacPolicy policy = get(db, id);
        store.lock(db, id);
        return policy;
    }

    private List<RbacPolicy> others(Db db, RbacPolicy policy) {
        return store.of(db, policy.objectType(), policy.objectId()).stream()
                .filter(one -> !one.id().equals(policy.id()))
                .toList();
    }

    private void refuseWhileNeeded(Db db, RbacPolicy policy, List<RbacPolicy> left) {
        // As in the reference: what is open to all, save networks, stays so also while only its owner uses it.
        boolean ownersUseCounts = policy.target().equals(RbacPolicy.EVERYBODY)
                && !policy.objectType().equals(RbacPolicy.NETWORK);
        String owner = ownersUseCounts
                ? Sharing.NOBODY
                : Estate.whole(db, () -> store.owner(db, policy.objectType(), policy.objectId()))
                        .orElse(policy.project());
        List<String> losers = sharing.losers(db, policy.objectType(), policy.objectId(), owner, policy.action(), left);
        if (!losers.isEmpty()) {
            throw Refusals.conflict(
                    "RbacPolicyInUse",
                    "RBAC policy on object " + policy.objectId()
                            + " cannot be removed because other objects depend on it.\nDetails: "
                            + (losers.size() == 1 ? "A project uses it." : losers.size() + " projects use it."));
        }
    }

    private static void checkAction(RbacPolicy wanted) {
        List<String> valid = wanted.objectType().equals(RbacPolicy.NETWORK)
                ? List.of(RbacPolicy.SHARED, RbacPolicy.EXTERNAL)
                : List.of(RbacPolicy.SHARED);
        if (!valid.contains(wanted.action())) {
            throw Refusals.invalid("Invalid action '" + wanted.action() + "' for object type '" + wanted.objectType()
                    + "'. Valid actions: " + String.join(", ", valid));
        }
    }

    private static void checkTarget(Caller caller, String target) {
        if (target.isEmpty()) {
            throw Refusals.field("target_tenant", "Name a project, or '*' for all of them.");
        }
        if (target.equals(RbacPolicy.EVERYBODY) && !caller.isAdmin()) {
            throw Refusals.operatorsOnly("share with all projects");
        }
    }

    private static String shown(String type) {
        return switch (type) {
            case RbacPolicy.NETWORK -> "Network";
            case RbacPolicy.SUBNET_POOL -> "Subnet pool";
            case RbacPolicy.ADDRESS_SCOPE -> "Address scope";
            case RbacPolicy.ADDRESS_GROUP -> "Address group";
            case RbacPolicy.SECURITY_GROUP -> "Security group";
            case RbacPolicy.QOS_POLICY -> "QoS policy";
            default -> "Object";
        };
    }
}
