package dev.unkai.cloud.hosts.link;

import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.springframework.context.support.GenericApplicationContext;

/** The simulation's way to the service that hosts attach to, without the network and the certificates before it. */
public final class HostDoor {
    private HostDoor() {}

    /** Parts that listen on the network or make threads, which the simulation does itself. */
    public static boolean replaces(Class<?> part) {
        return part == NodeServer.class || part == PlanThreads.class;
    }

    /** Plans are read and sent by {@code work}. */
    public static void register(GenericApplicationContext context, Executor work) {
        context.registerBean(PlanThreads.class, () -> new PlanThreads() {
            @Override
            public void execute(Runnable task) {
                work.execute(task);
            }
        });
    }

    /** A host opens its stream: plans go to {@code down}, what it says is given to the answer. */
    public static StreamObserver<NodeMessage> attach(
            GenericApplicationContext context, UUID host, ServerCallStreamObserver<HostPlan> down) {
        NodeLinkService service = context.getBean(NodeLinkService.class);
        try {
            return PeerHost.callOf(host).call(() -> service.attach(down));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
