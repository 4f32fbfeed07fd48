package dev.unkai.cloud.network.store;

import static dev.unkai.cloud.network.store.Listing.Column.flag;
import static dev.unkai.cloud.network.store.Listing.Column.number;
import static dev.unkai.cloud.network.store.Listing.Column.text;
import static dev.unkai.cloud.network.store.Listing.Column.uuid;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of subnet pools, and what was cut from them. */
@Component
public class SubnetPoolStore {
    public final Listing<SubnetPool> listing = new Listing<>(
            "select p.*, p.id in (select shared_with_me('subnetpool')) as shared from subnet_pool p",
            (row, _) -> pool(row),
            Map.ofEntries(
                    Map.entry("id", uuid("r.id")),
                    Map.entry("name", text("r.name")),
                    Map.entry("description", text("r.description")),
                    Map.entry("project_id", text("r.project_id")),
                    Map.entry("tenant_id", text("r.project_id")),
                    Map.entry("ip_version", number("r.ip_version")),
                    Map.entry("default_prefixlen", number("r.default_length")),
                    Map.entry("min_prefixlen", number("r.min_length")),
                    Map.entry("max_prefixlen", number("r.max_length")),
                    Map.entry("default_quota", number("r.default_quota")),
                    Map.entry("is_default", flag("r.is_default")),
                    Map.entry("shared", flag("r.shared")),
                    Map.entry("address_scope_id", uuid("r.address_scope_id")),
                    Map.entry("revision_number", Listing.Column.revision()),
                    Map.entry("created_at", Listing.Column.time("r.created_at")),
                    Map.entry("updated_at", Listing.Column.time("r.updated_at"))));

    public boolean lock(Db db, UUID id) {
        return db.sql("select true from subnet_pool where id = ? for update")
                .param(id)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** Makes others that would cut from the same pool wait, also where the caller may use but not change it. */
    public void queue(Db db, UUID id) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('subnet pool ' || ?, 0))")
                .param(id.toString())
                .query()
                .singleRow();
    }

    public void insert(Db db, SubnetPool pool) {
        db.sql("""
                insert into subnet_pool (id, project_id, name, description, ip_version, prefixes, default_length, min_length, max_length,
                    default_quota, is_default, address_scope_id)
                values (?, ?, ?, ?, ?, ?::cidr[], ?, ?, ?, ?::integer, ?, ?::uuid)""")
                .params(Arrays.asList(
                        pool.id(),
                        pool.project(),
                        pool.name(),
                        pool.description(),
                        pool.version(),
                        Columns.array(pool.prefixes()),
                        pool.defaultLength(),
                        pool.minLength(),
                        pool.maxLength(),
                        pool.defaultQuota(),
                        pool.isDefault(),
                        pool.addressScopeId()))
                .update();
    }

    public void update(Db db, SubnetPool pool) {
        db.sql("""
                update subnet_pool set name = ?, description = ?, prefixes = ?::cidr[], default_length = ?, min_length = ?, max_length = ?,
                    default_quota = ?::integer, is_default = ?, address_scope_id = ?::uuid, updated_at = now(), revision = revision + 1
                 where id = ?""")
                .params(Arrays.asList(
                        pool.name(),
                        pool.description(),
                        Columns.array(pool.prefixes()),
                        pool.defaultLength(),
                        pool.minLength(),
                        pool.maxLength(),
                        pool.defaultQuota(),
                        pool.isDefault(),
                        pool.addressScopeId(),
                        pool.id()))
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from subnet_pool where id = ?").param(id).update();
    }

    /** The ranges of all subnets that were cut from the pool, other projects' too. */
    public List<String> taken(Db db, UUID id) {
        return Estate.whole(
                db,
                () -> db.sql("select cidr::text from subnet where subnet_pool_id = ? order by cidr")
                        .param(id)
                        .query(String.class)
                        .list());
    }

    /** The ranges that this project has of the pool. */
    public List<String> takenBy(Db db, UUID id, String project) {
        return Estate.whole(
                db,
                () -> db.sql("select cidr::text from subnet where subnet_pool_id = ? and project_id = ?")
                        .params(id, project)
                        .query(String.class)
                        .list());
    }

    /** All pools of an address scope, other projects' too. */
    public List<SubnetPool> ofScope(Db db, UUID scope) {
        return Estate.whole(db, () -> listing.where(db, "r.address_scope_id = ?", List.of(scope)));
    }

    /** Subnets of the IP version on the networks that the pool's subnets are on, but cut from elsewhere. */
    public boolean hasStrangeNeighbours(Db db, UUID id) {
        return Estate.<Boolean>whole(
                db, () -> db.sql("""
                        select exists (select from subnet mine join subnet other
                            on other.network_id = mine.network_id and other.ip_version = mine.ip_version
                         where mine.subnet_pool_id = ? and other.subnet_pool_id is distinct from mine.subnet_pool_id)""").param(id).query(Boolean.class).single());
    }

    private static SubnetPool pool(ResultSet row) throws SQLException {
        return new SubnetPool(
                Columns.uuid(row, "id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getInt("ip_version"),
                Arrays.stream((Object[]) row.getArray("prefixes").getArray())
                        .map(String::valueOf)
                        .toList(),
                row.getInt("default_length"),
                row.getInt("min_length"),
                row.getInt("max_length"),
                Columns.integerOrNull(row, "default_quota"),
                row.getBoolean("is_default"),
                row.getBoolean("shared"),
                Columns.uuidOrNull(row, "address_scope_id"),
                Columns.texts(row, "tags"),
                Stamp.of(row));
    }
}
