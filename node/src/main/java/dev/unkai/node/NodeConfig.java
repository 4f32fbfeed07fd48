package dev.unkai.node;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.node.host.DomainType;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;

/**
 * What the operator told this node, read from its properties file.
 *
 * @param cloudAddresses {@code host:port} of each of the cloud's processes, in the order in which they are tried
 * @param address by which other hosts reach this machine
 * @param hostAuthority PEM file of the authority that signs hosts' certificates, for what hosts say to each other
 * @param migrationPort TCP port at which other hosts' nodes bring guests; 0: any that is free
 * @param protocol of the node protocol, what this node speaks: the newest, or the one before to rehearse an upgrade
 * @param external whether the host is connected to the external networks
 * @param ovsNamespace the named network namespace that Open vSwitch runs in, when it is another than the node's
 * @param firewallLog the file that ovn-controller notes packets in
 * @param ovnControl the directory of ovn-controller's control socket, when the node is to rotate that file; without it somebody else does
 */
public record NodeConfig(
        UUID hostId,
        String hostName,
        String zone,
        List<String> cloudAddresses,
        Optional<String> cloudAuthority,
        PemFiles tls,
        String address,
        Path hostAuthority,
        String libvirtUri,
        Path state,
        Optional<Path> readyFile,
        DomainType domainType,
        String bridge,
        String ovsDatabase,
        Optional<String> ovsNamespace,
        Path firewallLog,
        Optional<Path> ovnControl,
        String qemuUser,
        OptionalLong memoryMib,
        OptionalLong vcpus,
        OptionalLong diskGib,
        NodeProtocol protocol,
        boolean external,
        Duration shutdownPatience,
        int migrationPort) {

    /** A unix socket's path has at most 107 bytes (unix(7)); the longest name below the state directory takes these. */
    private static final int ROOM_FOR_SOCKET = 107 - "/guests/00000000-0000-0000-0000-000000000000/serial".length();

    /** Reads {@code file}; throws IllegalArgumentException with a sentence that names the key to mend. */
    public static NodeConfig read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return of(properties);
    }

    public static NodeConfig of(Properties properties) {
        Path state = Path.of(required(properties, "state.dir")).toAbsolutePath();
        if (state.toString().length() > ROOM_FOR_SOCKET) {
            throw new IllegalArgumentException("state.dir is longer than " + ROOM_FOR_SOCKET
                    + " characters, too long for the guests' sockets: choose a shorter directory than " + state);
        }
        String libvirtUri = properties.getProperty("libvirt.uri", "qemu:///system");
        return new NodeConfig(
                hostId(required(properties, "host.id")),
                required(properties, "host.name"),
                properties.getProperty("availability.zone", "nova"),
                List.of(required(properties, "cloud.address").split("\\s*,\\s*")),
                optional(properties, "cloud.authority"),
                new PemFiles(
                        Path.of(required(properties, "tls.certificate")),
                        Path.of(required(properties, "tls.key")),
                        Path.of(required(properties, "tls.authority"))),
                properties.getProperty("host.address", "127.0.0.1"),
                Path.of(optional(properties, "tls.hosts").orElseGet(() -> required(properties, "tls.authority"))),
                libvirtUri,
                state,
                optional(properties, "ready.file").map(Path::of),
                domainType(properties.getProperty("domain.type", "probe")),
                properties.getProperty("ovs.bridge", "br-int"),
                optional(properties, "ovs.database").orElseGet(() -> besideLibvirt(libvirtUri)),
                optional(properties, "ovs.namespace"),
                Path.of(properties.getProperty("firewall.log", "/var/log/ovn/ovn-controller.log")),
                optional(properties, "ovn.control").map(Path::of),
                properties.getProperty("qemu.user", "libvirt-qemu"),
                number(properties, "host.memory.mib"),
                number(properties, "host.vcpus"),
                number(properties, "host.disk.gib"),
                NodeProtocol.of(number(properties, "protocol").orElse(NodeProtocol.NEWEST)),
                !Boolean.parseBoolean(properties.getProperty("host.without.external", "false")),
                Duration.ofSeconds(
                        number(properties, "shutdown.patience.seconds").orElse(60)),
                Math.toIntExact(number(properties, "migration.port").orElse(0)));
    }

    /** The Open vSwitch of the same host: a libvirt below DIR/run goes with a switch below DIR/run, never with the machine's own. */
    private static String besideLibvirt(String libvirtUri) {
        int socket = libvirtUri.indexOf("socket=");
        Path run = socket < 0
                ? Path.of("/run")
                : Path.of(libvirtUri.substring(socket + "socket=".length()))
                        .resolveSibling("..")
                        .normalize();
        return "unix:" + run.resolve("openvswitch/db.sock");
    }

    private static UUID hostId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("host.id is to be a UUID, not " + text, e);
        }
    }

    private static DomainType domainType(String text) {
        try {
            return DomainType.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("domain.type is to be kvm, qemu or probe, not " + text, e);
        }
    }

    private static String required(Properties properties, String key) {
        return optional(properties, key)
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing in the node's properties file"));
    }

    private static Optional<String> optional(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static OptionalLong number(Properties properties, String key) {
        Optional<String> text = optional(properties, key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is to be a number, not " + text.get(), e);
        }
    }
}
