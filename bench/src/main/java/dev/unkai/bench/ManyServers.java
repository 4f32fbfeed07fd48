package dev.unkai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Fifty servers posted at once, then as many as wanted, each with a port, on a simulated host; lists and ports among them. */
final class ManyServers {
    private static final int AT_ONCE = 50;
    private static final int CLIENTS = 8;
    private static final int SAMPLES = 21;
    private static final String SERVERS = "/compute/v2.1/servers";
    private static final String PORTS = "/network/v2.0/ports";

    private final Path data;
    private final BenchSite site;
    private final BenchSite operator;

    ManyServers(Path data) throws Exception {
        this.data = data;
        this.site = BenchSite.as(data, "sample-dedicated");
        this.operator = BenchSite.as(data, "operator");
    }

    List<Figure> measure(int servers) throws Exception {
        raiseQuotas();
        List<Figure> figures = new ArrayList<>();
        try (SimulatedHost host = new SimulatedHost(UUID.randomUUID(), data.resolve("pki"), nodePort())) {
            String network = network();
            awaitZone(host.zone());
            Map<String, Object> request = request(network, host.zone());
            figures.add(Figure.of(
                    AT_ONCE + " servers posted at once to all ACTIVE",
                    "ms",
                    IntStream.range(0, 5).mapToDouble(round -> atOnce(request)).toArray()));
            fill(request, servers);
            figures.add(
                    times("GET /servers/detail, all of " + servers, () -> everything(SERVERS + "/detail", "servers")));
            figures.add(times("GET /ports, all of " + servers, () -> everything(PORTS, "ports")));
            figures.add(times("POST /ports", () -> port(network)));
            deleteAll();
        }
        return figures;
    }

    private static Figure times(String what, Runnable work) {
        for (int warm = 0; warm < 5; warm++) {
            work.run();
        }
        double[] samples = new double[SAMPLES];
        for (int round = 0; round < SAMPLES; round++) {
            long start = System.nanoTime();
            work.run();
            samples[round] = millisSince(start);
        }
        return Figure.of(what, "ms", samples);
    }

    private double atOnce(Map<String, Object> request) {
        long start = System.nanoTime();
        List<String> made = create(request, AT_ONCE, AT_ONCE);
        awaitActive(made.size(), made);
        double taken = millisSince(start);
        made.forEach(server -> site.expect("DELETE", SERVERS + "/" + server, null));
        awaitGone();
        return taken;
    }

    private void fill(Map<String, Object> request, int servers) {
        long start = System.nanoTime();
        List<String> made = create(request, servers, CLIENTS);
        awaitActive(made.size(), made);
        System.out.printf("%d servers ACTIVE after %.1f s%n", servers, millisSince(start) / 1000);
    }

    private List<String> create(Map<String, Object> request, int servers, int clients) {
        Semaphore places = new Semaphore(clients);
        try (ExecutorService posters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int number = 0; number < servers; number++) {
                answers.add(posters.submit((Callable<String>) () -> {
                    places.acquire();
                    try {
                        return site.expect("POST", SERVERS, request)
                                .at("/server/id")
                                .asString();
                    } finally {
                        places.release();
                    }
                }));
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> answer : answers) {
                ids.add(answer.get());
            }
            return ids;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitActive(int count, List<String> servers) {
        while (everything(SERVERS + "?status=ACTIVE", "servers") < count) {
            LockSupport.parkNanos(10_000_000);
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
        while (everything(SERVERS, "servers") > 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Follows the pages of a list; the number of its items. */
    private int everything(String path, String name) {
        int count = 0;
        String next = path;
        while (next != null) {
            JsonNode page = site.expect("GET", next, null);
            count += page.path(name).size();
            next = null;
            for (JsonNode link : page.path(name + "_links")) {
                if (link.path("rel").asString().equals("next")) {
                    next = link.path("href").asString().substring(site.address().length());
                }
            }
        }
        return count;
    }

    private void port(String network) {
        site.expect("POST", PORTS, Map.of("port", Map.of("network_id", network)));
    }

    private void deleteAll() {
        while (everything(SERVERS, "servers") > 0) {
            for (JsonNode server : site.get(SERVERS).path("servers")) {
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
        String image =
                site.get("/image/v2/images?name=unkai-tiny").at("/images/0/id").asString();
        String flavor = "";
        for (JsonNode item : site.get("/compute/v2.1/flavors").path("flavors")) {
            if (item.path("name").asString().equals("u1.nano")) {
                flavor = item.path("id").asString();
            }
        }
        return Map.of(
                "server",
                Map.of(
                        "name",
                        "many",
                        "imageRef",
                        image,
                        "flavorRef",
                        flavor,
                        "availability_zone",
                        zone,
                        "networks",
                        List.of(Map.of("uuid", network))));
    }

    private String network() {
        String id = site.expect("POST", "/network/v2.0/networks", Map.of("network", Map.of("name", "many")))
                .at("/network/id")
                .asString();
        site.expect(
                "POST",
                "/network/v2.0/subnets",
                Map.of("subnet", Map.of("network_id", id, "cidr", "10.64.0.0/16", "ip_version", 4)));
        return id;
    }

    private void raiseQuotas() {
        operator.expect(
                "PUT",
                "/compute/v2.1/os-quota-sets/" + site.project(),
                Map.of("quota_set", Map.of("instances", 100_000, "cores", 1_000_000, "ram", 1_000_000_000)));
        operator.expect("PUT", "/network/v2.0/quotas/" + site.project(), Map.of("quota", Map.of("port", 200_000)));
    }

    private int nodePort() throws IOException {
        for (String line : Files.readAllLines(data.resolve("etc/cloud.yaml"))) {
            if (line.strip().startsWith("node-port:")) {
                return Integer.parseInt(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IllegalStateException("etc/cloud.yaml names no node-port");
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
