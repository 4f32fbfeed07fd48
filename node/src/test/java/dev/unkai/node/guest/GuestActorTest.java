package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.wire.node.GuestState;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A guest's steps go on whatever becomes of one of them. */
class GuestActorTest extends OneGuest {
    @Test
    void aStepThatEndsWithAnErrorIsDoneAgainByItselfAndWhenTheGuestIsWoken() throws Exception {
        hypervisor.breakProgram();
        try (ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
                var worker = Executors.newSingleThreadExecutor()) {
            GuestActor actor = new GuestActor(id, reconciler, worker, timer, (guest, gone) -> {});
            actor.want(guest().build(), 1);
            await().untilAsserted(() -> assertThat(timer.getQueue())
                    .singleElement()
                    .satisfies(again -> assertThat(((Delayed) again).getDelay(TimeUnit.SECONDS))
                            .isBetween(20L, 30L)));
            assertThat(actor.isBusy()).isTrue();

            hypervisor.heal();
            actor.wake();

            await().until(() -> {
                if (woken.poll() != null) {
                    actor.wake(); // its disk is made
                }
                return actor.report().getState() == GuestState.RUNNING;
            });
            timer.shutdownNow();
        }
    }
}
