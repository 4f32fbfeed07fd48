package dev.unkai.cloud.compute;

import dev.unkai.base.event.Confidential;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server as its row says: what should be, what was last seen, and the facts it was made from. */
public record Server(
        UUID id,
        long number,
        String projectId,
        String userId,
        Origin origin,
        Naming naming,
        Map<String, String> metadata,
        List<String> tags,
        Desired desired,
        Observed observed,
        Size size,
        Boot boot,
        Wishes wishes,
        Access access,
        @Nullable Lock lock,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant terminatedAt) {

    public Server {
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
    }

    /** The create request; servers made by one request share the reservation. */
    public record Origin(String requestId, String reservationId, int launchIndex) {}

    public record Naming(
            String name, String hostname, @Nullable String description) {}

    /** What a server can be asked to be; each can also be the state that it has settled in. */
    public enum Goal {
        ACTIVE,
        STOPPED,
        /** In memory, its processors stand still. */
        PAUSED,
        /** Its memory lies on the host's disk. */
        SUSPENDED,
        /** Runs from another image, with its own disk beside. */
        RESCUED,
        /** Runs in a new size until the customer confirms or reverts. */
        RESIZED,
        /** Kept as an image; its host still has it. */
        SHELVED,
        /** Kept as an image only. */
        SHELVED_OFFLOADED,
        /** Off, and deleted for good later unless it is restored. */
        SOFT_DELETED,
        DELETED
    }

    public enum RebootKind {
        SOFT,
        HARD
    }

    /**
     * What should be.
     *
     * @param generation grows with each change that a host must hear of
     * @param reboots how many reboots were asked for since creation
     * @param work a task under way that the goal alone does not tell (a resize's step, a rebuild, a snapshot), else null
     * @param rests with a goal that keeps the server as it is (resized, shelved): whether it is off
     */
    public record Desired(
            Goal goal,
            long generation,
            long reboots,
            RebootKind rebootKind,
            ServerState.@Nullable Task work,
            boolean rests) {}

    /** What a host last said of the guest. */
    public enum Sight {
        NONE,
        RUNNING,
        PAUSED,
        SUSPENDED,
        STOPPED,
        CRASHED,
        UNKNOWN
    }

    /**
     * What was last seen.
     *
     * @param settled the goal that was reached last, null before the first
     * @param buildStep shown while it is being built, else null
     * @param fault why it cannot be as desired now, else null
     * @param launchedAt when it first ran, else null
     * @param zone where it is, else null
     */
    public record Observed(
            @Nullable UUID hostId,
            @Nullable String hostName,
            Sight sight,
            @Nullable Goal settled,
            long rebootsDone,
            @Nullable String buildStep,
            @Nullable Fault fault,
            @Nullable Instant launchedAt,
            @Nullable String zone) {}

    /** A sentence for the customer; the code is the nearest HTTP status. */
    public record Fault(int code, String message, Instant at) {}

    /** The flavor as it was when chosen. */
    public record Size(
            String flavorId,
            String flavorName,
            int vcpus,
            int ramMb,
            int diskGb,
            int ephemeralGb,
            int swapMb,
            Map<String, String> extraSpecs) {
        public Size {
            extraSpecs = Map.copyOf(extraSpecs);
        }

        /** What it takes of a host's disk, in GiB: its own disk, the ephemeral one and swap, as the reference counts it. */
        public int claimedDiskGb() {
            return diskGb + ephemeralGb + Math.ceilDiv(swapMb, 1024);
        }
    }

    /**
     * What the guest starts from.
     *
     * @param userData base64 as sent; null also where it was not read
     * @param passwordHash of the administrator's first password, as in /etc/shadow; null also where it was not read
     * @param drives the disks beside its own
     * @param guestPassword what the guest left as its administrator's password; null also where it was not read
     */
    public record Boot(
            @Nullable UUID imageId,
            @Nullable String keyName,
            @Nullable String keyPublic,
            @Confidential @Nullable String userData,
            @Confidential @Nullable String passwordHash,
            @Confidential @Nullable String guestPassword,
            boolean configDrive,
            String diskConfig,
            LocalDrives drives) {}

    /** What was asked about its place; null: no wish. */
    public record Wishes(
            @Nullable String zone,
            @Nullable String host,
            @Nullable UUID groupId) {}

    /** Addresses that the customer noted for himself; empty when none. */
    public record Access(String ipv4, String ipv6) {}

    /** @param by {@code owner} or {@code admin} */
    public record Lock(String by, @Nullable String reason) {}

    /** The name of the guest at its host. */
    public String instanceName() {
        return "instance-%08x".formatted(number);
    }

    public boolean isGone() {
        return terminatedAt != null;
    }

    public ServerState state() {
        return ServerState.of(this);
    }
}
