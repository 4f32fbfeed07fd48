package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.AddressScope;
import dev.unkai.cloud.network.store.AddressScopeStore;
import dev.unkai.cloud.network.store.Estate;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.cloud.network.store.SubnetPool;
import dev.unkai.cloud.network.store.SubnetPoolStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes subnet pools; what is cut from them is with {@link PoolAllocation}. */
@Component
public class SubnetPools {
    private final SubnetPoolStore store;
    private final AddressScopeStore scopes;
    private final Sharing sharing;
    private final Quotas quotas;
    private final Trail trail;

    public SubnetPools(SubnetPoolStore store, AddressScopeStore scopes, Sharing sharing, Quotas quotas, Trail trail) {
        this.store = store;
        this.scopes = scopes;
        this.sharing = sharing;
        this.quotas = quotas;
        this.trail = trail;
    }

    public SubnetPool get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Subnet pool", id));
    }

    /** @param wanted its ranges may overlap each other; they are stored as the fewest that make up the same */
    public SubnetPool create(Db db, Caller caller, SubnetPool wanted) {
        SubnetPool pool = checked(wanted);
        quotas.claim(db, pool.project(), Quotas.Resource.SUBNETPOOL, 1);
        checkDefault(db, pool);
        checkScope(db, pool);
        store.insert(db, pool);
        if (pool.shared()) {
            sharing.openToAll(db, RbacPolicy.SUBNET_POOL, pool.id(), pool.project(), RbacPolicy.SHARED);
        }
        trail.record(db, caller, "create", "subnetpool", pool.id(), pool.name(), pool.project(), Changes.made(pool));
        return get(db, pool.id());
    }

    /**
     * A pool's ranges may only grow: what is taken away could be in use. One that counts its ranges with somebody else's scope stays as it
     * is.
     */
    public SubnetPool update(Db db, Caller caller, UUID id, UnaryOperator<SubnetPool> change) {
        SubnetPool before = owned(db, id);
        UUID scope = before.addressScopeId();
        if (scope != null && !caller.isAdmin() && !scope(db, scope).project().equals(caller.project())) {
            throw Refusals.invalid(
                    "IllegalSubnetPoolUpdate",
                    "Illegal subnetpool update : subnetpool " + id
                            + " cannot be updated when associated with shared address scope " + scope + ".");
        }
        return changed(db, caller, before, change);
    }

    private SubnetPool changed(Db db, Caller caller, SubnetPool before, UnaryOperator<SubnetPool> change) {
        UUID id = before.id();
        SubnetPool after = checked(change.apply(before));
        if (after.version() != before.version()) {
            throw Refusals.invalid("PrefixVersionMismatch", "Cannot mix IPv4 and IPv6 prefixes in a subnet pool.");
        }
        PrefixSet grown = set(after);
        if (!before.prefixes().stream().map(Prefix::of).allMatch(grown::contains)) {
            throw Refusals.invalid(
                    "IllegalSubnetPoolPrefixUpdate",
                    "Illegal update to prefixes: Existing prefixes must be a subset of the new prefixes.");
        }
        if (after.isDefault() && !before.isDefault()) {
            checkDefault(db, after);
        }
        if (!Objects.equals(before.addressScopeId(), after.addressScopeId())) {
            refuseMixedNetworks(db, before);
        }
        checkScope(db, after);
        store.update(db, after);
        trail.record(
                db, caller, "update", "subnetpool", id, after.name(), after.project(), Changes.between(before, after));
        return get(db, id);
    }

    public SubnetPool addPrefixes(Db db, Caller caller, UUID id, List<String> more) {
        SubnetPool before = owned(db, id);
        return more.isEmpty()
                ? before
                : changed(db, caller, before, pool -> pool.withPrefixes(join(pool.prefixes(), more)));
    }

    public SubnetPool removePrefixes(Db db, Caller caller, UUID id, List<String> less) {
        SubnetPool pool = owned(db, id);
        List<Prefix> going = less.stream()
                .map(Prefix::of)
                .filter(prefix -> prefix.version() == pool.version())
                .toList();
        PrefixSet goingSet = PrefixSet.of(pool.version(), going);
        if (!set(pool).meets(goingSet)) {
            return pool;
        }
        store.queue(db, id);
        if (taken(db, pool).meets(goingSet)) {
            throw Refusals.invalid(
                    "IllegalSubnetPoolPrefixUpdate",
                    "Illegal update to prefixes: One or more the prefixes to be removed is in use by a subnet.");
        }
        List<String> left = texts(set(pool).without(goingSet));
        if (left.isEmpty()) {
            throw empty();
        }
        SubnetPool after = pool.withPrefixes(left);
        store.update(db, after);
        trail.record(db, caller, "update", "subnetpool", id, pool.name(), pool.project(), Changes.between(pool, after));
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        SubnetPool pool = owned(db, id);
        store.queue(db, id);
        if (!store.taken(db, id).isEmpty()) {
            throw Refusals.invalid(
                    "SubnetPoolDeleteError", "Unable to delete subnet pool: Subnet pool has existing allocations.");
        }
        sharing.forget(db, RbacPolicy.SUBNET_POOL, id);
        store.delete(db, id);
        trail.record(db, caller, "delete", "subnetpool", id, pool.name(), pool.project(), Changes.gone(pool));
    }

    static PrefixSet set(SubnetPool pool) {
        return PrefixSet.of(
                pool.version(), pool.prefixes().stream().map(Prefix::of).toList());
    }

    private PrefixSet taken(Db db, SubnetPool pool) {
        return PrefixSet.of(
                pool.version(),
                store.taken(db, pool.id()).stream().map(Prefix::of).toList());
    }

    private SubnetPool owned(Db db, UUID id) {
        SubnetPool pool = get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notYours("Subnet pool", id);
        }
        return pool;
    }

    private static SubnetPool checked(SubnetPool pool) {
        if (pool.prefixes().isEmpty()) {
            throw empty();
        }
        if (pool.prefixes().stream().map(Prefix::of).anyMatch(prefix -> prefix.version() != pool.version())) {
            throw Refusals.invalid("PrefixVersionMismatch", "Cannot mix IPv4 and IPv6 prefixes in a subnet pool.");
        }
        int bits = pool.version() == 4 ? 32 : 128;
        within(
                "min_prefixlen",
                pool.minLength(),
                pool.minLength() <= pool.maxLength(),
                "max_prefixlen",
                pool.maxLength());
        within("max_prefixlen", pool.maxLength(), pool.maxLength() <= bits, "ip_version_max", bits);
        within(
                "default_prefixlen",
                pool.defaultLength(),
                pool.defaultLength() >= pool.minLength(),
                "min_prefixlen",
                pool.minLength());
        within(
                "default_prefixlen",
                pool.defaultLength(),
                pool.defaultLength() <= pool.maxLength(),
                "max_prefixlen",
                pool.maxLength());
        return pool.withPrefixes(texts(set(pool)));
    }

    private static void within(String what, int length, boolean right, String bound, int boundLength) {
        if (!right) {
            throw Refusals.invalid(
                    "IllegalSubnetPoolPrefixBounds",
                    "Illegal prefix bounds: " + what + "=" + length + ", " + bound + "=" + boundLength + ".");
        }
    }

    private void checkDefault(Db db, SubnetPool pool) {
        if (pool.isDefault()
                && !Estate.whole(
                                db,
                                () -> store.listing.where(
                                        db,
                                        "r.is_default and r.ip_version = ? and r.id <> ?",
                                        List.of(pool.version(), pool.id())))
                        .isEmpty()) {
            throw Refusals.invalid(
                    "A default subnetpool for this IP family has already been set. Only one default may exist per IP family");
        }
    }

    private void checkScope(Db db, SubnetPool pool) {
        UUID id = pool.addressScopeId();
        if (id == null) {
            return;
        }
        AddressScope scope = scope(db, id);
        if (scope.version() != pool.version()) {
            throw Refusals.invalid(
                    "IllegalSubnetPoolIpVersionAssociationToAddressScope",
                    "Illegal subnetpool association: subnetpool " + pool.id() + " cannot associate with address scope "
                            + id + " because subnetpool ip_version is not " + scope.version() + ".");
        }
        PrefixSet mine = set(pool);
        if (store.ofScope(db, id).stream()
                .anyMatch(other -> !other.id().equals(pool.id()) && set(other).meets(mine))) {
            throw Refusals.conflict(
                    "AddressScopePrefixConflict",
                    "Failed to associate address scope: subnetpools within an address scope must have unique prefixes.");
        }
    }

    private AddressScope scope(Db db, UUID id) {
        return scopes.listing
                .find(db, id)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND,
                        "AddressScopeNotFound",
                        "Address scope " + id + " could not be found."));
    }

    private void refuseMixedNetworks(Db db, SubnetPool pool) {
        if (store.hasStrangeNeighbours(db, pool.id())) {
            throw Refusals.invalid(
                    "NetworkAddressScopeAffinityError",
                    "Subnets of the same address family hosted on the same network must all participate in the same address scope.");
        }
    }

    private static List<String> join(List<String> some, List<String> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static List<String> texts(PrefixSet set) {
        return set.prefixes().stream().map(Prefix::toString).toList();
    }

    private static Refusal empty() {
        return Refusals.invalid("EmptySubnetPoolPrefixList", "Empty subnet pool prefix list.");
    }
}
