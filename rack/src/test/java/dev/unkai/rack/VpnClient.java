package dev.unkai.rack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A person's computer on the network of a rack, with the real openconnect and curl. */
final class VpnClient implements AutoCloseable {
    private static final Duration BRIEF = Duration.ofSeconds(20);

    private final Site site;
    private final String space;
    private final Path folder;
    private final List<Process> tunnels = new ArrayList<>();

    VpnClient(Site site) {
        this.site = site;
        Bridge bridge = site.bridge();
        this.space = bridge.name() + "-vpn";
        try {
            this.folder = Files.createTempDirectory("unkai-vpn");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("ip", "netns", "add", space);
        // An address of version 6 that comes of itself a second later is a change of network, for which Chromium breaks
        // off what it is connecting.
        run("ip", "netns", "exec", space, "sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
        run("ip", "link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space);
        run("ip", "link", "set", space, "master", bridge.name(), "up");
        run("ip", "-n", space, "address", "add", address() + "/28", "dev", "eth0");
        run("ip", "-n", space, "link", "set", "eth0", "up");
        run("ip", "-n", space, "link", "set", "lo", "up");
    }

    /** Where it is without a tunnel. */
    String address() {
        return site.bridge().address(6);
    }

    /** Connects as a person does, who types these lines: the password, and the code where one is asked for. */
    Process connect(String user, String... lines) {
        try {
            Path typed = Files.writeString(Files.createTempFile(folder, "typed", ""), String.join("\n", lines) + "\n");
            Path said = folder.resolve("openconnect.log");
            Process process = new ProcessBuilder(
                            "ip",
                            "netns",
                            "exec",
                            space,
                            "openconnect",
                            "--user=" + user,
                            "--passwd-on-stdin",
                            "--cafile=" + site.data().resolve("pki/ca.crt"),
                            "https://" + site.bridge().address(7))
                    .redirectInput(typed.toFile())
                    .redirectOutput(said.toFile())
                    .redirectErrorStream(true)
                    .start();
            tunnels.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the tunnel and answers the address that it has inside. */
    String inside(Process connected) {
        return await(said())
                .atMost(BRIEF)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> connected.isAlive()
                                ? Command.run(
                                                BRIEF, Map.of(), "ip", "-n", space, "-4", "-o", "address", "show",
                                                "dev", "tun0")
                                        .output()
                                        .replaceFirst("(?s).* inet ([0-9.]+).*", "$1")
                                        .strip()
                                : "ended: " + said(),
                        text -> !text.isEmpty())
                .strip();
    }

    /** What openconnect said last. */
    String said() {
        try {
            return Files.readString(folder.resolve("openconnect.log"));
        } catch (IOException e) {
            return "";
        }
    }

    /** A program on this computer, such as a browser. */
    Command run(Duration patience, Map<String, String> settings, Path where, String... words) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", space));
        all.addAll(List.of(words));
        return Command.run(patience, settings, where, all.toArray(String[]::new));
    }

    /** One answer to a request made here. Status 0: there was no answer. */
    record Answer(int status, String token, JsonNode body) {}

    /** @param body JSON, or empty; @param token or empty */
    Answer ask(String method, String path, String token, String body) {
        return at(site.port(), method, path, token, body);
    }

    Answer at(int port, String method, String path, String token, String body) {
        List<String> words = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                space,
                "curl",
                "--silent",
                "--show-error",
                "--max-time",
                "8",
                "--include",
                "--http1.1",
                "--cacert",
                site.data().resolve("pki/ca.crt").toString(),
                "--request",
                method,
                "https://" + site.bridge().address(1) + ":" + port + path));
        if (!token.isEmpty()) {
            words.addAll(List.of("--header", "X-Auth-Token: " + token));
        }
        if (!body.isEmpty()) {
            words.addAll(List.of("--header", "Content-Type: application/json", "--data", body));
        }
        Command done = Command.run(BRIEF, Map.of(), words.toArray(String[]::new));
        if (done.status() != 0) {
            return new Answer(0, "", Api.JSON.nullNode());
        }
        String[] parts = done.output().split("\\r?\\n\\r?\\n", 2);
        String shown = parts[0].lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("x-subject-token:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
        return new Answer(
                Integer.parseInt(parts[0].split(" ", 3)[1]),
                shown,
                parts[1].startsWith("{") ? Api.JSON.readTree(parts[1]) : Api.JSON.nullNode());
    }

    private static void run(String... words) {
        Command.run(BRIEF, Map.of(), words).succeeded();
    }

    @Override
    public void close() {
        // The tunnel's own process is openconnect: ip netns exec has become it.
        tunnels.forEach(Process::destroyForcibly);
        // Its link stays for as long as any process is left in the namespace, and the next computer has its name.
        Command.run(BRIEF, Map.of(), "ip", "link", "delete", space);
        Command.run(BRIEF, Map.of(), "ip", "netns", "delete", space);
        Command.run(BRIEF, Map.of(), "rm", "-rf", folder.toString());
    }
}
