package dev.unkai.node.guest;

import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.HypervisorUnavailable;
import dev.unkai.node.hypervisor.RunningGuest;
import dev.unkai.node.hypervisor.StalePorts;
import dev.unkai.node.hypervisor.StopCause;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.HostPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All guests of this host: hands the plan out to their reconcilers, and wakes those whose world changed. */
public final class Guests implements Hypervisor.Listener {
    private static final Logger log = LoggerFactory.getLogger(Guests.class);

    /** A lost event costs this many seconds, not correctness. */
    private static final int SURVEY_SECONDS = 30;

    private final GuestFiles files;
    private final ScheduledExecutorService timer;
    private final Function<UUID, GuestActor> actors;
    private final Runnable settled;
    private final StalePorts ports;
    private final ConcurrentMap<UUID, GuestActor> guests = new ConcurrentHashMap<>();
    private volatile @Nullable HostPlan plan;
    private volatile @Nullable Hypervisor hypervisor;
    private volatile boolean surveyed;
    private volatile long settledGeneration;

    /**
     * @param actors makes the actor of a guest that was not known before
     * @param settled told when a plan asks for nothing more to be done
     */
    public Guests(
            GuestFiles files,
            ScheduledExecutorService timer,
            Function<UUID, GuestActor> actors,
            StalePorts ports,
            Runnable settled) {
        this.files = files;
        this.timer = timer;
        this.actors = actors;
        this.ports = ports;
        this.settled = settled;
    }

    /** Begins: finds what is on the host, then looks again every now and then. */
    public void start(Hypervisor source) {
        hypervisor = source;
        files.emptyTrash();
        timer.scheduleWithFixedDelay(this::surveyQuietly, 0, SURVEY_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes a new plan. Everything that is on the host and not in the plan is removed. */
    public synchronized void apply(HostPlan next) {
        Map<UUID, Guest> wanted = new HashMap<>();
        for (Guest guest : next.getGuestsList()) {
            wanted.put(UUID.fromString(guest.getId()), guest);
        }
        Set<UUID> all = new HashSet<>(guests.keySet());
        all.addAll(wanted.keySet());
        all.addAll(files.known());
        for (UUID id : all) {
            actor(id).want(wanted.get(id), next.getGeneration());
        }
        plan = next;
        reportWhenSettled();
    }

    /**
     * The newest plan whose guests are all in {@link #reports} as long as anything of them is here: the cloud takes one that is missing
     * there for removed. 0 until this host was looked over; a guest that runs and was not found yet must not be taken for gone.
     */
    public long planGeneration() {
        HostPlan current = plan;
        return current == null || !surveyed ? 0 : current.getGeneration();
    }

    public @Nullable HostPlan plan() {
        return plan;
    }

    /** What is known of every guest now; of one that was only just found, that it is there. */
    public List<GuestReport> reports() {
        return guests.values().stream().map(GuestActor::report).toList();
    }

    public void wake(UUID guest) {
        GuestActor actor = guests.get(guest);
        if (actor != null) {
            actor.wake();
        }
    }

    @Override
    public void stopped(UUID guest, StopCause cause) {
        GuestActor actor = guests.get(guest);
        if (actor != null) {
            actor.stopped(cause);
        }
    }

    @Override
    public void changed(UUID guest) {
        wake(guest);
    }

    @Override
    public void connected() {
        surveyQuietly();
    }

    /** An actor came to rest. */
    public void rested(UUID guest, boolean gone) {
        if (gone) {
            synchronized (this) {
                HostPlan current = plan;
                boolean wantedAgain = current != null
                        && current.getGuestsList().stream()
                                .anyMatch(each -> each.getId().equals(guest.toString()));
                if (!wantedAgain) {
                    guests.remove(guest);
                }
            }
            timer.execute(files::emptyTrash);
        }
        reportWhenSettled();
    }

    /** Once for each plan. */
    private void reportWhenSettled() {
        long generation = planGeneration();
        if (generation > settledGeneration && guests.values().stream().noneMatch(GuestActor::isBusy)) {
            settledGeneration = generation;
            settled.run();
        }
    }

    private GuestActor actor(UUID id) {
        return guests.computeIfAbsent(id, actors);
    }

    private void surveyQuietly() {
        try {
            survey();
            ports.sweep();
        } catch (HypervisorUnavailable e) {
            log.debug("No survey: {}", e.getMessage());
        } catch (RuntimeException | Error e) { // what is thrown here would end the surveys for good
            log.warn("The survey of the host failed", e);
        }
    }

    /** Compares what is on the host with what was last seen, and wakes the guests that differ. */
    private void survey() {
        Hypervisor source = hypervisor;
        if (source == null) {
            return;
        }
        Map<UUID, RunningGuest> running = new HashMap<>();
        for (RunningGuest guest : source.running()) {
            running.put(guest.id(), guest);
        }
        synchronized (this) {
            HostPlan current = plan;
            Set<UUID> found = files.known();
            found.addAll(running.keySet());
            for (UUID id : found) {
                boolean isNew = !guests.containsKey(id);
                GuestActor actor = actor(id);
                if (isNew && current != null) {
                    actor.want(
                            current.getGuestsList().stream()
                                    .filter(guest -> guest.getId().equals(id.toString()))
                                    .findFirst()
                                    .orElse(null),
                            current.getGeneration());
                }
            }
        }
        if (!surveyed) {
            surveyed = true;
            reportWhenSettled();
        }
        for (Map.Entry<UUID, GuestActor> each : guests.entrySet()) {
            RunningGuest now = running.get(each.getKey());
            GuestState seen = each.getValue().report().getState();
            boolean seenAlive = seen == GuestState.RUNNING || seen == GuestState.PAUSED;
            boolean asSeen = now != null && now.halted() == (seen == GuestState.PAUSED);
            if (seenAlive != (now != null) || now != null && !asSeen) {
                each.getValue().wake();
            }
        }
    }
}
