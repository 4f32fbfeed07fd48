package dev.unkai.node.guest;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the cloud is told of one guest: each change once. Told by the one thread that steps it, read by any. */
final class GuestNews {
    private static final Logger log = LoggerFactory.getLogger(GuestNews.class);

    private final UUID id;
    private final GuestWorkshop workshop;
    private volatile GuestReport report;
    private long planLookedAt;

    GuestNews(UUID id, GuestWorkshop workshop) {
        this.id = id;
        this.workshop = workshop;
        this.report = GuestReport.newBuilder()
                .setGuestId(id.toString())
                .setState(GuestState.GUEST_STATE_UNSPECIFIED)
                .build();
    }

    GuestReport report() {
        return report;
    }

    /** What is told from now on goes by this plan. */
    void lookAt(long plan) {
        planLookedAt = plan;
    }

    GuestReport.Builder of(Guest target, GuestState state) {
        return GuestReport.newBuilder()
                .setGuestId(id.toString())
                .setGeneration(target.getGeneration())
                .setState(state);
    }

    /** The guest is as it should be, or as near to that as the fault says. */
    void reached(Guest target, GuestState state, String fault) {
        GuestReport.Builder here = of(target, state).setFault(fault);
        if (target.hasDeparture()) {
            workshop.moves().report(id).ifPresent(here::setDeparture); // it stays, and the cloud waits to hear why
        }
        set(here);
    }

    /** A guest that runs, or of which nothing is known yet, does not become FAULTY by that: the fault stands beside its state. */
    void faulty(@Nullable Guest target, String sentence, boolean runs) {
        GuestReport before = report;
        boolean stays = (before.getState() == GuestState.RUNNING || before.getState() == GuestState.PAUSED) && runs
                || before.getState() == GuestState.GUEST_STATE_UNSPECIFIED
                        && workshop.files().hasDisk(id);
        set(GuestReport.newBuilder()
                .setGuestId(id.toString())
                .setGeneration(target == null || stays ? before.getGeneration() : target.getGeneration())
                .setState(stays ? before.getState() : GuestState.FAULTY)
                .setFault(sentence));
    }

    /** Takes what is known now, and tells it if it is news. */
    void set(GuestReport.Builder next) {
        GuestReport before = report;
        // the plan's generation alone is no news
        GuestReport now = next.setPlanGeneration(before.getPlanGeneration())
                .setSinceMillis(
                        before.getState() == next.getState()
                                ? before.getSinceMillis()
                                : workshop.clock().millis())
                .build();
        boolean news = !now.equals(before);
        now = now.toBuilder().setPlanGeneration(planLookedAt).build();
        report = now;
        if (news) {
            if (now.getState() != before.getState() || !now.getFault().equals(before.getFault())) {
                log.info("Guest is {} {}", now.getState(), now.getFault());
            }
            workshop.reports().accept(now);
        }
    }
}
