package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Rows of trunks and their subports. */
@Component
public class TrunkStore {
    private static final String SELECT = """
            select t.*, p.up,
                   (select jsonb_agg(jsonb_build_object('port_id', s.port_id, 'vlan', s.vlan, 'mac', c.mac::text) order by s.vlan)
                      from trunk_subport s join port c on c.id = s.port_id where s.trunk_id = t.id) as subports
              from trunk t join port p on p.id = t.port_id""";

    public final Listing<Trunk> listing = new Listing<>(
            SELECT,
            (row, _) -> trunk(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("admin_state_up", flag("r.admin_state_up")),
                    Map.entry("port_id", uuid("r.port_id")),
                    Map.entry("status", text("case when r.up then 'ACTIVE' else 'DOWN' end")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    /** Where a port stands in a trunk: {@code vlan} 0 for the parent itself. */
    public record Place(UUID trunkId, UUID parentId, int vlan) {}

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from trunk where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public void insert(Db db, Trunk trunk) {
        db.sql(
                        "insert into trunk (id, project_id, name, description, admin_state_up, port_id) values (?, ?, ?, ?, ?, ?)")
                .params(
                        trunk.id(),
                        trunk.project(),
                        trunk.name(),
                        trunk.description(),
                        trunk.adminStateUp(),
                        trunk.portId())
                .update();
    }

    public void update(Db db, Trunk trunk) {
        db.sql("""
                update trunk set name = ?, description = ?, admin_state_up = ?, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(trunk.name(), trunk.description(), trunk.adminStateUp(), trunk.id())
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from trunk where id = ?").param(id).update();
    }

    public void add(Db db, Trunk trunk, Trunk.Subport subport) {
        db.sql("insert into trunk_subport (port_id, trunk_id, project_id, vlan) values (?, ?, ?, ?)")
                .params(subport.portId(), trunk.id(), trunk.project(), subport.vlan())
                .update();
    }

    public void remove(Db db, UUID portId) {
        db.sql("delete from trunk_subport where port_id = ?").param(portId).update();
    }

    /** Where these ports stand in trunks; those that stand in none are left out. */
    public Map<UUID, Place> places(Db db, Collection<UUID> ports) {
        Map<UUID, Place> places = new HashMap<>();
        if (!ports.isEmpty()) {
            db.sql("""
                    select s.port_id, t.id as trunk_id, t.port_id as parent_id, s.vlan
                      from trunk_subport s join trunk t on t.id = s.trunk_id where s.port_id = any(?::uuid[])
                    union all
                    select t.port_id, t.id, t.port_id, 0 from trunk t where t.port_id = any(?::uuid[])""")
                    .param(Listing.uuidArray(ports))
                    .param(Listing.uuidArray(ports))
                    .query((row, _) -> places.put(
                            Columns.uuid(row, "port_id"),
                            new Place(
                                    Columns.uuid(row, "trunk_id"), Columns.uuid(row, "parent_id"), row.getInt("vlan"))))
                    .list();
        }
        return places;
    }

    /** The trunks that these ports are the parents of, by the port; those that are none are left out. */
    public Map<UUID, Trunk> ofParents(Db db, Collection<UUID> ports) {
        Map<UUID, Trunk> trunks = new HashMap<>();
        if (!ports.isEmpty()) {
            listing.where(db, "r.port_id = any(?::uuid[])", List.<Object>of((Object) Listing.uuidArray(ports)))
                    .forEach(trunk -> trunks.put(trunk.portId(), trunk));
        }
        return trunks;
    }

    public Optional<Place> place(Db db, UUID port) {
        return Estate.whole(
                db, () -> Optional.ofNullable(places(db, List.of(port)).get(port)));
    }

    /** Frees the subports of trunks whose parents are about to go with their server; gives those freed. */
    public List<UUID> dissolve(Db db, Collection<UUID> parents) {
        return db.sql("""
                update port p set device_id = '', device_owner = '', updated_at = now(), revision = p.revision + 1
                  from trunk_subport s join trunk t on t.id = s.trunk_id
                 where s.port_id = p.id and t.port_id = any(?::uuid[]) returning p.id""").param(Listing.uuidArray(parents)).query(UUID.class).list();
    }

    private static Trunk trunk(ResultSet row) throws SQLException {
        List<Trunk.Subport> subports = new ArrayList<>();
        for (JsonNode node : Columns.json(row, "subports")) {
            subports.add(new Trunk.Subport(
                    UUID.fromString(node.path("port_id").asString()),
                    node.path("vlan").asInt(),
                    node.path("mac").asString()));
        }
        return new Trunk(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("admin_state_up"),
                Columns.uuid(row, "port_id"),
                row.getBoolean("up"),
                List.copyOf(subports),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }
}
