package dev.unkai.cloud.network.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.network.NetworkFixture;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Mark;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OvnMarksTest {
    private final NetworkFixture cloud = new NetworkFixture();
    private final OvnMarks marks = new OvnMarks();

    @Test
    void transactionsThatMarkTheSameThingsInOppositeOrdersBothCommit() {
        UUID router = UUID.randomUUID();
        UUID network = UUID.randomUUID();
        CyclicBarrier bothHaveBegun = new CyclicBarrier(2);

        CompletableFuture<Void> one = CompletableFuture.runAsync(
                () -> cloud.transactions.doAsSystem(db -> {
                    marks.raise(db, Kind.ROUTER, router);
                    await(bothHaveBegun);
                    marks.raise(db, Kind.NETWORK, network);
                }),
                Thread::startVirtualThread);
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> cloud.transactions.doAsSystem(db -> {
                    marks.raise(db, Kind.NETWORK, network);
                    await(bothHaveBegun);
                    marks.raise(db, Kind.ROUTER, router);
                }),
                Thread::startVirtualThread);

        assertThat(CompletableFuture.allOf(one, other)).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(due(router, network)).hasSize(2);
    }

    @Test
    void onlyMarksThatWereNotRaisedAgainAreSettled() {
        UUID still = UUID.randomUUID();
        UUID again = UUID.randomUUID();
        cloud.transactions.doAsSystem(db -> marks.raise(db, Kind.PORT, still, again));
        List<Mark> seen = due(still, again);
        cloud.transactions.doAsSystem(db -> marks.raise(db, Kind.PORT, again, again));

        cloud.transactions.doAsSystem(db -> marks.settle(db, seen));

        assertThat(due(still, again)).singleElement().satisfies(mark -> {
            assertThat(mark.unit().id()).isEqualTo(again);
            assertThat(mark.generation())
                    .isGreaterThan(
                            seen.stream().mapToLong(Mark::generation).max().orElseThrow());
        });
    }

    private List<Mark> due(UUID... ids) {
        return cloud.transactions.asSystem(db -> marks.due(db, 10_000)).stream()
                .filter(mark -> List.of(ids).contains(mark.unit().id()))
                .toList();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
