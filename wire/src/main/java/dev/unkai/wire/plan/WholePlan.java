package dev.unkai.wire.plan;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a host is to run by the newest plan, whether that came whole or said only what has changed (decision 0099). */
public final class WholePlan {
    private WholePlan() {}

    /**
     * The plan that came, whole.
     *
     * @param before the plan that came before it by the same call; null: none has
     * @return empty when what came belongs to another plan, or does not add up: only a whole one helps then
     */
    public static Optional<HostPlan> of(@Nullable HostPlan before, HostPlan came) {
        if (came.getSince() == 0) {
            return Optional.of(came);
        }
        if (before == null || before.getGeneration() != came.getSince()) {
            return Optional.empty();
        }
        Map<String, Guest> guests = new LinkedHashMap<>();
        before.getGuestsList().forEach(guest -> guests.put(guest.getId(), guest));
        came.getGuestsList().forEach(guest -> guests.put(guest.getId(), guest));
        came.getLeftList().forEach(guests::remove);
        if (guests.size() != came.getGuestCount()) {
            return Optional.empty();
        }
        return Optional.of(came.toBuilder()
                .clearSince()
                .clearLeft()
                .clearGuestCount()
                .clearGuests()
                .addAllGuests(guests.values())
                .build());
    }
}
