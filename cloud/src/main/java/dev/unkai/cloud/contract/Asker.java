package dev.unkai.cloud.contract;

import dev.unkai.wire.event.CadfEvent;
import java.time.Instant;

/**
 * Somebody without an account, and where he asks from.
 *
 * @param source what is counted for limits: the IPv4 address, or the /64 of an IPv6 address
 */
public record Asker(String address, String source, String agent, String requestId) {
    CadfEvent did(String action, CadfEvent.Target target, Instant at) {
        return CadfEvent.byUnknown("applicant", address, agent, action, target, at, requestId);
    }
}
