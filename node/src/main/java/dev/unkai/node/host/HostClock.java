package dev.unkai.node.host;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What this host knows of its clock, in words for people: evidence says by which clock it was made. */
public final class HostClock {
    private static final String CHRONYC = "/usr/bin/chronyc";
    private static final int LONGEST = 64 << 10;

    private HostClock() {}

    public static String report() {
        Instant now = Instant.now();
        return "Host: " + name() + "\nClock of the host: " + now + "\nKernel: " + HostFactsReader.kernel() + "\n\n"
                + said("tracking") + said("sources", "-v") + said("ntpdata");
    }

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String said(String... words) {
        String title = "chronyc " + String.join(" ", words);
        try {
            List<String> command = new ArrayList<>(List.of("/usr/bin/timeout", "3", CHRONYC, "-n"));
            command.addAll(List.of(words));
            Process chronyc =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            chronyc.getOutputStream().close();
            byte[] output = chronyc.getInputStream().readNBytes(LONGEST);
            int end = chronyc.waitFor(5, TimeUnit.SECONDS) ? chronyc.exitValue() : -1;
            return "== " + title + " (exit status " + end + ")\n" + new String(output, StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            return "== " + title + ": " + e.getMessage() + "\n";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "== " + title + ": interrupted\n";
        }
    }
}
