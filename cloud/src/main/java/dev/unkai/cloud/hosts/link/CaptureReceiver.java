package dev.unkai.cloud.hosts.link;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.CaptureObserver;
import dev.unkai.cloud.hosts.Captures;
import dev.unkai.cloud.hosts.Captures.Capture;
import dev.unkai.cloud.hosts.EvidenceCaptures;
import dev.unkai.cloud.hosts.EvidenceSink;
import dev.unkai.cloud.image.Snapshots;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes images of guests' disks from hosts, and what they secure as evidence. An upload that breaks off leaves the capture in the plan, and the host brings it again; what
 * can never succeed ends the capture with its reason.
 */
@Component
class CaptureReceiver {
    private static final Logger log = LoggerFactory.getLogger(CaptureReceiver.class);

    private final Transactions transactions;
    private final Captures captures;
    private final Snapshots snapshots;
    private final CaptureObserver observer;
    private final EvidenceCaptures evidence;
    private final EvidenceSink sink;
    private final CaptureThreads threads;

    CaptureReceiver(
            Transactions transactions,
            Captures captures,
            Snapshots snapshots,
            CaptureObserver observer,
            EvidenceCaptures evidence,
            EvidenceSink sink,
            CaptureThreads threads) {
        this.transactions = transactions;
        this.captures = captures;
        this.snapshots = snapshots;
        this.observer = observer;
        this.evidence = evidence;
        this.sink = sink;
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
                secure(chunk);
            } else if (!chunk.getFault().isEmpty()) {
                observer.captured(capture.get().id(), chunk.getFault());
                done();
            } else {
                begin(capture.get(), chunk.getSize());
            }
        }

        private void begin(Capture capture, long size) {
            begin(open -> store(capture, open, size));
        }

        private void begin(Consumer<ChunkStream> work) {
            ChunkStream open = new ChunkStream(() -> answer.request(1));
            bytes = open;
            threads.execute(() -> work.accept(open));
            answer.request(1);
        }

        private void secure(CaptureChunk chunk) {
            Optional<UUID> wanted =
                    id(chunk.getCaptureId()).flatMap(id -> transactions.asSystem(db -> evidence.wanted(db, host, id)));
            if (wanted.isEmpty()) {
                done(); // given up meanwhile: the node may forget it
            } else if (!chunk.getFault().isEmpty()) {
                sink.refused(wanted.get(), chunk.getFault());
                done();
            } else {
                begin(open -> secure(wanted.get(), open, chunk.getSize()));
            }
        }

        private void secure(UUID wanted, ChunkStream open, long size) {
            try {
                sink.store(wanted, open, size);
                done();
            } catch (RuntimeException e) { // the node brings it again
                log.warn("Evidence {} could not be stored yet: {}", wanted, e.getMessage());
                fail(Status.UNAVAILABLE.withDescription("The evidence cannot be stored right now."));
            }
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
            return id(id).flatMap(capture -> transactions.asSystem(db -> captures.at(db, host, capture)));
        }

        private static Optional<UUID> id(String text) {
            try {
                return Optional.of(UUID.fromString(text));
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
