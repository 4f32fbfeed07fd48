package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The host of this machine: a network namespace with an Open vSwitch, an OVN controller and a libvirt of its own, so
 * that neither another data directory nor the machine's own daemons are touched.
 */
final class Host {
    private static final List<String> DAEMONS =
            List.of("libvirtd", "virtlogd", "ovn-controller", "ovs-vswitchd", "ovs-database");

    /** Where ovn-controller notes packets, and nothing else. */
    static final String FIREWALL_LOG = "log/firewall.log";

    private final DataDirectory directory;
    private final Keepers keepers;
    private final String hostId;
    private final String name;
    private final String namespace;

    Host(DataDirectory directory, Keepers keepers, String hostId, String name) {
        this.directory = directory;
        this.keepers = keepers;
        this.hostId = hostId;
        this.name = name;
        this.namespace = namespace(directory);
    }

    /**
     * How the host is connected.
     *
     * @param address by which other hosts reach this machine; empty where there are none
     * @param external the network that leads outside from here; empty on a host that has none
     * @param masquerades whether guests go further by this machine's other interfaces
     */
    record Wiring(
            Southbound southbound, Optional<String> address, Optional<ExternalNetwork> external, boolean masquerades) {}

    /** The name of the network namespace that the Open vSwitch of a directory's host runs in. */
    static String namespace(DataDirectory directory) {
        return "unkai-" + directory.tag();
    }

    String libvirtUri() {
        return "qemu+unix:///system?socket=" + directory.of("run/libvirt/libvirt-sock");
    }

    /** Starts what is missing; returns when Open vSwitch and libvirt answer. */
    void start(Wiring wiring, Acceleration acceleration) {
        makeDirectories();
        forgetFormerRun();
        makeNamespace();
        Script.HOST.install(directory);
        startSwitch(wiring, acceleration);
        wiring.external().ifPresent(external -> {
            connectOutside(external);
            new Masquerade(directory, external, outerLink()).turn(wiring.masquerades());
        });
        startLibvirt(acceleration);
    }

    /** Ends the guests (asks first, then pulls the plug), the daemons, and the namespace with all its interfaces. */
    void stop(Duration patience) {
        endGuests(patience);
        Parallel.run(DAEMONS, daemon -> keepers.stop(daemon, 10));
        new Underlay(directory, namespace, "").disconnect();
        if (Files.exists(Path.of("/run/netns", namespace))) {
            Command.of("ip", "netns", "delete", namespace).attempt();
        }
        Command.of("ip", "link", "delete", outerLink()).attempt();
        Masquerade.off(directory);
    }

    private void makeDirectories() {
        for (String shared : List.of(
                "/run/libvirt",
                "/run/openvswitch",
                "/run/ovn",
                "/var/lib/libvirt",
                "/var/cache/libvirt",
                "/var/log/libvirt",
                "/etc/libvirt",
                "/etc/openvswitch")) {
            try {
                Files.createDirectories(Path.of(shared));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        for (String own : List.of(
                "run/libvirt",
                "run/openvswitch",
                "run/ovn",
                "host/var/lib/libvirt",
                "host/var/lib/libvirt/qemu",
                "host/var/cache/libvirt",
                "host/var/log/libvirt",
                "host/etc/libvirt",
                "host/etc/openvswitch")) {
            directory.directory(own, "rwxr-xr-x");
        }
    }

    /** Sockets and pid files that a crash of the machine has left would look like running daemons. */
    private void forgetFormerRun() {
        if (!keepers.running("ovs-database")) {
            Command.of("find", directory.of("run/openvswitch").toString(), "-mindepth", "1", "-delete")
                    .run();
        }
        if (!keepers.running("libvirtd") && !keepers.running("virtlogd")) {
            Command.of(
                            "find",
                            directory.of("run/libvirt").toString(),
                            "-maxdepth",
                            "1",
                            "(",
                            "-type",
                            "s",
                            "-o",
                            "-name",
                            "*.pid",
                            ")",
                            "-delete")
                    .run();
        }
    }

    private void makeNamespace() {
        if (!Files.exists(Path.of("/run/netns", namespace))) {
            Command.of("ip", "netns", "add", namespace).run();
        }
        Command.of("ip", "-n", namespace, "link", "set", "lo", "up").run();
    }

    private void startSwitch(Wiring wiring, Acceleration acceleration) {
        Path database = directory.of("host/etc/openvswitch/conf.db");
        if (!Files.exists(database)) {
            Command.of("ovsdb-tool", "create", database.toString(), "/usr/share/openvswitch/vswitch.ovsschema")
                    .run();
        }
        keepers.start(daemon(
                "ovs-database",
                acceleration,
                "ovsdb-server",
                "/etc/openvswitch/conf.db",
                "--remote=punix:/run/openvswitch/db.sock",
                "--unixctl=/run/openvswitch/ovsdb-server.ctl",
                "--no-chdir",
                "-vconsole:warn",
                "-vsyslog:off"));
        awaitSocket("Open vSwitch", "ovs-database", "run/openvswitch/db.sock");
        List<String> settings = new ArrayList<>(List.of(
                "--no-wait",
                "init",
                "--",
                "set",
                "Open_vSwitch",
                ".",
                "external-ids:system-id=" + hostId,
                "external-ids:hostname=" + name,
                "external-ids:ovn-remote=\"" + wiring.southbound().remote() + "\"",
                "external-ids:ovn-encap-type=geneve",
                "external-ids:ovn-encap-ip=" + wiring.address().orElse("127.0.0.1"),
                "external-ids:ovn-monitor-all=true"));
        if (wiring.external().isPresent()) {
            settings.add("external-ids:ovn-bridge-mappings=external:br-ex");
            settings.add("external-ids:ovn-cms-options=enable-chassis-as-gw");
        }
        if (!kernelSwitches()) {
            settings.add("external-ids:ovn-bridge-datapath-type=netdev");
        }
        vsctl(settings);
        keepers.start(daemon(
                "ovs-vswitchd",
                acceleration,
                "ovs-vswitchd",
                "unix:/run/openvswitch/db.sock",
                "--unixctl=/run/openvswitch/ovs-vswitchd.ctl",
                "--no-chdir",
                "-vconsole:warn",
                "-vsyslog:off"));
        wiring.address().ifPresent(address -> {
            Underlay underlay = new Underlay(directory, namespace, address);
            underlay.connect(kernelSwitches(), this::vsctl);
            underlay.route();
        });
        List<String> controller = new ArrayList<>(List.of(
                "ovn-controller",
                "unix:/run/openvswitch/db.sock",
                "--log-file=" + directory.of(FIREWALL_LOG),
                "--no-chdir",
                "-vconsole:warn",
                "-vsyslog:off",
                "-vfile:off",
                "-vacl_log:file:info"));
        controller.addAll(wiring.southbound().credentials());
        keepers.start(daemon("ovn-controller", acceleration, controller.toArray(String[]::new)));
    }

    /** A veth pair: its outer end carries the gateway's address on this machine, its inner end is a port of br-ex. */
    private void connectOutside(ExternalNetwork external) {
        String inner = "ukn-" + directory.tag();
        if (!Files.exists(Path.of("/sys/class/net", outerLink()))) {
            Command.of("ip", "link", "add", outerLink(), "type", "veth", "peer", "name", inner, "netns", namespace)
                    .run();
        }
        Command.of("ip", "address", "replace", external.gateway() + "/27", "dev", outerLink())
                .run();
        Command.of("ip", "link", "set", outerLink(), "up").run();
        Command.of("ip", "-n", namespace, "link", "set", inner, "up").run();
        // TCP stalls over veth into the userspace datapath while checksums are left to hardware that is not there.
        Command.of("ethtool", "-K", outerLink(), "tx", "off").run();
        Command.of("nsenter", "--net=/run/netns/" + namespace, "ethtool", "-K", inner, "tx", "off")
                .run();
        List<String> bridge = new ArrayList<>(List.of("--may-exist", "add-br", "br-ex"));
        if (!kernelSwitches()) {
            bridge.addAll(List.of("--", "set", "bridge", "br-ex", "datapath_type=netdev"));
        }
        bridge.addAll(List.of("--", "--may-exist", "add-port", "br-ex", inner));
        vsctl(bridge);
    }

    private void startLibvirt(Acceleration acceleration) {
        String logging = """
                max_size = 262144
                max_backups = 1
                """;
        String general = """
                host_uuid = "%s"
                auth_unix_ro = "none"
                auth_unix_rw = "none"
                unix_sock_group = "root"
                unix_sock_ro_perms = "0700"
                unix_sock_rw_perms = "0700"
                log_outputs = "3:stderr"
                max_workers = 32
                # the node has one connection and starts as many guests at once as it has workers
                max_client_requests = 24
                """.formatted(hostId);
        String machines = """
                user = "libvirt-qemu"
                group = "kvm"
                dynamic_ownership = 1
                remember_owner = 0
                clear_emulator_capabilities = 1
                seccomp_sandbox = 1
                security_driver = "%s"
                stdio_handler = "logd"
                set_process_name = 1
                cgroup_controllers = [ %s ]
                """.formatted(
                Files.exists(Path.of("/sys/kernel/security/apparmor")) ? "apparmor" : "none", cgroupControllers());
        directory.write("host/etc/libvirt/virtlogd.conf", logging, "rw-r--r--");
        directory.write("host/etc/libvirt/libvirtd.conf", general, "rw-r--r--");
        directory.write("host/etc/libvirt/qemu.conf", machines, "rw-r--r--");
        keepers.start(daemon(
                        "virtlogd",
                        acceleration,
                        "virtlogd",
                        "-f",
                        "/etc/libvirt/virtlogd.conf",
                        "-p",
                        "/run/libvirt/virtlogd.pid")
                .configured(logging));
        awaitSocket("virtlogd", "virtlogd", "run/libvirt/virtlogd-sock");
        keepers.start(daemon(
                        "libvirtd",
                        acceleration,
                        "libvirtd",
                        "-f",
                        "/etc/libvirt/libvirtd.conf",
                        "-p",
                        "/run/libvirt/libvirtd.pid")
                .configured(general + machines));
        if (!Waiting.until(() -> virsh("list").succeeds(), Duration.ofSeconds(40))) {
            throw new Problem("service.silent", "libvirt", keepers.lastWords("libvirtd", 5), directory.of("log"));
        }
    }

    private void endGuests(Duration patience) {
        if (!keepers.running("libvirtd")) {
            return;
        }
        List<String> guests = guests();
        guests.forEach(guest -> virsh("shutdown", guest).attempt());
        if (!guests.isEmpty()) {
            Waiting.until(() -> guests().isEmpty(), patience);
            guests().forEach(guest -> virsh("destroy", guest).attempt());
        }
    }

    private List<String> guests() {
        Command.Result listed = virsh("list", "--uuid").attempt();
        return listed.status() == 0
                ? listed.output()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
    }

    private Command virsh(String... words) {
        return new Command(Stream.concat(Stream.of("virsh", "-q", "-c", libvirtUri()), Stream.of(words))
                .toList());
    }

    private void vsctl(List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                "ovs-vsctl", "--retry", "--timeout=20", "--db=unix:" + directory.of("run/openvswitch/db.sock")));
        command.addAll(words);
        new Command(command).run();
    }

    private Service daemon(String name, Acceleration acceleration, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                directory.of("lib/host.sh").toString(),
                directory.path().toString(),
                namespace,
                acceleration.word()));
        command.addAll(List.of(words));
        return Service.of(name, command);
    }

    private void awaitSocket(String title, String service, String socket) {
        if (!Waiting.until(() -> Files.exists(directory.of(socket)), Duration.ofSeconds(20))) {
            throw new Problem("service.silent", title, keepers.lastWords(service, 5), directory.of("log"));
        }
    }

    private String outerLink() {
        return "ukx-" + directory.tag();
    }

    static String hostName() {
        return Command.of("uname", "-n").run();
    }

    /** With the kernel's module Open vSwitch forwards there, without it in its own process. */
    private static boolean kernelSwitches() {
        return Files.exists(Path.of("/sys/module/openvswitch"))
                || Command.of("modprobe", "--quiet", "openvswitch").succeeds();
    }

    private static String cgroupControllers() {
        Path groups = Path.of("/sys/fs/cgroup");
        boolean unified = Files.exists(groups.resolve("cgroup.controllers"));
        return Stream.of("cpu", "devices", "memory", "blkio", "cpuset", "cpuacct")
                .filter(controller -> unified || Files.isDirectory(groups.resolve(controller)))
                .map(controller -> '"' + controller + '"')
                .collect(Collectors.joining(", "));
    }
}
