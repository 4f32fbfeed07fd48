package dev.unkai.bench;

import dev.unkai.base.proof.EventLeaf;
import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * Events into the ledger at a steady rate, over mutual TLS as a process sends them, while histories are read and proofs asked for; and beside it the same
 * texts by COPY into a plain table with one index. The rate does not wait for answers as long as they come in time.
 */
final class Events {
    private static final int BATCH = 500;
    private static final int PROJECTS = 50;

    private final Path data;
    private final HttpClient http;
    private final String address;
    private final JsonNode database;
    private final ProcessorTime time;
    private final List<String> projects = new ArrayList<>();

    Events(Path data) throws IOException {
        this.data = data;
        Path pki = data.resolve("pki");
        this.http = HttpClient.newBuilder()
                .sslContext(new PemFiles(pki.resolve("cloud.crt"), pki.resolve("cloud.key"), pki.resolve("ca.crt"))
                        .sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.address = settings("cloud").at("/unkai/ledger-url").asString();
        this.database = settings("ledger").at("/unkai/database");
        this.time = new ProcessorTime(data);
        for (int i = 0; i < PROJECTS; i++) {
            projects.add(UUID.randomUUID().toString().replace("-", ""));
        }
    }

    private JsonNode settings(String process) throws IOException {
        return BenchSite.JSON.valueToTree(
                new Yaml().<Map<String, Object>>load(Files.readString(data.resolve("etc/" + process + ".yaml"))));
    }

    List<Figure> measure(int perSecond, int seconds) throws Exception {
        List<Figure> figures = new ArrayList<>();
        int batches = perSecond * seconds / BATCH;
        String source = "cloud/" + UUID.randomUUID();
        List<Double> questions = Collections.synchronizedList(new ArrayList<>());
        List<Double> proofs = Collections.synchronizedList(new ArrayList<>());
        Thread reader = Thread.ofVirtual().start(() -> ask(questions, proofs));
        double ledger = time.of("ledger");
        double postgres = time.ofDatabase();
        double[] answers = new double[batches];
        long start = System.nanoTime();
        for (int batch = 0; batch < batches; batch++) {
            LockSupport.parkNanos(start + batch * 1_000_000_000L * BATCH / perSecond - System.nanoTime());
            String body =
                    BenchSite.JSON.writeValueAsString(Map.of("source", source, "events", texts((long) batch * BATCH)));
            long sent = System.nanoTime();
            if (send("POST", "/internal/v1/events", body).statusCode() != 204) {
                throw new IllegalStateException("The ledger did not take a batch");
            }
            answers[batch] = (System.nanoTime() - sent) / 1e6;
        }
        double taken = (System.nanoTime() - start) / 1e9;
        ledger = time.of("ledger") - ledger;
        postgres = time.ofDatabase() - postgres;
        reader.interrupt();
        reader.join();
        double rate = batches * BATCH / taken;
        Figure copied = Figure.of("COPY into a plain table, batches of " + BATCH, "/s", copy(Math.min(batches, 200)));
        figures.add(copied);
        figures.add(
                Figure.of("events taken in, of " + perSecond + "/s", "/s", rate).against(copied));
        figures.add(Figure.of("answer to a batch of " + BATCH, "ms", answers));
        figures.add(Figure.of("processor time of the ledger for an event", "µs", 1_000 * ledger / (batches * BATCH)));
        figures.add(Figure.of("of PostgreSQL", "µs", 1_000 * postgres / (batches * BATCH)));
        add(figures, "a page of a history meanwhile", questions);
        add(figures, "a proof meanwhile", proofs);
        return figures;
    }

    /** Nothing where nothing was asked: a history of which no head is signed yet has no proofs. */
    private static void add(List<Figure> figures, String what, List<Double> taken) {
        if (!taken.isEmpty()) {
            figures.add(Figure.of(what + ", " + taken.size() + " times", "ms", array(taken)));
            figures.add(Figure.of("its 99th percentile", "ms", percentile(taken)));
        }
    }

    private List<Map<String, Object>> texts(long before) {
        List<Map<String, Object>> events = new ArrayList<>(BATCH);
        for (int i = 1; i <= BATCH; i++) {
            events.add(Map.of("position", before + i, "json", text(before + i)));
        }
        return events;
    }

    private String text(long number) {
        return """
                {"typeURI":"http://schemas.dmtf.org/cloud/audit/1.0/event","id":"%s","eventType":"activity","eventTime":"%s","action":"update",\
                "outcome":"success","initiator":{"id":"b6f0c8f6b7a64a36a1f5e3c1a54f0a11","typeURI":"service/security/account/user","name":"master",\
                "host":{"address":"198.51.100.7","agent":"openstacksdk/1.0"}},"target":{"id":"server-%d","typeURI":"compute/server","name":"web",\
                "project_id":"%s"},"observer":{"id":"cloud","typeURI":"service/cloud"},"requestId":"req-%s"}""".formatted(
                        UUID.randomUUID(),
                        Instant.now(),
                        number % 10_000,
                        projects.get((int) (number % PROJECTS)),
                        UUID.randomUUID());
    }

    /** Pages of histories and proofs of their events, one after the other, until interrupted. */
    private void ask(List<Double> questions, List<Double> proofs) {
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            String project = projects.get(i % PROJECTS);
            try {
                long start = System.nanoTime();
                HttpResponse<String> page = send("GET", "/internal/v1/events?limit=50&project=" + project, "");
                questions.add((System.nanoTime() - start) / 1e6);
                HttpResponse<String> head = send("GET", "/internal/v1/logs/" + project + "/head", "");
                if (page.statusCode() == 200 && head.statusCode() == 200) {
                    long size =
                            BenchSite.JSON.readTree(head.body()).path("size").asLong();
                    start = System.nanoTime();
                    send("GET", "/internal/v1/logs/" + project + "/inclusion?place=" + size / 2 + "&size=" + size, "");
                    proofs.add((System.nanoTime() - start) / 1e6);
                }
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What PostgreSQL takes at most, in the same batches, each committed. */
    private double copy(int batches) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(
                database.path("url").asString(),
                database.path("owner-user").asString(),
                database.path("owner-password").asString())) {
            connection.createStatement().execute("drop table if exists bench_copy");
            connection
                    .createStatement()
                    .execute("create table bench_copy (number bigint primary key, hash text, body text)");
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long start = System.nanoTime();
            for (int batch = 0; batch < batches; batch++) {
                StringBuilder rows = new StringBuilder();
                for (int i = 0; i < BATCH; i++) {
                    long number = (long) batch * BATCH + i;
                    String text = text(number);
                    rows.append(number)
                            .append('\t')
                            .append(Arrays.hashCode(new EventLeaf("bench", number, Instant.EPOCH, text).hash()))
                            .append('\t')
                            .append(text)
                            .append('\n');
                }
                copy.copyIn("copy bench_copy from stdin", new StringReader(rows.toString()));
            }
            double rate = batches * BATCH / ((System.nanoTime() - start) / 1e9);
            connection.createStatement().execute("drop table bench_copy");
            return rate;
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double percentile(List<Double> values) {
        double[] sorted = array(values);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * 0.99))];
    }
}
