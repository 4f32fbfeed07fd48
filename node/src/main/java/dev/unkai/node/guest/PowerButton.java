package dev.unkai.node.guest;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks one guest to switch itself off, for as long as patience lasts. When it was asked last is noted on disk before it is asked: a guest
 * may listen only after the plan lets it run again and the node was restarted, and is not to be taken then for one that its owner switched off.
 */
final class PowerButton {
    /** How often it is pressed: a guest that is just booting does not hear the first. */
    static final Duration AGAIN = Duration.ofSeconds(3);

    private final UUID guest;
    private final GuestWorkshop workshop;
    /** By the same clock as the notes: one that is set back meanwhile would make patience last. */
    private @Nullable Long deadline;

    PowerButton(UUID guest, GuestWorkshop workshop) {
        this.guest = guest;
        this.workshop = workshop;
    }

    /** Presses it, and starts the clock at the first call; does nothing and returns false when the guest has had its time. */
    boolean press() {
        long now = monotonic();
        if (deadline == null) {
            deadline = now + workshop.shutdownPatience().toNanos();
        } else if (now - deadline >= 0) {
            return false;
        }
        workshop.files().note(guest, workshop.files().notes(guest).askedOff(now));
        workshop.hypervisor().pressPowerButton(guest);
        return true;
    }

    /** Whether the guest is being given its time. */
    boolean isPressed() {
        return deadline != null;
    }

    /** It is no longer to switch itself off. */
    void letGo() {
        deadline = null;
    }

    /** Whether a guest with these notes may switch itself off now because it was asked to a while ago. */
    boolean mayBeHeardLate(GuestNotes notes) {
        Long asked = notes.askedOff();
        if (asked == null) {
            return false;
        }
        long since = monotonic() - asked;
        // before: noted before the host was switched off, since when that clock counts anew
        return since >= 0 && since < workshop.shutdownPatience().multipliedBy(2).toNanos();
    }

    /** In nanoseconds, by a clock that no correction moves, and which goes on while the node is restarted. */
    private long monotonic() {
        return workshop.longWork().nanoTime();
    }
}
