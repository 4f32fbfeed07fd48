package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.store.Estate;
import dev.unkai.cloud.network.store.QuotaStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How much of each network resource a project may have. */
@Component
public class Quotas {
    /** A countable resource; -1 is unlimited. */
    public enum Resource {
        NETWORK("network", "network", 100),
        SUBNET("subnet", "subnet", 100),
        SUBNETPOOL("subnetpool", "subnet_pool", -1),
        PORT("port", "port", 500),
        ROUTER("router", "router", 10),
        FLOATINGIP("floatingip", "floating_ip", 50),
        RBAC_POLICY("rbac_policy", "rbac_policy", 10),
        TRUNK("trunk", "trunk", -1),
        SECURITY_GROUP("security_group", "security_group", 10),
        SECURITY_GROUP_RULE("security_group_rule", "security_group_rule", 100);

        private final String wireName;
        private final String table;
        private final int initial;

        Resource(String wireName, String table, int initial) {
            this.wireName = wireName;
            this.table = table;
            this.initial = initial;
        }

        public String wireName() {
            return wireName;
        }

        public int initial() {
            return initial;
        }
    }

    /** @param limit -1: no limit */
    public record Use(int limit, int used) {}

    private final QuotaStore store;

    public Quotas(QuotaStore store) {
        this.store = store;
    }

    /** Refuses when the project may not have {@code more}; others of the project that count the same wait until this transaction ends. */
    public void claim(Db db, String project, Resource resource, int more) {
        int limit = store.limit(db, project, resource.wireName()).orElse(resource.initial());
        if (limit < 0) {
            return;
        }
        store.queue(db, project, resource.wireName());
        int used = store.used(db, project, resource.table);
        if (used + more > limit) {
            throw new Refusal(
                    Refusal.Kind.OVER_QUOTA,
                    "OverQuota",
                    "Quota exceeded for resources: ['" + resource.wireName() + "']. The project has " + used
                            + " of at most " + limit + ". Delete some, or ask the operator for more.");
        }
    }

    /** Refuses what is more by itself than the project may have in all, whatever it has. */
    public void allow(Db db, String project, Resource resource, int some) {
        int limit = store.limit(db, project, resource.wireName()).orElse(resource.initial());
        if (limit >= 0 && some > limit) {
            throw new Refusal(
                    Refusal.Kind.OVER_QUOTA,
                    "OverQuota",
                    "Quota exceeded for resources: ['" + resource.wireName() + "']. The project may have " + limit
                            + ", and " + some + " are needed. Ask the operator for more.");
        }
    }

    public Map<Resource, Integer> limits(Db db, String project) {
        Map<String, Integer> set = store.limits(db, project);
        Map<Resource, Integer> result = new LinkedHashMap<>();
        for (Resource resource : Resource.values()) {
            result.put(resource, set.getOrDefault(resource.wireName(), resource.initial()));
        }
        return result;
    }

    public Map<Resource, Use> uses(Db db, String project) {
        Map<Resource, Use> result = new LinkedHashMap<>();
        limits(db, project)
                .forEach((resource, limit) -> result.put(
                        resource,
                        new Use(
                                limit,
                                resource.table.isEmpty()
                                        ? 0
                                        : Estate.<Integer>whole(db, () -> store.used(db, project, resource.table)))));
        return result;
    }

    public void set(Db db, String project, Map<Resource, Integer> limits) {
        limits.forEach((resource, limit) -> store.set(db, project, resource.wireName(), limit));
    }

    /** Refuses limits below what the project has. */
    public void refuseBelowUse(Db db, String project, Map<Resource, Integer> limits) {
        Map<Resource, Use> uses = uses(db, project);
        List<String> over = limits.entrySet().stream()
                .filter(limit -> limit.getValue() >= 0
                        && uses.get(limit.getKey()) instanceof Use use
                        && use.used() > limit.getValue())
                .map(limit -> limit.getKey().wireName())
                .toList();
        if (!over.isEmpty()) {
            throw Refusals.invalid(
                    "InvalidInput",
                    "Invalid input for operation: Quota limit is below what the project has of: "
                            + String.join(", ", over) + ".");
        }
    }

    public void reset(Db db, String project) {
        if (!store.reset(db, project)) {
            throw new Refusal(
                    Refusal.Kind.NOT_FOUND,
                    "TenantQuotaNotFound",
                    "Quota for tenant " + project + " could not be found: the project has no limits of its own.");
        }
    }

    public List<String> projects(Db db) {
        return store.projects(db);
    }
}
