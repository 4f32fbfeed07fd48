package dev.unkai.cloud.hosts.api;

import com.fasterxml.jackson.annotation.JsonInclude;
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
        String state,
        @Nullable String maintenanceReason,
        @Nullable String drain,
        @Nullable String project,
        Room vcpus,
        Room memoryMib,
        Room diskGib,
        int guests,
        boolean gateway,
        JsonNode facts,
        Instant lastSeen,
        Instant joinedAt,
        @Nullable Double timeToFirstGuestSeconds,
        @Nullable Instant certificateEndsAt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Of how much how much is claimed by guests. */
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
