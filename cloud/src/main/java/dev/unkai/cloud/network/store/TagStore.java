package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The tags of network resources, a column of each resource's table. */
@Component
public class TagStore {
    private static final Map<String, String> TABLES = Map.of(
            "networks", "network",
            "subnets", "subnet",
            "ports", "port",
            "routers", "router",
            "floatingips", "floating_ip",
            "security-groups", "security_group",
            "subnetpools", "subnet_pool",
            "policies", "qos_policy",
            "address-groups", "address_group",
            "trunks", "trunk");

    /** @param collection the plural name in addresses */
    public Optional<List<String>> tags(Db db, String collection, UUID id) {
        return db.sql("select tags from " + table(collection) + " where id = ?")
                .param(id)
                .query((row, _) -> Columns.texts(row, "tags"))
                .optional();
    }

    /** Whose project the changed resource is; empty when the caller may see it but not change it. */
    public Optional<String> set(Db db, String collection, UUID id, List<String> tags) {
        return db.sql(
                        "update " + table(collection)
                                + " set tags = ?, updated_at = now(), revision = revision + 1 where id = ? returning project_id")
                .param(Columns.array(tags))
                .param(id)
                .query(String.class)
                .optional();
    }

    private static String table(String collection) {
        String table = TABLES.get(collection);
        if (table == null) {
            throw new IllegalArgumentException("No resource with tags: " + collection);
        }
        return table;
    }
}
