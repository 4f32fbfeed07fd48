package dev.unkai.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Gives a site's ledger a past: the ledger's own classes write and sign it, in a process of their own, while the site's stands still; then that one begins anew.
 * What the ledger held before is gone, for a history has no room before its first event.
 */
final class PastEvents {
    private final Path data;
    private final ProcessorTime time;

    PastEvents(Path data) {
        this.data = data;
        this.time = new ProcessorTime(data);
    }

    /** @param largest whose history has four in ten of them; {@code others} how many more histories there are */
    void make(long events, String largest, int others) throws IOException, InterruptedException, URISyntaxException {
        long ledger = time.pid("ledger");
        run("kill", "-STOP", String.valueOf(ledger));
        try {
            Path target = built().resolve("ledger/target");
            run(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-Xmx768m",
                    "-cp",
                    target.resolve("ledger.jar").toString(),
                    "-Dloader.path=" + target.resolve("test-classes"),
                    "-Dloader.main=dev.unkai.ledger.PastHistory",
                    "org.springframework.boot.loader.launch.PropertiesLauncher",
                    data.resolve("etc/ledger.yaml").toString(),
                    String.valueOf(events),
                    largest,
                    String.valueOf(others));
        } finally {
            // Its keeper starts it again, with nothing in its memory of what was there before.
            run("kill", "-KILL", String.valueOf(ledger));
        }
    }

    /** The tree that this program was built in. */
    private static Path built() throws URISyntaxException {
        return Path.of(PastEvents.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("../../..")
                .normalize();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(command[0] + " failed");
        }
    }
}
