package dev.unkai.simulation;

import dev.unkai.node.hypervisor.HypervisorException;
import dev.unkai.node.hypervisor.JobProgress;
import dev.unkai.node.hypervisor.RunningGuest;
import dev.unkai.node.hypervisor.StopCause;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One running guest on its way from one hypervisor to another, as the two see to it between themselves: it stays where it was, or it
 * comes whole and stands still there. At the very end a broken connection leaves both with a guest, or leaves the source without an
 * answer.
 */
final class LiveMigration {
    private final World world;
    private final SimulatedHypervisor from;
    private final SimulatedHypervisor to;
    private final UUID guest;
    private final Life targetNode;
    private final Life sourceNode;
    private final SimulatedThreads.Pause pause;
    private final long began;
    private final long millis;
    private boolean over;
    private @Nullable String failure;

    private LiveMigration(
            World world,
            SimulatedHypervisor from,
            SimulatedHypervisor to,
            UUID guest,
            Life sourceNode,
            Life targetNode) {
        this.world = world;
        this.from = from;
        this.to = to;
        this.guest = guest;
        this.sourceNode = sourceNode;
        this.targetNode = targetNode;
        this.pause = SimulatedThreads.pause();
        this.began = world.agenda().now();
        this.millis = 200 + world.workMillis() + world.chance().around(2_000);
    }

    /** Brings the guest over while the calling thread waits; throws when it stays. */
    static void run(
            World world,
            SimulatedHypervisor from,
            SimulatedHypervisor to,
            UUID guest,
            Life sourceNode,
            Life targetNode) {
        RunningGuest domain =
                from.domain(guest).orElseThrow(() -> new HypervisorException("The guest does not run any more"));
        if (to.domain(guest).isPresent()) {
            throw new HypervisorException("operation failed: domain already exists with uuid " + guest);
        }
        LiveMigration migration = new LiveMigration(world, from, to, guest, sourceNode, targetNode);
        to.put(new RunningGuest(guest, domain.boot(), true, domain.ports()));
        from.leaving().put(guest, migration);
        to.coming().put(guest, migration);
        String what = Words.of(guest) + " is to be switched over from " + from.host() + " to " + to.host();
        world.agenda().in(migration.millis, Life.WORLD, what, migration::switchOver);
        migration.pause.await();
        if (migration.failure != null) {
            throw new HypervisorException(migration.failure);
        }
    }

    JobProgress progress() {
        long total = 1L << 30;
        long done = Math.min(total, total * (world.agenda().now() - began) / millis);
        return new JobProgress(total, done, total - done, total / 2, done / 2, (total - done) / 2, 1);
    }

    /** It stays where it was; what had come to the target goes. */
    void breaks(String why) {
        if (over) {
            return;
        }
        close();
        to.end(guest, StopCause.DESTROYED);
        ends("the migration broke off: " + why);
    }

    private void close() {
        over = true;
        from.leaving().remove(guest, this);
        to.coming().remove(guest, this);
    }

    /** The source learns of it, unless its node has died meanwhile. */
    private void ends(@Nullable String how) {
        failure = how;
        world.trace()
                .add(
                        world.agenda().now(),
                        "  " + Words.of(guest) + (how == null ? " has come to " + to.host() : " " + how));
        world.agenda().in(world.chance().around(5), sourceNode, sourceNode + " ends a migration", pause::end);
    }

    private void switchOver() {
        if (over) {
            return;
        }
        if (sourceNode.isOver()
                || targetNode.isOver()
                || from.host().isCutOff()
                || to.host().isCutOff()) {
            breaks("the nodes' tunnel broke");
            return;
        }
        close();
        if (world.chance().happens(world.faults().lost() / 2)) {
            ends("the connection was lost; both have the guest"); // the target's stands still
            return;
        }
        from.end(guest, StopCause.CRASHED); // so LibvirtConnection takes a domain's end by migration
        ends(
                world.chance().happens(world.faults().lost() / 2)
                        ? "the connection was lost after the guest had gone"
                        : null);
    }
}
