package dev.unkai.cloud.hosts.console;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects a console log until the host has sent all of it. */
final class LogRelay implements Relay {
    private static final int LARGEST = 1 << 20;

    private final UUID session;
    private final UUID host;
    private final ByteString.Output bytes = ByteString.newOutput();
    private final CompletableFuture<String> text = new CompletableFuture<>();

    LogRelay(UUID session, UUID host) {
        this.session = session;
        this.host = host;
    }

    /** The log; empty when the host has not sent it in time. */
    Optional<String> await(Duration patience) throws InterruptedException {
        try {
            return Optional.of(text.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        }
    }

    @Override
    public UUID session() {
        return session;
    }

    @Override
    public UUID host() {
        return host;
    }

    @Override
    public void attached(ConsoleCall call) {}

    @Override
    public void received(ByteString more) {
        if (bytes.size() + more.size() <= LARGEST) {
            bytes.write(more.toByteArray(), 0, more.size());
        }
    }

    @Override
    public void ended(String fault) {
        // A guest that has written nothing yet has an empty log: that is no fault of the request.
        text.complete(bytes.toByteString().toString(StandardCharsets.UTF_8));
    }
}
