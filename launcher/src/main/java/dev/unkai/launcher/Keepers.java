package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts and stops the services of one data directory, each under a small shell loop that outlives this program and
 * starts the service again when it ends. Touches no process that it did not start: a pid counts only if the process
 * carries the mark of this directory in its environment.
 */
final class Keepers {
    private static final String MARK = "UNKAI_SERVICE";
    private static final int LONGEST_LINE = 300;
    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.){1,2000})");

    private final DataDirectory directory;

    Keepers(DataDirectory directory) {
        this.directory = directory;
    }

    /** Makes the service run as described; leaves it alone if it does. Returns whether anything was started. */
    boolean start(Service service) {
        if (keeper(service.name()).isPresent()) {
            if (fingerprint(service.name()).equals(service.fingerprint())) {
                return false;
            }
            stop(service);
        }
        // A service whose loop was killed would run beside its successor.
        process(service.name(), ".pid").ifPresent(orphan -> end(orphan, service.stopSeconds()));
        Path script = Script.KEEP.install(directory);
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                "--fork",
                // prctl(PR_SET_CHILD_SUBREAPER): daemonised grandchildren (QEMU) are reaped at once also where process
                // 1 is slow at it.
                "perl",
                "-e",
                "syscall(157, 36, 1, 0, 0, 0); exec @ARGV",
                "/bin/sh",
                script.toString(),
                service.name(),
                directory.of("run").toString(),
                directory.of("log/" + service.name() + ".log").toString(),
                service.stopSignal().name()));
        command.addAll(service.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8"));
        builder.environment().put(MARK, mark(service.name()));
        builder.environment().putAll(service.environment());
        try {
            directory.write("run/" + service.name() + ".plan", service.fingerprint(), "rw-------");
            builder.start().waitFor();
            Waiting.until(() -> running(service.name()), Duration.ofSeconds(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        }
        return true;
    }

    /** Stops the loop and its service; returns when both are gone. */
    void stop(Service service) {
        stop(service.name(), service.stopSeconds());
    }

    void stop(String name, int seconds) {
        Optional<ProcessHandle> service = process(name, ".pid");
        keeper(name).ifPresent(loop -> {
            loop.destroy();
            await(loop, Duration.ofSeconds(seconds));
            loop.destroyForcibly();
            await(loop, Duration.ofSeconds(2));
        });
        service.ifPresent(left -> end(left, 1));
        for (String suffix : List.of(".pid", ".keep.pid", ".plan")) {
            try {
                Files.deleteIfExists(directory.of("run/" + name + suffix));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether the service runs as described. */
    boolean runs(Service service) {
        return running(service.name()) && fingerprint(service.name()).equals(service.fingerprint());
    }

    boolean running(String name) {
        return keeper(name).isPresent();
    }

    /** The last lines that the service wrote, shortened, for a message about why it did not become ready. */
    String lastWords(String name, int lines) {
        try {
            List<String> all = Files.readString(directory.of("log/" + name + ".log"), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size()).stream()
                    .map(Keepers::plain)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "";
        }
    }

    /** Of a JSON line its message alone. */
    private static String plain(String line) {
        Matcher matcher = MESSAGE.matcher(line);
        String text = matcher.find() ? String.valueOf(matcher.group(1)) : line;
        return "  " + (text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text);
    }

    private Optional<ProcessHandle> keeper(String name) {
        return process(name, ".keep.pid");
    }

    private String fingerprint(String name) {
        try {
            return Files.readString(directory.of("run/" + name + ".plan"));
        } catch (IOException e) {
            return "";
        }
    }

    private String mark(String name) {
        return directory.path() + ":" + name;
    }

    private Optional<ProcessHandle> process(String name, String suffix) {
        try {
            String text = Files.readString(directory.of("run/" + name + suffix)).strip();
            if (!text.matches("[0-9]{1,9}")) {
                return Optional.empty();
            }
            String environment = Files.readString(Path.of("/proc", text, "environ"), StandardCharsets.ISO_8859_1);
            // Empty for one that has ended: its environment is gone.
            boolean ours = List.of(environment.split("\0", -1)).contains(MARK + "=" + mark(name));
            return ours ? ProcessHandle.of(Long.parseLong(text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void end(ProcessHandle process, int seconds) {
        process.destroy();
        await(process, Duration.ofSeconds(seconds));
        process.destroyForcibly();
        await(process, Duration.ofSeconds(2));
    }

    private static void await(ProcessHandle process, Duration atMost) {
        Waiting.until(() -> !alive(process), atMost);
    }

    /** A process that has ended but that process 1 has not yet taken note of is not alive. */
    private static boolean alive(ProcessHandle process) {
        try {
            String stat = Files.readString(
                    Path.of("/proc", String.valueOf(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
