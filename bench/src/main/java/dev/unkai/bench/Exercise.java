package dev.unkai.bench;

import dev.unkai.bench.SimulatedHost.Face;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Half a minute of what customers do most. Nothing is measured: the JVMs of the site learn from it which methods are hot (decision 0091). */
final class Exercise {
    private static final long NANOS = 30_000_000_000L;
    private static final int CLIENTS = 4;
    private static final String SERVERS = "/compute/v2.1/servers";
    private static final List<String> LISTS = List.of(
            SERVERS + "/detail",
            "/network/v2.0/ports",
            "/network/v2.0/networks",
            "/network/v2.0/security-groups",
            "/compute/v2.1/flavors/detail",
            "/image/v2/images",
            "/service/v1/history?limit=50");

    private final Path data;
    private final BenchSite site;

    Exercise(Path data) throws Exception {
        this.data = data;
        this.site = BenchSite.as(data, "sample-shared");
    }

    void run() throws Exception {
        BenchSite.as(data, "operator").raiseQuotas(site.project());
        try (SimulatedHosts hosts = new SimulatedHosts(data)) {
            SimulatedHost host = hosts.attach(Face.roomy());
            String network = site.network("exercise", "10.71.0.0/16");
            while (!site.get("/compute/v2.1/os-availability-zone").toString().contains(host.zone())) {
                pause();
            }
            long end = System.nanoTime() + NANOS;
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                clients.submit(() -> live("nova", network)); // a real guest, for the node
                for (int client = 0; client < CLIENTS; client++) {
                    clients.submit(() -> {
                        while (System.nanoTime() < end) {
                            live(host.zone(), network);
                            BenchSite.as(data, "sample-shared");
                        }
                        return null;
                    });
                }
            }
        }
    }

    /** One server's life, with looks at it and at what is around it. */
    private void live(String zone, String network) {
        String server = site.expect("POST", SERVERS, request(zone, network))
                .at("/server/id")
                .asString();
        String path = SERVERS + "/" + server;
        await(path, "ACTIVE");
        look(path);
        site.send("POST", path + "/action", Map.of("os-stop", Map.of()));
        await(path, "SHUTOFF");
        site.send("POST", path + "/action", Map.of("os-start", Map.of()));
        await(path, "ACTIVE");
        look(path);
        String port = site.expect("POST", "/network/v2.0/ports", Map.of("port", Map.of("network_id", network)))
                .at("/port/id")
                .asString();
        site.send("DELETE", "/network/v2.0/ports/" + port, null);
        site.send("DELETE", path, null);
    }

    private void look(String server) {
        for (String list : LISTS) {
            site.get(list);
            for (int i = 0; i < 5; i++) {
                site.get(server);
            }
        }
    }

    private void await(String server, String status) {
        long patience = System.nanoTime() + NANOS;
        while (!site.get(server).at("/server/status").asString().equals(status) && System.nanoTime() < patience) {
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(30_000_000);
    }

    private Map<String, Object> request(String zone, String network) {
        return Map.of(
                "server",
                Map.of(
                        "name",
                        "exercise",
                        "imageRef",
                        site.tinyImage(),
                        "flavorRef",
                        site.smallestFlavor(),
                        "availability_zone",
                        zone,
                        "networks",
                        List.of(Map.of("uuid", network))));
    }
}
