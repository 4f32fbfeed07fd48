package dev.unkai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Resident memory: the four processes each, all of them together, and PostgreSQL; together with shared pages counted once (PSS). */
final class Residents {
    private Residents() {}

    static List<Figure> measure(Path data) throws IOException {
        List<Figure> figures = new ArrayList<>();
        double sum = 0;
        for (String process : List.of("identity", "ledger", "cloud", "node")) {
            long pid = Long.parseLong(
                    Files.readString(data.resolve("run/" + process + ".pid")).strip());
            figures.add(Figure.of("resident: " + process, "MiB", mebibytes(pid)));
            sum += pss(pid);
        }
        figures.add(Figure.of("resident: the four together", "MiB", sum));
        double postgres = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (isPostgresOf(process.pid(), data)) {
                postgres += pss(process.pid());
                for (ProcessHandle child : process.children().toList()) {
                    postgres += pss(child.pid());
                }
            }
        }
        figures.add(Figure.of("resident: PostgreSQL", "MiB", postgres));
        return figures;
    }

    private static boolean isPostgresOf(long pid, Path data) {
        try {
            String command =
                    Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
            return command.contains("postgres") && command.contains(data.toString()) && command.contains("-D");
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    /** Of one process, shared pages too. */
    static double mebibytes(long pid) {
        try {
            return kib("/proc/" + pid + "/status", "VmRSS:") / 1024.0;
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    private static double pss(long pid) {
        try {
            return kib("/proc/" + pid + "/smaps_rollup", "Pss:") / 1024.0;
        } catch (IOException e) {
            return 0; // a connection's process that has ended meanwhile
        }
    }

    private static long kib(String file, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}
