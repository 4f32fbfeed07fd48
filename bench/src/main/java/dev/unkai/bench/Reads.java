package dev.unkai.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Single reads with eight clients, through TLS, token check, row-level security and PostgreSQL, driven by wrk. */
final class Reads {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern FAULTS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private final BenchSite site;

    Reads(BenchSite site) {
        this.site = site;
    }

    List<Figure> measure() throws IOException, InterruptedException {
        String server = stoppedServer();
        String path = "/compute/v2.1/servers/" + server;
        load(path, 10); // warm up
        Figure reads = Figure.of("GET /servers/{id}, 8 clients", "/s", load(path, 8), load(path, 8), load(path, 8));
        site.send("DELETE", path, null);
        return List.of(reads);
    }

    private double load(String path, int seconds) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c8",
                        "-d" + seconds + "s",
                        "-H",
                        "X-Auth-Token: " + site.token(),
                        site.address() + path)
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Matcher rate = RATE.matcher(output);
        if (!rate.find() || FAULTS.matcher(output).find()) {
            throw new IllegalStateException("wrk says:\n" + output);
        }
        return Double.parseDouble(rate.group(1));
    }

    /** A server without a host: reading it costs the same, and no guest takes the processor meanwhile. */
    private String stoppedServer() {
        String image =
                site.get("/image/v2/images?name=unkai-tiny").at("/images/0/id").asString();
        String flavor = "";
        for (JsonNode item : site.get("/compute/v2.1/flavors").path("flavors")) {
            if (item.path("name").asString().equals("u1.nano")) {
                flavor = item.path("id").asString();
            }
        }
        String body = site.send(
                        "POST",
                        "/compute/v2.1/servers",
                        Map.of(
                                "server",
                                Map.of(
                                        "name",
                                        "bench-read",
                                        "imageRef",
                                        image,
                                        "flavorRef",
                                        flavor,
                                        "availability_zone",
                                        "nova")))
                .body();
        String server = BenchSite.JSON.readTree(body).at("/server/id").asString();
        site.send("POST", "/compute/v2.1/servers/" + server + "/action", Map.of("os-stop", Map.of()));
        return server;
    }
}
