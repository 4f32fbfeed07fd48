package dev.unkai.node.guest;

import dev.unkai.node.hypervisor.StopCause;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs the steps of one guest: one at a time, again when it was woken meanwhile, later when the step asked for it. */
public final class GuestActor {
    private static final Logger log = LoggerFactory.getLogger(GuestActor.class);

    private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

    private enum Phase {
        RESTING,
        QUEUED,
        STEPPING,
        WOKEN_WHILE_STEPPING
    }

    /** Told when the guest has nothing more to do. */
    @FunctionalInterface
    public interface Rested {
        void rested(UUID guest, boolean gone);
    }

    private final UUID id;
    private final GuestReconciler reconciler;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Rested rested;

    private Phase phase = Phase.RESTING;
    private @Nullable ScheduledFuture<?> later;
    private volatile String requestId = "";

    public GuestActor(
            UUID id, GuestReconciler reconciler, Executor workers, ScheduledExecutorService timer, Rested rested) {
        this.id = id;
        this.reconciler = reconciler;
        this.workers = workers;
        this.timer = timer;
        this.rested = rested;
    }

    public void want(@Nullable Guest guest, long plan) {
        if (guest != null) {
            requestId = guest.getRequestId();
        }
        if (reconciler.want(guest, plan)) {
            wake();
        }
    }

    public void stopped(StopCause cause) {
        reconciler.stopped(cause);
        wake();
    }

    public GuestReport report() {
        return reconciler.report();
    }

    /** Asks for a step as soon as a worker is free. */
    public synchronized void wake() {
        if (later != null) {
            later.cancel(false);
            later = null;
        }
        switch (phase) {
            case RESTING -> {
                phase = Phase.QUEUED;
                workers.execute(this::run);
            }
            case STEPPING -> phase = Phase.WOKEN_WHILE_STEPPING;
            case QUEUED, WOKEN_WHILE_STEPPING -> {}
        }
    }

    public synchronized boolean isBusy() {
        return phase != Phase.RESTING || later != null;
    }

    private void run() {
        synchronized (this) {
            phase = Phase.STEPPING;
        }
        MDC.put("guest_id", id.toString());
        MDC.put("request_id", requestId);
        boolean resting = false;
        boolean gone = false;
        try {
            Next next = step();
            synchronized (this) {
                if (phase == Phase.WOKEN_WHILE_STEPPING) {
                    phase = Phase.QUEUED;
                    workers.execute(this::run);
                } else {
                    phase = Phase.RESTING;
                    switch (next) {
                        case Next.Idle idle -> resting = true;
                        case Next.Gone ended -> {
                            resting = true;
                            gone = true;
                        }
                        case Next.After after -> later = schedule(after.delay());
                    }
                }
            }
        } finally {
            MDC.clear();
        }
        if (resting) {
            rested.rested(id, gone);
        }
    }

    /** What the reconciler does not catch is a fault that nobody thought of. It is done again: a guest without steps would be stuck as it is for ever. */
    private Next step() {
        try {
            return reconciler.step();
        } catch (RuntimeException | Error e) {
            log.error("A step of a guest failed; the next in {} s", AFTER_FAULT.toSeconds(), e);
            return new Next.After(AFTER_FAULT);
        }
    }

    private ScheduledFuture<?> schedule(Duration delay) {
        return timer.schedule(this::wake, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
