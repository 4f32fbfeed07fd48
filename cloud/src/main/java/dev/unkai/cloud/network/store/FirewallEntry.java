package dev.unkai.cloud.network.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A packet that a security group let through or dropped.
 *
 * @param id rises with the order of arrival
 * @param direction {@code ingress} or {@code egress}, as seen by the guest
 * @param verdict {@code ACCEPT} or {@code DROP}
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmp6} …, as Open vSwitch names it
 * @param serverId whose port it was then; null where it was no server's
 */
public record FirewallEntry(
        long id,
        UUID logId,
        Instant time,
        String direction,
        String verdict,
        String protocol,
        String source,
        @Nullable Integer sourcePort,
        String destination,
        @Nullable Integer destinationPort,
        @Nullable Integer icmpType,
        @Nullable Integer icmpCode,
        UUID portId,
        @Nullable UUID serverId) {}
