package dev.unkai.rack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.Yaml;

/** A whole Unkai on this machine, started by its own command, and what a tester may do to it. */
final class Site implements AutoCloseable {
    static final Path REPOSITORY = Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final Duration START = Duration.ofMinutes(8);

    private final Path data;
    private final int port;

    private Site(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** Starts on a fresh directory; fails with what the command said, and keeps nothing but the logs. */
    static Site up(String name, int port) {
        Site site = new Site(SiteFolder.create(name), port);
        try {
            site.start();
            return site;
        } catch (AssertionError e) {
            site.close();
            throw e;
        }
    }

    /** The first of five consecutive ports from {@code least} on that nobody listens at. */
    static int freePorts(int least) {
        for (int first = least; first < least + 1_000; first += 10) {
            if (IntStream.range(first, first + 5).allMatch(Site::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("No five free ports from " + least + " on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    String start() {
        return Command.run(
                        START,
                        Map.of(),
                        REPOSITORY,
                        "./unkai",
                        "up",
                        "--yes",
                        "--detach",
                        "--data",
                        data.toString(),
                        "--port",
                        String.valueOf(port))
                .succeeded();
    }

    void stop(String... options) {
        String[] words = new String[4 + options.length];
        System.arraycopy(new String[] {"./unkai", "down", "--data", data.toString()}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        Command.run(Duration.ofMinutes(2), Map.of(), REPOSITORY, words).succeeded();
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
                Map.of("OS_CLIENT_CONFIG_FILE", data.resolve("clouds.yaml").toString()),
                all);
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
        SiteFolder.remove(data);
    }
}
