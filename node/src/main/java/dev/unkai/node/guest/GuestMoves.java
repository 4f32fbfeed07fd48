package dev.unkai.node.guest;

import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import java.util.Optional;
import java.util.UUID;

/** Port to what brings guests from host to host. */
public interface GuestMoves {
    /** The plan lets the guest come from another host. */
    void expect(Guest guest);

    /** The plan does not let the guest come any more. */
    void forget(UUID guest);

    /** {@code address:port} at which this host's node waits for others. */
    String endpoint();

    /** Sees to it that the guest goes as the plan says, running ({@code live}) or only its disk; answers how far it is. */
    DepartureReport depart(Guest guest, boolean live);

    /** Whether the guest is on its way this very moment. */
    boolean isUnderWay(UUID guest);

    /** What is known of the guest's last way out. */
    Optional<DepartureReport> report(UUID guest);

    /** The plan does not send the guest away any more; true while the try still has to end. */
    boolean cancel(UUID guest);

    /** The attempt in which the guest went away from here; empty when it did not. */
    String departed(UUID guest);

    /** The guest has come back to stay. */
    void returned(UUID guest);
}
