package dev.unkai.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The way between a host's network namespace and other machines: Geneve packets (UDP 6081) for this machine's address go
 * into the namespace and come out of it with that address; what the namespace begins itself is masqueraded. Geneve is
 * rewritten without connection tracking: a tracked flow that began before the rules were there would never find its way.
 *
 * @param address this machine's address (IPv4) by which other hosts reach it
 */
record Underlay(DataDirectory directory, String namespace, String address) {
    static final String BRIDGE = "br-phy";
    private static final int GENEVE = 6081;

    /** Makes veth pair, rules and routes; the bridge's options depend on the datapath. */
    void connect(boolean kernelSwitches, java.util.function.Consumer<List<String>> vsctl) {
        if (!Files.exists(Path.of("/sys/class/net", outer()))) {
            Command.of("ip", "link", "add", outer(), "type", "veth", "peer", "name", inner(), "netns", namespace)
                    .run();
        }
        Command.of("ip", "address", "replace", outerAddress() + "/30", "dev", outer())
                .run();
        Command.of("ip", "link", "set", outer(), "up").run();
        Command.of("ip", "-n", namespace, "link", "set", inner(), "up").run();
        List<String> bridge = new ArrayList<>(List.of("--may-exist", "add-br", BRIDGE));
        if (!kernelSwitches) {
            bridge.addAll(List.of("--", "set", "bridge", BRIDGE, "datapath_type=netdev"));
        }
        bridge.addAll(List.of("--", "--may-exist", "add-port", BRIDGE, inner()));
        vsctl.accept(bridge);
    }

    /** Once the switch runs and its bridge is a device: addresses, routes, and the rules of the machine. */
    void route() {
        // A switch that has just begun on an old database has not made its devices yet.
        Command bridge = Command.of("ip", "-n", namespace, "link", "show", BRIDGE);
        if (!Waiting.until(bridge::succeeds, Duration.ofSeconds(30))) {
            bridge.run();
        }
        Command.of("ip", "-n", namespace, "address", "replace", innerAddress() + "/30", "dev", BRIDGE)
                .run();
        Command.of("ip", "-n", namespace, "link", "set", BRIDGE, "up").run();
        Command.of("ip", "-n", namespace, "route", "replace", "default", "via", outerAddress(), "dev", BRIDGE)
                .run();
        // TCP stalls over veth into the userspace datapath while checksums are left to hardware that is not there.
        Command.of("ethtool", "-K", outer(), "tx", "off").run();
        for (String device : List.of(inner(), BRIDGE)) {
            Command.of("nsenter", "--net=/run/netns/" + namespace, "ethtool", "-K", device, "tx", "off")
                    .run();
        }
        Command.of("sysctl", "--quiet", "--write", "net.ipv4.ip_forward=1").run();
        directory.write("etc/underlay.nft", rules(), "rw-------");
        Command.of("nft", "--file", directory.of("etc/underlay.nft").toString()).run();
    }

    /** Takes the machine's part away; the namespace takes its own with it. */
    void disconnect() {
        Command.of("nft", "delete", "table", "ip", table()).attempt();
        Command.of("ip", "link", "delete", outer()).attempt();
    }

    private String rules() {
        return """
                table ip %1$s
                delete table ip %1$s
                table ip %1$s {
                    chain in {
                        type filter hook prerouting priority raw; policy accept;
                        ip daddr %2$s udp dport %5$d notrack ip daddr set %3$s
                        iifname "%4$s" udp dport %5$d notrack
                    }
                    chain out {
                        type filter hook postrouting priority srcnat; policy accept;
                        iifname "%4$s" ip saddr %3$s udp dport %5$d ip saddr set %2$s
                    }
                    chain own {
                        type nat hook postrouting priority srcnat + 10; policy accept;
                        iifname "%4$s" ip saddr %3$s masquerade
                    }
                }
                """.formatted(table(), address, innerAddress(), outer(), GENEVE);
    }

    private String table() {
        return "unkai_" + directory.tag();
    }

    private String outer() {
        return "uku-" + directory.tag();
    }

    private String inner() {
        return "uki-" + directory.tag();
    }

    private String outerAddress() {
        return linkLocal(1);
    }

    private String innerAddress() {
        return linkLocal(2);
    }

    /** One of 8,064 link-local /30 by the directory's tag; 169.254.128.0 and above belong to guests' metadata. */
    private String linkLocal(int number) {
        int slot = Math.floorMod(Integer.parseUnsignedInt(directory.tag(), 16), 126 * 64);
        return "169.254." + (1 + slot / 64) + "." + (slot % 64 * 4 + number);
    }
}
