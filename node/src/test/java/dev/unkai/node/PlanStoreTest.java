package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanStoreTest {
    @TempDir
    private Path state;

    private final Queue<Runnable> writes = new ArrayDeque<>();
    private final List<HostPlan> actedOn = new ArrayList<>();

    @Test
    void givesTheNewestPlanBackWithoutItsSessions() {
        PlanStore store = store();
        store.keep(plan(1));
        store.keep(plan(2).toBuilder()
                .addSessions(ConsoleSession.newBuilder().setId("s"))
                .build());

        assertThat(writes).hasSize(1);
        writes.remove().run();

        assertThat(store().last()).contains(plan(2));
    }

    @Test
    void whatANewerCloudSaysBesidesIsKeptForTheNodeThatUnderstandsIt() {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(4000, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                .build();
        HostPlan newer = plan(3).toBuilder()
                .setUnknownFields(later)
                .setGuests(0, plan(3).getGuests(0).toBuilder().setPowerValue(99).setUnknownFields(later))
                .build();
        PlanStore store = store();
        store.keep(newer);
        writes.remove().run();

        assertThat(actedOn).containsExactly(newer);
        assertThat(store().last()).contains(newer);
    }

    @Test
    void aPlanThatCannotBeFollowedLeavesTheNextToBeFollowed() {
        PlanStore store = new PlanStore(state, writes::add, plan -> {
            if (plan.getGeneration() == 1) {
                throw new IllegalArgumentException("as a guest whose id is of a form that is not known");
            }
            actedOn.add(plan);
        });
        store.keep(plan(1));
        writes.remove().run();
        store.keep(plan(2));
        writes.remove().run();

        assertThat(actedOn).containsExactly(plan(2));
    }

    @Test
    void thereIsNoneAtFirst() {
        assertThat(store().last()).isEmpty();
    }

    @Test
    void aPlanThatCannotBeReadCountsAsNone() throws Exception {
        Files.write(state.resolve("plan"), new byte[] {(byte) 0xff, 1, 2});

        assertThat(store().last()).isEmpty();
    }

    @Test
    void nothingIsDoneByAPlanBeforeItIsKept() {
        List<Long> keptWhenActedOn = new ArrayList<>();
        PlanStore store = new PlanStore(
                state,
                writes::add,
                plan -> keptWhenActedOn.add(store().last().orElseThrow().getGeneration()));

        store.keep(plan(1));
        assertThat(keptWhenActedOn).isEmpty();
        writes.remove().run();
        store.keep(plan(2));
        store.keep(plan(3));
        writes.remove().run();

        assertThat(keptWhenActedOn).containsExactly(1L, 3L);
    }

    @Test
    void aPlanThatComesAgainIsActedOnWithItsSessions() {
        PlanStore store = store();
        HostPlan opened = plan(1).toBuilder()
                .addSessions(ConsoleSession.newBuilder().setId("s"))
                .build();
        for (HostPlan plan : List.of(plan(1), opened)) {
            store.keep(plan);
            writes.remove().run();
        }

        assertThat(actedOn).containsExactly(plan(1), opened);
    }

    /** A plan that takes a guest away makes room; but to start again by the one before would make the guest anew. */
    @Test
    void aPlanThatCannotBeKeptIsActedOnAndNoOlderOneIsLeft() throws Exception {
        PlanStore store = store();
        store.keep(plan(1));
        writes.remove().run();
        Files.createDirectory(state.resolve("plan.next")); // in the way

        store.keep(plan(2));
        writes.remove().run();

        assertThat(actedOn).containsExactly(plan(1), plan(2));
        assertThat(store().last()).isEmpty();
    }

    private PlanStore store() {
        return new PlanStore(state, writes::add, actedOn::add);
    }

    private static HostPlan plan(long generation) {
        return HostPlan.newBuilder()
                .setGeneration(generation)
                .addGuests(Guest.newBuilder().setId("0d5c3f5e-7d0a-4c9e-9b0f-2f1f4b8f7a11"))
                .build();
    }
}
