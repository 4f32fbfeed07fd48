package dev.unkai.node.migration;

import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.JobProgress;
import dev.unkai.node.hypervisor.RunningGuest;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a moving guest that runs in software (TCG) has to stand still. QEMU 7.2 does not see all of what such a guest writes once the pages
 * written have been collected: what is written in a second pass over the memory would be lost, and the guest wake up with old memory in places.
 * So it runs while its disk goes and stands still for all of its memory. If that was too late, and QEMU has not stopped it by itself, the try is
 * given up.
 */
final class SoftwareStop {
    private static final Logger log = LoggerFactory.getLogger(SoftwareStop.class);

    private final UUID guest;
    private final Hypervisor hypervisor;
    private volatile boolean stopped;
    private volatile boolean late;

    SoftwareStop(UUID guest, Hypervisor hypervisor) {
        this.guest = guest;
        this.hypervisor = hypervisor;
    }

    /** Whether there is nothing left to watch closely. */
    boolean isDone() {
        return stopped || late;
    }

    /** Whether the guest was stopped too late, so that the try has been given up. */
    boolean wasLate() {
        return late;
    }

    /** Takes how far the migration is; stops the guest as soon as its memory goes, or gives the try up. */
    void look(JobProgress seen) {
        if (isDone() || seen.memoryTotal() == 0) {
            return;
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
            return;
        }
        hypervisor.pause(guest);
        // had the second pass begun by then, nobody could tell whether the guest still ran in it
        if (hypervisor.progress(guest).filter(now -> now.pass() > 1).isPresent()) {
            giveUp();
        } else {
            stopped = true;
            log.info("Guest {} stands still until its migration is over", guest);
        }
    }

    private void giveUp() {
        late = true;
        log.info("Guest {} could not be stopped in time; its migration begins again", guest);
        hypervisor.abortJob(guest);
    }
}
