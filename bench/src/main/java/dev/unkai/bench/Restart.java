package dev.unkai.bench;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Kills the {@code cloud} process, which its keeper starts again, and waits for its readiness and for its first answer. */
final class Restart {
    private final BenchSite site;
    private final ProcessorTime time;

    Restart(BenchSite site) {
        this.site = site;
        this.time = new ProcessorTime(site.data());
    }

    List<Figure> measure() {
        long before = time.pid("cloud");
        long start = System.nanoTime();
        ProcessHandle.of(before).ifPresent(ProcessHandle::destroyForcibly);
        await(() -> site.send("GET", "/health/ready", null).statusCode() == 200);
        double ready = seconds(start);
        await(() -> site.send("GET", "/compute/v2.1/servers/detail?limit=1000", null)
                        .statusCode()
                == 200);
        double answered = seconds(start);
        return List.of(
                Figure.of("cloud killed to ready again", "s", ready),
                Figure.of("and to its first detail list", "s", answered),
                Figure.of("processor time of that start", "s", time.of("cloud") / 1000));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        while (true) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (IllegalStateException e) {
                // Nobody listens yet.
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
