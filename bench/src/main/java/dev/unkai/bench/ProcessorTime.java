package dev.unkai.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processor time, user and system, that a site's processes have used. Other work on the machine stretches the wall's clock; this it cannot
 * stretch much.
 */
final class ProcessorTime {
    /** The kernel's tick as {@code /proc} counts it, in ms (USER_HZ = 100). */
    private static final double TICK = 10;

    private final Path data;

    ProcessorTime(Path data) {
        this.data = data;
    }

    /** What the work took of {@code cloud} and of PostgreSQL for each of so many requests, in ms. */
    List<Figure> of(String what, int requests, Runnable work) {
        double cloud = of("cloud");
        double database = ofDatabase();
        work.run();
        return List.of(
                Figure.of(what + ": processor time of cloud", "ms", (of("cloud") - cloud) / requests),
                Figure.of(what + ": of PostgreSQL", "ms", (ofDatabase() - database) / requests));
    }

    /** Of a process with a pid file, in ms. */
    double of(String process) {
        return ticks(pid(process), false) * TICK;
    }

    /** Of all of PostgreSQL's processes, those that have ended counted in. */
    double ofDatabase() {
        long server = pid("postgresql");
        double ticks = ticks(server, true);
        for (ProcessHandle child : children(server)) {
            ticks += ticks(child.pid(), false);
        }
        return ticks * TICK;
    }

    private static List<ProcessHandle> children(long server) {
        return ProcessHandle.of(server)
                .map(handle -> new ArrayList<>(handle.children().toList()))
                .orElseGet(ArrayList::new);
    }

    long pid(String process) {
        try {
            return Long.parseLong(
                    Files.readString(data.resolve("run/" + process + ".pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fields 14 and 15 of proc(5) stat, with {@code ended} also 16 and 17: those of children that were waited for. */
    private static double ticks(long pid, boolean ended) {
        return stat(pid)
                .map(fields -> {
                    double own = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
                    return ended ? own + Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]) : own;
                })
                .orElse(0.0);
    }

    private static Optional<String[]> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return Optional.empty(); // it has ended meanwhile
        }
    }
}
