package dev.unkai.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** POST to ACTIVE beside {@code virsh create} of an equal domain; DELETE to gone beside {@code virsh destroy}. */
final class ServerLife {
    private static final long POLL_NANOS = 3_000_000;

    private final BenchSite site;
    private final String libvirt;

    ServerLife(BenchSite site) {
        this.site = site;
        this.libvirt = "qemu+unix:///system?socket=" + site.data().resolve("run/libvirt/libvirt-sock");
    }

    List<Figure> measure(int rounds) throws IOException, InterruptedException {
        String network = network();
        Map<String, Object> request = Map.of(
                "server",
                Map.of(
                        "name", "bench",
                        "imageRef", id("/image/v2/images?name=unkai-tiny", "images", "unkai-tiny"),
                        "flavorRef", id("/compute/v2.1/flavors", "flavors", "u1.nano"),
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
        Path xml = Files.createTempFile("bench", ".xml");
        Path folder = Files.createTempDirectory(site.data().resolve("node"), "bench");
        String twin =
                UUID.nameUUIDFromBytes(server.getBytes(StandardCharsets.UTF_8)).toString();
        String domain = copyFiles(virsh("dumpxml", "--security-info", server), server, folder)
                .replace(server, twin)
                .replaceAll("<name>[^<]*</name>", "<name>bench</name>")
                .replaceFirst("(?s)<domain ([^>]*) id='\\d+'", "<domain $1")
                .replaceAll("<seclabel[^>]*/>", "")
                .replaceAll("(?s)<seclabel.*?</seclabel>", "")
                .replaceAll("(?s)<metadata>.*?</metadata>", "")
                .replaceAll("<source mode='bind' path='[^']*guest_agent[^']*'/>", "")
                .replaceAll("<mac address='[^']*'/>", "");
        Files.writeString(xml, domain);
        long start = System.nanoTime();
        virsh("create", xml.toString());
        double created = millisSince(start);
        settle();
        start = System.nanoTime();
        virsh("destroy", "bench");
        double destroyed = millisSince(start);
        site.send("DELETE", "/compute/v2.1/servers/" + server, null);
        awaitGone(server);
        run("rm", "-rf", folder.toString(), xml.toString());
        return new double[] {created, destroyed};
    }

    /** Disks, drives and sockets of the running server are its own: the raw domain gets copies in {@code folder}. */
    private String copyFiles(String domain, String server, Path folder) throws IOException, InterruptedException {
        run("chmod", "0777", folder.toString());
        Path own = site.data().resolve("node/guests").resolve(server);
        for (String file : List.of("disk.qcow2", "config.iso")) {
            run("cp", "--sparse=always", own.resolve(file).toString(), folder.toString());
            run("chmod", "0666", folder.resolve(file).toString());
        }
        return domain.replace(own.toString(), folder.toString());
    }

    private String virsh(String... words) throws IOException, InterruptedException {
        String[] all = new String[words.length + 3];
        System.arraycopy(new String[] {"virsh", "-c", libvirt}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        return run(all);
    }

    private static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", words) + ": " + output);
        }
        return output;
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

    private String network() {
        HttpResponse<String> made =
                site.send("POST", "/network/v2.0/networks", Map.of("network", Map.of("name", "bench")));
        String id = BenchSite.JSON.readTree(made.body()).at("/network/id").asString();
        site.send(
                "POST",
                "/network/v2.0/subnets",
                Map.of("subnet", Map.of("network_id", id, "cidr", "10.66.0.0/24", "ip_version", 4)));
        return id;
    }

    private String id(String path, String list, String name) {
        for (JsonNode item : site.get(path).path(list)) {
            if (item.path("name").asString().equals(name)) {
                return item.path("id").asString();
            }
        }
        throw new IllegalStateException("There is no " + name);
    }
}
