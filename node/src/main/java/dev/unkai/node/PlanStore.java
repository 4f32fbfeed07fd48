package dev.unkai.node;

import dev.unkai.wire.node.HostPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest plan on disk, so that guests come back with the host while the cloud is away. */
public final class PlanStore {
    private static final Logger log = LoggerFactory.getLogger(PlanStore.class);

    private final Path file;
    private final Executor writer;
    private final AtomicReference<@Nullable HostPlan> unwritten = new AtomicReference<>();

    /** @param writer a single thread; of plans that come faster than the disk only the newest is written */
    public PlanStore(Path state, Executor writer) {
        this.file = state.resolve("plan");
        this.writer = writer;
    }

    public void keep(HostPlan plan) {
        // sessions are of the moment
        if (unwritten.getAndSet(plan.toBuilder().clearSessions().build()) == null) {
            writer.execute(this::write);
        }
    }

    /** The plan of before; empty when there is none, or none that can be read. */
    public Optional<HostPlan> last() {
        try {
            return Files.exists(file) ? Optional.of(HostPlan.parseFrom(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            log.warn("The kept plan cannot be read; waiting for the cloud's: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void write() {
        HostPlan plan = unwritten.getAndSet(null);
        if (plan == null) {
            return;
        }
        try {
            DurableFile.write(file, plan.toByteArray());
        } catch (IOException e) {
            log.warn("The plan cannot be kept: {}", e.getMessage());
        }
    }
}
