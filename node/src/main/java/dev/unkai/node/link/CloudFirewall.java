package dev.unkai.node.link;

import dev.unkai.wire.node.FirewallLogPart;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Gives parts of the firewall's log to the cloud. */
public final class CloudFirewall implements ToLongFunction<FirewallLogPart> {
    private static final int PATIENCE_SECONDS = 20;

    private final ManagedChannel channel;

    public CloudFirewall(ManagedChannel channel) {
        this.channel = channel;
    }

    /** The position from which to go on; throws while the cloud is away, or of a version that takes none. */
    @Override
    public long applyAsLong(FirewallLogPart part) {
        try {
            return NodeLinkGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .storeFirewallLog(part)
                    .getPosition();
        } catch (StatusRuntimeException e) {
            throw new IllegalStateException(
                    "the cloud did not take it (" + e.getStatus().getCode() + ")", e);
        }
    }
}
