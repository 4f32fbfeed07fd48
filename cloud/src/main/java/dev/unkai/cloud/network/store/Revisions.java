package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How often things have changed, by the plural names that addresses have for them. */
@Component
public class Revisions {
    private static final Map<String, String> TABLES = Map.ofEntries(
            Map.entry("networks", "network"),
            Map.entry("subnets", "subnet"),
            Map.entry("subnetpools", "subnet_pool"),
            Map.entry("address-groups", "address_group"),
            Map.entry("ports", "port"),
            Map.entry("routers", "router"),
            Map.entry("floatingips", "floating_ip"),
            Map.entry("security-groups", "security_group"),
            Map.entry("security-group-rules", "security_group_rule"),
            Map.entry("policies", "qos_policy"),
            Map.entry("trunks", "trunk"));

    /** The thing's revision, held until the transaction ends; empty where the caller may not change it or it has none. */
    public Optional<Long> held(Db db, String collection, UUID id) {
        String table = TABLES.get(collection);
        return table == null
                ? Optional.empty()
                : db.sql("select revision from " + table + " where id = ? for update")
                        .param(id)
                        .query(Long.class)
                        .optional();
    }
}
