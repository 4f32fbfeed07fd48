package dev.unkai.cloud.forward;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A web server that takes webhooks over HTTPS and answers as it is told. */
final class Receiver implements AutoCloseable {
    private final HttpsServer server;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private volatile Answer answer = new Answer(200, 0);
    private volatile int mostBytes = Integer.MAX_VALUE;

    record Delivery(String id, String timestamp, String signature, byte[] body, int status) {}

    /** @param delayMillis before the answer */
    record Answer(int status, int delayMillis) {}

    Receiver(PemFiles own) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(own.sslContext()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    String address(String path) {
        return "https://127.0.0.9:" + server.getAddress().getPort() + path;
    }

    void answer(int status, int delayMillis) {
        answer = new Answer(status, delayMillis);
    }

    /** Answers 413 to what is larger. */
    void takeAtMost(int bytes) {
        mostBytes = bytes;
    }

    /** What came from that destination, also what was refused. */
    List<Delivery> deliveries(String destination) {
        return deliveries.stream()
                .filter(each -> each.id().startsWith(destination))
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer now = body.length > mostBytes ? new Answer(413, 0) : answer;
            deliveries.add(new Delivery(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    body,
                    now.status()));
            if (now.delayMillis() > 0) {
                Thread.sleep(now.delayMillis());
            }
            if (now.status() / 100 == 3) {
                exchange.getResponseHeaders().add("Location", address("/elsewhere"));
            }
            exchange.sendResponseHeaders(now.status(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
