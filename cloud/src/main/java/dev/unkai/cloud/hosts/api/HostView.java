package dev.unkai.cloud.hosts.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.hosts.Drains;
import dev.unkai.cloud.hosts.Hosts;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host as the service API shows it.
 *
 * @param state {@code up}, {@code maintenance} or {@code unknown}
 * @param drain {@code draining} while its servers are to go to other hosts, {@code drained} once none is left; else null
 * @param project the customer that it is dedicated to; null: everybody's
 * @param facts what its node says of it: processor, acceleration, versions, {@code clockOffsetSeconds}
 * @param timeToFirstGuestSeconds from its enrolment to the first guest that ran on it; null until then
 * @param certificateEndsAt when the certificate ends by which the host is known, which it renews by itself; operators alone are told
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record HostView(
        UUID id,
        String name,
        String zone,
        @OneOf({"up", "maintenance", "unknown"}) String state,
        @Nullable String maintenanceReason,
        @OneOf({"draining", "drained"}) @Nullable String drain,
        @Nullable String project,
        Room vcpus,
        Room memoryMib,
        Room diskGib,
        int guests,
        boolean gateway,
        @Shape(Facts.class) JsonNode facts,
        Instant lastSeen,
        Instant joinedAt,
        @Nullable Double timeToFirstGuestSeconds,
        @Nullable Instant certificateEndsAt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Of how much how much is claimed by guests. */
    /** What a host's node says of its machine; a node of an earlier version says less. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Facts(
            @Nullable Integer vcpus,
            @Nullable Long memoryMib,
            @Nullable Long diskGib,
            @Nullable String acceleration,
            @Nullable String accelerationNote,
            @Nullable String hypervisorVersion,
            @Nullable String libvirtVersion,
            @Nullable String kernel,
            @Nullable String cpuModel,
            @Nullable Double clockOffsetSeconds,
            @Nullable Boolean uefi,
            @Nullable String nodeVersion) {}

    record Room(long total, long used) {}

    static HostView of(Hosts.Host host, Drains.@Nullable Drain drain, boolean operator) {
        Instant first = host.firstGuestAt();
        return new HostView(
                host.id(),
                host.name(),
                host.zone(),
                host.state(),
                operator ? host.maintenanceReason() : null,
                drain == null ? null : drain.state(),
                host.projectId(),
                new Room(host.vcpus(), host.vcpusClaimed()),
                new Room(host.memoryMib(), host.memoryMibClaimed()),
                new Room(host.diskGib(), host.diskGibClaimed()),
                host.guests(),
                host.gateway(),
                JSON.readTree(host.facts()),
                host.lastSeen(),
                host.joinedAt(),
                first == null ? null : Duration.between(host.joinedAt(), first).toMillis() / 1000.0,
                operator ? host.certificateEndsAt() : null);
    }
}
