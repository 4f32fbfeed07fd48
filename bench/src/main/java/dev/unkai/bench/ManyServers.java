package dev.unkai.bench;

import dev.unkai.bench.SimulatedHost.Face;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Fifty servers posted at once, then as many as wanted, each with a port, on a simulated host; lists and ports among them. */
final class ManyServers {
    private static final int AT_ONCE = 50;
    private static final int CLIENTS = 8;
    private static final String SERVERS = "/compute/v2.1/servers";
    /** Those made here; others may be there, too. */
    private static final String MINE = SERVERS + "?name=many";

    private final Path data;
    private final BenchSite site;
    private final BenchSite operator;
    private final Consumer<Figure> report;

    /** @param report gets each figure as soon as it is known */
    ManyServers(Path data, Consumer<Figure> report) throws Exception {
        this.data = data;
        this.report = report;
        this.site = BenchSite.as(data, "sample-shared");
        this.operator = BenchSite.as(data, "operator");
    }

    void measure(int servers) throws Exception {
        operator.raiseQuotas(site.project());
        try (SimulatedHosts hosts = new SimulatedHosts(data)) {
            SimulatedHost host = hosts.attach(Face.roomy());
            String network = site.network("many", "10.70.0.0/16");
            awaitZone(host.zone());
            Map<String, Object> request = request(network, host.zone());
            report.accept(Figure.of(
                    AT_ONCE + " servers posted at once to all ACTIVE",
                    "ms",
                    IntStream.range(0, 5).mapToDouble(round -> atOnce(request)).toArray()));
            fill(request, servers).forEach(report);
            new Lists(site, operator, report).measure(network);
            Residents.measure(data).forEach(report);
            deleteAll();
        }
    }

    private double atOnce(Map<String, Object> request) {
        long start = System.nanoTime();
        List<String> made = new Posts(site, SERVERS).send(request, AT_ONCE, AT_ONCE);
        awaitActive(made.size(), made);
        double taken = millisSince(start);
        made.forEach(server -> site.expect("DELETE", SERVERS + "/" + server, null));
        awaitGone();
        return taken;
    }

    private List<Figure> fill(Map<String, Object> request, int servers) {
        return new ProcessorTime(data).of("POST /servers to ACTIVE", servers, () -> {
            long start = System.nanoTime();
            List<String> made = new Posts(site, SERVERS).send(request, servers, CLIENTS);
            awaitActive(made.size(), made);
            System.out.printf("%d servers ACTIVE after %.1f s%n", servers, millisSince(start) / 1000);
        });
    }

    private void awaitActive(int count, List<String> servers) {
        while (site.count(MINE + "&status=ACTIVE", "servers") < count) {
            LockSupport.parkNanos(50_000_000);
            String status = site.get(SERVERS + "/" + servers.getLast())
                    .at("/server/status")
                    .asString();
            if (status.equals("ERROR")) {
                throw new IllegalStateException(
                        site.get(SERVERS + "/" + servers.getLast()).toString());
            }
        }
    }

    private void awaitGone() {
        while (site.count(MINE, "servers") > 0) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void deleteAll() {
        while (site.count(MINE, "servers") > 0) {
            for (JsonNode server : site.get(MINE).path("servers")) {
                site.send("DELETE", SERVERS + "/" + server.path("id").asString(), null);
            }
        }
    }

    private void awaitZone(String zone) {
        while (!site.get("/compute/v2.1/os-availability-zone").toString().contains(zone)) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private Map<String, Object> request(String network, String zone) {
        return Map.of(
                "server",
                Map.of(
                        "name",
                        "many",
                        "imageRef",
                        site.tinyImage(),
                        "flavorRef",
                        site.smallestFlavor(),
                        "availability_zone",
                        zone,
                        "networks",
                        List.of(Map.of("uuid", network))));
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
