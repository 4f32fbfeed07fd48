package dev.unkai.cloud.hosts.link;

import com.google.protobuf.UnsafeByteOperations;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.image.Images;
import dev.unkai.wire.node.ImageChunk;
import dev.unkai.wire.node.ImageRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends an image to a host, as fast as the host takes it and no faster; only images that guests of that host boot from or that it is to have ahead. */
@Component
class ImageSender {
    private static final Logger log = LoggerFactory.getLogger(ImageSender.class);
    private static final int CHUNK = 512 << 10;

    private final Transactions transactions;
    private final Images images;

    ImageSender(Transactions transactions, Images images) {
        this.transactions = transactions;
        this.images = images;
    }

    void send(UUID host, ImageRequest request, ServerCallStreamObserver<ImageChunk> out) {
        Semaphore ready = new Semaphore(0);
        out.setOnReadyThreshold(2 * CHUNK);
        out.setOnReadyHandler(ready::release);
        out.setOnCancelHandler(ready::release);
        // A thread of its own: the call's thread has to be free to say that the host is ready for more.
        Thread.ofVirtual().name("image-" + request.getImageId()).start(() -> answer(host, request, out, ready));
    }

    private void answer(UUID host, ImageRequest request, ServerCallStreamObserver<ImageChunk> out, Semaphore ready) {
        try {
            UUID image = UUID.fromString(request.getImageId());
            if (!isWanted(host, image)) {
                out.onError(Status.PERMISSION_DENIED
                        .withDescription("No guest of this host boots from image " + image + ".")
                        .asRuntimeException());
                return;
            }
            try (InputStream bytes = images.open(image, request.getOffset())) {
                copy(bytes, out, ready);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.warn("Image {} could not be sent to host {}: {}", request.getImageId(), host, e.getMessage());
            if (!out.isCancelled()) {
                out.onError(Status.UNAVAILABLE
                        .withDescription("The image cannot be read right now: " + e.getMessage())
                        .asRuntimeException());
            }
        }
    }

    private static void copy(InputStream bytes, ServerCallStreamObserver<ImageChunk> out, Semaphore ready)
            throws IOException, InterruptedException {
        while (true) {
            byte[] chunk = bytes.readNBytes(CHUNK);
            while (!out.isReady() && !out.isCancelled()) {
                ready.tryAcquire(1, TimeUnit.SECONDS);
            }
            if (out.isCancelled()) {
                return;
            }
            if (chunk.length == 0) {
                out.onCompleted();
                return;
            }
            out.onNext(ImageChunk.newBuilder()
                    .setData(UnsafeByteOperations.unsafeWrap(chunk))
                    .build());
        }
    }

    private boolean isWanted(UUID host, UUID image) {
        return transactions.asSystem(db -> db.sql("""
                                select exists (select 1 from guest where host_id = :host and :image in (image_id, rescue_image_id) and not removing)
                                    or exists (select 1 from image_ahead where host_id = :host and image_id = :image)
                                """)
                .param("host", host)
                .param("image", image)
                .query(Boolean.class)
                .single());
    }
}
