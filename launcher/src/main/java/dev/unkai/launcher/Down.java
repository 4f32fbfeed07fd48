package dev.unkai.launcher;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Stops what {@code up} started for one data directory, and nothing else. */
final class Down {
    /** How long guests may take to shut down by themselves. */
    private static final Duration GUESTS_PATIENCE = Duration.ofSeconds(20);

    private final DataDirectory directory;
    private final Progress progress;

    Down(DataDirectory directory, Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** With {@code keepGuests} guests, their switch, OVN and libvirt go on; the next {@code up} finds them. */
    void run(boolean keepGuests) {
        if (!directory.exists() || !Files.isDirectory(directory.of("run"))) {
            throw new Problem("directory.absent", directory.path());
        }
        try (Lock held = Lock.take(directory)) {
            stop(keepGuests);
        }
    }

    void stop(boolean keepGuests) {
        Keepers keepers = new Keepers(directory);
        CertificateKeeper.stop(keepers);
        Vpn.stop(directory, keepers);
        // First node: it would start again the guests that are shut down below.
        List<String> processes = new ArrayList<>(List.of("node", "identity", "ledger"));
        for (int number = 1; number <= Ports.MOST_CLOUDS; number++) {
            processes.add(Program.cloudName(number));
        }
        Parallel.run(processes, name -> keepers.stop(name, Program.STOP_SECONDS));
        progress.step("down.processes");
        Postgres.stop(keepers);
        progress.step("down.database");
        if (keepGuests) {
            progress.say("down.kept");
            return;
        }
        Host host = new Host(directory, keepers, "", "");
        host.stop(GUESTS_PATIENCE);
        new VirtualNetwork(directory, keepers).stop();
        progress.step("down.host");
        progress.say("down.done", directory.path());
    }
}
