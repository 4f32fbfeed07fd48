package dev.unkai.cloud.evidence;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.cloud.evidence.store.HoldStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Holds on backups → identity, which then deletes none. It is told all that are in force, each time anew, and keeps that over its own restarts. */
@Component
class BackupHolds implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(BackupHolds.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Transactions transactions;
    private final HoldStore store;
    private final HttpClient http;
    private final URI identity;

    BackupHolds(
            Transactions transactions, HoldStore store, PemFiles pem, @Value("${unkai.identity-url}") URI identity) {
        this.transactions = transactions;
        this.store = store;
        this.identity = identity;
        this.http = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
    }

    @Override
    public String name() {
        return "evidence holds on backups";
    }

    @Override
    public String channel() {
        return Holds.CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() throws InterruptedException {
        List<String> holds = transactions.asSystem(db -> store.inForce(db, ThingKind.BACKUPS).stream()
                .map(hold -> hold.id().toString())
                .toList());
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(identity.resolve("/identity/internal/v1/backups/holds"))
                            .timeout(Duration.ofSeconds(10))
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("holds", holds))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 204) {
                throw new IOException("it answered " + answer.statusCode());
            }
        } catch (IOException e) {
            if (!holds.isEmpty()) {
                log.warn("Identity cannot be told yet to keep its backups as evidence: {}", e.toString());
            }
        }
        return false;
    }
}
