package dev.unkai.cloud.hosts.link;

import dev.unkai.cloud.hosts.EvidenceSink;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.springframework.context.support.GenericApplicationContext;

/** The simulation's way to the service that hosts attach to, without the network and the certificates before it. */
public final class HostDoor {
    private HostDoor() {}

    /** Parts that listen on the network or make threads, which the simulation does itself. */
    public static boolean replaces(Class<?> part) {
        return part == NodeServer.class || part == PlanThreads.class || part == CaptureThreads.class;
    }

    /** Plans are read and sent by {@code plans}, images of disks taken by {@code captures}. */
    public static void register(GenericApplicationContext context, Executor plans, Executor captures) {
        context.registerBean(PlanThreads.class, () -> new PlanThreads() {
            @Override
            public void execute(Runnable task) {
                plans.execute(task);
            }
        });
        context.registerBean(EvidenceSink.class, NoEvidence::new);
        context.registerBean(CaptureThreads.class, () -> new CaptureThreads() {
            @Override
            public void execute(Runnable task) {
                captures.execute(task);
            }
        });
    }

    /** A host opens its stream: plans go to {@code down}, what it says is given to the answer. */
    public static StreamObserver<NodeMessage> attach(
            GenericApplicationContext context, UUID host, ServerCallStreamObserver<HostPlan> down) {
        return as(host, () -> context.getBean(NodeLinkService.class).attach(down));
    }

    /** A host brings the image of a disk: chunks are given to the answer, whether they were stored is said to {@code stored}. */
    public static StreamObserver<CaptureChunk> capture(
            GenericApplicationContext context, UUID host, ServerCallStreamObserver<CaptureStored> stored) {
        return as(host, () -> context.getBean(NodeLinkService.class).storeCapture(stored));
    }

    private static <T> T as(UUID host, Callable<T> work) {
        try {
            return PeerHost.callOf(host).call(work::call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing simulated asks for evidence. */
    private static final class NoEvidence implements EvidenceSink {
        @Override
        public void store(UUID capture, InputStream data, long length) {
            throw new IllegalStateException("Nobody has asked for evidence");
        }

        @Override
        public void refused(UUID capture, String sentence) {
            throw new IllegalStateException("Nobody has asked for evidence");
        }
    }
}
