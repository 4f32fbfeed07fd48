package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetPool;
import dev.unkai.cloud.network.store.SubnetPoolStore;
import dev.unkai.cloud.network.store.SubnetStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cuts the ranges of subnets from subnet pools, each once. */
@Component
public class PoolAllocation {
    private final SubnetPools pools;
    private final SubnetPoolStore store;
    private final SubnetStore subnets;

    public PoolAllocation(SubnetPools pools, SubnetPoolStore store, SubnetStore subnets) {
        this.pools = pools;
        this.store = store;
        this.subnets = subnets;
    }

    /**
     * What somebody wants of a pool.
     *
     * @param cidr this range, or null for any of the length
     * @param length in bits; null for the pool's default
     */
    public record Cut(
            UUID pool,
            UUID network,
            String project,
            @Nullable Integer version,
            @Nullable Prefix cidr,
            @Nullable Integer length) {}

    /** The pool to use when a request says only that it wants the default one. */
    public UUID defaultPool(Db db, int version) {
        return store.listing.where(db, "r.is_default and r.ip_version = ?", List.of(version)).stream()
                .map(SubnetPool::id)
                .findFirst()
                .orElseThrow(() -> bad("No default subnetpool found for IPv" + version));
    }

    /** A free range; the pool is held until the transaction ends, so that nobody else gets the same. */
    public Prefix cut(Db db, Cut wanted) {
        SubnetPool pool = pools.get(db, wanted.pool());
        Integer version = wanted.version();
        if (version != null && version != pool.version()) {
            throw bad("Cannot allocate IPv" + version + " subnet from IPv" + pool.version() + " subnet pool");
        }
        refuseStrangers(db, pool, wanted.network());
        Prefix exact = wanted.cidr();
        Integer said = exact != null ? Integer.valueOf(exact.length()) : wanted.length();
        int length = said == null ? pool.defaultLength() : said;
        if (length > pool.maxLength()) {
            throw Refusals.invalid(
                    "MaxPrefixSubnetAllocationError",
                    "Unable to allocate subnet with prefix length " + length + ", maximum allowed prefix is "
                            + pool.maxLength() + ".");
        }
        if (length < pool.minLength()) {
            throw Refusals.invalid(
                    "MinPrefixSubnetAllocationError",
                    "Unable to allocate subnet with prefix length " + length + ", minimum allowed prefix is "
                            + pool.minLength() + ".");
        }
        store.queue(db, pool.id());
        checkQuota(db, pool, wanted.project(), length);
        PrefixSet free = SubnetPools.set(pool).without(prefixes(pool, store.taken(db, pool.id())));
        if (exact != null) {
            if (exact.version() != pool.version() || !free.contains(exact)) {
                throw failed("Cannot allocate requested subnet from the available set of prefixes");
            }
            return exact;
        }
        // The tightest hole first, so that large ones stay for those who need them.
        return free.prefixes().stream()
                .filter(hole -> hole.length() <= length)
                .max(Comparator.comparingInt(Prefix::length).thenComparing(Prefix::first, Comparator.reverseOrder()))
                .map(hole -> new Prefix(hole.first(), length))
                .orElseThrow(() -> failed("Insufficient prefix space to allocate subnet size /" + length));
    }

    /** All subnets of an IP version on one network come from one pool, or at least from one address scope. */
    private void refuseStrangers(Db db, SubnetPool pool, UUID network) {
        for (Subnet other : subnets.of(db, network)) {
            UUID otherPool = other.poolId();
            if (other.version() != pool.version() || pool.id().equals(otherPool)) {
                continue;
            }
            UUID scope = pool.addressScopeId();
            boolean sameScope = scope != null
                    && otherPool != null
                    && store.ofScope(db, scope).stream().anyMatch(one -> Objects.equals(one.id(), otherPool));
            if (!sameScope) {
                throw Refusals.invalid(
                        "NetworkSubnetPoolAffinityError",
                        "Subnets hosted on the same network must be allocated from the same subnet pool.");
            }
        }
    }

    private void checkQuota(Db db, SubnetPool pool, String project, int length) {
        Integer quota = pool.defaultQuota();
        if (quota == null || quota == 0) {
            return;
        }
        int unit = pool.version() == 4 ? 32 : 64;
        double used = store.takenBy(db, pool.id(), project).stream()
                .mapToDouble(cidr -> Math.pow(2, unit - Prefix.of(cidr).length()))
                .sum();
        if (used + Math.pow(2, unit - length) > quota) {
            throw new Refusal(
                    Refusal.Kind.OVER_QUOTA,
                    "SubnetPoolQuotaExceeded",
                    "Per-tenant subnet pool prefix quota exceeded.");
        }
    }

    private static PrefixSet prefixes(SubnetPool pool, Collection<String> cidrs) {
        return PrefixSet.of(pool.version(), cidrs.stream().map(Prefix::of).toList());
    }

    private static Refusal bad(String sentence) {
        return Refusals.invalid("BadRequest", "Bad subnets request: " + sentence + ".");
    }

    /** The reference answers 500 here; what is asked cannot be had now, so it is a conflict. */
    private static Refusal failed(String reason) {
        return Refusals.conflict("SubnetAllocationError", "Failed to allocate subnet: " + reason + ".");
    }
}
