package dev.unkai.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A virtual machine host of its own: real libvirt, QEMU and Open vSwitch in private namespaces. Needs root. */
public final class PrivateHost implements AutoCloseable {
    private final Path directory;
    private final Path script;

    public PrivateHost(Path directory) throws IOException {
        this.directory = directory;
        this.script = directory.resolve("private-host.sh");
        try (InputStream in = PrivateHost.class.getResourceAsStream("/private-host.sh")) {
            Files.write(script, in.readAllBytes());
        }
        script.toFile().setExecutable(true);
        script("start");
    }

    public String libvirtUri() {
        return "qemu+unix:///system?socket=" + directory.resolve("bind/run/libvirt/libvirt-sock");
    }

    public void killLibvirtd() {
        script("kill-libvirtd");
    }

    public void startLibvirtd() {
        script("start-libvirtd");
    }

    public String virsh(String... arguments) {
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", libvirtUri()));
        command.addAll(Arrays.asList(arguments));
        return Commands.run(command);
    }

    /** Names of the domains that run. */
    public List<String> domains() {
        return virsh("list", "--name").lines().filter(line -> !line.isBlank()).toList();
    }

    /** Ports of the integration bridge. */
    public List<String> bridgePorts() {
        return script("run", "ovs-vsctl", "list-ports", "br-int").lines().toList();
    }

    /** A port as a restart of the host leaves it behind: in the database, without its device. */
    public void leavePortBehind(String name, String interfaceId) {
        Commands.run(
                script.toString(),
                directory.toString(),
                "run",
                "ovs-vsctl",
                "add-port",
                "br-int",
                name,
                "--",
                "set",
                "Interface",
                name,
                "external_ids:iface-id=" + interfaceId);
    }

    public long qemuPid(String guest) throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("bind/run/libvirt/qemu/unkai-" + guest + ".pid"))
                .strip());
    }

    private String script(String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString(), directory.toString()));
        command.addAll(Arrays.asList(arguments));
        return Commands.run(command);
    }

    @Override
    public void close() {
        script("stop");
    }
}
