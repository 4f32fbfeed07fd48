package dev.unkai.simulation;

import com.google.protobuf.UnsafeByteOperations;
import dev.unkai.node.guest.GuestCaptures.CaptureStore;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings images of disks to one of the cloud processes; the call may break off in its middle, and its answer get lost. */
final class SimulatedCaptures implements CaptureStore {
    private static final long ANSWER_MILLIS = 30_000;

    private final World world;
    private final SimulatedHost host;
    private final Life life;

    SimulatedCaptures(World world, SimulatedHost host, Life life) {
        this.world = world;
        this.host = host;
        this.life = life;
    }

    @Override
    public void store(String captureId, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        call(List.of(
                CaptureChunk.newBuilder()
                        .setCaptureId(captureId)
                        .setSize(bytes.length)
                        .build(),
                CaptureChunk.newBuilder()
                        .setData(UnsafeByteOperations.unsafeWrap(bytes))
                        .build()));
    }

    @Override
    public void refuse(String captureId, String sentence) throws IOException {
        call(List.of(CaptureChunk.newBuilder()
                .setCaptureId(captureId)
                .setFault(sentence)
                .build()));
    }

    private void call(List<CaptureChunk> chunks) throws IOException {
        List<CloudProcess> alive = world.alive();
        if (alive.isEmpty() || host.isCutOff()) {
            throw new IOException("the cloud cannot be reached (by the simulation)");
        }
        CloudProcess process = world.chance().of(alive);
        Answer answer = new Answer(SimulatedThreads.pause());
        boolean breaks = world.chance().happens(world.faults().lost());
        String what = process.life() + " is brought an image by " + host;
        world.agenda().in(1 + world.chance().around(2), process.life(), what, () -> {
            StreamObserver<CaptureChunk> in = process.capture(host.id(), answer);
            try {
                chunks.forEach(in::onNext);
                if (breaks) {
                    answer.cancelled();
                    in.onError(new IOException("broken off (by the simulation)"));
                } else {
                    in.onCompleted();
                }
            } catch (RuntimeException e) { // as gRPC does: the call is over for both ends
                world.trace().add(world.agenda().now(), "  " + process.life() + " failed: " + e);
                answer.cancelled();
                in.onError(e);
                answer.onError(e);
            }
        });
        world.agenda().in(ANSWER_MILLIS, life, life + " waits no longer for an image to be stored", answer.pause::end);
        answer.pause.await();
        if (answer.failure != null) {
            throw new IOException("the cloud did not take it: " + answer.failure);
        }
        if (!answer.stored) {
            throw new IOException("no answer came (by the simulation)");
        }
    }

    private final class Answer extends SimulatedCall<CaptureStored> {
        private final SimulatedThreads.Pause pause;
        private boolean stored;
        private @Nullable String failure;

        Answer(SimulatedThreads.Pause pause) {
            this.pause = pause;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onNext(CaptureStored answer) {
            stored = true;
        }

        @Override
        public void onError(Throwable met) {
            failure = met.getMessage();
            onCompleted();
        }

        @Override
        public void onCompleted() {
            if (!world.chance().happens(world.faults().lost())) {
                world.agenda().in(1 + world.chance().around(2), life, pause.name(), pause::end);
            } else {
                stored = false;
            }
        }
    }
}
