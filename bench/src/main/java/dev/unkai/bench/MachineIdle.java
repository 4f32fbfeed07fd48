package dev.unkai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** How much of the machine nobody uses, from the first line of proc(5) stat. */
final class MachineIdle {
    private static final Duration LOOK = Duration.ofSeconds(10);
    /** Fields of that line, counted from its name: idle and iowait. */
    private static final int IDLE = 4;

    private static final int WAITING = 5;

    private final double idle;
    private final double all;

    private MachineIdle() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/stat"))
                .lines()
                .findFirst()
                .orElseThrow()
                .split(" +");
        idle = Double.parseDouble(fields[IDLE]) + Double.parseDouble(fields[WAITING]);
        all = Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).sum();
    }

    /**
     * Returns when that share has been idle for two looks, one after the other.
     *
     * @throws IllegalStateException when it has not until then
     */
    static void await(double share, Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (int quiet = 0; quiet < 2; ) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The machine has not come to rest within " + atMost.toMinutes()
                        + " minutes. See with top what is at work.");
            }
            MachineIdle before = new MachineIdle();
            Thread.sleep(LOOK);
            MachineIdle after = new MachineIdle();
            quiet = after.idle - before.idle >= share * (after.all - before.all) ? quiet + 1 : 0;
        }
    }
}
