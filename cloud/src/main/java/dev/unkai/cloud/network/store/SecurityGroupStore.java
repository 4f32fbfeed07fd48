package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.number;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Rows of security groups and their rules. */
@Component
public class SecurityGroupStore {
    private static final String SELECT = """
            select g.*, g.id in (select shared_with_me('security_group')) as shared, (select jsonb_agg(to_jsonb(x) order by x.created_at, x.id)
                           from security_group_rule x where x.security_group_id = g.id) as rules
              from security_group g""";

    public final Listing<SecurityGroup> listing = new Listing<>(
            SELECT,
            (row, _) -> group(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("stateful", flag("r.stateful")),
                    Map.entry("shared", flag("r.shared")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    public final Listing<SecurityGroupRule> rules = new Listing<>(
            "select x.*, '{}'::text[] as tags from security_group_rule x",
            (row, _) -> rule(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("security_group_id", uuid("r.security_group_id")),
                    Map.entry("direction", text("r.direction")),
                    Map.entry("ethertype", text("r.ethertype")),
                    Map.entry("protocol", text("r.protocol")),
                    Map.entry("port_range_min", number("r.port_range_min")),
                    Map.entry("port_range_max", number("r.port_range_max")),
                    Map.entry("remote_ip_prefix", text("r.remote_ip_prefix")),
                    Map.entry("normalized_cidr", text("network(r.remote_ip_prefix::inet)")),
                    Map.entry("remote_group_id", uuid("r.remote_group_id")),
                    Map.entry("remote_address_group_id", uuid("r.remote_address_group_id")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from security_group where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** False when the project has its default group already. */
    public boolean insert(Db db, SecurityGroup group) {
        return db.sql("""
                        insert into security_group (id, project_id, name, description, stateful, is_default)
                        values (?, ?, ?, ?, ?, ?) on conflict (project_id) where is_default do nothing""")
                        .params(
                                group.id(),
                                group.project(),
                                group.name(),
                                group.description(),
                                group.stateful(),
                                group.isDefault())
                        .update()
                == 1;
    }

    public void update(Db db, SecurityGroup group) {
        db.sql("""
                update security_group set name = ?, description = ?, stateful = ?, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(group.name(), group.description(), group.stateful(), group.id())
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from security_group where id = ?").param(id).update();
    }

    /** False when the group has this very rule. */
    public boolean insertRule(Db db, SecurityGroupRule rule) {
        boolean fresh = db.sql("""
                        insert into security_group_rule (id, project_id, security_group_id, description, direction, ethertype, protocol,
                            port_range_min, port_range_max, remote_ip_prefix, remote_group_id, remote_address_group_id)
                        values (?, ?, ?, ?, ?, ?, ?, ?::integer, ?::integer, ?, ?::uuid, ?::uuid) on conflict do nothing""")
                        .params(Arrays.asList(
                                rule.id(),
                                rule.project(),
                                rule.groupId(),
                                rule.description(),
                                rule.direction(),
                                rule.ethertype(),
                                rule.protocol(),
                                rule.portMin(),
                                rule.portMax(),
                                rule.remotePrefix(),
                                rule.remoteGroupId(),
                                rule.remoteAddressGroupId()))
                        .update()
                == 1;
        if (fresh) {
            touch(db, rule.groupId());
        }
        return fresh;
    }

    public void deleteRule(Db db, SecurityGroupRule rule) {
        db.sql("delete from security_group_rule where id = ?").param(rule.id()).update();
        touch(db, rule.groupId());
    }

    private static void touch(Db db, UUID groupId) {
        db.sql("update security_group set updated_at = now(), revision = revision + 1 where id = ?")
                .param(groupId)
                .update();
    }

    public boolean inUse(Db db, UUID groupId) {
        return Estate.whole(
                db,
                () -> db.sql("select exists (select from port_security_group where security_group_id = ?)")
                        .param(groupId)
                        .query(Boolean.class)
                        .single());
    }

    /** Groups with rules that name this group as the other side. */
    public List<UUID> naming(Db db, UUID groupId) {
        return Estate.whole(
                db,
                () -> db.sql("select distinct security_group_id from security_group_rule where remote_group_id = ?")
                        .param(groupId)
                        .query(UUID.class)
                        .list());
    }

    private static SecurityGroup group(ResultSet row) throws SQLException {
        List<SecurityGroupRule> rules = new ArrayList<>();
        for (JsonNode node : Columns.json(row, "rules")) {
            rules.add(rule(node));
        }
        return new SecurityGroup(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("stateful"),
                row.getBoolean("is_default"),
                row.getBoolean("shared"),
                List.copyOf(rules),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }

    private static SecurityGroupRule rule(ResultSet row) throws SQLException {
        return new SecurityGroupRule(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                Columns.uuid(row, "security_group_id"),
                row.getString("description"),
                row.getString("direction"),
                row.getString("ethertype"),
                row.getString("protocol"),
                Columns.integerOrNull(row, "port_range_min"),
                Columns.integerOrNull(row, "port_range_max"),
                row.getString("remote_ip_prefix"),
                Columns.uuidOrNull(row, "remote_group_id"),
                Columns.uuidOrNull(row, "remote_address_group_id"),
                Stamp.of(row));
    }

    private static SecurityGroupRule rule(JsonNode node) {
        JsonNode protocol = node.path("protocol");
        JsonNode prefix = node.path("remote_ip_prefix");
        JsonNode remote = node.path("remote_group_id");
        JsonNode addresses = node.path("remote_address_group_id");
        JsonNode min = node.path("port_range_min");
        JsonNode max = node.path("port_range_max");
        return new SecurityGroupRule(
                UUID.fromString(node.path("id").asString()),
                node.path("project_id").asString(),
                UUID.fromString(node.path("security_group_id").asString()),
                node.path("description").asString(),
                node.path("direction").asString(),
                node.path("ethertype").asString(),
                protocol.isString() ? protocol.stringValue() : null,
                min.isNumber() ? Integer.valueOf(min.intValue()) : null,
                max.isNumber() ? Integer.valueOf(max.intValue()) : null,
                prefix.isString() ? prefix.stringValue() : null,
                remote.isString() ? UUID.fromString(remote.stringValue()) : null,
                addresses.isString() ? UUID.fromString(addresses.stringValue()) : null,
                new Stamp(
                        instant(node.path("created_at")),
                        instant(node.path("updated_at")),
                        node.path("revision").asLong()));
    }

    private static Instant instant(JsonNode node) {
        return OffsetDateTime.parse(node.asString()).toInstant();
    }
}
