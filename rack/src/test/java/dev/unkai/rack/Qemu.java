package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The QEMU processes of this machine as the kernel knows them, which no part of Unkai can be wrong about. */
final class Qemu {
    private Qemu() {}

    /** The ids of all guests of the site that run; fails when one runs twice. */
    static Set<String> runningOnce(Site site) {
        List<String> ids = ProcessHandle.allProcesses()
                .map(Qemu::commandLine)
                .filter(line -> line.contains("qemu-system") && line.contains("-uuid "))
                .filter(line -> line.contains(site.data().toString()))
                .map(line -> line.replaceFirst("(?s).*-uuid (\\S+).*", "$1"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        return new TreeSet<>(ids);
    }

    /** The process ids of a guest: one, empty, or (never) several with commas. */
    static String of(String server) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains("-uuid " + server))
                .map(process -> String.valueOf(process.pid()))
                .collect(Collectors.joining(","));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return ""; // it has ended meanwhile
        }
    }
}
