package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The hosts as the compute API and placement see them. */
@Component
public class Hosts {
    /** One host with its capacity, what is claimed of it, and what it said of itself ({@code facts}: JSON of HostFacts). */
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
            Instant createdAt) {}

    public List<Host> list(Db db) {
        return List.of();
    }
}
