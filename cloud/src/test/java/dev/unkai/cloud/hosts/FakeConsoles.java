package dev.unkai.cloud.hosts;

import com.google.protobuf.ByteString;
import dev.unkai.wire.node.ConsoleBytes;
import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Consoles, logs and counters as a host for tests has them: what is typed comes back. */
final class FakeConsoles {
    private final Executor thread;
    private final Set<String> open = new HashSet<>();
    private final List<byte[]> typed = new ArrayList<>();
    private @Nullable GuestCounters counters;

    /** @param thread where all of this runs */
    FakeConsoles(Executor thread) {
        this.thread = thread;
    }

    /** What is answered to who asks for a guest's counters; null: this version does not know the question. */
    void counters(@Nullable GuestCounters now) {
        counters = now;
    }

    List<byte[]> typed() {
        return List.copyOf(typed);
    }

    /** The connection was lost, and they with it. */
    void forget() {
        open.clear();
    }

    /** Opens it, if it is not open. */
    void open(ManagedChannel channel, ConsoleSession session) {
        if (!open.add(session.getId())) {
            return;
        }
        StreamObserver<ConsoleBytes>[] out = newArray();
        out[0] = NodeLinkGrpc.newStub(channel).console(new StreamObserver<>() {
            @Override
            public void onNext(ConsoleBytes bytes) {
                thread.execute(() -> typed.add(bytes.getData().toByteArray()));
                out[0].onNext(ConsoleBytes.newBuilder().setData(bytes.getData()).build());
            }

            @Override
            public void onError(Throwable cause) {}

            @Override
            public void onCompleted() {
                if (session.getKind() != ConsoleKind.LOG && session.getKind() != ConsoleKind.COUNTERS) {
                    out[0].onCompleted();
                }
            }
        });
        ConsoleBytes.Builder first = ConsoleBytes.newBuilder().setSessionId(session.getId());
        if (session.getKind() == ConsoleKind.COUNTERS) {
            GuestCounters known = counters;
            out[0].onNext(
                    known == null
                            ? first.setFault("This kind of console is not known.")
                                    .build()
                            : first.setData(known.toByteString()).build());
            out[0].onCompleted();
        } else if (session.getKind() == ConsoleKind.LOG) {
            out[0].onNext(first.setData(ByteString.copyFromUtf8("the last " + session.getLogLines() + " lines\n"))
                    .build());
            out[0].onCompleted();
        } else {
            out[0].onNext(
                    first.setData(ByteString.copyFromUtf8("RFB 003.008\n")).build());
        }
    }

    @SuppressWarnings("unchecked")
    private static StreamObserver<ConsoleBytes>[] newArray() {
        return new StreamObserver[1];
    }
}
