package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The hosts as the compute API and placement see them. */
@Component
public class Hosts {
    /**
     * One host with its capacity (before over-commitment), what is claimed of it, and what it said of itself.
     *
     * @param state {@code up}, {@code maintenance} (up, but takes no new guests), or {@code unknown} when its node has
     *     been silent for 15 s, which is not surely off
     * @param facts JSON of HostFacts
     * @param maintenanceReason why it takes no new guests; null when it does
     * @param projectId the customer that it is dedicated to; null when it is everybody's
     * @param gateway whether it is connected to the external networks
     * @param joinedAt when it enrolled; @param firstGuestAt when it was first seen to run a guest
     * @param certificateEndsAt when the certificate ends by which it is known; null until it attaches
     * @param uptime as uptime(1) printed it there when it was last seen; null when its node does not tell
     */
    public record Host(
            UUID id,
            String name,
            String zone,
            String state,
            int vcpus,
            int vcpusClaimed,
            long memoryMib,
            long memoryMibClaimed,
            long diskGib,
            long diskGibClaimed,
            int guests,
            String facts,
            Instant lastSeen,
            Instant createdAt,
            @Nullable String maintenanceReason,
            @Nullable String projectId,
            boolean gateway,
            Instant joinedAt,
            @Nullable Instant firstGuestAt,
            @Nullable Instant certificateEndsAt,
            @Nullable String uptime) {}

    /** An availability zone; available when at least one of its hosts takes guests. */
    public record Zone(String name, boolean available) {}

    /** The hosts that the transaction's caller may see: an operator all, a customer those dedicated to it. */
    public List<Host> list(Db db) {
        return db.sql("select * from host order by name").query(Hosts::host).list();
    }

    /** Changes whenever a host comes that is connected to the external networks, or goes; cheaper than reading the hosts. */
    public String gatewayRoll(Db db) {
        return db.sql("select count(*) || '/' || coalesce(max(created_at)::text, '') from host where gateway")
                .query(String.class)
                .single();
    }

    /** The hosts that are connected to the external networks. */
    public List<UUID> gateways(Db db) {
        return db.sql("select id from host where gateway order by id")
                .query(UUID.class)
                .list();
    }

    /** All zones; every caller may see them. */
    public List<Zone> zones(Db db) {
        return db.sql("select zone, available from host_zones()")
                .query((row, n) -> new Zone(row.getString("zone"), row.getBoolean("available")))
                .list();
    }

    private static Host host(ResultSet row, int number) throws SQLException {
        boolean maintenance = row.getBoolean("maintenance");
        String reason = row.getString("maintenance_reason");
        OffsetDateTime ends = row.getObject("certificate_ends_at", OffsetDateTime.class);
        OffsetDateTime first = row.getObject("first_guest_at", OffsetDateTime.class);
        return new Host(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("zone"),
                maintenance && row.getString("state").equals("up") ? "maintenance" : row.getString("state"),
                row.getInt("vcpus"),
                row.getInt("used_vcpus"),
                row.getLong("memory_mib"),
                row.getLong("used_memory_mib"),
                row.getLong("disk_gib"),
                row.getLong("used_disk_gib"),
                row.getInt("guests"),
                row.getString("facts"),
                row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                maintenance ? (reason == null ? "" : reason) : null,
                row.getString("project_id"),
                row.getBoolean("gateway"),
                row.getObject("joined_at", OffsetDateTime.class).toInstant(),
                first == null ? null : first.toInstant(),
                ends == null ? null : ends.toInstant(),
                row.getString("uptime"));
    }
}
