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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How much a project may use, and a user within it where the provider has set limits for him. Checked inside the transaction that uses
 * it, with the project's row locked.
 */
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

    /**
     * Limits and use of a project that the caller may see.
     *
     * @param user null, or whose limits and use within the project
     */
    public Map<QuotaResource, Level> levels(Caller caller, String project, @Nullable String user) {
        return transactions.asCaller(caller, db -> levels(db, project, user));
    }

    private Map<QuotaResource, Level> levels(Db db, String project, @Nullable String user) {
        return user == null
                ? levels(store.limits(db, project), store.used(db, project))
                : levels(store.limits(db, project, user), store.used(db, project, user));
    }

    private static Map<QuotaResource, Level> levels(
            Map<QuotaResource, Integer> limits, Map<QuotaResource, Integer> used) {
        Map<QuotaResource, Level> levels = new EnumMap<>(QuotaResource.class);
        limits.forEach((resource, limit) -> levels.put(resource, new Level(limit, used.getOrDefault(resource, 0))));
        return levels;
    }

    /** The project's levels, and the user's where he has limits of his own: what is to be used must fit into each. */
    private List<Map<QuotaResource, Level>> holding(Db db, String project, String user) {
        Map<QuotaResource, Level> ofProject = levels(db, project, null);
        return store.own(db, project, user).isEmpty()
                ? List.of(ofProject)
                : List.of(ofProject, levels(db, project, user));
    }

    /**
     * All that is stored for the project or by default, by its name in the API: also of what is not limited here.
     *
     * @param user null, or the user whose own limits stand over the project's
     */
    public Map<String, Integer> stored(Caller caller, String project, @Nullable String user) {
        return transactions.asCaller(caller, db -> {
            Map<String, Integer> stored = store.stored(db, project);
            if (user != null) {
                stored.putAll(store.own(db, project, user));
            }
            return stored;
        });
    }

    /** All that is stored for the class, by its name in the API. */
    public Map<String, Integer> storedOfClass(Caller caller, String name) {
        return transactions.asCaller(caller, db -> store.storedOfClass(db, name));
    }

    /**
     * Sets limits; one below what is used is refused unless {@code force}, and a user's beyond the project's.
     *
     * @param user null, or for whom within the project
     * @param foreign limits of what is not limited here, by name
     */
    public Map<QuotaResource, Level> set(
            Caller caller,
            String project,
            @Nullable String user,
            Map<QuotaResource, Integer> limits,
            Map<String, Integer> foreign,
            boolean force) {
        return transactions.asCaller(caller, db -> {
            Map<QuotaResource, Level> before = levels(db, project, user);
            if (!force) {
                limits.forEach((resource, limit) ->
                        checkUsed(resource, limit, of(before, resource).used()));
            }
            Map<String, Integer> all = named(limits, foreign);
            Changes changes = Changes.entries(limits(before), told(all));
            if (user == null) {
                store.set(db, project, all);
                record(db, caller, "update", project, changes);
            } else {
                if (!force) {
                    Map<QuotaResource, Integer> most = store.limits(db, project);
                    limits.forEach((resource, limit) -> checkMost(resource, limit, of(most, resource)));
                }
                store.set(db, project, user, all);
                record(db, caller, "update", project, ofUser(user).and(changes));
            }
            return levels(db, project, user);
        });
    }

    private static void checkUsed(QuotaResource resource, int limit, int used) {
        if (limit >= 0 && limit < used) {
            throw Refusal.invalid("Quota limit " + limit + " for " + resource.wireName()
                    + " must be greater than or equal to already used and reserved " + used + ".");
        }
    }

    private static void checkMost(QuotaResource resource, int limit, int most) {
        if (most >= 0 && (limit < 0 || limit > most)) {
            throw Refusal.invalid("Quota limit " + limit + " for " + resource.wireName()
                    + " must be less than or equal to " + most + ".");
        }
    }

    /** Says in the event of a change for whom within the project it was. */
    private static Changes ofUser(String user) {
        return Changes.of("user_id", null, user);
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

    /**
     * Back to the defaults, for all users within the project too.
     *
     * @param user null, or the one who is to have the project's limits again
     */
    public void reset(Caller caller, String project, @Nullable String user) {
        transactions.doAsCaller(caller, db -> {
            Map<String, Integer> before = limits(levels(db, project, user));
            if (user == null) {
                store.reset(db, project);
            } else {
                store.reset(db, project, user);
            }
            Changes changes = Changes.entries(before, limits(levels(db, project, user)));
            record(
                    db,
                    caller,
                    "delete",
                    project,
                    user == null ? changes : ofUser(user).and(changes));
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
    int reserveServers(
            Db db, String project, String user, Server.Size size, int least, int most, Map<String, String> metadata) {
        store.lock(db, project);
        int fit = most;
        for (Map<QuotaResource, Level> levels : holding(db, project, user)) {
            checkMetadata(of(levels, QuotaResource.METADATA_ITEMS).limit(), metadata.size());
            fit = Math.min(fit, of(levels, QuotaResource.INSTANCES).room());
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
        }
        return fit;
    }

    /** Refuses when there is no room any more for a server that was deleted restorably. */
    void reserveReturn(Db db, Server server) {
        reserve(
                db,
                server,
                Map.of(
                        QuotaResource.INSTANCES, 1,
                        QuotaResource.CORES, server.size().vcpus(),
                        QuotaResource.RAM, server.size().ramMb()));
    }

    /** Refuses when there is no room for as much more as the new size is larger than the server's. */
    void reserveGrowth(Db db, Server server, Server.Size size) {
        Map<QuotaResource, Integer> more = new EnumMap<>(QuotaResource.class);
        more.put(QuotaResource.CORES, Math.max(0, size.vcpus() - server.size().vcpus()));
        more.put(QuotaResource.RAM, Math.max(0, size.ramMb() - server.size().ramMb()));
        more.values().removeIf(number -> number == 0);
        reserve(db, server, more);
    }

    /** For a server that is there: whoever asks, it counts for who made it. */
    private void reserve(Db db, Server server, Map<QuotaResource, Integer> wanted) {
        store.lock(db, server.projectId());
        for (Map<QuotaResource, Level> levels : holding(db, server.projectId(), server.userId())) {
            if (wanted.entrySet().stream()
                    .anyMatch(entry -> !of(levels, entry.getKey()).has(entry.getValue()))) {
                throw exceeded(levels, wanted);
            }
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

    void reserveServerGroup(Db db, String project, String user) {
        store.lock(db, project);
        for (Map<QuotaResource, Level> levels : holding(db, project, user)) {
            Level level = of(levels, QuotaResource.SERVER_GROUPS);
            if (!level.has(1)) {
                throw Refusal.overQuota(
                        "Quota exceeded, too many server groups: " + level.used() + " of " + level.limit() + " used.");
            }
        }
    }

    /** The user's key pairs count by user, against the limit that he has in the project he works in. */
    void reserveKeypair(Db db, String project, String user) {
        store.lock(db, project);
        int limit = of(store.limits(db, project, user), QuotaResource.KEY_PAIRS);
        if (limit >= 0 && keypairs.count(db, user) >= limit) {
            throw Refusal.overQuota("Quota exceeded, too many key pairs: " + limit + " of " + limit + " used.");
        }
    }

    void checkMembers(Db db, String project, String user, int members) {
        int limit = of(store.limits(db, project, user), QuotaResource.SERVER_GROUP_MEMBERS);
        if (limit >= 0 && members > limit) {
            throw Refusal.overQuota("Quota exceeded, too many servers in group: at most " + limit + ".");
        }
    }

    void checkMetadata(Db db, String project, String user, int items) {
        checkMetadata(of(store.limits(db, project, user), QuotaResource.METADATA_ITEMS), items);
    }

    private static void checkMetadata(int limit, int items) {
        if (limit >= 0 && items > limit) {
            throw Refusal.overQuota("Maximum number of metadata items exceeds " + limit + ".");
        }
    }
}
