package dev.unkai.rack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program as a user would and keeps what it said. */
record Command(int status, String output, String errors) {
    static Command run(Duration limit, Map<String, String> environment, String... words) {
        return run(limit, environment, Path.of("."), words);
    }

    static Command run(Duration limit, Map<String, String> environment, Path folder, String... words) {
        try {
            Path output = Files.createTempFile("unkai-rack", ".out");
            Path errors = Files.createTempFile("unkai-rack", ".err");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("Not finished after " + limit + ": " + String.join(" ", words) + "\n"
                        + text(output) + text(errors));
            }
            Command result = new Command(process.exitValue(), text(output), text(errors));
            Files.delete(output);
            Files.delete(errors);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** The output of a command that must succeed. */
    String succeeded() {
        if (status != 0) {
            throw new AssertionError("Exit status " + status + "\n" + output + errors);
        }
        return output;
    }
}
