package dev.unkai.cloud.hosts.console;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects what a host answers, such as a console log, until it has sent all of it. */
final class AnswerRelay implements Relay {
    private static final int LARGEST = 1 << 20;

    private final UUID session;
    private final UUID host;
    private final ByteString.Output bytes = ByteString.newOutput();
    private final CompletableFuture<ByteString> answer = new CompletableFuture<>();

    AnswerRelay(UUID session, UUID host) {
        this.session = session;
        this.host = host;
    }

    /** The answer; empty when the host has not sent it in time. */
    Optional<ByteString> await(Duration patience) throws InterruptedException {
        try {
            return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
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
        answer.complete(bytes.toByteString());
    }
}
