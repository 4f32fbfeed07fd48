package dev.unkai.node.metadata;

import dev.unkai.wire.metadata.MetadataPort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Open vSwitch side of the metadata service: a veth pair from a namespace to the integration bridge, where OVN finds it. */
public final class MetadataSwitch {
    /** The device's name inside its namespace. */
    static final String DEVICE = "metadata0";

    /** A host may do without IPv6. */
    static final boolean VERSION_6 = Files.exists(Path.of("/proc/net/if_inet6"));

    private static final String VSCTL = "/usr/bin/ovs-vsctl";
    private static final String MARK = "external_ids:unkai-metadata=yes";

    private final String database;
    private final String bridge;
    private final String switchNamespace;
    private final boolean kernelSwitch;

    /**
     * @param namespace the name of the network namespace that Open vSwitch runs in; empty when it is the node's own
     * @param kernelSwitch whether Open vSwitch forwards in the kernel
     */
    public MetadataSwitch(String database, String bridge, Optional<String> namespace, boolean kernelSwitch) {
        this.database = database;
        this.bridge = bridge;
        this.switchNamespace = namespace
                .map(name -> "/run/netns/" + name)
                .orElse("/proc/" + ProcessHandle.current().pid() + "/ns/net");
        this.kernelSwitch = kernelSwitch;
    }

    /** Makes the pair in the calling thread's namespace, puts one end on the bridge, and gives the other the service's addresses. */
    void plug(UUID network, int mtu) throws IOException {
        String outer = outer(network);
        unplug(network);
        Tool.run(
                "ip",
                "link",
                "add",
                DEVICE,
                "mtu",
                String.valueOf(mtu),
                "address",
                MetadataPort.MAC,
                "type",
                "veth",
                "peer",
                "name",
                outer,
                "mtu",
                String.valueOf(mtu));
        if (!kernelSwitch) {
            // The switch's own process takes packets as they are: their checksums have to be there.
            Tool.run("ethtool", "-K", DEVICE, "tx", "off");
            Tool.run("ethtool", "-K", outer, "tx", "off");
        }
        Tool.run("ip", "address", "add", MetadataPort.ADDRESS + "/32", "dev", DEVICE);
        if (VERSION_6) {
            Tool.run("ip", "-6", "address", "add", MetadataPort.ADDRESS_V6 + "/64", "dev", DEVICE, "nodad");
        }
        Tool.run("ip", "link", "set", DEVICE, "up");
        // Guests of all subnets are on the link, as the service is for them.
        Tool.run("ip", "route", "add", "default", "dev", DEVICE);
        Tool.run("ip", "link", "set", outer, "netns", switchNamespace);
        Tool.run("nsenter", "--net=" + switchNamespace, "ip", "link", "set", outer, "up");
        vsctl(
                "add-port",
                bridge,
                outer,
                "--",
                "set",
                "Interface",
                outer,
                "external_ids:iface-id=" + MetadataPort.name(network.toString()),
                MARK);
    }

    /**
     * Tells the calling thread's namespace at which MACs guests are: OVN says so of the addresses that it gave them, but not of the
     * IPv6 address that each makes itself on its link, which is the one that it asks from.
     *
     * @param before what was told already
     */
    static void acquaint(Map<InetAddress, String> before, Map<InetAddress, String> guests) throws IOException {
        List<String> lines = new ArrayList<>();
        before.forEach((address, mac) -> {
            if (!guests.containsKey(address)) {
                // Unlike "delete" this is content with one that is gone already.
                lines.add("neighbour flush to " + address.getHostAddress() + " nud permanent dev " + DEVICE);
            }
        });
        guests.forEach((address, mac) -> {
            if (!mac.equals(before.get(address))) {
                lines.add("neighbour replace " + address.getHostAddress() + " lladdr " + mac + " nud permanent dev "
                        + DEVICE);
            }
        });
        if (VERSION_6 && !lines.isEmpty()) {
            Tool.run(lines, "ip", "-6", "-batch", "-");
        }
    }

    /** Takes the network's port off the bridge, and the device that a node of before may have left. */
    void unplug(UUID network) throws IOException {
        remove(outer(network));
    }

    void remove(String port) throws IOException {
        vsctl("--if-exists", "del-port", bridge, port);
        try {
            Tool.run("nsenter", "--net=" + switchNamespace, "ip", "link", "delete", port);
        } catch (IOException e) {
            // It was not there, as it should be: a pair goes with its namespace.
        }
    }

    /** The ports of the service on the bridge by name, with their OpenFlow number: -1 where the device is gone. */
    Map<String, Integer> ports() throws IOException {
        Map<String, Integer> ports = new HashMap<>();
        String found = vsctl("--format=csv", "--no-headings", "--columns=name,ofport", "find", "Interface", MARK);
        for (String line : found.lines().toList()) {
            String[] words = line.split(",", 2);
            if (words.length == 2) {
                ports.put(words[0].replace("\"", ""), words[1].equals("-1") ? -1 : 0);
            }
        }
        return ports;
    }

    /** 15 characters, as long as a device's name may be; the end of a UUID is random in all versions of it that are in use. */
    static String outer(UUID network) {
        return "ukm" + network.toString().substring(24);
    }

    private String vsctl(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 3];
        command[0] = VSCTL;
        command[1] = "--timeout=5";
        command[2] = "--db=" + database;
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return Tool.run(command);
    }
}
