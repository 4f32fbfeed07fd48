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
 * packets counts: nothing that a request says of its sender is read.
 */
final class MetadataServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetadataServer.class);

    /** From the connection's beginning to its end. */
    private static final int DEADLINE_SECONDS = 10;

    private static final int CONNECTIONS = 64;
    private static final int CONNECTIONS_OF_ONE = 8;

    /** Nova's: 4 times 255. */
    private static final int LONGEST_PASSWORD = 1020;

    private final Function<InetAddress, Optional<Guest>> guests;
    private final GuestPasswords passwords;
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
            GuestPasswords passwords,
            ScheduledExecutorService timer,
            ServerSocketChannel... listeners) {
        this.guests = guests;
        this.passwords = passwords;
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
            answer(socket, source, MetadataRequest.read(socket.getInputStream()));
            // Bytes of a request that were not read would make the kernel reset the connection before the answer is
            // out. How many there were does not matter.
            connection.shutdownOutput();
            socket.getInputStream().skip(MetadataRequest.LONGEST_HEAD);
        } catch (IOException e) {
            log.debug("A request for metadata ended early: {}", e.getMessage());
        } finally {
            end.cancel(false);
            leave(source);
        }
    }

    private void answer(Socket socket, InetAddress source, MetadataRequest request) throws IOException {
        String[] words = request.line().split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            send(socket, "400 Bad Request", Document.text("The request is not understood.\n"), true);
            return;
        }
        String path = words[1].replaceFirst("[?#].*$", "");
        Optional<Guest> guest = guests.apply(source);
        if (words[0].equals("POST") && guest.isPresent() && MetadataDocuments.isPassword(path)) {
            takePassword(socket, guest.get(), request);
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
        Optional<Document> found = guest.flatMap(known -> MetadataDocuments.find(known, path));
        if (found.isPresent()) {
            send(socket, "200 OK", found.get(), whole);
        } else {
            send(socket, "404 Not Found", Document.text("There is nothing here for this server.\n"), whole);
        }
    }

    /** Keeps what the guest says its administrator's password is, if it has not said one before. */
    private void takePassword(Socket socket, Guest guest, MetadataRequest request) throws IOException {
        int length = request.length().orElse(0);
        if (length == 0 || length > LONGEST_PASSWORD) {
            send(
                    socket,
                    "400 Bad Request",
                    Document.text("A password has 1 to " + LONGEST_PASSWORD + " bytes.\n"),
                    true);
            return;
        }
        byte[] password = request.body(socket.getInputStream(), LONGEST_PASSWORD);
        try {
            boolean taken = guest.getMetadata().getPassword().isEmpty()
                    && passwords.leave(guest, new String(password, StandardCharsets.UTF_8));
            if (taken) {
                send(socket, "200 OK", Document.text(""), true);
            } else {
                send(socket, "409 Conflict", Document.text("There is a password already.\n"), true);
            }
        } catch (IllegalStateException e) {
            log.warn("A password of guest {} could not be kept: {}", guest.getId(), e.getMessage());
            send(socket, "503 Service Unavailable", Document.text("Try again in a moment.\n"), true);
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
