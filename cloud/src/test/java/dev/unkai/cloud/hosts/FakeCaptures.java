package dev.unkai.cloud.hosts;

import com.google.protobuf.ByteString;
import dev.unkai.wire.node.Capture;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import dev.unkai.wire.node.EvidenceCapture;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Images of disks and evidence as a host for tests brings them. */
final class FakeCaptures {
    private final Supplier<@Nullable ManagedChannel> channel;
    private final Executor thread;
    private final Set<String> sent = new HashSet<>();
    private byte[] content = new byte[0];
    private String fault = "";

    /** @param thread where all of this runs */
    FakeCaptures(Supplier<@Nullable ManagedChannel> channel, Executor thread) {
        this.channel = channel;
        this.thread = thread;
    }

    /** What is brought from now on; nothing: it stays away. */
    void content(byte[] now) {
        content = now;
    }

    /** Why nothing can be brought; empty: it can. */
    void refuse(String sentence) {
        fault = sentence;
    }

    /** Brings what is wanted of the guest and was not brought yet. */
    void bring(Guest guest) {
        List<String> wanted = Stream.concat(
                        guest.getCapturesList().stream().map(Capture::getId),
                        guest.getEvidenceList().stream().map(EvidenceCapture::getId))
                .toList();
        for (String id : wanted) {
            ManagedChannel now = channel.get();
            if (now == null || content.length == 0 && fault.isEmpty() || !sent.add(id)) {
                continue;
            }
            StreamObserver<CaptureChunk> out = NodeLinkGrpc.newStub(now)
                    .storeCapture(new StreamObserver<CaptureStored>() {
                        @Override
                        public void onNext(CaptureStored stored) {}

                        @Override
                        public void onError(Throwable cause) {
                            thread.execute(() -> sent.remove(id));
                        }

                        @Override
                        public void onCompleted() {}
                    });
            out.onNext(CaptureChunk.newBuilder()
                    .setCaptureId(id)
                    .setSize(content.length)
                    .setFault(fault)
                    .build());
            for (int at = 0; at < content.length; at += 1 << 16) {
                out.onNext(CaptureChunk.newBuilder()
                        .setData(ByteString.copyFrom(content, at, Math.min(1 << 16, content.length - at)))
                        .build());
            }
            out.onCompleted();
        }
    }
}
