package dev.unkai.node.guest;

import dev.unkai.node.hypervisor.RunningGuest;
import dev.unkai.wire.node.ArrivalReport;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Power;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The steps of one guest that comes from another host, goes to one or has gone. */
final class GuestJourney {
    private final UUID id;
    private final GuestWorkshop workshop;
    private final GuestNews news;
    private final Runnable forgetEnd;
    private final Function<Guest, Optional<Next>> makeDisk;

    /**
     * @param forgetEnd how its domain ended matters no more
     * @param makeDisk makes the disk of a guest that is off; empty when that is done
     */
    GuestJourney(
            UUID id,
            GuestWorkshop workshop,
            GuestNews news,
            Runnable forgetEnd,
            Function<Guest, Optional<Next>> makeDisk) {
        this.id = id;
        this.workshop = workshop;
        this.news = news;
        this.forgetEnd = forgetEnd;
        this.makeDisk = makeDisk;
    }

    /** What there is to do of a guest that comes, goes or has gone; empty for one that is simply here. */
    Optional<Next> step(Guest target, Optional<RunningGuest> running) {
        if (target.hasArrival()) {
            return Optional.of(arrive(target, running));
        }
        workshop.moves().forget(id);
        String departed = workshop.moves().departed(id);
        if (!departed.isEmpty() && !departed.equals(target.getReturned())) {
            return Optional.of(away(target, departed));
        }
        if (!departed.isEmpty()) {
            workshop.moves().returned(id);
        }
        if (target.hasDeparture()) {
            return depart(target, running);
        }
        return workshop.moves().cancel(id)
                ? Optional.of(new Next.After(GuestReconciler.EVENT_MAY_BE_LATE))
                : Optional.empty();
    }

    /** It stands still here until its source hands it over, or until the plan says that it is simply here. */
    private Next arrive(Guest target, Optional<RunningGuest> running) {
        forgetEnd.run();
        workshop.moves().expect(target);
        if (workshop.files().notes(id).boot() < target.getBoot()) {
            workshop.files().note(id, GuestNotes.running(target.getBoot()));
        }
        boolean here = running.isPresent() && !running.get().halted();
        news.set(news.of(target, here ? GuestState.RUNNING : GuestState.ARRIVING)
                .setArrival(ArrivalReport.newBuilder()
                        .setAttempt(target.getArrival().getAttempt())
                        .setEndpoint(workshop.moves().endpoint())
                        .setDirectory(workshop.files().directory(id).path().toString())
                        .setComplete(here)));
        return Next.idle();
    }

    /** It runs elsewhere; nothing that is left of it here ever starts again in this attempt. */
    private Next away(Guest target, String attempt) {
        forgetEnd.run();
        if (workshop.moves().isUnderWay(id)
                && !workshop.moves()
                        .report(id)
                        .map(DepartureReport::getDeparted)
                        .orElse(false)) {
            return new Next.After(GuestReconciler.EVENT_MAY_BE_LATE); // the source's last step is under way
        }
        news.set(news.of(target, GuestState.DEPARTED)
                .setDeparture(workshop.moves().report(id).orElse(DepartureReport.getDefaultInstance()).toBuilder()
                        .setAttempt(attempt)
                        .setDeparted(true)));
        return Next.idle();
    }

    private Optional<Next> depart(Guest target, Optional<RunningGuest> running) {
        boolean live = target.getPower() != Power.OFF;
        if (!live && running.isPresent()) {
            return Optional.empty(); // it goes down first
        }
        if (!live && !workshop.files().hasDisk(id)) {
            Optional<Next> preparing = makeDisk.apply(target); // it never ran; what goes over is its disk
            if (preparing.isPresent()) {
                return preparing;
            }
        }
        DepartureReport way = workshop.moves().depart(target, live);
        if (!way.getFailure().isEmpty() && running.isEmpty() && live) {
            return Optional.empty(); // it stays, and it is off: by itself or by accident
        }
        GuestState state = running.isEmpty()
                ? live ? news.report().getState() : GuestState.STOPPED
                : target.getPower() == Power.PAUSE ? GuestState.PAUSED : GuestState.RUNNING;
        news.set(news.of(target, state).setDeparture(way));
        return Optional.of(workshop.moves().isUnderWay(id) ? new Next.After(GuestReconciler.LOOK_AGAIN) : Next.idle());
    }
}
