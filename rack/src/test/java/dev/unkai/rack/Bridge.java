package dev.unkai.rack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The network between the machines of one rack: a bridge with one of the /28 of 203.0.113.0/24 that nobody uses here. */
record Bridge(int slot) {
    private static final String PREFIX = "203.0.113.";
    private static final String MARK = "bridge.slot";
    private static final String MIRRORS =
            "grep -rhoE '(https?:)//[^/ ]+' /etc/apt/sources.list /etc/apt/sources.list.d | sed 's#.*//##' | sort -u | xargs -r getent hosts";
    private static final Duration BRIEF = Duration.ofSeconds(20);

    /** Takes a free one; making the device is what claims it. Its first address is this machine's. */
    static Bridge make(Path site) {
        String routes = run("ip", "-4", "route", "show").succeeded();
        String mirrors = run("sh", "-c", MIRRORS).output();
        for (int slot : IntStream.range(0, 16).toArray()) {
            Bridge bridge = new Bridge(slot);
            // Where this machine takes its packages from must stay reachable, and what else is near it.
            boolean used = IntStream.range(slot / 2 * 32, slot / 2 * 32 + 32)
                    .anyMatch(last -> mirrors.matches("(?s).*" + Pattern.quote(PREFIX + last) + "\\s.*"));
            if (used || routes.contains(PREFIX + slot * 16 + "/")) {
                continue;
            }
            if (run("ip", "link", "add", bridge.name(), "type", "bridge").status() == 0) {
                try {
                    Files.writeString(site.resolve(MARK), String.valueOf(slot));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                run("ip", "address", "add", bridge.address(1) + "/28", "dev", bridge.name())
                        .succeeded();
                // Where the SSL-VPN is.
                run("ip", "address", "add", bridge.address(7) + "/28", "dev", bridge.name())
                        .succeeded();
                run("ip", "link", "set", bridge.name(), "up").succeeded();
                return bridge;
            }
        }
        throw new IllegalStateException("No /28 of 203.0.113.0/24 is free for a rack");
    }

    String name() {
        return "rack" + slot;
    }

    /** The {@code number}th address of the prefix; 1 is this machine. */
    String address(int number) {
        return PREFIX + (slot * 16 + number);
    }

    /** The prefix that tunnels of the SSL-VPN get their inner addresses from: as wide as the product's own, beside it. */
    String tunnels() {
        return "100." + (96 + slot) + ".0.0/16";
    }

    /** Removes the bridge of a site and the namespaces that were joined to it. */
    static void removeOf(Path site) {
        Path mark = site.resolve(MARK);
        if (!Files.exists(mark)) {
            return;
        }
        try {
            Bridge bridge = new Bridge(Integer.parseInt(Files.readString(mark).strip()));
            List<String> spaces = run("ip", "netns", "list")
                    .output()
                    .lines()
                    .map(line -> line.split(" ", -1)[0])
                    .filter(space -> space.startsWith(bridge.name() + "-"))
                    .toList();
            spaces.forEach(space -> run("ip", "netns", "delete", space));
            run("ip", "link", "delete", bridge.name());
            Files.delete(mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Command run(String... words) {
        return Command.run(BRIEF, Map.of(), words);
    }
}
