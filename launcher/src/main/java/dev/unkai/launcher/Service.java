package dev.unkai.launcher;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A process that is kept running: what to run, and how to ask it to stop.
 *
 * @param configuration text of what it reads at its start; when it changes, the process has to be started anew
 */
record Service(
        String name,
        List<String> command,
        Map<String, String> environment,
        String configuration,
        StopSignal stopSignal,
        int stopSeconds) {
    enum StopSignal {
        TERM,
        INT
    }

    static Service of(String name, List<String> command) {
        return new Service(name, List.copyOf(command), Map.of(), "", StopSignal.TERM, 10);
    }

    Service configured(String text) {
        return new Service(name, command, environment, text, stopSignal, stopSeconds);
    }

    Service with(Map<String, String> variables) {
        return new Service(name, command, variables, configuration, stopSignal, stopSeconds);
    }

    Service stoppedBy(StopSignal signal, int seconds) {
        return new Service(name, command, environment, configuration, signal, seconds);
    }

    /** Equal for two services that would run alike. */
    String fingerprint() {
        try {
            String all = command + "\n" + new java.util.TreeMap<>(environment) + "\n" + configuration;
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
