package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanStoreTest {
    @TempDir
    private Path state;

    private final Queue<Runnable> writes = new ArrayDeque<>();

    @Test
    void givesTheNewestPlanBackWithoutItsSessions() {
        PlanStore store = new PlanStore(state, writes::add);
        store.keep(plan(1));
        store.keep(plan(2).toBuilder()
                .addSessions(ConsoleSession.newBuilder().setId("s"))
                .build());

        assertThat(writes).hasSize(1);
        writes.remove().run();

        assertThat(new PlanStore(state, writes::add).last()).contains(plan(2));
    }

    @Test
    void thereIsNoneAtFirst() {
        assertThat(new PlanStore(state, writes::add).last()).isEmpty();
    }

    @Test
    void aPlanThatCannotBeReadCountsAsNone() throws Exception {
        Files.write(state.resolve("plan"), new byte[] {(byte) 0xff, 1, 2});

        assertThat(new PlanStore(state, writes::add).last()).isEmpty();
    }

    private static HostPlan plan(long generation) {
        return HostPlan.newBuilder()
                .setGeneration(generation)
                .addGuests(Guest.newBuilder().setId("0d5c3f5e-7d0a-4c9e-9b0f-2f1f4b8f7a11"))
                .build();
    }
}
