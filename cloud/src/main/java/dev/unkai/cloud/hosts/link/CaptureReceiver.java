package dev.unkai.cloud.hosts.link;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.CaptureObserver;
import dev.unkai.cloud.hosts.Captures;
import dev.unkai.cloud.hosts.Captures.Capture;
import dev.unkai.cloud.image.Snapshots;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes images of guests' disks from hosts. An upload that breaks off leaves the capture in the plan, and the host brings it again; what
 * can never succeed ends the capture with its reason.
 */
@Component
class CaptureReceiver {
    private static final Logger log = LoggerFactory.getLogger(CaptureReceiver.class);

    private final Transactions transactions;
    private final Captures captures;
    private final Snapshots snapshots;
    private final CaptureObserver observer;
    private final CaptureThreads threads;

    CaptureReceiver(
            Transactions transactions,
            Captures captures,
            Snapshots snapshots,
            CaptureObserver observer,
            CaptureThreads threads) {
        this.transactions = transactions;
        this.captures = captures;
        this.snapshots = snapshots;
        this.observer = observer;
        this.threads = threads;
    }

    StreamObserver<CaptureChunk> receive(UUID host, ServerCallStreamObserver<CaptureStored> answer) {
        return new Call(host, answer);
    }

    private final class Call implements StreamObserver<CaptureChunk> {
        private final UUID host;
        private final ServerCallStreamObserver<CaptureStored> answer;
        private @Nullable ChunkStream bytes;
        private boolean answered;

        Call(UUID host, ServerCallStreamObserver<CaptureStored> answer) {
            this.host = host;
            this.answer = answer;
            answer.disableAutoRequest();
            answer.setOnCancelHandler(this::brokenOff);
            answer.request(1);
        }

        @Override
        public void onNext(CaptureChunk chunk) {
            ChunkStream open = bytes;
            if (open != null) {
                open.add(chunk.getData());
                return;
            }
            Optional<Capture> capture = wanted(chunk.getCaptureId());
            if (capture.isEmpty()) {
                done(); // given up meanwhile: the node may forget it
            } else if (!chunk.getFault().isEmpty()) {
                observer.captured(capture.get().id(), chunk.getFault());
                done();
            } else {
                begin(capture.get(), chunk.getSize());
            }
        }

        private void begin(Capture capture, long size) {
            ChunkStream open = new ChunkStream(() -> answer.request(1));
            bytes = open;
            threads.execute(() -> store(capture, open, size));
            answer.request(1);
        }

        private void store(Capture capture, ChunkStream open, long size) {
            try {
                observer.storing(capture.id());
                snapshots.store(capture.imageId(), open, size);
                observer.captured(capture.id(), "");
                done();
            } catch (Refusal refusal) {
                if (isPassing(refusal) || open.isBroken()) {
                    fail(Status.UNAVAILABLE.withDescription(refusal.sentence()));
                } else {
                    observer.captured(capture.id(), refusal.sentence());
                    done();
                }
            } catch (RuntimeException e) { // the node brings it again
                log.warn("Image {} could not be stored yet: {}", capture.imageId(), e.getMessage());
                fail(Status.UNAVAILABLE.withDescription("The image cannot be stored right now."));
            }
        }

        /** An earlier upload that has not been given up yet: it will be. */
        private static boolean isPassing(Refusal refusal) {
            return refusal.kind() == Refusal.Kind.CONFLICT;
        }

        private Optional<Capture> wanted(String id) {
            try {
                UUID capture = UUID.fromString(id);
                return transactions.asSystem(db -> captures.at(db, host, capture));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private synchronized void done() {
            if (!answered && !answer.isCancelled()) {
                answered = true;
                answer.onNext(CaptureStored.getDefaultInstance());
                answer.onCompleted();
            }
        }

        private synchronized void fail(Status status) {
            if (!answered && !answer.isCancelled()) {
                answered = true;
                answer.onError(status.asRuntimeException());
            }
        }

        @Override
        public void onCompleted() {
            ChunkStream open = bytes;
            if (open != null) {
                open.end();
            }
        }

        @Override
        public void onError(Throwable cause) {
            brokenOff();
        }

        private void brokenOff() {
            ChunkStream open = bytes;
            if (open != null) {
                open.breakOff();
            }
        }
    }
}
