package dev.unkai.bench;

import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Changes at a steady rate for a minute: a quarter each of new servers, deletions of those, stops and starts of seeded ones; where there is no
 * server to act on, one more is made. A server is acted on again after some seconds, as by somebody who looks whether it has stopped before he starts
 * it: until it has, that is refused, rightly. The rate does not wait for answers, up to so many under way; how far the reconcilers fall behind is
 * counted in the database meanwhile.
 */
final class Changes {
    private static final String SERVERS = "/compute/v2.1/servers";
    private static final int AT_ONCE = 64;
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    /** Of what was changed since then: what an earlier run left says nothing of this one. */
    private static final String OPEN = """
            select count(*), coalesce(extract(epoch from now() - min(updated_at)), 0)
              from server
             where terminated_at is null and updated_at >= ?
               and (desired = 'deleted' or host_id is null or fault_message is not null or reboots_done < reboots
                    or (desired = 'active') <> (observed = 'running'))
            """;

    private record Open(long servers, double oldestSeconds) {}

    /** Servers in the order in which they may be acted on again. */
    private static final class Settling {
        private record Waiting(String server, long since) {}

        private final Queue<Waiting> servers = new ConcurrentLinkedQueue<>();

        void add(String server) {
            servers.add(new Waiting(server, System.nanoTime()));
        }

        void addSettled(List<String> ids) {
            ids.forEach(id -> servers.add(new Waiting(id, System.nanoTime() - LEFT_ALONE.toNanos())));
        }

        synchronized @Nullable String poll() {
            Waiting next = servers.peek();
            if (next == null || System.nanoTime() - next.since() < LEFT_ALONE.toNanos()) {
                return null;
            }
            servers.remove();
            return next.server();
        }
    }

    private final BenchSite site;
    private final Database database;
    private final ProcessorTime time;
    private final Timestamp begin;
    private final Settling made = new Settling();
    private final Settling running = new Settling();
    private final Settling stopped = new Settling();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final List<Double> answers = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Changes(BenchSite site, Database database) {
        this.site = site;
        this.database = database;
        this.time = new ProcessorTime(site.data());
        this.begin = database.one(row -> row.getTimestamp(1), "select now()");
    }

    List<Figure> measure(String network, int perSecond, int seconds) throws InterruptedException {
        running.addSettled(seeded("ACTIVE"));
        stopped.addSettled(seeded("SHUTOFF"));
        Map<String, Object> request = Map.of(
                "server",
                Map.of(
                        "name", "change",
                        "imageRef", site.tinyImage(),
                        "flavorRef", site.smallestFlavor(),
                        "availability_zone", Seed.ZONE,
                        "networks", List.of(Map.of("uuid", network))));
        int total = perSecond * seconds;
        double[] used = used();
        List<Double> lag = new ArrayList<>();
        List<Double> behind = new ArrayList<>();
        Semaphore places = new Semaphore(AT_ONCE);
        long start = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            long nextLook = start;
            for (int number = 0; number < total; number++) {
                long at = start + number * 1_000_000_000L / perSecond;
                LockSupport.parkNanos(at - System.nanoTime());
                places.acquire();
                int kind = number % 4;
                clients.submit(() -> {
                    try {
                        change(kind, request);
                    } finally {
                        places.release();
                    }
                });
                if (System.nanoTime() >= nextLook) {
                    Open open = open();
                    lag.add(open.oldestSeconds());
                    behind.add((double) open.servers());
                    nextLook += 1_000_000_000L;
                }
            }
        }
        double taken = (System.nanoTime() - start) / 1e9;
        double[] after = used();
        long drained = System.nanoTime();
        while (open().servers() > 0 && System.nanoTime() - drained < 120_000_000_000L) {
            LockSupport.parkNanos(50_000_000);
        }
        double drain = (System.nanoTime() - drained) / 1e9;
        long left = open().servers();
        long outbox = database.number("select count(*) from outbox");
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("changes made, of " + perSecond + "/s asked for", "/s", done.get() / taken));
        figures.add(Figure.of("changes refused", "", refused.get()));
        refusals.forEach((why, times) -> System.out.println("  refused " + times + " times: " + why));
        figures.add(Figure.of("answer to a change", "ms", array(answers)));
        figures.add(Figure.of("servers on their way, each second", "", array(behind)));
        figures.add(Figure.of("oldest of them", "s", array(lag)));
        figures.add(Figure.of("all as desired after the last change", "s", drain));
        figures.add(Figure.of("servers left not as desired", "", left));
        figures.add(Figure.of("events not yet in the ledger then", "", outbox));
        String[] names = {"cloud", "ledger", "PostgreSQL"};
        for (int i = 0; i < names.length; i++) {
            figures.add(
                    Figure.of("processor time of " + names[i] + " for a change", "ms", (after[i] - used[i]) / total));
        }
        return figures;
    }

    private List<String> seeded(String status) {
        List<String> ids = new ArrayList<>();
        for (JsonNode server :
                site.get(SERVERS + "?limit=1000&status=" + status).path("servers")) {
            ids.add(server.path("id").asString());
        }
        return ids;
    }

    private void change(int kind, Map<String, Object> request) {
        long start = System.nanoTime();
        boolean good = switch (kind) {
            case 0 -> create(request);
            case 1 -> act(running, stopped, "os-stop", request);
            case 2 -> act(stopped, running, "os-start", request);
            default -> delete(request);
        };
        double taken = (System.nanoTime() - start) / 1e6;
        synchronized (answers) {
            answers.add(taken);
        }
        (good ? done : refused).incrementAndGet();
    }

    private boolean create(Map<String, Object> request) {
        var answer = site.send("POST", SERVERS, request);
        if (!taken(answer, 202)) {
            return false;
        }
        made.add(BenchSite.JSON.readTree(answer.body()).at("/server/id").asString());
        return true;
    }

    private boolean act(Settling from, Settling to, String action, Map<String, Object> request) {
        String server = from.poll();
        if (server == null) {
            return create(request);
        }
        java.util.Map<String, Object> body = new java.util.HashMap<>();
        body.put(action, null);
        boolean good = taken(site.send("POST", SERVERS + "/" + server + "/action", body), 202);
        (good ? to : from).add(server);
        return good;
    }

    private boolean delete(Map<String, Object> request) {
        String server = made.poll();
        return server == null ? create(request) : taken(site.send("DELETE", SERVERS + "/" + server, null), 204);
    }

    /** Counts refusals by what they say, without the ids in it. */
    private boolean taken(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status) {
            refusals.merge(
                    answer.statusCode() + " " + answer.body().replaceAll("[0-9a-f-]{36}", "ID"), 1, Integer::sum);
        }
        return answer.statusCode() == status;
    }

    private Open open() {
        return database.one(row -> new Open(row.getLong(1), row.getDouble(2)), OPEN, begin);
    }

    private double[] used() {
        return new double[] {time.of("cloud"), time.of("ledger"), time.ofDatabase()};
    }

    private static double[] array(List<Double> values) {
        synchronized (values) {
            double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
            return array.length == 0 ? new double[] {0} : Arrays.copyOf(array, array.length);
        }
    }
}
