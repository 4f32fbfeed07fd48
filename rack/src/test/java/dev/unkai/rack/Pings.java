package dev.unkai.rack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** Asks one address fifty times a second whether it is there, until it is closed. */
final class Pings implements AutoCloseable {
    private static final Pattern ANSWER = Pattern.compile("(?m)^\\[([0-9.]+)\\] .* icmp_seq=");

    private final Process process;
    private final Path said;

    private Pings(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    static Pings to(String address) {
        try {
            Path said = Files.createTempFile("unkai-ping", ".txt");
            Process process = new ProcessBuilder("ping", "-n", "-D", "-i", "0.02", "-W", "1", address)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            return new Pings(process, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The longest time without an answer between the first and the last that came so far; milliseconds. */
    long longestGap() {
        double[] at = answers().toArray();
        double longest = 0;
        for (int i = 1; i < at.length; i++) {
            longest = Math.max(longest, at[i] - at[i - 1]);
        }
        return Math.round(longest * 1000);
    }

    /** Whether an answer came within the last second. */
    boolean answered() {
        double now = System.currentTimeMillis() / 1000.0;
        return answers().anyMatch(at -> at > now - 1);
    }

    /** When answers came, in seconds of Unix time. */
    private DoubleStream answers() {
        try {
            Matcher each = ANSWER.matcher(Files.readString(said));
            return each.results().mapToDouble(result -> Double.parseDouble(result.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            Files.deleteIfExists(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
