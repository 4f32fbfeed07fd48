package dev.unkai.node.guest;

import dev.unkai.node.hypervisor.HypervisorException;
import dev.unkai.node.hypervisor.HypervisorUnavailable;
import dev.unkai.node.hypervisor.RunningGuest;
import dev.unkai.node.hypervisor.StopCause;
import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Nic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one guest to its plan. {@link #step} takes no arguments: it looks at what is wanted and what is there, does the next
 * step of the difference, and says when to be called again; so it does not matter where the process died before.
 * Never called by two threads at once; what others tell it ({@link #want}, {@link #stopped}) is left in volatile fields.
 */
public final class GuestReconciler {
    private static final Logger log = LoggerFactory.getLogger(GuestReconciler.class);

    private static final Duration UNPLUGGED_BY_THEN = Duration.ofSeconds(3);
    static final Duration EVENT_MAY_BE_LATE = Duration.ofMillis(500);
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration HALTED_AGAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    /** A guest whose process died sooner than this after its start is not started again at once. */
    private static final Duration TOO_SHORT_A_LIFE = Duration.ofSeconds(10);

    private final UUID id;
    private final GuestWorkshop workshop;
    private final SavedMemory memory;
    private final RescueDisk rescues;
    private final PowerButton powerButton;
    private final GuestNews news;
    private final GuestJourney journey;

    /** Null until the first plan. */
    private volatile @Nullable Wish wish;

    /** How the guest's domain ended, until a step has dealt with it. */
    private volatile @Nullable StopCause ended;

    private volatile boolean planIsNew;
    private int failures;
    private boolean waitedForCause;
    private boolean seenHalted;

    /** Whether the domain was there when it was last looked for. */
    private boolean runs;

    private final GuestDisks disks;
    private @Nullable Instant startedAt;

    public GuestReconciler(UUID id, GuestWorkshop workshop) {
        this.id = id;
        this.workshop = workshop;
        this.disks = new GuestDisks(id, workshop.files(), workshop.images(), workshop.diskTool(), workshop.longWork());
        this.rescues = new RescueDisk(id, workshop.files(), workshop.images());
        this.powerButton = new PowerButton(id, workshop);
        this.memory = new SavedMemory(workshop.files().directory(id), workshop.hypervisor());
        this.news = new GuestNews(id, workshop);
        this.journey = new GuestJourney(id, workshop, news, () -> ended = null, this::makeDisk);
    }

    /**
     * What the newest plan says of the guest.
     *
     * @param guest null when it is not to be here
     */
    private record Wish(@Nullable Guest guest, long plan) {}

    /** Takes what the plan with the generation {@code plan} says; returns whether the guest is to change. */
    public boolean want(@Nullable Guest guest, long plan) {
        Wish before = wish;
        wish = new Wish(guest, plan);
        if (before != null && Objects.equals(guest, before.guest())) {
            return false;
        }
        planIsNew = true;
        return true;
    }

    public GuestReport report() {
        return news.report();
    }

    /** The hypervisor says that the guest's domain went away. */
    public void stopped(StopCause cause) {
        ended = cause;
    }

    /** Does the next step. */
    public Next step() {
        Wish now = wish;
        if (now == null) {
            return Next.idle(); // without a plan a guest stays as it is
        }
        if (planIsNew) {
            planIsNew = false;
            failures = 0;
        }
        news.lookAt(now.plan());
        Guest target = now.guest();
        try {
            Next next = target == null ? remove() : converge(target);
            failures = 0;
            return next;
        } catch (HypervisorUnavailable e) {
            news.faulty(target, e.getMessage() + "; the node goes on trying.", runs);
            return new Next.After(Duration.ofSeconds(1));
        } catch (GuestFault e) {
            return failed(target, String.valueOf(e.getMessage()), e);
        } catch (HypervisorException e) {
            return failed(target, Faults.sentence(e), e);
        } catch (RuntimeException e) {
            log.error("A step failed in an unexpected way", e);
            return failed(target, "The host met an unexpected error; the operator finds it in the node's log.", e);
        }
    }

    private Next converge(Guest target) {
        Optional<RunningGuest> running = workshop.hypervisor().find(id);
        runs = running.isPresent();
        if (runs) {
            ended = null; // news of an earlier life
        }
        Optional<Next> move = journey.step(target, running);
        if (move.isPresent()) {
            return move.get();
        }
        return switch (target.getPower()) {
            case ON -> running.isPresent() ? keepRunning(target, running.get()) : becomeRunning(target);
            case OFF -> running.isPresent() ? bringDown(target, running.get()) : stayDown(target);
            case PAUSE -> running.isPresent() ? keepPaused(target, running.get()) : stayWithoutMemory(target);
            case SUSPEND -> running.isPresent() ? putToDisk(target) : stayOnDisk(target);
            case POWER_UNSPECIFIED, UNRECOGNIZED ->
                throw new GuestFault("The plan does not say whether the server is to run.");
        };
    }

    private Next keepRunning(Guest target, RunningGuest running) {
        if (running.boot() < target.getBoot()) {
            return reboot(target);
        }
        powerButton.letGo();
        waitedForCause = false;
        memory.drop();
        if (running.halted() && (workshop.captures().dumps(id) || dumpsStill(target))) {
            return new Next.After(LOOK_AGAIN); // it stands still while its memory is secured, and goes on by itself
        }
        boolean unpaused = running.halted() && unpause();
        if (running.halted() && !unpaused && !seenHalted) {
            seenHalted = true; // once is nothing: a domain that is just being made stands still for a moment
            return new Next.After(LOOK_AGAIN);
        }
        seenHalted = running.halted() && !unpaused;
        if (seenHalted) {
            workshop.hypervisor().resume(id);
            news.reached(
                    target,
                    GuestState.RUNNING,
                    "The server is halted, because the host could not write its disk; it goes on "
                            + "as soon as there is space.");
            return new Next.After(HALTED_AGAIN);
        }
        boolean plugged = plug(target, running);
        disks.tidy(target);
        news.reached(target, GuestState.RUNNING, "");
        workshop.captures().want(target, true);
        return plugged ? Next.idle() : new Next.After(UNPLUGGED_BY_THEN);
    }

    /** Whether the hypervisor goes on writing its memory for a node that has died since: it lets nobody end that, and then lets the guest go on. */
    private boolean dumpsStill(Guest target) {
        return target.getEvidenceCount() > 0
                && workshop.hypervisor().progress(id).isPresent();
    }

    /** Lets the guest run on if it stands still by an earlier plan; false when it does so for another reason. */
    private boolean unpause() {
        GuestNotes notes = workshop.files().notes(id);
        if (notes.paused()) {
            workshop.hypervisor().resume(id);
            workshop.files().note(id, notes.paused(false));
        }
        return notes.paused();
    }

    private Next keepPaused(Guest target, RunningGuest running) {
        GuestNotes notes = workshop.files().notes(id);
        if (!notes.paused()) {
            // before it stands still: else it could be taken for one that was halted by an error, and set going
            workshop.files().note(id, notes.paused(true));
        }
        if (!running.halted()) {
            workshop.hypervisor().pause(id);
        }
        news.reached(target, GuestState.PAUSED, "");
        workshop.captures().want(target, true);
        return Next.idle();
    }

    private Next putToDisk(Guest target) {
        memory.save();
        runs = false;
        return stayOnDisk(target);
    }

    private Next stayOnDisk(Guest target) {
        ended = null;
        if (!memory.isComplete()) {
            return stayWithoutMemory(target);
        }
        news.reached(target, GuestState.SUSPENDED, "");
        workshop.captures().want(target, false);
        return Next.idle();
    }

    /** What it was to keep is lost (the host was switched off): it is off then, and not started behind its owner's back. */
    private Next stayWithoutMemory(Guest target) {
        ended = null;
        news.set(news.of(target, GuestState.STOPPED).setStoppedByGuest(true));
        return Next.idle();
    }

    private Next reboot(Guest target) {
        if (target.getBootKind() == BootKind.SOFT && powerButton.press()) {
            return new Next.After(PowerButton.AGAIN);
        }
        workshop.hypervisor().destroy(id);
        return bringUp(target);
    }

    /** It does not run but should: unless it switched itself off, it is started. */
    private Next becomeRunning(Guest target) {
        StopCause cause = ended;
        if (cause == null && news.report().getState() == GuestState.RUNNING && !waitedForCause) {
            waitedForCause = true;
            return new Next.After(EVENT_MAY_BE_LATE);
        }
        waitedForCause = false;
        ended = null;
        GuestNotes notes = workshop.files().notes(id);
        // news that comes late, when the guest is already known to be off, is of a shutdown that was asked for
        boolean wasThoughtRunning = news.report().getState() == GuestState.RUNNING
                || news.report().getState() == GuestState.GUEST_STATE_UNSPECIFIED;
        if (cause == StopCause.GUEST
                && !powerButton.isPressed()
                && !powerButton.mayBeHeardLate(notes)
                && wasThoughtRunning) {
            notes = notes.stoppedByGuest(target.getGeneration());
            workshop.files().note(id, notes);
        }
        if (notes.stoppedByGuestAt() >= target.getGeneration() && notes.boot() >= target.getBoot()) {
            news.set(news.of(target, GuestState.STOPPED).setStoppedByGuest(true));
            return Next.idle();
        }
        if (cause == StopCause.CRASHED) {
            Instant started = startedAt;
            if (started != null
                    && started.plus(TOO_SHORT_A_LIFE).isAfter(workshop.clock().instant())) {
                startedAt = null;
                throw new GuestFault(
                        "The server's process on the host ended soon after its start; it is started again.");
            }
            log.warn("The guest's process ended unexpectedly; starting it again");
        }
        return bringUp(target);
    }

    private Next bringUp(Guest target) {
        powerButton.letGo();
        runs = false;
        if (workshop.captures().reads(id)) {
            return new Next.After(LOOK_AGAIN); // an image of its disk is being made, and QEMU would change the disk
        }
        if (target.getHeld()) {
            news.set(news.of(target, GuestState.PREPARING)); // this is what the cloud waits for
        } else if (memory.isComplete() && workshop.files().notes(id).boot() >= target.getBoot()) {
            memory.goOn();
            return goneOn(target);
        } else {
            memory.drop(); // of an earlier boot, or used before
        }
        CompletableFuture<Optional<Path>> disk = disks.ready(target);
        if (!disk.isDone()) {
            return prepareMeanwhile(target, disk);
        }
        if (target.getHeld()) {
            return Next.idle(); // the plan that lets it go wakes it
        }
        CompletableFuture<Optional<Path>> rescue = rescues.ready(target);
        if (!rescue.isDone()) {
            return prepareMeanwhile(target, rescue);
        }
        Optional<Path> base = disks.take(target, disk);
        Optional<Path> rescueBase = rescues.take(target, rescue);
        // before the start: a guest that switches itself off at once is known by the boot that it had
        workshop.files().note(id, GuestNotes.running(target.getBoot()));
        workshop.hypervisor()
                .start(workshop.document().xml(target, workshop.files().directory(id), base, rescueBase));
        return started(target);
    }

    /** It has the ports that it was saved with: those that came or went since are plugged now. */
    private Next goneOn(Guest target) {
        startedAt = workshop.clock().instant();
        runs = true;
        return workshop.hypervisor()
                .find(id)
                .map(running -> keepRunning(target, running))
                .orElseGet(Next::idle); // it ended at once, which the hypervisor tells
    }

    private Next started(Guest target) {
        startedAt = workshop.clock().instant();
        runs = true;
        disks.tidy(target);
        news.reached(target, GuestState.RUNNING, "");
        workshop.captures().want(target, true);
        return Next.idle();
    }

    private Next prepareMeanwhile(Guest target, CompletableFuture<?> work) {
        news.set(news.of(target, GuestState.PREPARING));
        work.whenComplete((done, failure) -> workshop.wake().accept(id));
        return Next.idle();
    }

    private Next bringDown(Guest target, RunningGuest running) {
        if (running.halted()) {
            unpause(); // one that stands still hears no power button
        }
        if (powerButton.press()) {
            return new Next.After(PowerButton.AGAIN);
        }
        log.info("The guest did not shut down in time; ending it");
        workshop.hypervisor().destroy(id);
        return stayDown(target);
    }

    private Next stayDown(Guest target) {
        powerButton.letGo();
        ended = null;
        GuestNotes notes = workshop.files().notes(id);
        memory.drop();
        if (notes.stoppedByGuestAt() >= 0 || notes.paused()) {
            workshop.files().note(id, GuestNotes.running(notes.boot()));
        }
        Disk disk = target.getDisk();
        // a guest that never ran has no disk yet, nor needs one before an image is to be made of it; one that was
        // rebuilt or
        // resized while off gets its new one now
        if ((disk.getEdition() > 0 || target.getCapturesCount() > 0)
                && !workshop.files().hasDisk(id, disk.getEdition())) {
            Optional<Next> preparing = makeDisk(target);
            if (preparing.isPresent()) {
                return preparing.get();
            }
        }
        disks.tidy(target);
        news.reached(target, GuestState.STOPPED, "");
        workshop.captures().want(target, false);
        return Next.idle();
    }

    /** Makes the disk of a guest that is off; empty when that is done. */
    private Optional<Next> makeDisk(Guest target) {
        CompletableFuture<Optional<Path>> made = disks.ready(target);
        if (!made.isDone()) {
            return Optional.of(prepareMeanwhile(target, made));
        }
        disks.take(target, made);
        return Optional.empty();
    }

    private Next remove() {
        workshop.captures().forget(id);
        workshop.hypervisor().destroy(id);
        workshop.files().remove(id);
        news.set(GuestReport.newBuilder().setGuestId(id.toString()).setState(GuestState.ABSENT));
        return new Next.Gone();
    }

    /** Plugs network ports in and out of the running guest; false while the guest still has to let one go. */
    private boolean plug(Guest target, RunningGuest running) {
        Set<String> surplus = new HashSet<>(running.ports());
        for (Nic nic : target.getNicsList()) {
            if (!surplus.remove(nic.getPortId())) {
                log.info("Plugging port {} in", nic.getPortId());
                workshop.hypervisor().attachDevice(id, workshop.document().nicXml(nic));
            }
        }
        for (String port : surplus) {
            log.info("Pulling port {} out", port);
            workshop.hypervisor().detachPort(id, port);
        }
        return surplus.isEmpty();
    }

    private Next failed(@Nullable Guest target, String sentence, RuntimeException e) {
        failures++;
        long seconds = Math.min(LONGEST_BACKOFF.toSeconds(), 1L << Math.min(failures - 1, 5));
        log.warn("Attempt {} failed, next in {} s: {}", failures, seconds, e.getMessage());
        news.faulty(target, sentence, runs);
        return new Next.After(Duration.ofSeconds(seconds));
    }
}
