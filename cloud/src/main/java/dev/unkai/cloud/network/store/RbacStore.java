package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows that say who may use what belongs to another project. */
@Component
public class RbacStore {
    /** The table of each type, and who uses one of its objects: the projects whose things would lose it. */
    private static final Map<String, Uses> USES = Map.of(
            RbacPolicy.NETWORK,
            new Uses("network", "select project_id from port where network_id = ? and project_id <> ''"),
            RbacPolicy.SUBNET_POOL,
            new Uses("subnet_pool", "select project_id from subnet where subnet_pool_id = ?"),
            RbacPolicy.ADDRESS_SCOPE,
            new Uses("address_scope", "select project_id from subnet_pool where address_scope_id = ?"),
            RbacPolicy.SECURITY_GROUP,
            new Uses("security_group", """
                    with shared as (select ?::uuid as id)
                    select m.project_id from port_security_group m, shared where m.security_group_id = shared.id
                    union all select x.project_id from security_group_rule x, shared where x.remote_group_id = shared.id"""),
            RbacPolicy.ADDRESS_GROUP,
            new Uses("address_group", "select project_id from security_group_rule where remote_address_group_id = ?"),
            RbacPolicy.QOS_POLICY,
            new Uses("qos_policy", """
                    with policy as (select ?::uuid as id)
                    select n.project_id from network n, policy where n.qos_policy_id = policy.id
                    union all select p.project_id from port p, policy where p.qos_policy_id = policy.id and p.project_id <> ''
                    union all select f.project_id from floating_ip f, policy where f.qos_policy_id = policy.id"""));

    private record Uses(String table, String projects) {}

    public final Listing<RbacPolicy> listing = new Listing<>(
            "select p.*, '{}'::text[] as tags from rbac_policy p",
            (row, _) -> policy(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("object_type", text("r.object_type")),
                    Map.entry("object_id", uuid("r.object_id")),
                    Map.entry("action", text("r.action")),
                    Map.entry("target_tenant", text("r.target_project")),
                    Map.entry("target_project", text("r.target_project"))));

    /** False when there is such a policy already. */
    public boolean insert(Db db, RbacPolicy policy) {
        return db.sql("""
                        insert into rbac_policy (id, project_id, object_type, object_id, action, target_project)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                        .params(
                                policy.id(),
                                policy.project(),
                                policy.objectType(),
                                policy.objectId(),
                                policy.action(),
                                policy.target())
                        .update()
                == 1;
    }

    public void retarget(Db db, UUID id, String target) {
        db.sql("update rbac_policy set target_project = ? where id = ?")
                .params(target, id)
                .update();
    }

    /** The object counts a change of who may use it as a change of itself. */
    public void revise(Db db, RbacPolicy policy) {
        Uses uses = USES.get(policy.objectType());
        if (uses != null) {
            Estate.doWhole(
                    db,
                    () -> db.sql("update " + uses.table() + " set revision = revision + 1 where id = ?")
                            .param(policy.objectId())
                            .update());
        }
    }

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from rbac_policy where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from rbac_policy where id = ?").param(id).update();
    }

    /** Everything that was said about the object, whoever said it. */
    public List<RbacPolicy> of(Db db, String type, UUID object) {
        return Estate.whole(
                db, () -> listing.where(db, "r.object_type = ? and r.object_id = ?", List.of(type, object)));
    }

    public void forget(Db db, String type, UUID object) {
        Estate.doWhole(
                db,
                () -> db.sql("delete from rbac_policy where object_type = ? and object_id = ?")
                        .params(type, object)
                        .update());
    }

    /** The project that the object belongs to, of what the caller can see. */
    public java.util.Optional<String> owner(Db db, String type, UUID object) {
        return db.sql("select project_id from " + uses(type).table() + " where id = ?")
                .param(object)
                .query(String.class)
                .optional();
    }

    /** The projects that use the object, its owner among them perhaps. */
    public List<String> users(Db db, String type, UUID object) {
        return Estate.whole(
                db,
                () -> db.sql("select distinct project_id from (" + uses(type).projects() + ") u")
                        .param(object)
                        .query(String.class)
                        .list());
    }

    /** The projects that have a gateway or a floating address on the external network. */
    public List<String> outerUsers(Db db, UUID network) {
        return Estate.whole(
                db,
                () -> db.sql("""
                        select project_id from router where external_network_id = ?
                        union select project_id from floating_ip where floating_network_id = ?""").params(network, network).query(String.class).list());
    }

    private static Uses uses(String type) {
        Uses uses = USES.get(type);
        if (uses == null) {
            throw new IllegalArgumentException("Nothing is known of the type " + type);
        }
        return uses;
    }

    private static RbacPolicy policy(ResultSet row) throws SQLException {
        return new RbacPolicy(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("object_type"),
                Columns.uuid(row, "object_id"),
                row.getString("action"),
                row.getString("target_project"));
    }
}
