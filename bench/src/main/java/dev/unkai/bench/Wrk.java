package dev.unkai.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code wrk} with eight clients: each asks again as soon as it is answered. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern FAULTS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private final BenchSite site;

    Wrk(BenchSite site) {
        this.site = site;
    }

    /** Answers each second. Throws when one was no success. */
    double rate(String path, int seconds) {
        try {
            Process wrk = new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c8",
                            "-d" + seconds + "s",
                            "-H",
                            "X-Auth-Token: " + site.token(),
                            site.address() + path)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            wrk.waitFor();
            Matcher rate = RATE.matcher(output);
            if (!rate.find() || FAULTS.matcher(output).find()) {
                throw new IllegalStateException("wrk says:\n" + output);
            }
            return Double.parseDouble(rate.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
