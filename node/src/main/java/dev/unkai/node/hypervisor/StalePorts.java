package dev.unkai.node.hypervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ports of the integration bridge whose device is gone: Open vSwitch keeps them in its database over a restart of the host, and libvirt,
 * which takes its own ports off, has forgotten them then. Two ports with one OVN interface id would fight for it.
 */
public final class StalePorts {
    private static final Logger log = LoggerFactory.getLogger(StalePorts.class);
    private static final String OVS_VSCTL = "/usr/bin/ovs-vsctl";

    private final String database;
    private final String bridge;

    public StalePorts(String database, String bridge) {
        this.database = database;
        this.bridge = bridge;
    }

    /** Takes ports off that a guest had and whose device Open vSwitch cannot find. */
    public void sweep() {
        if (database.startsWith("unix:") && !Files.exists(Path.of(database.substring("unix:".length())))) {
            return;
        }
        try {
            // ofport -1: Open vSwitch tried to open the device and failed; a port just being added has none yet
            String found =
                    vsctl("--bare", "--columns=name", "find", "Interface", "ofport=-1", "external_ids:iface-id!=\"\"");
            for (String port : found.lines().filter(line -> !line.isBlank()).toList()) {
                log.info("Taking the left-over port {} off {}", port, bridge);
                vsctl("--if-exists", "del-port", bridge, port);
            }
        } catch (IOException e) {
            log.warn("Left-over ports cannot be looked for: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String vsctl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(OVS_VSCTL, "--timeout=5", "--db=" + database));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(output.strip());
        }
        return output;
    }
}
