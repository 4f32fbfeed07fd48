package dev.unkai.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One run of a program of this machine to its end. */
record Command(List<String> words) {
    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** What it wrote, both streams. Throws a Problem with that text when it fails. */
    String run() {
        Result result = attempt();
        if (result.status() != 0) {
            throw new Problem("command.failed", String.join(" ", words), result.output());
        }
        return result.output();
    }

    /** Whether it ended well. */
    boolean succeeds() {
        return attempt().status() == 0;
    }

    Result attempt() {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new Problem("command.failed", String.join(" ", words), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        }
    }

    record Result(int status, String output) {}
}
