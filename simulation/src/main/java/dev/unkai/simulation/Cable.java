package dev.unkai.simulation;

import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stream between a node and a cloud process. Each direction keeps its order, as TCP does; the two ends learn of its
 * end at different times, and until then what was sent before may still arrive, also after the node has attached anew
 * elsewhere.
 */
final class Cable {
    /** A peer that is silent for so long is given up (keep-alive of 10 s, answer within 5 s). */
    private static final long KEEP_ALIVE_MILLIS = 15_000;

    private final World world;
    private final SimulatedHost host;
    private final Life node;
    private final ClientCall.Listener<HostPlan> listener;
    private @Nullable CloudProcess cloud;
    private @Nullable StreamObserver<NodeMessage> ears;
    private final Down down = new Down();
    private boolean nodeEnded;
    private boolean cloudEnded;
    private boolean broken;
    private long lastUp;
    private long lastDown;

    Cable(World world, SimulatedHost host, Life node, ClientCall.Listener<HostPlan> listener) {
        this.world = world;
        this.host = host;
        this.node = node;
        this.listener = listener;
    }

    SimulatedHost host() {
        return host;
    }

    boolean ends(Life life) {
        return node == life || cloud != null && cloud.life() == life;
    }

    boolean isUnplugged() {
        return broken || nodeEnded && cloudEnded;
    }

    void plugInto(CloudProcess process) {
        cloud = process;
        atCloud("attaches to " + process.life(), () -> ears = process.attach(host.id(), down));
    }

    /** The node says something. */
    void up(NodeMessage message) {
        if (nodeEnded || broken || cloud == null || message.hasHello() == false && isLost()) {
            return;
        }
        Runnable heard = () -> {
            if (ears != null && !cloudEnded) {
                ears.onNext(message);
            }
        };
        String what = Words.of(message);
        atCloud(what, heard);
        if (!message.hasHello() && world.chance().happens(world.faults().doubled())) {
            atCloud(what + " (again)", heard);
        }
    }

    private boolean isLost() {
        return world.chance().happens(world.faults().lost());
    }

    private long delay() {
        return world.chance().happens(world.faults().late())
                ? world.chance().around(4_000)
                : 1 + world.chance().around(2);
    }

    private void atCloud(String what, Runnable work) {
        long at = Math.max(lastUp, Math.max(host.heardFrom(), world.agenda().now() + delay()));
        lastUp = at;
        world.agenda()
                .in(
                        at - world.agenda().now(),
                        Objects.requireNonNull(cloud).life(),
                        cloud.life() + " hears " + host + ": " + what,
                        work);
    }

    private void atNode(String what, Runnable work) {
        long at = Math.max(lastDown, Math.max(host.heardFrom(), world.agenda().now() + delay()));
        lastDown = at;
        world.agenda().in(at - world.agenda().now(), node, host + " " + what, work);
    }

    private void nodeEnds(long after, Status status) {
        world.agenda().in(after, node, host + " loses its stream", () -> {
            if (!nodeEnded) {
                nodeEnded = true;
                listener.onClose(status, new Metadata());
            }
        });
    }

    private void cloudEnds(long after) {
        CloudProcess process = cloud;
        if (process == null) {
            return;
        }
        world.agenda().in(after, process.life(), process.life() + " loses the stream of " + host, () -> {
            if (!cloudEnded) {
                cloudEnded = true;
                down.cancelled();
                if (ears != null) {
                    ears.onError(Status.CANCELLED.asRuntimeException());
                }
            }
        });
    }

    /** Both ends learn of it before long, each at its own time. */
    void breaks() {
        if (!broken) {
            broken = true;
            nodeEnds(world.chance().around(50), Status.UNAVAILABLE);
            cloudEnds(world.chance().around(200));
        }
    }

    /** Nobody says anything any more; the ends find out by keep-alive. */
    void fallSilent() {
        if (!broken) {
            broken = true;
            nodeEnds(KEEP_ALIVE_MILLIS / 2 + world.chance().around(KEEP_ALIVE_MILLIS / 4), Status.UNAVAILABLE);
            cloudEnds(KEEP_ALIVE_MILLIS / 2 + world.chance().around(KEEP_ALIVE_MILLIS / 4));
        }
    }

    /** The cloud's end. */
    private final class Down extends SimulatedCall<HostPlan> {
        @Override
        public void onNext(HostPlan plan) {
            if (broken || cloudEnded || isLost()) {
                return;
            }
            Runnable heard = () -> {
                if (!nodeEnded) {
                    listener.onMessage(plan);
                }
            };
            atNode("gets " + Words.of(plan), heard);
            if (world.chance().happens(world.faults().doubled())) {
                atNode("gets " + Words.of(plan) + " (again)", heard);
            }
        }

        @Override
        public void onError(Throwable failure) {
            cloudEnded = true;
            Status status = Status.fromThrowable(failure);
            atNode("is let go: " + status.getCode(), () -> nodeEnds(0, status));
        }

        @Override
        public void onCompleted() {
            onError(Status.UNAVAILABLE.asRuntimeException());
        }

        @Override
        public boolean isCancelled() {
            return cloudEnded;
        }
    }
}
