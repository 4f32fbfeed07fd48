package dev.unkai.rack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import tools.jackson.databind.JsonNode;

/**
 * A port of the Network API plugged into a network namespace instead of a guest: its packets take the same way through the host's switch
 * as a guest's, and a namespace is there in a moment and has every tool of this machine. The port is deleted when it is closed.
 */
final class PluggedPort implements AutoCloseable {
    private static final String DEVICE = "eth0";

    private final Site site;
    private final Api api;
    private final String id;
    private final String namespace;
    private final String switchEnd;
    private final JsonNode port;

    private PluggedPort(Site site, Api api, String id) {
        this.site = site;
        this.api = api;
        this.id = id;
        String tail = id.substring(24);
        this.namespace = "ukp-" + tail;
        this.switchEnd = "ukp" + tail;
        this.port = api.get("/network/v2.0/ports/" + id).expect(200).at("/port");
    }

    /** Plugs it in; returns when the network says that it is up. Its addresses are those of the port, set by hand. */
    static PluggedPort plug(Site site, Api api, String id) {
        PluggedPort plugged = new PluggedPort(site, api, id);
        plugged.connect();
        plugged.takeAddresses();
        return plugged;
    }

    /** The same without any address, as a machine that has yet to ask for one. */
    static PluggedPort plugBare(Site site, Api api, String id) {
        PluggedPort plugged = new PluggedPort(site, api, id);
        plugged.connect();
        return plugged;
    }

    private void connect() {
        String switchNamespace = switchNamespace();
        host("ip", "netns", "add", namespace);
        inside("ip", "link", "set", "lo", "up");
        int mtu = api.get("/network/v2.0/networks/" + port.path("network_id").asString())
                .expect(200)
                .at("/network/mtu")
                .asInt();
        inside(
                "ip",
                "link",
                "add",
                DEVICE,
                "address",
                port.path("mac_address").asString(),
                "mtu",
                String.valueOf(mtu),
                "type",
                "veth",
                "peer",
                "name",
                switchEnd,
                "mtu",
                String.valueOf(mtu));
        inside("ethtool", "-K", DEVICE, "tx", "off");
        inside("ethtool", "-K", switchEnd, "tx", "off");
        inside("ip", "link", "set", DEVICE, "up");
        inside("ip", "link", "set", switchEnd, "netns", switchNamespace);
        host("ip", "-n", switchNamespace, "link", "set", switchEnd, "up");
        vsctl("add-port", "br-int", switchEnd, "--", "set", "Interface", switchEnd, "external_ids:iface-id=" + id);
        await("port " + id + " is up")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> api.get("/network/v2.0/ports/" + id)
                        .body()
                        .at("/port/status")
                        .asString()
                        .equals("ACTIVE"));
    }

    private void takeAddresses() {
        for (JsonNode fixed : port.path("fixed_ips")) {
            JsonNode subnet = api.get(
                            "/network/v2.0/subnets/" + fixed.path("subnet_id").asString())
                    .expect(200)
                    .at("/subnet");
            String address = fixed.path("ip_address").asString();
            String family = address.contains(":") ? "-6" : "-4";
            String length = subnet.path("cidr").asString().replaceFirst(".*/", "");
            List<String> add =
                    new ArrayList<>(List.of("ip", family, "address", "add", address + "/" + length, "dev", DEVICE));
            if (family.equals("-6")) {
                add.add("nodad");
            }
            inside(add.toArray(String[]::new));
            if (subnet.path("gateway_ip").isString()) {
                inside(
                        "ip",
                        family,
                        "route",
                        "replace",
                        "default",
                        "via",
                        subnet.path("gateway_ip").asString());
            }
        }
    }

    /** Runs a command in the namespace; it must succeed. */
    String inside(String... command) {
        return run(command).succeeded();
    }

    Command run(String... command) {
        return Command.run(Duration.ofSeconds(40), Map.of(), wrapped(command));
    }

    /** Starts a command in the namespace that goes on beside the test. */
    Process start(String... command) {
        try {
            return new ProcessBuilder(wrapped(command))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String[] wrapped(String... command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        words.addAll(List.of(command));
        return words.toArray(String[]::new);
    }

    boolean pings(String address) {
        return run("ping", "-c", "2", "-i", "0.3", "-W", "1", address).status() == 0;
    }

    /** The first address of the port. */
    String address() {
        return port.at("/fixed_ips/0/ip_address").asString();
    }

    String mac() {
        return port.path("mac_address").asString();
    }

    String id() {
        return id;
    }

    private String switchNamespace() {
        return switchNamespace(site);
    }

    /** The namespace that the site's Open vSwitch runs in. */
    static String switchNamespace(Site site) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(site.data().resolve("etc/node.properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("ovs.namespace");
    }

    private String vsctl(String... arguments) {
        List<String> words = new ArrayList<>(
                List.of("ovs-vsctl", "--timeout=10", "--db=unix:" + site.data().resolve("run/openvswitch/db.sock")));
        words.addAll(List.of(arguments));
        return host(words.toArray(String[]::new));
    }

    private static String host(String... command) {
        return Command.run(Duration.ofSeconds(20), Map.of(), command).succeeded();
    }

    @Override
    public void close() {
        vsctl("--if-exists", "del-port", "br-int", switchEnd);
        host("ip", "netns", "delete", namespace);
        api.delete("/network/v2.0/ports/" + id);
    }
}
