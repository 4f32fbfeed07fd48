package dev.unkai.cloud.follow;

import com.sun.net.httpserver.HttpExchange;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.PlayedProcess;
import dev.unkai.cloud.RunningCloud;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Identity as far as it tells what changes there: it waits until there is something. Nothing else is answered, as if it were down. */
final class TellingIdentity implements AutoCloseable {
    private final PlayedProcess process;
    private final List<Map<String, String>> told = new ArrayList<>();
    private int epoch = 1;

    TellingIdentity(TestPki pki) {
        process = new PlayedProcess(pki, "identity")
                .answering("/", exchange -> PlayedProcess.send(exchange, 503, ""))
                .answering("/identity/internal/v1/changes", this::answer);
    }

    URI address() {
        return process.address();
    }

    synchronized void tell(String kind, String domain, String user, String id) {
        told.add(Map.of("kind", kind, "domain", domain, "user", user, "id", id));
        notifyAll();
    }

    /** It knows nothing of what it told before. */
    synchronized void restart() {
        epoch++;
        told.clear();
        notifyAll();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String ofEpoch = query.replaceFirst(".*epoch=([^&]*).*", "$1");
        int after = Integer.parseInt(query.replaceFirst(".*after=([0-9]+).*", "$1"));
        PlayedProcess.send(exchange, 200, RunningCloud.JSON.writeValueAsString(news(ofEpoch, after)));
    }

    private synchronized Map<String, Object> news(String ofEpoch, int after) {
        long until = System.nanoTime() + 20_000_000_000L;
        try {
            while (ofEpoch.equals("" + epoch) && told.size() <= after && System.nanoTime() < until) {
                wait(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean missed = !ofEpoch.equals("" + epoch);
        return Map.of(
                "epoch",
                "" + epoch,
                "after",
                told.size(),
                "missed",
                missed,
                "changes",
                missed ? List.of() : List.copyOf(told.subList(Math.min(after, told.size()), told.size())));
    }

    @Override
    public void close() {
        process.close();
    }
}
