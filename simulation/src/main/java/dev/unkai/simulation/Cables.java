package dev.unkai.simulation;

import dev.unkai.wire.node.HostPlan;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;

/** The network between hosts and cloud processes. */
final class Cables {
    private final World world;
    private final List<Cable> cables = new ArrayList<>();

    Cables(World world) {
        this.world = world;
    }

    /** A node opens a stream to one of the processes that live; which one is chance. */
    Cable plug(SimulatedHost host, Life node, ClientCall.Listener<HostPlan> listener) {
        List<CloudProcess> alive = world.alive();
        Cable cable = new Cable(world, host, node, listener);
        if (alive.isEmpty() || host.isCutOff()) {
            long wait = host.isCutOff()
                    ? 2_000 + world.chance().around(2_000)
                    : world.chance().around(20);
            world.agenda()
                    .in(
                            wait,
                            node,
                            host + " cannot attach",
                            () -> listener.onClose(
                                    Status.UNAVAILABLE.withDescription("by the simulation"), new Metadata()));
            return cable;
        }
        cables.removeIf(Cable::isUnplugged);
        cables.add(cable);
        cable.plugInto(world.chance().of(alive));
        return cable;
    }

    /** A process is gone: its machine says so to whoever talks to it. */
    void died(Life life) {
        for (Cable cable : List.copyOf(cables)) {
            if (cable.ends(life)) {
                cable.breaks();
            }
        }
    }

    void cutOff(SimulatedHost host) {
        for (Cable cable : List.copyOf(cables)) {
            if (cable.host() == host) {
                cable.fallSilent();
            }
        }
    }

    /** One cable breaks by itself. */
    void breakOne() {
        cables.removeIf(Cable::isUnplugged);
        if (!cables.isEmpty()) {
            world.chance().of(cables).breaks();
        }
    }
}
