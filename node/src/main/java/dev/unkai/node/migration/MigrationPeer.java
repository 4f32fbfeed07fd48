package dev.unkai.node.migration;

import dev.unkai.wire.node.Departure;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Port to the node at the target, as the source's node speaks to it about one guest. */
public interface MigrationPeer {
    /** Whom to speak to for each departure. */
    @FunctionalInterface
    interface Directory {
        MigrationPeer of(Departure departure, UUID guest);
    }

    /** Asks, and answers what is said. */
    String ask(Channel channel) throws IOException;

    /** Tells; throws when it is not taken. */
    default void tell(Channel channel) throws IOException {
        String answer = ask(channel);
        if (!answer.equals(PeerConnection.OK)) {
            throw new IOException("the target's node answers " + answer);
        }
    }

    /**
     * Sends a disk of {@code size} bytes; returns when the target has it on its own disk.
     *
     * @param name of a disk beside the guest's own; empty: its own
     */
    void send(String name, InputStream bytes, long size, LongConsumer progress) throws IOException;

    /** Opens the way by which the hypervisors of both ends speak to each other. */
    Way way() throws IOException;

    /** Sockets as the hypervisor sees them, there until it is closed. */
    interface Way extends AutoCloseable {
        String control();

        String memory();

        String blocks();

        @Override
        void close();
    }
}
