package dev.unkai.cloud.certificate.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers the ACME server's questions (http-01, RFC 8555 section 8.3) as long as it asks, and nothing else: it is open for seconds. Nothing that was sent
 * comes back in an answer.
 */
final class ChallengeDoor implements AutoCloseable {
    private static final String PREFIX = "/.well-known/acme-challenge/";
    private static final int BACKLOG = 16;

    private final Map<String, String> answers;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ChallengeDoor(HttpServer server, Map<String, String> answers) {
        this.server = server;
        this.answers = Map.copyOf(answers);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * @param answers by token
     * @throws java.net.BindException when another program has the port or we may not have it
     */
    static ChallengeDoor open(String address, int port, Map<String, String> answers) throws IOException {
        return new ChallengeDoor(HttpServer.create(new InetSocketAddress(address, port), BACKLOG), answers);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String text = path != null && path.startsWith(PREFIX) ? answers.get(path.substring(PREFIX.length())) : null;
            if (text == null || !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
