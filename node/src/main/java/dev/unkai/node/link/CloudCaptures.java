package dev.unkai.node.link;

import com.google.protobuf.UnsafeByteOperations;
import dev.unkai.node.guest.GuestCaptures.CaptureStore;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Brings images of guests' disks to the cloud, as fast as it takes them and no faster. */
public final class CloudCaptures implements CaptureStore {
    private static final int CHUNK = 512 << 10;

    private final ManagedChannel channel;

    public CloudCaptures(ManagedChannel channel) {
        this.channel = channel;
    }

    @Override
    public void store(String captureId, Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            Call call = new Call();
            try {
                call.send(CaptureChunk.newBuilder()
                        .setCaptureId(captureId)
                        .setSize(Files.size(file))
                        .build());
                for (byte[] chunk = bytes.readNBytes(CHUNK); chunk.length > 0; chunk = bytes.readNBytes(CHUNK)) {
                    call.send(CaptureChunk.newBuilder()
                            .setData(UnsafeByteOperations.unsafeWrap(chunk))
                            .build());
                }
                call.end();
            } finally {
                call.giveUp();
            }
        }
    }

    @Override
    public void refuse(String captureId, String sentence) throws IOException {
        Call call = new Call();
        try {
            call.send(CaptureChunk.newBuilder()
                    .setCaptureId(captureId)
                    .setFault(sentence)
                    .build());
            call.end();
        } finally {
            call.giveUp();
        }
    }

    private final class Call implements ClientResponseObserver<CaptureChunk, CaptureStored> {
        private final Semaphore ready = new Semaphore(0);
        private final CompletableFuture<Boolean> stored = new CompletableFuture<>();
        private final ClientCallStreamObserver<CaptureChunk> out;

        Call() {
            // the stub hands back the observer that beforeStart was given
            out = (ClientCallStreamObserver<CaptureChunk>)
                    NodeLinkGrpc.newStub(channel).storeCapture(this);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<CaptureChunk> stream) {
            stream.setOnReadyHandler(ready::release);
        }

        void send(CaptureChunk chunk) throws IOException {
            try {
                while (!out.isReady() && !stored.isDone()) {
                    ready.tryAcquire(1, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            if (stored.isDone()) {
                end(); // the cloud ended the call: throws why, or it has all it wants
                return;
            }
            out.onNext(chunk);
        }

        void end() throws IOException {
            if (!stored.isDone()) {
                out.onCompleted();
            }
            try {
                stored.get();
            } catch (ExecutionException e) {
                Status status = Status.fromThrowable(e.getCause());
                throw new IOException(
                        "the cloud did not take it (" + status.getCode() + " " + status.getDescription() + ")", e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        void giveUp() {
            if (!stored.isDone()) {
                out.cancel("not wanted any more", null);
            }
        }

        private static IOException interrupted(InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IOException("interrupted", e);
        }

        @Override
        public void onNext(CaptureStored answer) {
            stored.complete(true);
        }

        @Override
        public void onError(Throwable failure) {
            stored.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            stored.complete(true);
        }
    }
}
