package dev.unkai.rack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** A whole Unkai on this machine, started by its own command, and what a tester may do to it. */
final class Site implements AutoCloseable {
    static final Path REPOSITORY = Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final Duration START = Duration.ofMinutes(8);

    private final Path data;
    private final int port;
    private final Optional<Bridge> bridge;
    private final List<Machine> machines = new ArrayList<>();

    private final boolean ours;

    private Site(Path data, int port, Optional<Bridge> bridge, boolean ours) {
        this.data = data;
        this.port = port;
        this.bridge = bridge;
        this.ours = ours;
    }

    /** One that runs and that somebody else will stop: DIRECTORY:PORT. */
    static Site present(String where) {
        int colon = where.lastIndexOf(':');
        int port = Integer.parseInt(where.substring(colon + 1));
        return new Site(Path.of(where.substring(0, colon)), port, Optional.empty(), false);
    }

    /** Starts on a fresh directory; fails with what the command said, and keeps nothing but the logs. */
    static Site up(String name, int port) {
        return new Site(SiteFolder.create(name), port, Optional.empty(), true).begin(1);
    }

    /** Starts one that other machines reach, and lets as many join as make up {@code hosts}. */
    static Site rack(String name, int port, int hosts) {
        Path folder = SiteFolder.create(name);
        return new Site(folder, port, Optional.of(Bridge.make(folder)), true).begin(hosts);
    }

    private Site begin(int hosts) {
        try {
            start();
            for (int number = 2; number <= hosts; number++) {
                join();
            }
            return this;
        } catch (AssertionError | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A further machine joins by the command that the operator is given. Further options of {@code node join} follow. */
    Machine join(String... options) {
        Machine machine = Machine.start(data, bridge.orElseThrow(), machines.size() + 2);
        machines.add(machine);
        machine.unkai(Stream.concat(joinCommand().stream(), Stream.concat(Stream.of("--yes"), Stream.of(options)))
                        .toArray(String[]::new))
                .succeeded();
        return machine;
    }

    /** The words after {@code ./unkai} of the command that lets one machine join. */
    List<String> joinCommand() {
        return joinCommand("");
    }

    /** The same for an operator who has a second factor, and gives its code as a script does. */
    List<String> joinCommand(String code) {
        String printed = Command.run(
                        Duration.ofMinutes(1),
                        Map.of(),
                        REPOSITORY,
                        "sh",
                        "-c",
                        "echo \"$1\" | ./unkai node token --data \"$2\"",
                        "sh",
                        code,
                        data.toString())
                .succeeded();
        String command = printed.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("./unkai node join "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(printed));
        return List.of(command.split(" ", -1)).subList(1, command.split(" ", -1).length);
    }

    /** The machines that have joined, in their order; the site's own is not among them. */
    List<Machine> machines() {
        return machines;
    }

    /** The first of ten consecutive ports from {@code least} on that nobody listens at. */
    static int freePorts(int least) {
        for (int first = least; first < least + 1_000; first += 10) {
            if (IntStream.range(first, first + 10).allMatch(Site::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("No ten free ports from " + least + " on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts what does not run. Further options of {@code up} follow. */
    String start(String... options) {
        List<String> words = new ArrayList<>(List.of(
                "./unkai", "up", "--yes", "--detach", "--data", data.toString(), "--port", String.valueOf(port)));
        words.addAll(List.of(options));
        bridge.ifPresent(network -> words.addAll(List.of(
                "--host",
                network.address(1),
                "--clouds",
                "2",
                "--vpn",
                network.address(7),
                "--vpn-pool",
                network.tunnels())));
        return Command.run(START, Map.of(), REPOSITORY, words.toArray(String[]::new))
                .succeeded();
    }

    void stop(String... options) {
        unkai(Stream.concat(Stream.of("down", "--data", data.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    /** Backs the accounts up; the file. */
    String backup() {
        unkai("backup", "--data", data.toString());
        try (Stream<Path> files = Files.list(data.resolve("backup/identity"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".backup"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a stopped site: puts the accounts of a backup in the place of those that are there. */
    void restore(String backup) {
        unkai("restore", backup, "--data", data.toString(), "--replace");
    }

    private static void unkai(String... words) {
        Command.run(
                        Duration.ofMinutes(2),
                        Map.of(),
                        REPOSITORY,
                        Stream.concat(Stream.of("./unkai"), Stream.of(words)).toArray(String[]::new))
                .succeeded();
    }

    /** The network that the machines of a rack are joined by. */
    Bridge bridge() {
        return bridge.orElseThrow();
    }

    Path data() {
        return data;
    }

    String address() {
        return "https://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** The log-in of a cloud of clouds.yaml. */
    @SuppressWarnings("unchecked")
    Map<String, Object> cloud(String name) {
        try (InputStream in = Files.newInputStream(data.resolve("clouds.yaml"))) {
            Map<String, Map<String, Map<String, Object>>> yaml = new Yaml().load(in);
            return Optional.ofNullable(yaml.get("clouds").get(name)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The unmodified openstack client, as the named cloud; answers its output. */
    Command openstack(String cloud, String... words) {
        String[] all = new String[words.length + 3];
        System.arraycopy(new String[] {"openstack", "--os-cloud", cloud}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        return Command.run(
                Duration.ofMinutes(2),
                Map.of("OS_CLIENT_CONFIG_FILE", clientConfig().toString()),
                all);
    }

    /** The openstack client's settings for the sample clouds. */
    Path clientConfig() {
        return data.resolve("clouds.yaml");
    }

    /** The process id of one of our processes: identity, ledger, cloud, node, or one of the host's daemons. */
    long pid(String process) {
        try {
            return Long.parseLong(
                    Files.readString(data.resolve("run/" + process + ".pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a service and keeps it from coming back until {@link #release}. */
    void hold(String process) {
        signal("STOP", pid(process + ".keep"));
        kill9(process);
    }

    /** Lets a held service come back. */
    void release(String process) {
        signal("CONT", pid(process + ".keep"));
    }

    private static void signal(String name, long pid) {
        Command.run(Duration.ofSeconds(5), Map.of(), "kill", "-" + name, String.valueOf(pid))
                .succeeded();
    }

    /** As the kernel's killer would: no warning, no clean-up. */
    void kill9(String process) {
        ProcessHandle.of(pid(process)).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        if (ours) {
            SiteFolder.remove(data);
        }
    }
}
