package dev.unkai.cloud.hosts.console;

import com.google.protobuf.ByteString;
import dev.unkai.wire.node.ConsoleBytes;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The host's end of a console session: a call whose first message names the session. */
public final class ConsoleCall implements StreamObserver<ConsoleBytes> {
    private final UUID host;
    private final ServerCallStreamObserver<ConsoleBytes> out;
    private final Relays relays;
    private final Semaphore ready = new Semaphore(0);
    private @Nullable Relay relay;
    private volatile boolean closed;

    public ConsoleCall(UUID host, ServerCallStreamObserver<ConsoleBytes> out, Relays relays) {
        this.host = host;
        this.out = out;
        this.relays = relays;
        out.setOnReadyHandler(ready::release);
        out.setOnCancelHandler(() -> finish("The host has closed the console."));
    }

    @Override
    public void onNext(ConsoleBytes message) {
        Relay known = relay;
        if (known == null) {
            Optional<Relay> named = named(message.getSessionId());
            if (named.isEmpty()) {
                fail(Status.NOT_FOUND.withDescription("Nobody waits for this console session any more."));
                return;
            }
            known = named.get();
            relay = known;
            known.attached(this);
        }
        if (!message.getFault().isEmpty()) {
            finish(message.getFault());
        } else if (!message.getData().isEmpty()) {
            known.received(message.getData());
        }
    }

    private Optional<Relay> named(String session) {
        try {
            return relays.of(UUID.fromString(session), host);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Sends bytes to the guest; blocks while the host is slow. False when the call is over. */
    boolean send(ByteString bytes) throws InterruptedException {
        while (!closed && !out.isReady()) {
            ready.tryAcquire(1, TimeUnit.SECONDS);
        }
        synchronized (this) {
            if (closed) {
                return false;
            }
            out.onNext(ConsoleBytes.newBuilder().setData(bytes).build());
            return true;
        }
    }

    /** Ends the call from this side. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            ready.release();
            out.onCompleted();
        }
    }

    private synchronized void fail(Status status) {
        if (!closed) {
            closed = true;
            out.onError(status.asRuntimeException());
        }
    }

    @Override
    public void onError(Throwable cause) {
        finish("The connection to the host is interrupted.");
    }

    @Override
    public void onCompleted() {
        finish("");
        close();
    }

    private void finish(String fault) {
        Relay known = relay;
        if (known != null) {
            known.ended(fault);
        }
        if (out.isCancelled()) {
            closed = true;
            ready.release();
        } else {
            close();
        }
    }
}
