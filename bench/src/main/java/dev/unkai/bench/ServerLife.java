package dev.unkai.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** POST to ACTIVE beside {@code virsh create} of an equal domain; DELETE to gone beside {@code virsh destroy}. */
final class ServerLife {
    private static final long POLL_NANOS = 3_000_000;

    private final BenchSite site;
    private final RawDomains raw;

    ServerLife(BenchSite site) {
        this.site = site;
        this.raw = new RawDomains(site.data());
    }

    List<Figure> measure(int rounds) throws IOException, InterruptedException {
        String network = site.network("bench", "10.66.0.0/24");
        Map<String, Object> request = Map.of(
                "server",
                Map.of(
                        "name", "bench",
                        "imageRef", site.tinyImage(),
                        "flavorRef", site.smallestFlavor(),
                        "networks", List.of(Map.of("uuid", network))));
        double[] create = new double[rounds];
        double[] delete = new double[rounds];
        double[] rawCreate = new double[rounds];
        double[] rawDestroy = new double[rounds];
        for (int round = -2; round < rounds; round++) {
            double[] ours = ourRound(request);
            double[] raw = rawRound(request);
            if (round >= 0) { // two rounds to warm up
                create[round] = ours[0];
                delete[round] = ours[1];
                rawCreate[round] = raw[0];
                rawDestroy[round] = raw[1];
            }
        }
        site.send("DELETE", "/network/v2.0/networks/" + network, null);
        Figure virshCreate = Figure.of("virsh create of an equal domain", "ms", rawCreate);
        Figure virshDestroy = Figure.of("virsh destroy", "ms", rawDestroy);
        return List.of(
                virshCreate,
                Figure.of("POST server to ACTIVE", "ms", create).against(virshCreate),
                virshDestroy,
                Figure.of("DELETE server to gone", "ms", delete).against(virshDestroy));
    }

    private double[] ourRound(Map<String, Object> request) {
        long start = System.nanoTime();
        String server = post(request);
        awaitStatus(server, "ACTIVE");
        double created = millisSince(start);
        settle();
        start = System.nanoTime();
        site.send("DELETE", "/compute/v2.1/servers/" + server, null);
        awaitGone(server);
        return new double[] {created, millisSince(start)};
    }

    /** The same disk, memory and port, without Unkai: the domain of a server of ours, created again by hand. */
    private double[] rawRound(Map<String, Object> request) throws IOException, InterruptedException {
        String server = post(request);
        awaitStatus(server, "ACTIVE");
        Path folder = Files.createTempDirectory(site.data().resolve("node"), "bench");
        Path xml = raw.twin(server, folder);
        long start = System.nanoTime();
        raw.virsh("create", xml.toString());
        double created = millisSince(start);
        settle();
        start = System.nanoTime();
        raw.virsh("destroy", RawDomains.name(xml));
        double destroyed = millisSince(start);
        site.send("DELETE", "/compute/v2.1/servers/" + server, null);
        awaitGone(server);
        RawDomains.run("rm", "-rf", folder.toString());
        return new double[] {created, destroyed};
    }

    /** Lets a young guest's firmware run a moment, so that both sides destroy a guest of the same age. */
    private static void settle() {
        LockSupport.parkNanos(300_000_000L);
    }

    private String post(Map<String, Object> request) {
        HttpResponse<String> answer = site.send("POST", "/compute/v2.1/servers", request);
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("POST servers answered " + answer.statusCode() + " " + answer.body());
        }
        return BenchSite.JSON.readTree(answer.body()).at("/server/id").asString();
    }

    private void awaitStatus(String server, String wanted) {
        String status = "";
        while (!status.equals(wanted)) {
            status = site.get("/compute/v2.1/servers/" + server)
                    .at("/server/status")
                    .asString();
            if (status.equals("ERROR")) {
                throw new IllegalStateException(
                        site.get("/compute/v2.1/servers/" + server).toString());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void awaitGone(String server) {
        while (site.send("GET", "/compute/v2.1/servers/" + server, null).statusCode() != 404) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
