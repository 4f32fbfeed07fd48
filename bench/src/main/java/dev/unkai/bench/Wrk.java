package dev.unkai.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code wrk}, a client that costs little itself: each of its clients asks again as soon as it is answered. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern MEDIAN = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern FAULTS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private final BenchSite site;

    Wrk(BenchSite site) {
        this.site = site;
    }

    /** Answers each second to eight clients. Throws when one was no success. */
    double rate(String path, int seconds) {
        return Double.parseDouble(said(RATE, run(8, path, seconds)).group(1));
    }

    /** The median of what one client waits for an answer, in milliseconds. Throws when one was no success. */
    double median(String path, int seconds) {
        Matcher median = said(MEDIAN, run(1, path, seconds));
        double number = Double.parseDouble(median.group(1));
        return switch (median.group(2)) {
            case "us" -> number / 1000;
            case "ms" -> number;
            default -> number * 1000;
        };
    }

    private static Matcher said(Pattern what, String output) {
        Matcher found = what.matcher(output);
        if (!found.find() || FAULTS.matcher(output).find()) {
            throw new IllegalStateException("wrk says:\n" + output);
        }
        return found;
    }

    private String run(int clients, String path, int seconds) {
        try {
            Process wrk = new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c" + clients,
                            "-d" + seconds + "s",
                            "--latency",
                            "-H",
                            "X-Auth-Token: " + site.token(),
                            site.address() + path)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            wrk.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
