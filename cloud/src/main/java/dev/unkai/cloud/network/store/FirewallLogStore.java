package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of the wishes to note packets. */
@Component
public class FirewallLogStore {
    public final Listing<FirewallLog> listing = new Listing<>(
            "select l.*, '{}'::text[] as tags from firewall_log l",
            (row, _) -> log(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("enabled", flag("r.enabled")),
                    Map.entry("event", text("r.event")),
                    Map.entry("resource_type", text("'security_group'")),
                    Map.entry("resource_id", uuid("r.security_group_id")),
                    Map.entry("target_id", uuid("r.port_id")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", text("r.created_at")),
                    Map.entry("updated_at", text("r.updated_at"))));

    public void insert(Db db, FirewallLog log) {
        db.sql("""
                insert into firewall_log (id, project_id, name, description, enabled, event, security_group_id, port_id)
                values (?, ?, ?, ?, ?, ?, ?::uuid, ?::uuid)""")
                .params(Arrays.asList(
                        log.id(),
                        log.project(),
                        log.name(),
                        log.description(),
                        log.enabled(),
                        log.event(),
                        log.groupId(),
                        log.portId()))
                .update();
    }

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from firewall_log where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** What may change of it: its names and whether it is on. */
    public void update(Db db, FirewallLog log) {
        db.sql("""
                update firewall_log set name = ?, description = ?, enabled = ?, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(log.name(), log.description(), log.enabled(), log.id())
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from firewall_log where id = ?").param(id).update();
    }

    /** How many the project has. */
    public int count(Db db, String project) {
        return db.sql("select count(*) from firewall_log where project_id = ?")
                .param(project)
                .query(Integer.class)
                .single();
    }

    /** Those of the projects that are on. */
    public List<FirewallLog> enabled(Db db, Collection<String> projects) {
        return projects.isEmpty()
                ? List.of()
                : listing.where(db, "r.enabled and r.project_id = any(?::text[])", List.<Object>of((Object)
                        projects.toArray(String[]::new)));
    }

    /** The groups whose judgements a log of this project notes: the one, or all of them. */
    public List<UUID> coveredGroups(Db db, FirewallLog log) {
        UUID only = log.groupId();
        return only != null
                ? List.of(only)
                : db.sql("select id from security_group where project_id = ?")
                        .param(log.project())
                        .query(UUID.class)
                        .list();
    }

    private static FirewallLog log(ResultSet row) throws SQLException {
        return new FirewallLog(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("enabled"),
                row.getString("event"),
                row.getObject("security_group_id", UUID.class),
                row.getObject("port_id", UUID.class),
                Stamp.of(row));
    }
}
