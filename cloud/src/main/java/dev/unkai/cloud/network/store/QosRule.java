package dev.unkai.cloud.network.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One limit or mark.
 *
 * @param direction as the guest sees it: {@link #EGRESS} is what it sends
 * @param maxKbps kbit/s, of a {@link #BANDWIDTH} rule
 * @param maxBurst kbit that may go at once beyond it; 0: chosen by the data path
 * @param dscpMark the differentiated services code point (RFC 2474), of a {@link #DSCP} rule
 */
public record QosRule(
        UUID id,
        UUID policyId,
        String project,
        String type,
        String direction,
        @Nullable Long maxKbps,
        @Nullable Long maxBurst,
        @Nullable Integer dscpMark) {
    public static final String BANDWIDTH = "bandwidth_limit";
    public static final String DSCP = "dscp_marking";
    public static final String EGRESS = "egress";
    public static final String INGRESS = "ingress";
}
