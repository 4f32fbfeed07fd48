package dev.unkai.node.firewall;

import dev.unkai.wire.node.FirewallLogPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the firewall's log to the cloud, part by part. The cloud keeps the position, in the transaction that stores a part; so this side has
 * nothing to remember, and whoever dies when, no line is lost and none is stored twice.
 */
public final class FirewallLog {
    private static final Logger log = LoggerFactory.getLogger(FirewallLog.class);
    private static final int EVERY_MILLIS = 1000;

    /** Of one look at the file: a flood reaches the cloud as a stream, not as a wave. */
    private static final int MOST_PARTS = 4;

    private static final int ROTATE_AT_BYTES = 4 * 1024 * 1024;

    /** While the cloud is away the log may grow to this, twice; then the older half goes. */
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    /** Makes the writer of the log begin a new file after its old one was renamed. */
    @FunctionalInterface
    public interface Reopen {
        void reopen() throws IOException;
    }

    private final Path file;
    private final Path before;
    private final Optional<Reopen> reopen;
    private final ToLongFunction<FirewallLogPart> cloud;
    private final int rotateAt;
    private final Map<String, Long> positions = new HashMap<>();

    /**
     * @param reopen absent when somebody else rotates the file
     * @param cloud takes a part and says where the next one begins; throws while it cannot
     */
    public FirewallLog(Path file, Optional<Reopen> reopen, ToLongFunction<FirewallLogPart> cloud) {
        this(file, reopen, cloud, ROTATE_AT_BYTES);
    }

    FirewallLog(Path file, Optional<Reopen> reopen, ToLongFunction<FirewallLogPart> cloud, int rotateAt) {
        this.rotateAt = rotateAt;
        this.file = file;
        this.before = file.resolveSibling(file.getFileName() + ".1");
        this.reopen = reopen;
        this.cloud = cloud;
    }

    /** @param worker a single thread */
    public void start(ScheduledExecutorService worker) {
        worker.scheduleWithFixedDelay(this::stepQuietly, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void stepQuietly() {
        try {
            step();
        } catch (IOException | RuntimeException | Error e) {
            log.debug("The firewall's log goes on in a moment: {}", e.getMessage());
        }
    }

    /** Sends what is new, the older file first, and begins a new file when this one is long enough. */
    void step() throws IOException {
        try {
            if (drained(before) && drained(file)) {
                rotate(rotateAt);
            }
        } finally {
            rotate(MOST_BYTES);
        }
    }

    private boolean drained(Path path) throws IOException {
        if (!Files.exists(path)) {
            return true;
        }
        Optional<String> found = FirewallLogFile.source(path);
        if (found.isEmpty()) {
            return true;
        }
        String source = found.get();
        Long known = positions.get(source);
        long position = known == null
                ? cloud.applyAsLong(
                        FirewallLogPart.newBuilder().setSource(source).build())
                : known;
        positions.put(source, position);
        for (int sent = 0; sent < MOST_PARTS; sent++) {
            Optional<FirewallLogPart> part = FirewallLogFile.part(path, source, position);
            if (part.isEmpty()) {
                return true;
            }
            positions.remove(source); // unknown until the cloud has said it
            position = cloud.applyAsLong(part.get());
            positions.put(source, position);
        }
        return false;
    }

    private void rotate(int longest) throws IOException {
        if (reopen.isPresent() && Files.exists(file) && Files.size(file) > longest) {
            Files.move(file, before, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            positions.clear();
            reopen.get().reopen();
        }
    }
}
