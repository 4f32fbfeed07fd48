package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A running guest's memory and disk as evidence, while the processes that secure them are killed; checked by hand as the manual says. */
@ExtendWith(RunningSite.class)
class EvidenceTest {
    private static final String PACKAGES = "/service/v1/evidence/packages";

    @Test
    void aPackageIsWholeAndCheckedByOpensslAloneWhicheverProcessDiesWhileItIsMade(Site site, @TempDir Path folder)
            throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Api customer = Api.as(site, "sample-shared");
        String server = customer.server(Api.unique("evidence"), null, List.of());
        customer.awaitStatus(server, "ACTIVE");
        String guest = Qemu.of(server);
        Api officer = Officer.of(site);
        String project = customer.get("/service/v1/session")
                .expect(200)
                .at("/project/id")
                .asString();
        grant(Api.as(site, "operator"), officer, project);

        String id = officer.post(
                        PACKAGES,
                        Map.of(
                                "reference",
                                "K-1",
                                "project",
                                project,
                                "server",
                                server,
                                "reason",
                                "r",
                                "mayTell",
                                true,
                                "disk",
                                true,
                                "memory",
                                true))
                .expect(202)
                .path("id")
                .asString();
        for (String victim : List.of("node", "cloud")) {
            LockSupport.parkNanos(random.nextLong(4_000_000_000L));
            site.kill9(victim);
        }

        JsonNode whole = await("seed " + seed)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> officer.get(PACKAGES + "/" + id),
                        answer ->
                                answer.body().at("/evidence/state").asString("").equals("sealed"))
                .body();
        assertThat(whole.path("parts")
                        .valueStream()
                        .map(part -> part.path("state").asString()))
                .as("seed %d %s", seed, whole.path("parts"))
                .containsOnly("done");
        Path unpacked = takenOut(site, officer, id, folder);
        checked(unpacked);
        assertThat(Qemu.of(server))
                .as("the guest went on: the same process, seed %d", seed)
                .isEqualTo(guest);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(customer.status(server)).isEqualTo("ACTIVE"));

        // What a dead process left is removed once nobody has written to it for ten minutes; a process that begins
        // looks at once.
        Path evidence = site.data().resolve("images/evidence");
        for (Path file : list(evidence)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3_600)));
        }
        site.kill9("cloud");
        await("seed " + seed).atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(list(evidence)).as("parts and nothing else").hasSize(parts(officer));
            assertThat(list(site.data().resolve("node/captures")))
                    .as("on the host")
                    .isEmpty();
        });
        customer.delete("/compute/v2.1/servers/" + server).expect(204);
        customer.awaitStatus(server, "GONE");
    }

    private static void grant(Api operator, Api officer, String project) {
        String access = operator.post(
                        "/service/v1/break-glass",
                        Map.of("project", project, "reason", "r", "ticket", "T-1", "minutes", 30))
                .expect(201)
                .path("id")
                .asString();
        officer.put("/service/v1/break-glass/" + access + "/approval", null).expect(200);
    }

    private static Path takenOut(Site site, Api officer, String id, Path folder) throws IOException {
        Path tar = folder.resolve("package.tar");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Command.run(
                                        Duration.ofMinutes(1),
                                        Map.of(),
                                        "curl",
                                        "--fail",
                                        "--silent",
                                        "--cacert",
                                        site.data().resolve("pki/ca.crt").toString(),
                                        "--header",
                                        "X-Auth-Token: " + officer.token(),
                                        "--output",
                                        tar.toString(),
                                        site.address() + PACKAGES + "/" + id + "/file")
                                .status()
                        == 0);
        run(folder, "tar", "xf", "package.tar");
        return list(folder).stream().filter(Files::isDirectory).findFirst().orElseThrow();
    }

    /** As the manual and the package's own README say. */
    private static void checked(Path folder) throws IOException {
        run(folder, "sha256sum", "--strict", "-c", "SHA256SUMS");
        var epoch = Pattern.compile("-attime ([0-9]+)").matcher(Files.readString(folder.resolve("README.txt")));
        assertThat(epoch.find()).isTrue();
        run(
                folder,
                ("openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS -CAfile authority.pem -attime "
                                + epoch.group(1) + " -out verified")
                        .split(" "));
        run(folder, "cmp", "verified", "SHA256SUMS");
        run(folder, "qemu-img", "check", "server-disk.qcow2");
        try (var memory = Files.newInputStream(folder.resolve("server-memory.elf"))) {
            byte[] head = memory.readNBytes(18);
            assertThat(head).as("an ELF file").startsWith(0x7f, 'E', 'L', 'F');
            assertThat(head[16]).as("a core").isEqualTo((byte) 4);
        }
        assertThat(run(
                        Site.REPOSITORY,
                        "./unkai",
                        "verify",
                        folder.resolve("events.jsonl").toString()))
                .startsWith("OK: ");
    }

    private static String run(Path folder, String... words) {
        return Command.run(Duration.ofMinutes(1), Map.of("LC_ALL", "C.UTF-8"), folder, words)
                .succeeded();
    }

    private static int parts(Api officer) {
        int parts = 0;
        for (JsonNode one : officer.get(PACKAGES).expect(200).path("packages")) {
            JsonNode whole =
                    officer.get(PACKAGES + "/" + one.path("id").asString()).expect(200);
            for (JsonNode part : whole.path("parts")) {
                boolean file = !part.path("kind").asString().equals("seal")
                        && part.path("state").asString().equals("done");
                parts += file ? 1 : 0;
            }
        }
        return parts;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toList());
        }
    }
}
