package dev.unkai.node.migration;

import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.JobProgress;
import dev.unkai.node.hypervisor.RunningGuest;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a moving guest that runs in software (TCG) has to stand still. QEMU before 8.2.2 does not see what such a guest writes after the
 * pages written have been collected once (its commit 03bfc2188f mends that): what is written in a second pass over the memory would be
 * lost, and the guest wake up with old memory in places. So it is stopped towards the end of the first pass. If that was too late, and
 * QEMU has not stopped it by itself at once, the try is given up, and the next one stops it from the beginning.
 */
final class SoftwareStop {
    private static final Logger log = LoggerFactory.getLogger(SoftwareStop.class);

    /** So long before the end of the first pass it is stopped; QEMU collects the pages written with 0.3 s left. */
    private static final double AHEAD_SECONDS = 0.5;

    /** The last to go are the pages of the screen and the firmware: all alike, and over at once. */
    private static final long AHEAD_LEAST = 24L << 20;

    /** Of the speed of 20 ms ago so much counts now. */
    private static final double MEMORY = 0.7;

    private static final long BRIEF_NANOS = 1_000_000_000L;

    private final UUID guest;
    private final Hypervisor hypervisor;
    private final boolean fromTheBeginning;
    private final LongSupplier nanos;
    private boolean seenMemory;
    private long seenAt;
    private volatile boolean brief;
    private volatile boolean stopped;
    private volatile boolean late;
    private long lastRemaining;
    private long lastAt;
    /** Bytes a second, lately. */
    private double speed;

    /** @param fromTheBeginning whether it stands still for all of its memory */
    SoftwareStop(UUID guest, Hypervisor hypervisor, boolean fromTheBeginning, LongSupplier nanos) {
        this.guest = guest;
        this.hypervisor = hypervisor;
        this.fromTheBeginning = fromTheBeginning;
        this.nanos = nanos;
    }

    /** Whether there is nothing left to watch closely. */
    boolean isDone() {
        return stopped || late;
    }

    /** Whether the guest was stopped too late, so that the try has been given up. */
    boolean wasLate() {
        return late;
    }

    /** Whether that was because its memory went over faster than anybody could look. */
    boolean wasBrief() {
        return brief;
    }

    /** Takes how far the migration is; stops the guest, or gives the try up, when it is time. */
    void look(JobProgress seen) {
        if (isDone() || seen.memoryTotal() == 0) {
            return;
        }
        if (!seenMemory) {
            seenMemory = true;
            seenAt = nanos.getAsLong();
            lastAt = seenAt;
            lastRemaining = seen.memoryRemaining();
        }
        if (seen.pass() > 1) {
            // what it found written is little enough to be sent at one go, while the guest stands still already
            boolean atOnce = seen.pass() == 2
                    && hypervisor.find(guest).map(RunningGuest::halted).orElse(true);
            if (atOnce) {
                stopped = true;
            } else {
                giveUp();
            }
        } else if (fromTheBeginning || isNearTheEnd(seen)) {
            hypervisor.pause(guest);
            // had the second pass begun by then, nobody could tell whether the guest still ran in it
            if (hypervisor.progress(guest).filter(now -> now.pass() > 1).isPresent()) {
                giveUp();
            } else {
                stopped = true;
                log.info("Guest {} stands still until its migration is over", guest);
            }
        }
    }

    private boolean isNearTheEnd(JobProgress seen) {
        long now = nanos.getAsLong();
        if (now > lastAt) {
            speed = Math.max(speed * MEMORY, (lastRemaining - seen.memoryRemaining()) * 1e9 / (now - lastAt));
        }
        lastRemaining = seen.memoryRemaining();
        lastAt = now;
        return seen.memoryRemaining() < Math.max(AHEAD_LEAST, speed * AHEAD_SECONDS);
    }

    private void giveUp() {
        late = true;
        brief = nanos.getAsLong() - seenAt < BRIEF_NANOS;
        log.info("Guest {} could not be stopped in time; its migration begins again", guest);
        hypervisor.abortJob(guest);
    }
}
