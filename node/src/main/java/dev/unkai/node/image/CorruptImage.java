package dev.unkai.node.image;

import java.io.IOException;

/** The bytes that came are not those that the checksum was made of. */
final class CorruptImage extends IOException {
    CorruptImage(String imageId) {
        super("The image " + imageId + " is corrupt: its checksum is not the one it was stored with. Upload it again.");
    }
}
