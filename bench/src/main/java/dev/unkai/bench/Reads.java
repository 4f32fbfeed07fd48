package dev.unkai.bench;

import java.util.List;
import java.util.Map;

/** Single reads with eight clients, through TLS, token check, row-level security and PostgreSQL. */
final class Reads {
    private static final int WARM_SECONDS = 45;
    private final BenchSite site;

    Reads(BenchSite site) {
        this.site = site;
    }

    List<Figure> measure() {
        String server = stoppedServer();
        String path = "/compute/v2.1/servers/" + server;
        Figure reads = of(site, path);
        site.send("DELETE", path, null);
        return List.of(reads);
    }

    /** Rounds of GET of one address, when the JVM has compiled what it takes for hot. */
    static Figure of(BenchSite site, String path) {
        Wrk wrk = new Wrk(site);
        wrk.rate(path, WARM_SECONDS);
        return Figure.of("GET /servers/{id}, 8 clients", "/s", wrk.rate(path, 8), wrk.rate(path, 8), wrk.rate(path, 8));
    }

    /** A server without a host: reading it costs the same, and no guest takes the processor meanwhile. */
    private String stoppedServer() {
        String server = site.expect(
                        "POST",
                        "/compute/v2.1/servers",
                        Map.of(
                                "server",
                                Map.of(
                                        "name",
                                        "bench-read",
                                        "imageRef",
                                        site.tinyImage(),
                                        "flavorRef",
                                        site.smallestFlavor(),
                                        "availability_zone",
                                        "nova")))
                .at("/server/id")
                .asString();
        site.send("POST", "/compute/v2.1/servers/" + server + "/action", Map.of("os-stop", Map.of()));
        return server;
    }
}
