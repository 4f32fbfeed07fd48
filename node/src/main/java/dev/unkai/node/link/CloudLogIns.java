package dev.unkai.node.link;

import dev.unkai.wire.node.LogIns;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells the cloud of log-ins. */
public final class CloudLogIns implements Consumer<LogIns> {
    private static final int PATIENCE_SECONDS = 20;

    private final ManagedChannel channel;

    public CloudLogIns(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Throws while the cloud is away, or of a version that takes none. */
    @Override
    public void accept(LogIns told) {
        try {
            var _ = NodeLinkGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .tellLogIns(told);
        } catch (StatusRuntimeException e) {
            throw new IllegalStateException(
                    "the cloud did not take them (" + e.getStatus().getCode() + ")", e);
        }
    }
}
