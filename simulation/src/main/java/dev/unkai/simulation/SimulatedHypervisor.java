package dev.unkai.simulation;

import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.RunningGuest;
import dev.unkai.node.hypervisor.StopCause;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The domains that run on one host, whatever becomes of its node process: what is true, not what is reported. */
final class SimulatedHypervisor {
    private final World world;
    private final SimulatedHost host;
    private final Map<UUID, RunningGuest> domains = new TreeMap<>();
    private final Map<UUID, LiveMigration> leaving = new TreeMap<>();
    private final Map<UUID, LiveMigration> coming = new TreeMap<>();
    private final Set<UUID> shuttingDown = new HashSet<>();
    private Hypervisor.@Nullable Listener listener;
    private @Nullable Life listening;
    private long downUntil;

    SimulatedHypervisor(World world, SimulatedHost host) {
        this.world = world;
        this.host = host;
    }

    SimulatedHost host() {
        return host;
    }

    List<RunningGuest> domains() {
        return List.copyOf(domains.values());
    }

    Optional<RunningGuest> domain(UUID guest) {
        return Optional.ofNullable(domains.get(guest));
    }

    /** Whether the guest's processors run here. */
    boolean runs(UUID guest) {
        RunningGuest domain = domains.get(guest);
        return domain != null && !domain.halted();
    }

    /** Nothing answers for a while. */
    void goDown(long millis) {
        downUntil = world.agenda().now() + millis;
    }

    boolean isDown() {
        return world.agenda().now() < downUntil;
    }

    /** The host loses its power: nobody is told. */
    void powerLoss() {
        domains.clear();
        shuttingDown.clear();
        List.copyOf(leaving.values()).forEach(each -> each.breaks("the source lost its power"));
        List.copyOf(coming.values()).forEach(each -> each.breaks("the target lost its power"));
    }

    /** A domain is there from now on; one that is not halted begins to run. */
    void put(RunningGuest domain) {
        if (!domain.halted()) {
            world.starts(domain.id(), host);
        }
        domains.put(domain.id(), domain);
    }

    /** The guest ends; the node is told. */
    void end(UUID guest, StopCause cause) {
        if (domains.remove(guest) == null) {
            return;
        }
        shuttingDown.remove(guest);
        LiveMigration on = leaving.get(guest);
        if (on != null) {
            on.breaks("the guest ended");
        }
        LiveMigration arriving = coming.get(guest);
        if (arriving != null) {
            arriving.breaks("the guest was ended at the target");
        }
        tell("sees " + Words.of(guest) + " end: " + cause, told -> told.stopped(guest, cause));
    }

    void replug(RunningGuest domain, Set<String> ports) {
        domains.put(domain.id(), new RunningGuest(domain.id(), domain.boot(), domain.halted(), Set.copyOf(ports)));
    }

    void halt(UUID guest) {
        RunningGuest domain = domains.get(guest);
        if (domain != null) {
            domains.put(guest, new RunningGuest(guest, domain.boot(), true, domain.ports()));
            tell("sees " + Words.of(guest) + " halt", told -> told.changed(guest));
        }
    }

    /** Presses the power button of a guest that hears it now and then. */
    void shutDown(UUID guest) {
        RunningGuest domain = domains.get(guest);
        if (domain == null || domain.halted() || !world.chance().happens(0.7) || !shuttingDown.add(guest)) {
            return;
        }
        world.agenda().in(world.chance().around(3_000), Life.WORLD, Words.of(guest) + " shuts down", () -> {
            RunningGuest now = domains.get(guest);
            if (shuttingDown.remove(guest) && now != null && now.boot() == domain.boot()) {
                end(guest, StopCause.GUEST);
            }
        });
    }

    private interface Tale {
        void tell(Hypervisor.Listener listener);
    }

    private void tell(String what, Tale tale) {
        Hypervisor.Listener told = listener;
        Life by = listening;
        if (told != null && by != null) {
            world.agenda().in(world.chance().around(20), by, host + " " + what, () -> tale.tell(told));
        }
    }

    /** Events go to this life of the node from now on. */
    void tell(Life life, Hypervisor.Listener who) {
        listener = who;
        listening = life;
    }

    /** The guests that are on their way to another host. */
    Map<UUID, LiveMigration> leaving() {
        return leaving;
    }

    /** The guests that are being brought here and are not whole yet. */
    Map<UUID, LiveMigration> coming() {
        return coming;
    }

    /** The guests that have a domain here. */
    Set<UUID> guests() {
        return new TreeSet<>(domains.keySet());
    }
}
