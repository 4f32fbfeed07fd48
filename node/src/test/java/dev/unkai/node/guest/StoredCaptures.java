package dev.unkai.node.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The cloud's end of captures, in memory. */
final class StoredCaptures implements GuestCaptures.CaptureStore {
    final Map<String, Long> sizes = new ConcurrentHashMap<>();
    final Map<String, String> refused = new ConcurrentHashMap<>();

    /** Closed while the cloud takes nothing. */
    volatile CountDownLatch open = new CountDownLatch(0);

    @Override
    public void store(String captureId, Path file) throws IOException {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        sizes.put(captureId, Files.size(file));
    }

    @Override
    public void refuse(String captureId, String sentence) {
        refused.put(captureId, sentence);
    }
}
