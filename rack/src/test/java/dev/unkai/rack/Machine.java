package dev.unkai.rack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A further machine as far as a network can tell: a network, mount and host-name namespace, joined to a bridge of this
 * machine. What a person would type there is run in it.
 */
record Machine(String name, String address, Path folder, long init) {
    private static final Duration JOIN = Duration.ofMinutes(4);
    private static final Duration BRIEF = Duration.ofSeconds(20);

    /** The first process: what the name spaces live by. Its sysfs shows its own network devices. */
    private static final String INIT = """
            set -e
            hostname "$1"
            sys=$(mktemp -d)
            mount -t sysfs sysfs "$sys"
            mount --rbind /sys/fs/cgroup "$sys/fs/cgroup"
            umount -R -l /sys
            mount --move "$sys" /sys
            ip link set lo up
            echo $$ >"$2"
            exec sleep infinity
            """;

    /** Starts a machine on the bridge. */
    static Machine start(Path site, Bridge bridge, int number) {
        String name = "machine-" + number;
        String space = bridge.name() + "-" + number;
        Path folder = site.resolve("m" + number);
        Path pid = site.resolve("m" + number + ".pid");
        String address = bridge.address(number);
        run("ip", "netns", "add", space);
        run("ip", "link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space);
        run("ip", "link", "set", space, "master", bridge.name(), "up");
        run("ip", "-n", space, "address", "add", address + "/28", "dev", "eth0");
        run("ip", "-n", space, "link", "set", "eth0", "up");
        run("ip", "-n", space, "route", "add", "default", "via", bridge.address(1));
        run(
                "setsid",
                "--fork",
                "nsenter",
                "--net=/run/netns/" + space,
                "unshare",
                "--mount",
                "--uts",
                "--propagation",
                "private",
                "/bin/sh",
                "-c",
                INIT,
                "init",
                name,
                pid.toString());
        org.awaitility.Awaitility.await().atMost(BRIEF).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        return of(name, address, folder, pid);
    }

    private static Machine of(String name, String address, Path folder, Path pid) {
        try {
            return new Machine(
                    name, address, folder, Long.parseLong(Files.readString(pid).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command as typed at this machine. */
    Command run(Duration limit, String... words) {
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(init), "-m", "-u", "-n", "--"));
        all.addAll(List.of(words));
        return Command.run(limit, Map.of(), all.toArray(String[]::new));
    }

    /** {@code ./unkai} on this machine, for its own directory. */
    Command unkai(String... words) {
        return run(
                JOIN,
                Stream.of(
                                Stream.of(Site.REPOSITORY.resolve("unkai").toString()),
                                Stream.of(words),
                                Stream.of("--data", folder.toString()))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    /** The process id of a service of this machine's host. */
    long pid(String service) {
        try {
            return Long.parseLong(
                    Files.readString(folder.resolve("run/" + service + ".pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the kernel's killer would: no warning, no clean-up. */
    void kill9(String service) {
        ProcessHandle.of(pid(service)).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Cuts the machine off, or connects it again. */
    void connected(boolean up) {
        run(BRIEF, "ip", "link", "set", "eth0", up ? "up" : "down").succeeded();
        if (up) {
            run(BRIEF, "ip", "route", "replace", "default", "via", address.replaceFirst("[0-9]+$", "") + gateway())
                    .succeeded();
        }
    }

    private int gateway() {
        int last = Integer.parseInt(address.substring(address.lastIndexOf('.') + 1));
        return last / 16 * 16 + 1;
    }

    /** Switches off and removes the machines of a site. */
    static void removeAll(Path site) {
        try (DirectoryStream<Path> pids = Files.newDirectoryStream(site, "m*.pid")) {
            for (Path pid : pids) {
                String name = pid.getFileName().toString().replace(".pid", "");
                Machine machine = of(name, "", site.resolve(name), pid);
                if (ProcessHandle.of(machine.init).isPresent()) {
                    if (Files.isDirectory(machine.folder.resolve("etc"))) {
                        machine.unkai("down");
                    }
                    ProcessHandle.of(machine.init).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Bridge.removeOf(site);
    }

    private static void run(String... words) {
        Command.run(BRIEF, Map.of(), words).succeeded();
    }
}
