package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.LocalDrives;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerState.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code server}, those that are wanted: the observed columns are the reconciler's to write. */
@Component
public class ServerStore {
    static final String COLUMNS = """
            s.id, s.number, s.project_id, s.user_id, s.request_id, s.reservation_id, s.launch_index,
            s.name, s.hostname, s.description, s.metadata, s.tags,
            s.desired, s.generation, s.reboots, s.reboot_kind, s.work, s.rests,
            s.host_id, s.host_name, s.observed, s.settled, s.reboots_done, s.build_step,
            s.fault_code, s.fault_message, s.fault_at, s.launched_at, s.availability_zone,
            s.flavor_id, s.flavor_name, s.vcpus, s.ram_mb, s.disk_gb, s.ephemeral_gb, s.swap_mb, s.extra_specs,
            s.image_id, s.key_name, s.key_public, s.config_drive, s.disk_config, s.local_drives,
            s.requested_zone, s.requested_host, s.server_group_id,
            s.access_ipv4, s.access_ipv6, s.locked_by, s.locked_reason,
            s.created_at, s.updated_at, s.terminated_at""";

    /** In place of the columns that are read where they are needed only. */
    static final String WITHOUT_SECRETS = ", null as user_data, null as admin_password_hash, null as guest_password";

    static final String WITH_SECRETS = ", s.user_data, s.admin_password_hash, s.guest_password";

    private static final String FIND =
            "select " + COLUMNS + WITHOUT_SECRETS + " from server s where s.id = ? and s.terminated_at is null";
    private static final String FIND_WITH_USER_DATA =
            "select " + COLUMNS + WITH_SECRETS + " from server s where s.id = ? and s.terminated_at is null";
    private static final String FIND_EVEN_GONE =
            "select " + COLUMNS + WITHOUT_SECRETS + " from server s where s.id = ?";
    private static final String LOCK = FIND + " for update";

    /** The server, without its user data; empty when it is gone or out of reach. */
    public Optional<Server> find(Db db, UUID id) {
        return db.sql(FIND).param(id).query(ServerStore::read).optional();
    }

    public Optional<Server> findWithUserData(Db db, UUID id) {
        return db.sql(FIND_WITH_USER_DATA).param(id).query(ServerStore::read).optional();
    }

    /** Also a server that was deleted, as long as its row is kept. */
    public Optional<Server> findEvenGone(Db db, UUID id) {
        return db.sql(FIND_EVEN_GONE).param(id).query(ServerStore::read).optional();
    }

    /** Like {@link #find}, and nobody else changes it before this transaction ends. */
    public Optional<Server> lock(Db db, UUID id) {
        return db.sql(LOCK).param(id).query(ServerStore::read).optional();
    }

    /** Like {@link #lock(Db, UUID)}, but empty, too, while another transaction has it. */
    public Optional<Server> tryLock(Db db, UUID id) {
        return db.sql(LOCK + " skip locked").param(id).query(ServerStore::read).optional();
    }

    public void insert(Db db, Server server) {
        Server.Size size = server.size();
        Server.Boot boot = server.boot();
        db.sql("""
                insert into server (id, project_id, user_id, request_id, reservation_id, launch_index,
                        name, hostname, description, metadata, tags,
                        flavor_id, flavor_name, vcpus, ram_mb, disk_gb, ephemeral_gb, swap_mb, extra_specs,
                        image_id, key_name, key_public, user_data, admin_password_hash, config_drive, disk_config,
                        local_drives, requested_zone, requested_host, server_group_id, access_ipv4, access_ipv6,
                        created_at, updated_at)
                values (:id, :project, :user, :request, :reservation, :launch,
                        :name, :hostname, :description, :metadata, :tags,
                        :flavor, :flavorName, :vcpus, :ram, :disk, :ephemeral, :swap, :specs,
                        :image, :keyName, :keyPublic, :userData, :password, :configDrive, :diskConfig,
                        :drives::jsonb, :zone, :host, :group, :ipv4, :ipv6, :at, :at)
                """)
                .param("id", server.id())
                .param("project", server.projectId())
                .param("user", server.userId())
                .param("request", server.origin().requestId())
                .param("reservation", server.origin().reservationId())
                .param("launch", server.origin().launchIndex())
                .param("name", server.naming().name())
                .param("hostname", server.naming().hostname())
                .param("description", server.naming().description())
                .param("metadata", Columns.json(server.metadata()))
                .param("tags", server.tags().toArray(String[]::new))
                .param("flavor", size.flavorId())
                .param("flavorName", size.flavorName())
                .param("vcpus", size.vcpus())
                .param("ram", size.ramMb())
                .param("disk", size.diskGb())
                .param("ephemeral", size.ephemeralGb())
                .param("swap", size.swapMb())
                .param("specs", Columns.json(size.extraSpecs()))
                .param("image", boot.imageId())
                .param("keyName", boot.keyName())
                .param("keyPublic", boot.keyPublic())
                .param("userData", boot.userData())
                .param("password", boot.passwordHash())
                .param("configDrive", boot.configDrive())
                .param("diskConfig", boot.diskConfig())
                .param("drives", boot.drives().equals(LocalDrives.UNASKED) ? null : Columns.json(boot.drives()))
                .param("zone", server.wishes().zone())
                .param("host", server.wishes().host())
                .param("group", server.wishes().groupId())
                .param("ipv4", server.access().ipv4())
                .param("ipv6", server.access().ipv6())
                .param("at", Columns.timestamp(server.createdAt()))
                .update();
    }

    /** Changes what should be; hosts learn of it by the new generation. */
    public void desire(Db db, UUID id, Server.Goal goal, Instant at) {
        db.sql("update server set desired = ?, generation = generation + 1, updated_at = ? where id = ?")
                .param(wireName(goal))
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    /** It is to run, and nothing stands in the way; hosts learn of it by the new generation. */
    public void reset(Db db, UUID id, Instant at) {
        db.sql("""
                update server set desired = 'active', settled = 'active', work = null, generation = generation + 1,
                       fault_code = null, fault_message = null, fault_at = null, updated_at = ? where id = ?
                """).param(Columns.timestamp(at)).param(id).update();
    }

    /** Asks for one more reboot, also of a server that is off: then it is started. */
    public void reboot(Db db, UUID id, Server.RebootKind kind, boolean start, Instant at) {
        db.sql("""
                update server set desired = 'active', generation = generation + 1, updated_at = ?,
                       reboots = reboots + ?, reboot_kind = ? where id = ?
                """)
                .param(Columns.timestamp(at))
                .param(start ? 0 : 1)
                .param(wireName(kind))
                .param(id)
                .update();
    }

    /** Says that a task is under way which the goal alone does not tell; null: it is over. */
    public void work(Db db, UUID id, @Nullable Task task, Instant at) {
        db.sql("update server set work = ?, updated_at = ? where id = ?")
                .param(task == null ? null : task.wireName())
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    /** Changes what should be and says what task leads there; hosts learn of it by the new generation. */
    public void aim(Db db, UUID id, Server.Goal goal, @Nullable Task work, Instant at) {
        db.sql("update server set desired = ?, work = ?, generation = generation + 1, updated_at = ? where id = ?")
                .param(wireName(goal))
                .param(work == null ? null : work.wireName())
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    /** The guest is to be started anew with the change that was just made, by itself or by cutting its power. */
    public void bootAnew(Db db, UUID id, Server.RebootKind kind) {
        db.sql("update server set reboots = reboots + 1, reboot_kind = ? where id = ?")
                .params(wireName(kind), id)
                .update();
    }

    /** Under a goal that keeps the server as it is: whether it is off. */
    public void rest(Db db, UUID id, boolean rests) {
        db.sql("update server set rests = ? where id = ?").params(rests, id).update();
    }

    /** Another flavor, copied. */
    public void resize(Db db, UUID id, Server.Size size, Instant at) {
        db.sql("""
                update server set flavor_id = ?, flavor_name = ?, vcpus = ?, ram_mb = ?, disk_gb = ?, ephemeral_gb = ?,
                       swap_mb = ?, extra_specs = ?, updated_at = ? where id = ?
                """)
                .param(size.flavorId())
                .param(size.flavorName())
                .param(size.vcpus())
                .param(size.ramMb())
                .param(size.diskGb())
                .param(size.ephemeralGb())
                .param(size.swapMb())
                .param(Columns.json(size.extraSpecs()))
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    public void image(Db db, UUID id, UUID image) {
        db.sql("update server set image_id = ? where id = ?").params(image, id).update();
    }

    public void key(Db db, UUID id, @Nullable String name, @Nullable String publicKey) {
        db.sql("update server set key_name = ?, key_public = ? where id = ?")
                .param(name)
                .param(publicKey)
                .param(id)
                .update();
    }

    /** @param hash as in /etc/shadow */
    public void passwordHash(Db db, UUID id, String hash) {
        db.sql("update server set admin_password_hash = ? where id = ?")
                .param(hash)
                .param(id)
                .update();
    }

    /** What its guest left as the administrator's password; empty when nothing. */
    public Optional<String> guestPassword(Db db, UUID id) {
        return db.sql("select guest_password from server where id = ? and guest_password is not null")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** @param password null: none any more */
    public void guestPassword(Db db, UUID id, @Nullable String password) {
        db.sql("update server set guest_password = ? where id = ?")
                .param(password)
                .param(id)
                .update();
    }

    /** @param userData base64 as sent; null: none */
    public void userData(Db db, UUID id, @Nullable String userData) {
        db.sql("update server set user_data = ? where id = ?")
                .param(userData)
                .param(id)
                .update();
    }

    /** Where it may be placed from now on; null: anywhere. */
    public void wishPlace(Db db, UUID id, @Nullable String zone, @Nullable String host) {
        db.sql("update server set requested_zone = ?, requested_host = ? where id = ?")
                .param(zone)
                .param(host)
                .param(id)
                .update();
    }

    public void describe(Db db, UUID id, Server.Naming naming, Server.Access access, String diskConfig, Instant at) {
        db.sql("""
                update server set name = ?, hostname = ?, description = ?, access_ipv4 = ?, access_ipv6 = ?, disk_config = ?,
                       updated_at = ? where id = ?
                """)
                .param(naming.name())
                .param(naming.hostname())
                .param(naming.description())
                .param(access.ipv4())
                .param(access.ipv6())
                .param(diskConfig)
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    public void metadata(Db db, UUID id, Map<String, String> metadata, Instant at) {
        db.sql("update server set metadata = ?, updated_at = ? where id = ?")
                .param(Columns.json(metadata))
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    public void tags(Db db, UUID id, List<String> tags, Instant at) {
        db.sql("update server set tags = ?, updated_at = ? where id = ?")
                .param(tags.toArray(String[]::new))
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    public void lock(Db db, UUID id, Server.@Nullable Lock lock, Instant at) {
        db.sql("update server set locked_by = ?, locked_reason = ?, updated_at = ? where id = ?")
                .param(lock == null ? null : lock.by())
                .param(lock == null ? null : lock.reason())
                .param(Columns.timestamp(at))
                .param(id)
                .update();
    }

    static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Server read(ResultSet row, int number) throws SQLException {
        String lockedBy = row.getString("locked_by");
        return new Server(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("project_id"),
                row.getString("user_id"),
                new Server.Origin(
                        row.getString("request_id"), row.getString("reservation_id"), row.getInt("launch_index")),
                new Server.Naming(row.getString("name"), row.getString("hostname"), row.getString("description")),
                Columns.map(row, "metadata"),
                Columns.texts(row, "tags"),
                new Server.Desired(
                        goal(row.getString("desired")),
                        row.getLong("generation"),
                        row.getLong("reboots"),
                        Server.RebootKind.valueOf(row.getString("reboot_kind").toUpperCase(Locale.ROOT)),
                        work(row.getString("work")),
                        row.getBoolean("rests")),
                observed(row),
                new Server.Size(
                        row.getString("flavor_id"),
                        row.getString("flavor_name"),
                        row.getInt("vcpus"),
                        row.getInt("ram_mb"),
                        row.getInt("disk_gb"),
                        row.getInt("ephemeral_gb"),
                        row.getInt("swap_mb"),
                        Columns.map(row, "extra_specs")),
                new Server.Boot(
                        Columns.uuid(row, "image_id"),
                        row.getString("key_name"),
                        row.getString("key_public"),
                        row.getString("user_data"),
                        row.getString("admin_password_hash"),
                        row.getString("guest_password"),
                        row.getBoolean("config_drive"),
                        row.getString("disk_config"),
                        Columns.drives(row, "local_drives")),
                new Server.Wishes(
                        row.getString("requested_zone"),
                        row.getString("requested_host"),
                        Columns.uuid(row, "server_group_id")),
                new Server.Access(row.getString("access_ipv4"), row.getString("access_ipv6")),
                lockedBy == null ? null : new Server.Lock(lockedBy, row.getString("locked_reason")),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                Columns.instant(row, "terminated_at"));
    }

    private static Server.Goal goal(String wireName) {
        return Server.Goal.valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    private static @Nullable Task work(@Nullable String wireName) {
        return wireName == null ? null : Task.named(wireName).orElse(null);
    }

    private static Server.Observed observed(ResultSet row) throws SQLException {
        String fault = row.getString("fault_message");
        String settled = row.getString("settled");
        return new Server.Observed(
                Columns.uuid(row, "host_id"),
                row.getString("host_name"),
                Server.Sight.valueOf(row.getString("observed").toUpperCase(Locale.ROOT)),
                settled == null ? null : goal(settled),
                row.getLong("reboots_done"),
                row.getString("build_step"),
                fault == null ? null : new Server.Fault(row.getInt("fault_code"), fault, Columns.time(row, "fault_at")),
                Columns.instant(row, "launched_at"),
                row.getString("availability_zone"));
    }
}
