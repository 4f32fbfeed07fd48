package dev.unkai.node.metadata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one command of the host to its end, in the network namespace of the calling thread. */
final class Tool {
    private static final int PATIENCE_SECONDS = 10;

    private Tool() {}

    /** What it printed; throws with that when it failed. */
    static String run(String... command) throws IOException {
        return run(List.of(), command);
    }

    /** The same for a command that reads these lines. */
    static String run(List<String> lines, String... command) throws IOException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        try {
            try (OutputStream input = process.getOutputStream()) {
                for (String line : lines) {
                    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
