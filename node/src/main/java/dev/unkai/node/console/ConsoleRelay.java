package dev.unkai.node.console;

import com.google.protobuf.ByteString;
import dev.unkai.node.guest.GuestDirectory;
import dev.unkai.node.hypervisor.HypervisorException;
import dev.unkai.wire.node.ConsoleBytes;
import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the bytes of one console session between the cloud and the guest's socket, no faster than the slower end. */
final class ConsoleRelay implements ClientResponseObserver<ConsoleBytes, ConsoleBytes> {
    private static final Logger log = LoggerFactory.getLogger(ConsoleRelay.class);
    private static final int BUFFER = 32 * 1024;

    /** Messages of the cloud that may wait for the guest's socket. */
    private static final int WINDOW = 16;

    private final ManagedChannel channel;
    private final ConsoleSession session;
    private final GuestDirectory files;
    private final Supplier<Optional<GuestCounters>> counters;
    private final BlockingQueue<ByteString> fromCloud = new LinkedBlockingQueue<>();
    private final Semaphore mayWrite = new Semaphore(0);
    private @Nullable ClientCallStreamObserver<ConsoleBytes> toCloud;
    private volatile @Nullable SocketChannel socket;
    private volatile boolean closed;

    ConsoleRelay(
            ManagedChannel channel,
            ConsoleSession session,
            GuestDirectory files,
            Supplier<Optional<GuestCounters>> counters) {
        this.channel = channel;
        this.session = session;
        this.files = files;
        this.counters = counters;
    }

    void start() {
        Thread.ofVirtual().name("console-" + session.getId()).start(this::run);
    }

    /** A serial port has one user at a time (QEMU keeps a second one waiting in silence): the newest. */
    void giveWayTo(ConsoleSession newer) {
        if (session.getKind() == ConsoleKind.SERIAL
                && newer.getKind() == ConsoleKind.SERIAL
                && session.getGuestId().equals(newer.getGuestId())) {
            send(fault("The serial console was opened in another place."));
            finish();
            closeSocket();
        }
    }

    /** The session has left the plan. */
    void close() {
        closed = true;
        ClientCallStreamObserver<ConsoleBytes> stream = toCloud;
        if (stream != null) {
            stream.cancel("the session is over", null);
        }
        closeSocket();
        fromCloud.add(ByteString.EMPTY);
        mayWrite.release();
    }

    private void run() {
        NodeLinkGrpc.newStub(channel).console(this);
        send(ConsoleBytes.newBuilder().setSessionId(session.getId()).build());
        try {
            switch (session.getKind()) {
                case LOG -> sendLog();
                case COUNTERS -> sendCounters();
                case VNC -> relay(files.vncSocket());
                case SERIAL -> relay(files.serialSocket());
                case CONSOLE_KIND_UNSPECIFIED, UNRECOGNIZED -> send(fault("This kind of console is not known."));
            }
        } catch (ClosedChannelException e) {
            log.debug("Console session {} is over", session.getId());
        } catch (IOException e) {
            log.info("Console session {} of guest {}: {}", session.getId(), session.getGuestId(), e.getMessage());
            send(fault("The server is not running, so it has no console now."));
        } catch (HypervisorException e) {
            send(fault("The hypervisor does not tell now."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeSocket();
            finish();
        }
    }

    private void sendLog() throws IOException, InterruptedException {
        for (ByteString part : SerialLog.tail(files.serialLog(), session.getLogLines())) {
            sendWhenReady(part);
        }
    }

    private void sendCounters() throws InterruptedException {
        Optional<GuestCounters> used = counters.get();
        if (used.isPresent()) {
            sendWhenReady(used.get().toByteString());
        } else {
            send(fault("The server is not running, so nothing of it is counted."));
        }
    }

    private void relay(Path address) throws IOException, InterruptedException {
        try (SocketChannel guest = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            guest.connect(UnixDomainSocketAddress.of(address));
            socket = guest;
            Thread writer = Thread.ofVirtual().start(() -> writeToGuest(guest));
            try {
                ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
                while (!closed && guest.read(buffer) >= 0) {
                    buffer.flip();
                    sendWhenReady(ByteString.copyFrom(buffer));
                    buffer.clear();
                }
            } finally {
                writer.interrupt();
            }
        }
    }

    private void writeToGuest(SocketChannel guest) {
        try {
            while (!closed) {
                ByteString bytes = fromCloud.take();
                ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
                while (buffer.hasRemaining()) {
                    guest.write(buffer);
                }
                ClientCallStreamObserver<ConsoleBytes> stream = toCloud;
                if (stream != null) {
                    stream.request(1);
                }
            }
        } catch (IOException | InterruptedException e) {
            log.debug("Console session {}: {}", session.getId(), e.getMessage());
        } finally {
            closeSocket();
        }
    }

    private void sendWhenReady(ByteString bytes) throws InterruptedException {
        ClientCallStreamObserver<ConsoleBytes> stream = toCloud;
        while (!closed && stream != null && !stream.isReady()) {
            mayWrite.acquire();
            mayWrite.drainPermits();
        }
        send(ConsoleBytes.newBuilder().setData(bytes).build());
    }

    private static ConsoleBytes fault(String sentence) {
        return ConsoleBytes.newBuilder().setFault(sentence).build();
    }

    private synchronized void send(ConsoleBytes bytes) {
        ClientCallStreamObserver<ConsoleBytes> stream = toCloud;
        if (stream != null && !closed) {
            stream.onNext(bytes);
        }
    }

    private synchronized void finish() {
        ClientCallStreamObserver<ConsoleBytes> stream = toCloud;
        if (stream != null && !closed) {
            closed = true;
            stream.onCompleted();
        }
    }

    private void closeSocket() {
        SocketChannel open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.debug("Closing a console's socket: {}", e.getMessage());
            }
        }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ConsoleBytes> stream) {
        toCloud = stream;
        stream.disableAutoRequestWithInitial(WINDOW);
        stream.setOnReadyHandler(mayWrite::release);
    }

    @Override
    public void onNext(ConsoleBytes bytes) {
        fromCloud.add(bytes.getData());
    }

    @Override
    public void onError(Throwable failure) {
        ended();
    }

    @Override
    public void onCompleted() {
        ended();
    }

    private void ended() {
        closed = true;
        closeSocket();
        fromCloud.add(ByteString.EMPTY);
        mayWrite.release();
    }
}
