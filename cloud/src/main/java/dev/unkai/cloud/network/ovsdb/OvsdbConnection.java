package dev.unkai.cloud.network.ovsdb;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One connection to an OVSDB server: JSON-RPC requests with answers and time limits, answers to the server's echo, monitor updates in
 * order. A connection that failed once stays closed; open another.
 */
public final class OvsdbConnection implements Closeable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** A hundred thousand ports are some 50 MB. */
    private static final Duration FIRST_CONTENT = Duration.ofMinutes(2);

    private final Closeable transport;
    private final OutputStream out;
    private final Duration limit;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> monitors = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile @Nullable String closedBecause;

    private OvsdbConnection(Closeable transport, InputStream in, OutputStream out, Duration limit) {
        this.transport = transport;
        this.out = out;
        this.limit = limit;
        Thread.ofVirtual().name("ovsdb-reader").start(() -> read(in));
    }

    /**
     * @param tls our certificate and the authority to trust; needed for ssl addresses only
     * @param limit the longest time to connect, and to wait for an answer
     * @throws OvsdbUnavailable when nobody listens there
     */
    public static OvsdbConnection open(OvsdbAddress address, @Nullable SSLContext tls, Duration limit) {
        try {
            return switch (address) {
                case OvsdbAddress.Unix unix -> {
                    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                    try {
                        channel.connect(UnixDomainSocketAddress.of(unix.socket()));
                    } catch (IOException e) {
                        channel.close();
                        throw e;
                    }
                    yield new OvsdbConnection(
                            channel, Channels.newInputStream(channel), Channels.newOutputStream(channel), limit);
                }
                case OvsdbAddress.Tls remote -> {
                    if (tls == null) {
                        throw new OvsdbUnavailable("No certificate is configured for the OVSDB server at " + address);
                    }
                    SSLSocket socket = secure(remote, tls, limit);
                    yield new OvsdbConnection(socket, socket.getInputStream(), socket.getOutputStream(), limit);
                }
            };
        } catch (IOException e) {
            throw new OvsdbUnavailable("The OVSDB server at " + address + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private static SSLSocket secure(OvsdbAddress.Tls remote, SSLContext tls, Duration limit) throws IOException {
        int millis = Math.toIntExact(limit.toMillis());
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(remote.host(), remote.port()), millis);
            SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, remote.host(), remote.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(millis);
            socket.startHandshake();
            socket.setSoTimeout(0);
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** @return the {@code result} of the answer */
    public JsonNode call(String method, JsonNode parameters) {
        return call(method, parameters, limit);
    }

    private JsonNode call(String method, JsonNode parameters, Duration limit) {
        long id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        String reason = closedBecause;
        if (reason != null) {
            waiting.remove(id);
            throw new OvsdbUnavailable(reason);
        }
        ObjectNode request = JSON.createObjectNode().put("method", method).put("id", id);
        request.set("params", parameters);
        send(request);
        JsonNode message;
        try {
            message = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            fail("The OVSDB server did not answer '" + method + "' within " + limit.toMillis() + " ms");
            throw new OvsdbUnavailable("The OVSDB server did not answer '" + method + "' in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OvsdbUnavailable("Interrupted while waiting for the OVSDB server", e);
        } catch (ExecutionException e) {
            throw new OvsdbUnavailable(String.valueOf(closedBecause), e);
        } finally {
            waiting.remove(id);
        }
        JsonNode error = message.path("error");
        if (!error.isNull() && !error.isMissingNode()) {
            throw new OvsdbRefused("The OVSDB server refused '" + method + "': " + describe(error));
        }
        return message.path("result");
    }

    /**
     * Runs the operations as one transaction (RFC 7047 §4.1.3): all or none.
     *
     * @return one result for each operation
     * @throws OvsdbRefused when an operation or a constraint failed; nothing was changed
     */
    public JsonNode transact(String database, Collection<? extends JsonNode> operations) {
        ArrayNode parameters = JSON.createArrayNode().add(database);
        operations.forEach(parameters::add);
        JsonNode results = call("transact", parameters);
        int index = 0;
        for (JsonNode result : results) {
            if (result.hasNonNull("error")) {
                String operation = index < operations.size()
                        ? operations.stream()
                                .skip(index)
                                .findFirst()
                                .map(JsonNode::toString)
                                .orElse("")
                        : "commit";
                throw new OvsdbRefused(
                        "The OVSDB server refused the transaction: " + describe(result) + " at " + operation);
            }
            index++;
        }
        return results;
    }

    /**
     * Asks for the rows of some tables now and for every later change. The consumer sees the first content and then the changes in order, and
     * those of our own transactions before {@link #transact} returns. Asked by {@code monitor_cond} of ovsdb-server(7) and not by RFC 7047's
     * {@code monitor}: a group of ten thousand ports would be told whole each time that one joins.
     */
    public void monitor(
            String database, Map<String, ? extends Collection<String>> tables, Consumer<Replica.Updates> consumer) {
        Schema schema = new Schema(call("get_schema", JSON.createArrayNode().add(database)));
        String name = database + "-" + ids.incrementAndGet();
        ObjectNode requests = JSON.createObjectNode();
        tables.forEach((table, columns) -> {
            ArrayNode list = requests.putArray(table).addObject().putArray("columns");
            columns.forEach(list::add);
        });
        HoldingConsumer holding = new HoldingConsumer(updates -> consumer.accept(new Replica.Updates(schema, updates)));
        monitors.put(name, holding);
        holding.start(call(
                "monitor_cond", JSON.createArrayNode().add(database).add(name).add(requests), FIRST_CONTENT));
    }

    /** Throws {@link OvsdbUnavailable} unless the server answers. */
    public void echo() {
        call("echo", JSON.createArrayNode());
    }

    public boolean isOpen() {
        return closedBecause == null;
    }

    @Override
    public void close() {
        fail("The connection to the OVSDB server was closed");
    }

    private void send(JsonNode message) {
        byte[] bytes = JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
        writing.lock();
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            fail("The OVSDB server cannot be written to: " + e.getMessage());
            throw new OvsdbUnavailable("The OVSDB server cannot be written to", e);
        } finally {
            writing.unlock();
        }
    }

    private void read(InputStream in) {
        try (MappingIterator<JsonNode> messages =
                JSON.readerFor(JsonNode.class).readValues(new BufferedInputStream(in, 65_536))) {
            while (messages.hasNextValue()) {
                receive(messages.nextValue());
            }
            fail("The OVSDB server closed the connection");
        } catch (JacksonException | OvsdbUnavailable | IllegalArgumentException e) {
            fail("The connection to the OVSDB server broke: " + e.getMessage());
        }
    }

    private void receive(JsonNode message) {
        switch (message.path("method").asString("")) {
            case "" -> {
                CompletableFuture<JsonNode> answer =
                        waiting.get(message.path("id").asLong(-1));
                if (answer != null) {
                    answer.complete(message);
                }
            }
            case "echo" -> {
                ObjectNode reply = JSON.createObjectNode();
                reply.set("result", message.path("params"));
                reply.putNull("error");
                reply.set("id", message.path("id"));
                send(reply);
            }
            case "update2" -> {
                JsonNode parameters = message.path("params");
                Consumer<JsonNode> monitor = monitors.get(parameters.path(0).asString(""));
                if (monitor != null) {
                    monitor.accept(parameters.path(1));
                }
            }
            default -> {
                // Other notifications ("locked", "stolen") are answers to calls that we never make.
            }
        }
    }

    private void fail(String reason) {
        synchronized (this) {
            if (closedBecause == null) {
                closedBecause = reason;
            }
        }
        try {
            transport.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
        waiting.values().forEach(answer -> answer.completeExceptionally(new IOException(reason)));
    }

    private static String describe(JsonNode error) {
        if (error.isString()) {
            return error.stringValue();
        }
        String details = error.path("details").asString("");
        return error.path("error").asString("unknown") + (details.isEmpty() ? "" : ": " + details);
    }

    /** Keeps updates that overtake the first content, since the reader may see them before the caller of monitor does. */
    private static final class HoldingConsumer implements Consumer<JsonNode> {
        private final Consumer<JsonNode> target;
        private final Deque<JsonNode> held = new ArrayDeque<>();
        private boolean started;

        HoldingConsumer(Consumer<JsonNode> target) {
            this.target = target;
        }

        synchronized void start(JsonNode first) {
            target.accept(first);
            started = true;
            while (!held.isEmpty()) {
                target.accept(held.removeFirst());
            }
        }

        @Override
        public synchronized void accept(JsonNode update) {
            if (started) {
                target.accept(update);
            } else {
                held.add(update);
            }
        }
    }
}
