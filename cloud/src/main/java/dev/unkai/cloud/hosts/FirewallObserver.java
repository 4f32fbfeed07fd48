package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who wants to know which packets hosts' filters noted, in the transaction that remembers how far the host's log was read. */
public interface FirewallObserver {
    /**
     * One packet as a host's filter noted it.
     *
     * @param filter the name of the filter (OVN's ACL) that judged it
     * @param direction {@code ingress} or {@code egress}, as seen by the guest
     * @param verdict {@code ACCEPT} or {@code DROP}
     */
    record Seen(
            String filter,
            Instant time,
            String direction,
            String verdict,
            String protocol,
            String sourceMac,
            String destinationMac,
            String source,
            String destination,
            @Nullable Integer sourcePort,
            @Nullable Integer destinationPort,
            @Nullable Integer icmpType,
            @Nullable Integer icmpCode) {}

    void seen(Db db, UUID host, List<Seen> packets);
}
