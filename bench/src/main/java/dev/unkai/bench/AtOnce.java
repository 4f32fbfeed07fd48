package dev.unkai.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Twenty servers posted at once on real QEMU until all are ACTIVE, beside twenty {@code virsh create} of equal domains at once. */
final class AtOnce {
    private static final int SERVERS = 20;

    /** Looking takes processor time too, of which there is little while guests start. */
    private static final long LOOK_EVERY = 100_000_000;

    private static final String PATH = "/compute/v2.1/servers";

    private final BenchSite site;
    private final RawDomains raw;

    AtOnce(BenchSite site) {
        this.site = site;
        this.raw = new RawDomains(site.data());
    }

    List<Figure> measure(int rounds) throws Exception {
        String network = site.network("at-once", "10.67.0.0/24");
        Map<String, Object> request = Map.of(
                "server",
                Map.of(
                        "name", "at-once",
                        "imageRef", site.tinyImage(),
                        "flavorRef", site.smallestFlavor(),
                        "networks", List.of(Map.of("uuid", network))));
        double[] ours = new double[rounds];
        double[] parts = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double[] both = round(request);
            System.out.printf("# round %d: %.0f ms, virsh %.0f ms%n", round + 1, both[0], both[1]);
            if (round >= 0) { // one round to warm up
                ours[round] = both[0];
                parts[round] = both[1];
            }
        }
        site.send("DELETE", "/network/v2.0/networks/" + network, null);
        Figure part = Figure.of(SERVERS + " virsh create of equal domains at once", "ms", parts);
        return List.of(
                part,
                Figure.of(SERVERS + " servers posted at once to all ACTIVE", "ms", ours)
                        .against(part));
    }

    /** Ours, then the raw part with the files of these very servers, which have gone before. */
    private double[] round(Map<String, Object> request) throws Exception {
        long start = System.nanoTime();
        List<String> servers = new Posts(site, PATH).send(request, SERVERS, SERVERS);
        while (site.count(PATH + "?status=ACTIVE&name=at-once", "servers") < SERVERS) {
            LockSupport.parkNanos(LOOK_EVERY);
        }
        double ours = (System.nanoTime() - start) / 1e6;
        Path folder = Files.createTempDirectory(site.data().resolve("node"), "bench");
        List<Path> documents = new ArrayList<>();
        for (String server : servers) {
            documents.add(raw.twin(server, folder));
        }
        servers.forEach(server -> site.send("DELETE", PATH + "/" + server, null));
        while (site.count(PATH + "?name=at-once", "servers") > 0) {
            LockSupport.parkNanos(LOOK_EVERY);
        }
        double parts = createAll(documents);
        for (Path document : documents) {
            raw.virsh("destroy", RawDomains.name(document));
        }
        RawDomains.run("rm", "-rf", folder.toString());
        return new double[] {ours, parts};
    }

    private double createAll(List<Path> documents) throws Exception {
        long start = System.nanoTime();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> made = new ArrayList<>();
            for (Path document : documents) {
                made.add(all.submit(() -> raw.virsh("create", document.toString())));
            }
            for (Future<String> one : made) {
                one.get();
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
