package dev.unkai.node.migration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;

/** The target's end of what a simulated source says: as MigrationEndpoint, without the socket and the certificate before it. */
public final class ArrivalDoor {
    private ArrivalDoor() {}

    /** What the target's node answers to the node of {@code host}. */
    public static String ask(Arrivals arrivals, UUID host, UUID guest, String attempt, Channel channel)
            throws IOException {
        require(arrivals, host, guest, attempt);
        return switch (channel) {
            case BEGIN -> {
                arrivals.begin(guest, attempt);
                yield PeerConnection.OK;
            }
            case STATUS -> arrivals.isWhole(guest) ? PeerConnection.OK : "incomplete";
            case HANDOVER -> {
                arrivals.takeOver(guest, attempt);
                yield PeerConnection.OK;
            }
            case DISK, LOCAL_DISK, CONTROL, MEMORY, BLOCKS -> throw new IOException("Nothing is asked by " + channel);
        };
    }

    /**
     * Takes a disk.
     *
     * @param name of one beside the guest's own; empty: its own
     * @param arrives how many of the disk's bytes, before the connection breaks off or all are there
     */
    public static void disk(
            Arrivals arrivals, UUID host, UUID guest, String attempt, String name, byte[] disk, int arrives)
            throws IOException {
        require(arrivals, host, guest, attempt);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new DataOutputStream(bytes).writeLong(disk.length);
        bytes.write(disk, 0, arrives);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        if (name.isEmpty()) {
            arrivals.receive(guest, attempt, in);
        } else {
            arrivals.receive(guest, attempt, name, in);
        }
    }

    private static void require(Arrivals arrivals, UUID host, UUID guest, String attempt) throws IOException {
        if (!arrivals.source(guest, attempt).equals(host)) {
            throw new IOException("The node at the other end is not that of the source");
        }
    }
}
