package dev.unkai.base.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProjectTurnsTest {
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void aProjectNeverUsesMoreThanItsPlacesAndAllOfItsWorkIsDone() throws Exception {
        ProjectTurns turns = new ProjectTurns(2, Duration.ofMinutes(1));
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                int number = i;
                answers.add(clients.submit(() -> turns.take("busy", () -> counted(number))));
            }
            open.countDown();
            for (int i = 0; i < 50; i++) {
                assertThat(answers.get(i).get()).isEqualTo(i);
            }
        }
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void anotherProjectIsServedWhileOneUsesAllOfItsPlaces() throws Exception {
        ProjectTurns turns = new ProjectTurns(1, Duration.ofMinutes(1));
        CountDownLatch busy = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            clients.submit(() -> turns.take("busy", () -> {
                busy.countDown();
                return counted(1);
            }));
            busy.await();
            assertThat(turns.take("quiet", () -> "served")).isEqualTo("served");
            open.countDown();
        }
    }

    @Test
    void whoWaitsTooLongIsToldToSendFewerAtOnceAndLeavesThePlaceToOthers() throws Exception {
        ProjectTurns turns = new ProjectTurns(1, Duration.ofMillis(1));
        CountDownLatch busy = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = clients.submit(() -> turns.take("busy", () -> {
                busy.countDown();
                return counted(1);
            }));
            busy.await();
            assertThatThrownBy(() -> turns.take("busy", () -> "never"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("Send fewer at once");
            open.countDown();
            first.get();
        }
        assertThat(turns.take("busy", () -> "again")).isEqualTo("again");
    }

    private int counted(int number) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            inside.decrementAndGet();
        }
        return number;
    }
}
