package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import dev.unkai.wire.node.Guest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What each host should run and what it was last seen to run; the server reconciler writes one and reads the other. */
@Component
public class Guests {
    /** What the host said last. {@code state} is the protocol's GuestState name. */
    public record Observation(
            UUID hostId,
            long generation,
            String state,
            @Nullable String fault,
            boolean stoppedByGuest,
            Instant since) {}

    /** Puts the guest into its host's plan or replaces it there; the plan goes out when the transaction commits. */
    public void put(Db db, UUID hostId, Guest guest) {}

    /** Takes the guest out of its host's plan; the host removes domain and disk, and reports ABSENT. */
    public void remove(Db db, UUID guestId) {}

    /** Forgets a guest that its host has reported ABSENT. */
    public void forget(Db db, UUID guestId) {}

    public Optional<Observation> observed(Db db, UUID guestId) {
        return Optional.empty();
    }
}
