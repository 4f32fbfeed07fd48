package dev.unkai.node;

import dev.unkai.wire.node.HostPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest plan on disk, so that guests come back with the host while the cloud is away. Nothing is done by a plan before it
 * is kept: a node that started again by an older one than it had acted on would take newer guests for gone, disks and all.
 */
public final class PlanStore {
    private static final Logger log = LoggerFactory.getLogger(PlanStore.class);

    private final Path file;
    private final Executor writer;
    private final Consumer<HostPlan> act;
    private final AtomicReference<@Nullable HostPlan> unwritten = new AtomicReference<>();

    /** What the file holds; null when that is not known. Only the writer's. */
    private @Nullable HostPlan written;

    /**
     * @param writer a single thread; of plans that come faster than the disk only the newest is written and acted on
     * @param act is given each plan that was kept, by the writer
     */
    public PlanStore(Path state, Executor writer, Consumer<HostPlan> act) {
        this.file = state.resolve("plan");
        this.writer = writer;
        this.act = act;
    }

    /** Keeps the plan, then acts on it. Returns at once. */
    public void keep(HostPlan plan) {
        if (unwritten.getAndSet(plan) == null) {
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
        keepOrForget(plan.toBuilder().clearSessions().build()); // sessions are of the moment
        try {
            act.accept(plan);
        } catch (RuntimeException e) {
            log.error("Plan {} could not be acted on; the cloud sends it again", plan.getGeneration(), e);
        }
    }

    /** On a full disk there is no plan rather than an old one: what the new one takes away makes room. */
    private void keepOrForget(HostPlan plan) {
        if (plan.equals(written)) {
            return;
        }
        written = null;
        try {
            DurableFile.write(file, plan.toByteArray());
            written = plan;
        } catch (IOException e) {
            log.warn("The plan cannot be kept: {}", e.getMessage());
            forget();
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.error("ALARM the plan of before, which does not hold any more, cannot be removed: {}", e.getMessage());
        }
    }
}
