package dev.unkai.node;

import dev.unkai.node.link.CloudChannel;
import dev.unkai.wire.node.LeaveRequest;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Asks the cloud to let this host go for good. */
final class Leave {
    private static final int PATIENCE_SECONDS = 20;

    private Leave() {}

    /** Why the host has to stay, a sentence for people; empty when it is let go. */
    static String ask(NodeConfig config) {
        ManagedChannel channel = CloudChannel.open(
                config.cloudAddresses(),
                config.cloudAuthority(),
                config.tls(),
                Executors.newVirtualThreadPerTaskExecutor());
        try {
            return NodeLinkGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .leave(LeaveRequest.getDefaultInstance())
                    .getRefusal();
        } catch (StatusRuntimeException e) {
            Status status = e.getStatus();
            return "The cloud cannot be asked now (" + status.getCode() + "). Try again when it answers.";
        } finally {
            channel.shutdownNow();
        }
    }
}
