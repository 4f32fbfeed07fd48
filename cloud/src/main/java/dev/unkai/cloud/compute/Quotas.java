package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.store.KeypairStore;
import dev.unkai.cloud.compute.store.QuotaStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How much a project may use. Checked inside the transaction that uses it, with the project's row locked. */
@Component
public class Quotas {
    private final Transactions transactions;
    private final QuotaStore store;
    private final KeypairStore keypairs;
    private final Clock clock;

    Quotas(Transactions transactions, QuotaStore store, KeypairStore keypairs, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.keypairs = keypairs;
        this.clock = clock;
    }

    /** A limit (-1: none) beside what is used of it. */
    public record Level(int limit, int used) {
        boolean has(int more) {
            return limit < 0 || used + more <= limit;
        }

        int room() {
            return limit < 0 ? Integer.MAX_VALUE : Math.max(0, limit - used);
        }
    }

    /** Limits and use of a project that the caller may see. */
    public Map<QuotaResource, Level> levels(Caller caller, String project) {
        return transactions.asCaller(caller, db -> levels(db, project));
    }

    private Map<QuotaResource, Level> levels(Db db, String project) {
        Map<QuotaResource, Integer> limits = store.limits(db, project);
        Map<QuotaResource, Integer> used = store.used(db, project);
        Map<QuotaResource, Level> levels = new EnumMap<>(QuotaResource.class);
        limits.forEach((resource, limit) -> levels.put(resource, new Level(limit, used.getOrDefault(resource, 0))));
        return levels;
    }

    /** All that is stored for the project or by default, by its name in the API: also of what is not limited here. */
    public Map<String, Integer> stored(Caller caller, String project) {
        return transactions.asCaller(caller, db -> store.stored(db, project));
    }

    /** All that is stored for the class, by its name in the API. */
    public Map<String, Integer> storedOfClass(Caller caller, String name) {
        return transactions.asCaller(caller, db -> store.storedOfClass(db, name));
    }

    /**
     * Sets limits; one below what is used is refused unless {@code force}.
     *
     * @param foreign limits of what is not limited here, by name
     */
    public Map<QuotaResource, Level> set(
            Caller caller,
            String project,
            Map<QuotaResource, Integer> limits,
            Map<String, Integer> foreign,
            boolean force) {
        return transactions.asCaller(caller, db -> {
            Map<QuotaResource, Level> before = levels(db, project);
            limits.forEach((resource, limit) -> {
                int used = of(before, resource).used();
                if (!force && limit >= 0 && limit < used) {
                    throw Refusal.invalid("Quota limit " + limit + " for " + resource.wireName()
                            + " must be greater than or equal to already used and reserved " + used + ".");
                }
            });
            Map<String, Integer> all = named(limits, foreign);
            store.set(db, project, all);
            record(db, caller, "update", project, Changes.entries(limits(before), told(all)));
            return levels(db, project);
        });
    }

    /** Sets the limits that a contract begins with, in the transaction that says so; by their names in the API. */
    public void begin(Db db, String project, Map<String, Integer> limits) {
        store.set(db, project, limits);
        CadfEvent.Target target = new CadfEvent.Target(project, "compute/quota", null, project);
        db.record(CadfEvent.bySystem("cloud", "update", target, clock.instant(), null)
                .with(Changes.entries(Map.of(), told(limits))));
    }

    /** What is not limited here has a name that anybody may choose: an event has it below one that is known. */
    private static Map<String, Integer> told(Map<String, Integer> limits) {
        Map<String, Integer> told = new LinkedHashMap<>();
        limits.forEach((name, limit) -> told.put(QuotaResource.of(name).isPresent() ? name : "other." + name, limit));
        return told;
    }

    private static Map<String, Integer> named(Map<QuotaResource, Integer> limits, Map<String, Integer> foreign) {
        Map<String, Integer> all = new LinkedHashMap<>();
        limits.forEach((resource, limit) -> all.put(resource.wireName(), limit));
        all.putAll(foreign);
        return all;
    }

    /** The limits of a class; those of {@code default} are every project's that has none of its own. */
    public Map<QuotaResource, Integer> ofClass(Caller caller, String name) {
        return transactions.asCaller(caller, db -> store.ofClass(db, name));
    }

    /** Sets limits of a class and answers all of them. */
    public Map<QuotaResource, Integer> setClass(
            Caller caller, String name, Map<QuotaResource, Integer> limits, Map<String, Integer> foreign) {
        return transactions.asCaller(caller, db -> {
            Map<QuotaResource, Integer> before = store.ofClass(db, name);
            store.setClass(db, name, named(limits, foreign));
            Map<QuotaResource, Integer> after = store.ofClass(db, name);
            CadfEvent.Target target = new CadfEvent.Target(name, "compute/quota-class", name, null);
            db.record(CadfEvent.by(caller, "update", target, clock.instant())
                    .with(Changes.entries(named(before, Map.of()), named(after, Map.of()))));
            return after;
        });
    }

    /** Back to the defaults. */
    public void reset(Caller caller, String project) {
        transactions.doAsCaller(caller, db -> {
            Map<String, Integer> before = limits(levels(db, project));
            store.reset(db, project);
            record(db, caller, "delete", project, Changes.entries(before, limits(levels(db, project))));
        });
    }

    private void record(Db db, Caller caller, String action, String project, Changes changes) {
        db.record(CadfEvent.by(
                        caller, action, new CadfEvent.Target(project, "compute/quota", null, project), clock.instant())
                .with(changes));
    }

    private static Map<String, Integer> limits(Map<QuotaResource, Level> levels) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        levels.forEach((resource, level) -> limits.put(resource.wireName(), level.limit()));
        return limits;
    }

    /**
     * How many servers of the size fit, at most {@code most}; holds other creates of the project back. Refuses when
     * fewer than {@code least} fit.
     */
    int reserveServers(Db db, String project, Server.Size size, int least, int most, Map<String, String> metadata) {
        store.lock(db, project);
        Map<QuotaResource, Level> levels = levels(db, project);
        checkMetadata(of(levels, QuotaResource.METADATA_ITEMS).limit(), metadata.size());
        int fit = Math.min(most, of(levels, QuotaResource.INSTANCES).room());
        fit = Math.min(fit, of(levels, QuotaResource.CORES).room() / size.vcpus());
        fit = Math.min(fit, of(levels, QuotaResource.RAM).room() / size.ramMb());
        if (fit < least) {
            throw exceeded(
                    levels,
                    Map.of(
                            QuotaResource.INSTANCES, least,
                            QuotaResource.CORES, least * size.vcpus(),
                            QuotaResource.RAM, least * size.ramMb()));
        }
        return fit;
    }

    /** Refuses when the project has no room any more for a server that it had deleted restorably. */
    void reserveReturn(Db db, String project, Server.Size size) {
        store.lock(db, project);
        Map<QuotaResource, Integer> wanted = Map.of(
                QuotaResource.INSTANCES, 1,
                QuotaResource.CORES, size.vcpus(),
                QuotaResource.RAM, size.ramMb());
        Map<QuotaResource, Level> levels = levels(db, project);
        if (wanted.entrySet().stream()
                .anyMatch(entry -> !of(levels, entry.getKey()).has(entry.getValue()))) {
            throw exceeded(levels, wanted);
        }
    }

    /** Refuses when the project may not use as much more as the new size is larger than the old one. */
    void reserveGrowth(Db db, String project, Server.Size old, Server.Size size) {
        store.lock(db, project);
        Map<QuotaResource, Integer> more = new EnumMap<>(QuotaResource.class);
        more.put(QuotaResource.CORES, Math.max(0, size.vcpus() - old.vcpus()));
        more.put(QuotaResource.RAM, Math.max(0, size.ramMb() - old.ramMb()));
        more.values().removeIf(number -> number == 0);
        Map<QuotaResource, Level> levels = levels(db, project);
        if (more.entrySet().stream()
                .anyMatch(entry -> !of(levels, entry.getKey()).has(entry.getValue()))) {
            throw exceeded(levels, more);
        }
    }

    private static <T> T of(Map<QuotaResource, T> all, QuotaResource resource) {
        return Objects.requireNonNull(all.get(resource));
    }

    private static Refusal exceeded(Map<QuotaResource, Level> levels, Map<QuotaResource, Integer> wanted) {
        Map<QuotaResource, Integer> over = new EnumMap<>(QuotaResource.class);
        wanted.forEach((resource, number) -> {
            if (!of(levels, resource).has(number)) {
                over.put(resource, number);
            }
        });
        String names = over.keySet().stream().map(QuotaResource::wireName).collect(Collectors.joining(", "));
        String numbers = over.values().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String used = over.keySet().stream()
                .map(resource -> of(levels, resource).used() + " of "
                        + of(levels, resource).limit() + " " + resource.wireName())
                .collect(Collectors.joining(", "));
        return Refusal.overQuota("Quota exceeded for " + names + ": Requested " + numbers + ", but already used " + used
                + ". Delete what is not needed or ask the provider for more.");
    }

    void reserveServerGroup(Db db, String project) {
        store.lock(db, project);
        Level level = of(levels(db, project), QuotaResource.SERVER_GROUPS);
        if (!level.has(1)) {
            throw Refusal.overQuota(
                    "Quota exceeded, too many server groups: " + level.used() + " of " + level.limit() + " used.");
        }
    }

    /** The user's key pairs count by user, against the limit of the project he works in. */
    void reserveKeypair(Db db, String project, String user) {
        store.lock(db, project);
        int limit = of(store.limits(db, project), QuotaResource.KEY_PAIRS);
        if (limit >= 0 && keypairs.count(db, user) >= limit) {
            throw Refusal.overQuota("Quota exceeded, too many key pairs: " + limit + " of " + limit + " used.");
        }
    }

    void checkMembers(Db db, String project, int members) {
        int limit = of(store.limits(db, project), QuotaResource.SERVER_GROUP_MEMBERS);
        if (limit >= 0 && members > limit) {
            throw Refusal.overQuota("Quota exceeded, too many servers in group: at most " + limit + ".");
        }
    }

    void checkMetadata(Db db, String project, int items) {
        checkMetadata(of(store.limits(db, project), QuotaResource.METADATA_ITEMS), items);
    }

    private static void checkMetadata(int limit, int items) {
        if (limit >= 0 && items > limit) {
            throw Refusal.overQuota("Maximum number of metadata items exceeds " + limit + ".");
        }
    }
}
