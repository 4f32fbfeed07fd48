package dev.unkai.node.link;

import dev.unkai.node.metadata.GuestPasswords;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestPassword;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;

/** Gives the cloud what guests leave as their administrators' passwords. The host itself keeps none beyond its plan. */
public final class CloudPasswords implements GuestPasswords {
    /** A guest waits meanwhile. */
    private static final int PATIENCE_SECONDS = 6;

    private final ManagedChannel channel;

    public CloudPasswords(ManagedChannel channel) {
        this.channel = channel;
    }

    @Override
    public boolean leave(Guest guest, String password) {
        try {
            return NodeLinkGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .storeGuestPassword(GuestPassword.newBuilder()
                            .setGuestId(guest.getId())
                            .setPassword(password)
                            .build())
                    .getTaken();
        } catch (StatusRuntimeException e) {
            throw new IllegalStateException(
                    "the cloud did not take it (" + e.getStatus().getCode() + ")", e);
        }
    }
}
