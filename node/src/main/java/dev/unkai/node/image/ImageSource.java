package dev.unkai.node.image;

import java.io.IOException;

/** Port to where base images come from. */
@FunctionalInterface
public interface ImageSource {
    /** Gives all bytes of an image to {@code sink}, in order. Throws when they do not all come. */
    void fetch(String imageId, Sink sink) throws IOException;

    /** Takes the bytes. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] bytes) throws IOException;
    }
}
