package dev.unkai.node.metadata;

import dev.unkai.node.metadata.MetadataDocuments.Document;
import dev.unkai.wire.node.Guest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one network's guests by HTTP: one request a connection, everything bounded, since any of them may be hostile. Only who sent the
 * packets counts: of the request's headers none is read.
 */
final class MetadataServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetadataServer.class);

    private static final int LONGEST_HEAD = 8192;

    /** From the connection's beginning to its end. */
    private static final int DEADLINE_SECONDS = 10;

    private static final int CONNECTIONS = 64;
    private static final int CONNECTIONS_OF_ONE = 8;

    private final Function<InetAddress, Optional<Guest>> guests;
    private final ScheduledExecutorService timer;
    private final Semaphore places = new Semaphore(CONNECTIONS);
    private final Map<InetAddress, AtomicInteger> ofOne = new ConcurrentHashMap<>();
    private final ServerSocketChannel[] listeners;

    /**
     * @param listeners bound, in the network's namespace
     * @param guests who has an address on the network
     */
    MetadataServer(
            Function<InetAddress, Optional<Guest>> guests,
            ScheduledExecutorService timer,
            ServerSocketChannel... listeners) {
        this.guests = guests;
        this.timer = timer;
        this.listeners = listeners;
        for (ServerSocketChannel listener : listeners) {
            Thread.ofVirtual().name("metadata").start(() -> accept(listener));
        }
    }

    private void accept(ServerSocketChannel listener) {
        try {
            while (true) {
                SocketChannel connection = listener.accept();
                InetAddress source = ((InetSocketAddress) connection.getRemoteAddress()).getAddress();
                if (!admit(source)) {
                    connection.close();
                    continue;
                }
                Thread.ofVirtual().name("metadata").start(() -> serve(connection, source));
            }
        } catch (IOException e) {
            log.debug("No more metadata here: {}", e.getMessage());
        }
    }

    private boolean admit(InetAddress source) {
        if (!places.tryAcquire()) {
            return false;
        }
        AtomicInteger open = ofOne.compute(source, (_, before) -> {
            AtomicInteger count = before == null ? new AtomicInteger() : before;
            count.incrementAndGet();
            return count;
        });
        if (open.get() > CONNECTIONS_OF_ONE) {
            leave(source);
            return false;
        }
        return true;
    }

    private void leave(InetAddress source) {
        ofOne.computeIfPresent(source, (_, count) -> count.decrementAndGet() == 0 ? null : count);
        places.release();
    }

    private void serve(SocketChannel connection, InetAddress source) {
        ScheduledFuture<?> end = timer.schedule(() -> closeQuietly(connection), DEADLINE_SECONDS, TimeUnit.SECONDS);
        try (connection) {
            Socket socket = connection.socket();
            String head = head(socket);
            answer(socket, source, head);
            // Bytes of a request that were not read would make the kernel reset the connection before the answer is
            // out.
            connection.shutdownOutput();
            socket.getInputStream().skip(LONGEST_HEAD);
        } catch (IOException e) {
            log.debug("A request for metadata ended early: {}", e.getMessage());
        } finally {
            end.cancel(false);
            leave(source);
        }
    }

    /** The request up to its empty line; as much of it as is allowed. */
    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        byte[] part = new byte[1024];
        while (head.length() < LONGEST_HEAD && head.indexOf("\r\n\r\n") < 0 && head.indexOf("\n\n") < 0) {
            int length = socket.getInputStream().read(part);
            if (length < 0) {
                throw new IOException("the guest hung up");
            }
            head.append(new String(part, 0, length, StandardCharsets.ISO_8859_1));
        }
        return head.toString();
    }

    private void answer(Socket socket, InetAddress source, String head) throws IOException {
        String[] words = head.lines().findFirst().orElse("").split(" ");
        if (head.length() >= LONGEST_HEAD || words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            send(socket, "400 Bad Request", Document.text("The request is not understood.\n"), true);
            return;
        }
        boolean whole = words[0].equals("GET");
        if (!whole && !words[0].equals("HEAD")) {
            send(
                    socket,
                    "405 Method Not Allowed\r\nAllow: GET, HEAD",
                    Document.text("Metadata can only be read.\n"),
                    true);
            return;
        }
        String path = words[1].replaceFirst("[?#].*$", "");
        Optional<Document> found = guests.apply(source).flatMap(guest -> MetadataDocuments.find(guest, path));
        if (found.isPresent()) {
            send(socket, "200 OK", found.get(), whole);
        } else {
            send(socket, "404 Not Found", Document.text("There is nothing here for this server.\n"), whole);
        }
    }

    private static void send(Socket socket, String status, Document document, boolean whole) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + document.type() + "\r\nContent-Length: "
                + document.content().length + "\r\nConnection: close\r\nCache-Control: no-store\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (whole) {
            socket.getOutputStream().write(document.content());
        }
    }

    @Override
    public void close() {
        for (ServerSocketChannel listener : listeners) {
            closeQuietly(listener);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("Closing failed: {}", e.getMessage());
        }
    }
}
