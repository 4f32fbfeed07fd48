package dev.unkai.node.link;

import dev.unkai.node.image.ImageSource;
import dev.unkai.wire.node.ImageChunk;
import dev.unkai.wire.node.ImageRequest;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Iterator;

/** Fetches base images from the cloud. */
public final class CloudImages implements ImageSource {
    private final ManagedChannel channel;

    public CloudImages(ManagedChannel channel) {
        this.channel = channel;
    }

    @Override
    public void fetch(String imageId, Sink sink) throws IOException {
        try {
            Iterator<ImageChunk> chunks = NodeLinkGrpc.newBlockingStub(channel)
                    .fetchImage(ImageRequest.newBuilder().setImageId(imageId).build());
            while (chunks.hasNext()) {
                sink.accept(chunks.next().getData().toByteArray());
            }
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                throw new IOException("The image " + imageId + " does not exist any more. Choose another image.", e);
            }
            throw new IOException("the cloud did not send it (" + e.getStatus().getCode() + ")", e);
        }
    }
}
