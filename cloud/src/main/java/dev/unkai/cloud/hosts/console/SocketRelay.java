package dev.unkai.cloud.hosts.console;

import com.google.protobuf.ByteString;
import dev.unkai.cloud.hosts.console.SessionRows.Session;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/** Moves bytes between a browser's websocket and the guest's console, in both directions at the slower end's pace. */
final class SocketRelay implements Relay {
    private static final Logger log = LoggerFactory.getLogger(SocketRelay.class);
    private static final int HOST_PATIENCE_SECONDS = 10;
    private static final CloseStatus NO_HOST = CloseStatus.SERVER_ERROR.withReason("The host does not answer.");

    private static final CloseStatus ENDED = CloseStatus.POLICY_VIOLATION.withReason("Your session has ended.");

    private final Session session;
    private final Place place;
    private final WebSocketSession browser;
    private final CompletableFuture<ConsoleCall> guest = new CompletableFuture<>();

    SocketRelay(Session session, Place place, WebSocketSession browser) {
        this.session = session;
        this.place = place;
        this.browser = browser;
    }

    @Override
    public UUID session() {
        return session.id();
    }

    @Override
    public UUID host() {
        return session.host();
    }

    Session of() {
        return session;
    }

    Place place() {
        return place;
    }

    /** Whoever looks may not any more. */
    void end() {
        close(ENDED);
        leave();
    }

    /** Closes the websocket when the host has not come in time. */
    void awaitHost() {
        var unused = guest.orTimeout(HOST_PATIENCE_SECONDS, TimeUnit.SECONDS).whenComplete((call, late) -> {
            if (late instanceof TimeoutException) {
                close(NO_HOST);
            }
        });
    }

    @Override
    public void attached(ConsoleCall call) {
        if (!guest.complete(call)) {
            call.close();
        }
    }

    @Override
    public void received(ByteString bytes) {
        try {
            browser.sendMessage(new BinaryMessage(bytes.asReadOnlyByteBuffer()));
        } catch (IOException | IllegalStateException e) {
            log.debug("The browser of console session {} is gone: {}", session(), e.getMessage());
            leave();
        }
    }

    /** Takes bytes of the browser; blocks until the host has come and takes them. */
    void typed(ByteString bytes) throws InterruptedException {
        try {
            if (!guest.get().send(bytes)) {
                close(CloseStatus.NORMAL);
            }
        } catch (ExecutionException e) {
            close(NO_HOST);
        }
    }

    /** The browser has left. */
    void leave() {
        guest.cancel(false);
        if (guest.isDone() && !guest.isCompletedExceptionally()) {
            guest.join().close();
        }
    }

    @Override
    public void ended(String fault) {
        close(fault.isEmpty() ? CloseStatus.NORMAL : CloseStatus.SERVER_ERROR.withReason(shortened(fault)));
    }

    private void close(CloseStatus status) {
        try {
            browser.close(status);
        } catch (IOException e) {
            log.debug("The browser of console session {} is gone: {}", session(), e.getMessage());
        }
    }

    /** A close frame has room for 123 bytes (RFC 6455 section 5.5). */
    private static String shortened(String sentence) {
        return sentence.length() <= 40 ? sentence : sentence.substring(0, 39) + "…";
    }
}
