package dev.unkai.cloud.image.metadef;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.image.metadef.Item.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code metadef_namespace}, {@code metadef_item} and {@code metadef_resource_type}. */
@Component
final class MetadefRecords {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A kind of resource that definitions can be meant for. */
    record ResourceType(String name, Instant createdAt) {}

    Optional<Namespace> namespace(Db db, String name) {
        return db.sql("select * from metadef_namespace where name = ?")
                .param(name)
                .query(MetadefRecords::namespace)
                .optional();
    }

    /** Takes the namespace for a change of itself or of what is in it. */
    Optional<Namespace> lock(Db db, String name) {
        return db.sql("select * from metadef_namespace where name = ? for update")
                .param(name)
                .query(MetadefRecords::namespace)
                .optional();
    }

    /**
     * The newest first, after the marker.
     *
     * @param resourceTypes only those meant for one of them; empty: all
     */
    List<Namespace> namespaces(
            Db db, @Nullable String visibility, List<String> resourceTypes, @Nullable Namespace after, int limit) {
        return db.sql("""
                        select n.* from metadef_namespace n
                         where (cast(:visibility as text) is null or n.visibility = :visibility)
                           and (not :narrowed or exists (
                                select from metadef_item i where i.namespace = n.name and i.kind = 'resource_type'
                                   and i.name = any (:types)))
                           and (cast(:after_time as timestamptz) is null
                                or (n.created_at, n.name) < (cast(:after_time as timestamptz), :after_name))
                         order by n.created_at desc, n.name desc limit :limit
                        """)
                .param("visibility", visibility)
                .param("narrowed", !resourceTypes.isEmpty())
                .param("types", resourceTypes.toArray(String[]::new))
                .param("after_time", after == null ? null : java.sql.Timestamp.from(after.createdAt()))
                .param("after_name", after == null ? "" : after.name())
                .param("limit", limit)
                .query(MetadefRecords::namespace)
                .list();
    }

    /** False when the name is taken, by a namespace that the caller may not see. */
    boolean insert(Db db, Namespace namespace) {
        return db.sql("""
                        insert into metadef_namespace (name, project_id, display_name, description, visibility, protected)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing
                        """)
                        .param(namespace.name())
                        .param(namespace.owner())
                        .param(namespace.displayName())
                        .param(namespace.description())
                        .param(namespace.isPublic() ? "public" : "private")
                        .param(namespace.isProtected())
                        .update()
                == 1;
    }

    void update(Db db, String oldName, Namespace namespace) {
        db.sql("""
                        update metadef_namespace set name = ?, project_id = ?, display_name = ?, description = ?,
                               visibility = ?, protected = ?, updated_at = now()
                         where name = ?
                        """)
                .param(namespace.name())
                .param(namespace.owner())
                .param(namespace.displayName())
                .param(namespace.description())
                .param(namespace.isPublic() ? "public" : "private")
                .param(namespace.isProtected())
                .param(oldName)
                .update();
    }

    void deleteNamespace(Db db, String name) {
        db.sql("delete from metadef_namespace where name = ?").param(name).update();
    }

    Optional<Item> item(Db db, String namespace, Kind kind, String name) {
        return db.sql("select * from metadef_item where namespace = ? and kind = ? and name = ?")
                .param(namespace)
                .param(kind.wireName())
                .param(name)
                .query(MetadefRecords::item)
                .optional();
    }

    List<Item> items(Db db, String namespace, Kind kind) {
        return db.sql("select * from metadef_item where namespace = ? and kind = ? order by created_at, name")
                .param(namespace)
                .param(kind.wireName())
                .query(MetadefRecords::item)
                .list();
    }

    int count(Db db, String namespace) {
        return db.sql("select count(*) from metadef_item where namespace = ?")
                .param(namespace)
                .query(Integer.class)
                .single();
    }

    /** False when there is one of this kind and name already. */
    boolean insert(Db db, String namespace, Kind kind, Definition definition) {
        return db.sql("""
                        insert into metadef_item (namespace, kind, name, body) values (?, ?, ?, ?) on conflict do nothing
                        """)
                        .param(namespace)
                        .param(kind.wireName())
                        .param(definition.name())
                        .param(JSON.writeValueAsString(definition.body()))
                        .update()
                == 1;
    }

    void update(Db db, String namespace, Kind kind, String oldName, Definition definition) {
        db.sql("""
                        update metadef_item set name = ?, body = ?, updated_at = now()
                         where namespace = ? and kind = ? and name = ?
                        """)
                .param(definition.name())
                .param(JSON.writeValueAsString(definition.body()))
                .param(namespace)
                .param(kind.wireName())
                .param(oldName)
                .update();
    }

    void delete(Db db, String namespace, Kind kind, String name) {
        db.sql("delete from metadef_item where namespace = ? and kind = ? and name = ?")
                .param(namespace)
                .param(kind.wireName())
                .param(name)
                .update();
    }

    int deleteAll(Db db, String namespace, Kind kind) {
        return db.sql("delete from metadef_item where namespace = ? and kind = ?")
                .param(namespace)
                .param(kind.wireName())
                .update();
    }

    List<ResourceType> resourceTypes(Db db) {
        return db.sql("select name, created_at from metadef_resource_type order by name")
                .query((row, n) -> new ResourceType(row.getString("name"), instant(row, "created_at")))
                .list();
    }

    void addResourceType(Db db, String name) {
        db.sql("insert into metadef_resource_type (name) values (?) on conflict do nothing")
                .param(name)
                .update();
    }

    private static Namespace namespace(ResultSet row, int number) throws SQLException {
        return new Namespace(
                row.getString("name"),
                row.getString("project_id"),
                row.getString("display_name"),
                row.getString("description"),
                row.getString("visibility").equals("public"),
                row.getBoolean("protected"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static Item item(ResultSet row, int number) throws SQLException {
        return new Item(
                Kind.of(row.getString("kind")),
                row.getString("name"),
                (ObjectNode) JSON.readTree(row.getString("body")),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
