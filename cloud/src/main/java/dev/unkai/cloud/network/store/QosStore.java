package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Rows of QoS policies and their rules. */
@Component
public class QosStore {
    private static final String SELECT = """
            select p.*, p.id in (select shared_with_me('qos_policy')) as shared,
                   (select jsonb_agg(to_jsonb(x) order by x.created_at, x.id) from qos_rule x where x.policy_id = p.id) as rules
              from qos_policy p""";

    public final Listing<QosPolicy> listing = new Listing<>(
            SELECT,
            (row, _) -> policy(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("shared", flag("r.shared")),
                    Map.entry("is_default", flag("r.is_default")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from qos_policy where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public void insert(Db db, QosPolicy policy) {
        db.sql("insert into qos_policy (id, project_id, name, description, is_default) values (?, ?, ?, ?, ?)")
                .params(policy.id(), policy.project(), policy.name(), policy.description(), policy.isDefault())
                .update();
    }

    public void update(Db db, QosPolicy policy) {
        db.sql("""
                update qos_policy set name = ?, description = ?, is_default = ?, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(policy.name(), policy.description(), policy.isDefault(), policy.id())
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from qos_policy where id = ?").param(id).update();
    }

    /** The policy that new networks of the project are put under. */
    public Optional<UUID> defaultOf(Db db, String project) {
        return db.sql("select id from qos_policy where project_id = ? and is_default")
                .param(project)
                .query(UUID.class)
                .optional();
    }

    /** Writes the rule anew or for the first time; false when the policy has one of its type and direction already. */
    public boolean write(Db db, QosRule rule) {
        boolean written = db.sql("""
                        insert into qos_rule (id, project_id, policy_id, type, direction, max_kbps, max_burst, dscp_mark)
                        select ?, ?, ?, ?, ?, ?::bigint, ?::bigint, ?::integer
                         where not exists (select from qos_rule where policy_id = ? and type = ? and direction = ? and id <> ?)
                        on conflict (id) do update set direction = excluded.direction, max_kbps = excluded.max_kbps,
                           max_burst = excluded.max_burst, dscp_mark = excluded.dscp_mark""")
                        .params(Arrays.asList(
                                rule.id(),
                                rule.project(),
                                rule.policyId(),
                                rule.type(),
                                rule.direction(),
                                rule.maxKbps(),
                                rule.maxBurst(),
                                rule.dscpMark(),
                                rule.policyId(),
                                rule.type(),
                                rule.direction(),
                                rule.id()))
                        .update()
                == 1;
        touch(db, rule.policyId());
        return written;
    }

    public void deleteRule(Db db, QosRule rule) {
        db.sql("delete from qos_rule where id = ?").param(rule.id()).update();
        touch(db, rule.policyId());
    }

    private static void touch(Db db, UUID policy) {
        db.sql("update qos_policy set updated_at = now(), revision = revision + 1 where id = ?")
                .param(policy)
                .update();
    }

    /** What is under the policy, as {@code network <id>} and so on; at most one, of any project. */
    public Optional<String> user(Db db, UUID policy) {
        return Estate.whole(
                db,
                () -> db.sql("""
                        select 'network ' || id from network where qos_policy_id = ?
                        union all select 'port ' || id from port where qos_policy_id = ?
                        union all select 'floating IP ' || id from floating_ip where qos_policy_id = ? limit 1""")
                        .params(policy, policy, policy)
                        .query(String.class)
                        .optional());
    }

    /** The ports whose traffic the policy limits, by themselves or by their network. */
    public List<UUID> ports(Db db, UUID policy) {
        return Estate.whole(
                db, () -> db.sql("""
                        select p.id from port p where p.qos_policy_id = ?
                        union select p.id from network n join port p on p.network_id = n.id where n.qos_policy_id = ?""").params(policy, policy).query(UUID.class).list());
    }

    /** The routers that carry floating addresses under the policy. */
    public List<UUID> routers(Db db, UUID policy) {
        return Estate.whole(
                db,
                () -> db.sql(
                                "select distinct router_id from floating_ip where qos_policy_id = ? and router_id is not null")
                        .param(policy)
                        .query(UUID.class)
                        .list());
    }

    /** The rules of these policies, whoever they belong to. */
    public Map<UUID, List<QosRule>> rules(Db db, Collection<UUID> policies) {
        Map<UUID, List<QosRule>> rules = new HashMap<>();
        if (!policies.isEmpty()) {
            db.sql(
                            "select to_jsonb(x) as rule from qos_rule x where policy_id = any(?::uuid[]) order by created_at, id")
                    .param(Listing.uuidArray(policies))
                    .query((row, _) -> rule(Columns.json(row, "rule")))
                    .list()
                    .forEach(rule -> rules.computeIfAbsent(rule.policyId(), _ -> new ArrayList<>())
                            .add(rule));
        }
        return rules;
    }

    private static QosPolicy policy(ResultSet row) throws SQLException {
        List<QosRule> rules = new ArrayList<>();
        for (JsonNode node : Columns.json(row, "rules")) {
            rules.add(rule(node));
        }
        return new QosPolicy(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("shared"),
                row.getBoolean("is_default"),
                List.copyOf(rules),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }

    private static QosRule rule(JsonNode node) {
        JsonNode mark = node.path("dscp_mark");
        return new QosRule(
                UUID.fromString(node.path("id").asString()),
                UUID.fromString(node.path("policy_id").asString()),
                node.path("project_id").asString(),
                node.path("type").asString(),
                node.path("direction").asString(),
                longOrNull(node.path("max_kbps")),
                longOrNull(node.path("max_burst")),
                mark.isNumber() ? Integer.valueOf(mark.intValue()) : null);
    }

    private static @Nullable Long longOrNull(JsonNode node) {
        return node.isNumber() ? Long.valueOf(node.longValue()) : null;
    }
}
