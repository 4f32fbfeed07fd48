package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a host's certificate opens when it has ended, and that the next one reaches all who show it. */
@ExtendWith(RunningRack.class)
class HostCertificateTest {
    private static final Duration BRIEF = Duration.ofSeconds(20);

    @Test
    void anEndedCertificateOpensNeitherDoorAndTheNodeAndItsControllerComeBackWithTheNext(Site site) throws Exception {
        Machine machine = site.machines().getFirst();
        Api operator = Api.as(site, "operator");
        assertThat(controller(machine)).isEqualTo("connected");

        // The node would have the next one within moments: it is held, as if it had been off for a day.
        signal("STOP", machine.pid("node.keep"));
        signal("KILL", machine.pid("node"));
        endCertificate(site, machine);
        // A session that it opened within its last second would stay.
        await().atMost(BRIEF).until(() -> hasEnded(machine));
        dropSessions(site);
        await().atMost(BRIEF).until(() -> !controller(machine).equals("connected"));
        await().during(Duration.ofSeconds(3))
                .atMost(BRIEF)
                .until(() -> !controller(machine).equals("connected"));

        Instant began = Instant.now();
        signal("CONT", machine.pid("node.keep"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lastSeen(operator, machine)).isAfter(began));
        await().atMost(Duration.ofSeconds(30)).until(() -> controller(machine).equals("connected"));
        System.out.println("A host whose certificate had ended was back "
                + Duration.between(began, Instant.now()).toMillis() + " ms after its node began again");
    }

    /** As after a day without the cloud: the certificate that the machine has is one of before. */
    private static void endCertificate(Site site, Machine machine) throws IOException {
        Path pki = machine.folder().resolve("pki");
        Path names = Files.writeString(
                machine.folder().resolve("names"), "subjectAltName=URI:unkai:host:" + hostId(machine) + "\n");
        Path ended = machine.folder().resolve("ended.crt");
        openssl(
                "x509",
                "-req",
                "-days",
                "0",
                "-in",
                pki.resolve("node.request").toString(),
                "-CA",
                site.data().resolve("pki/hosts-ca.crt").toString(),
                "-CAkey",
                site.data().resolve("pki/hosts-ca.key").toString(),
                "-CAcreateserial",
                "-CAserial",
                machine.folder().resolve("serial").toString(),
                "-subj",
                "/CN=" + hostId(machine),
                "-extfile",
                names.toString(),
                "-out",
                ended.toString());
        Files.copy(ended, pki.resolve("node.crt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Command.run(BRIEF, Map.of(), "touch", pki.resolve("node.key").toString())
                .succeeded();
    }

    private static void signal(String name, long process) {
        Command.run(BRIEF, Map.of(), "kill", "-" + name, String.valueOf(process))
                .succeeded();
    }

    private static boolean hasEnded(Machine machine) {
        String certificate = machine.folder().resolve("pki/node.crt").toString();
        return Command.run(BRIEF, Map.of(), "openssl", "x509", "-noout", "-checkend", "0", "-in", certificate)
                        .status()
                != 0;
    }

    private static String hostId(Machine machine) throws IOException {
        return Files.readAllLines(machine.folder().resolve("etc/settings")).stream()
                .filter(line -> line.startsWith("host-id="))
                .map(line -> line.substring("host-id=".length()))
                .findFirst()
                .orElseThrow();
    }

    private static void dropSessions(Site site) {
        Command.run(
                        BRIEF,
                        Map.of(),
                        "ovs-appctl",
                        "-t",
                        site.data().resolve("run/ovn/ovnsb_db.ctl").toString(),
                        "ovsdb-server/reconnect")
                .succeeded();
    }

    /** What the machine's OVN controller says of its connection to the southbound database. */
    private static String controller(Machine machine) throws IOException {
        try (var files = Files.list(machine.folder().resolve("run/ovn"))) {
            Path control = files.filter(file -> file.getFileName().toString().matches("ovn-controller.*\\.ctl"))
                    .findFirst()
                    .orElseThrow();
            return Command.run(BRIEF, Map.of(), "ovs-appctl", "-t", control.toString(), "connection-status")
                    .succeeded()
                    .strip();
        }
    }

    private static Instant lastSeen(Api operator, Machine machine) {
        for (JsonNode host : operator.get("/service/v1/hosts").expect(200).path("hosts")) {
            if (host.path("name").asString().equals(machine.name())) {
                return Instant.parse(host.path("lastSeen").asString());
            }
        }
        throw new AssertionError("No host " + machine.name());
    }

    private static void openssl(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "openssl";
        System.arraycopy(words, 0, all, 1, words.length);
        Command.run(BRIEF, Map.of(), all).succeeded();
    }
}
