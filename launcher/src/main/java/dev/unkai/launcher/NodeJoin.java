package dev.unkai.launcher;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import tools.jackson.databind.JsonNode;

/**
 * Makes this machine a host of a cloud on another one, or starts it again: enrols once with a token, then starts Open
 * vSwitch, OVN's controller, libvirt and the node, each unless it runs.
 */
final class NodeJoin {
    private final NodeOptions options;
    private final DataDirectory directory;
    private final Progress progress;
    private final Path source;

    NodeJoin(NodeOptions options, DataDirectory directory, Progress progress, Path source) {
        this.options = options;
        this.directory = directory;
        this.progress = progress;
        this.source = source;
    }

    void run() {
        if (Files.exists(directory.of("etc/cloud.yaml"))) {
            throw new Problem("join.cloud", directory.path());
        }
        directory.prepare();
        try (Lock held = Lock.take(directory)) {
            Settings settings = new Settings(directory, "etc/settings");
            options.limits().forEach(limit -> settings.put(limit.split("=", 2)[0], limit.split("=", 2)[1]));
            HostCertificate certificate = new HostCertificate(directory.of("pki/node.crt"));
            // With a token in hand one that has ended may be that of a host which was removed meanwhile.
            if (!certificate.isThere()
                    || certificate.hasEnded(Instant.now()) && options.token().isPresent()) {
                enrol(settings);
            }
            start(settings);
        }
    }

    private void enrol(Settings settings) {
        if (options.cloud().isEmpty()
                || options.token().isEmpty()
                || options.authority().isEmpty()) {
            throw new Problem("join.options");
        }
        URI cloud = URI.create(options.cloud().get());
        String authority = CloudClient.authority(cloud, options.authority().get());
        directory.write("pki/ca.crt", authority, "rw-r--r--");
        String address = options.address().orElseGet(() -> localAddress(cloud));
        // A host that has its key still comes back as what it was.
        String name = options.name().orElseGet(() -> settings.get("host-name", Host::hostName));
        String zone = options.zone().orElseGet(() -> settings.get("zone", () -> "nova"));
        CloudClient client = new CloudClient(cloud, authority);
        JsonNode enrolled = client.post(
                        "/service/v1/host-enrolments",
                        Map.of(
                                "token",
                                options.token().get(),
                                "request",
                                request(),
                                "name",
                                name,
                                "zone",
                                zone,
                                "address",
                                address),
                        Map.of())
                .expect("join.refused");
        settings.put("host-id", enrolled.path("hostId").asString());
        settings.put("host-name", name);
        settings.put("zone", zone);
        settings.put("address", address);
        settings.put(
                "nodes",
                String.join(
                        ",",
                        enrolled.path("nodes")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()));
        settings.put("host.without.external", "true");
        settings.put("southbound", enrolled.path("southbound").asString());
        directory.write("pki/hosts-ca.crt", enrolled.path("hostAuthority").asString(), "rw-r--r--");
        // Last: its presence says that everything else is here.
        directory.write("pki/node.crt", enrolled.path("certificate").asString(), "rw-r--r--");
        progress.step("join.enrolled", name, cloud);
    }

    private void start(Settings settings) {
        Keepers keepers = new Keepers(directory);
        directory.directory("node", "rwx--x--x");
        String address = options.address().orElseGet(() -> settings.get("address", () -> ""));
        settings.put("address", address);
        String name = settings.get("host-name", Host::hostName);
        String hostId = settings.get("host-id", () -> "");
        Acceleration acceleration = Acceleration.probe();
        if (acceleration == Acceleration.TCG) {
            progress.step("up.tcg");
        }
        Host host = new Host(directory, keepers, hostId, name);
        host.start(new Host.Wiring(southbound(settings), Optional.of(address), Optional.empty(), false), acceleration);
        progress.step("up.ready", "Open vSwitch, OVN, libvirt");
        new NodeService(source, directory, keepers)
                .start(new NodeFile(
                        directory,
                        hostId,
                        name,
                        settings.get("zone", () -> "nova"),
                        List.of(settings.get("nodes", () -> "").split(",")),
                        address,
                        host.libvirtUri(),
                        settings.lines("host.vcpus", "host.memory.mib", "host.disk.gib", "host.without.external")));
        progress.step("up.ready", "node");
        progress.say("join.done", name, directory.path());
    }

    /** OVN knows addresses, not names. */
    private Southbound southbound(Settings settings) {
        String[] parts = settings.get("southbound", () -> ":").split(":", 2);
        return new Southbound.There(
                Addresses.ipv4(parts[0]) + ":" + parts[1],
                directory.of("pki/node.key"),
                directory.of("pki/node.crt"),
                directory.of("pki/ca.crt"));
    }

    /** A certificate request for the key that is here, or for a new one: asking again with the same key is no second use. */
    private String request() {
        try {
            Path file = directory.of("pki/node.request");
            if (Files.exists(file) && Files.exists(directory.of("pki/node.key"))) {
                return Files.readString(file);
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            String text = pem(new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=host"), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            directory.write(
                    "pki/node.key", pem(new JcaPKCS8Generator(pair.getPrivate(), null).generate()), "rw-------");
            directory.write("pki/node.request", text, "rw-------");
            return text;
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("No key could be made", e);
        }
    }

    private static String pem(Object item) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(item);
        }
        return text.toString();
    }

    /** The address by which this machine reaches the service is one by which the other hosts, too, may reach it. */
    private static String localAddress(URI cloud) {
        int port = cloud.getPort() < 0 ? 443 : cloud.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Addresses.ipv4(cloud.getHost()), port), 10_000);
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
