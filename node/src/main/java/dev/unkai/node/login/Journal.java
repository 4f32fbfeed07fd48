package dev.unkai.node.login;

import dev.unkai.wire.node.LogIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * systemd's journal: sshd's word for each session, those without a terminal too (commands, copies), and PAM's for log-ins at the machine. The position is the
 * journal's cursor.
 */
final class Journal implements LogInRecords {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A pass reads at most so many entries: whoever floods the journal makes us late, not large. */
    private static final int MOST_ENTRIES = 5_000;

    static boolean isThere() {
        return Files.exists(Path.of("/run/systemd/journal/socket"))
                && Files.isExecutable(Path.of("/usr/bin/journalctl"));
    }

    @Override
    public String kind() {
        return "journal";
    }

    @Override
    public String end() throws IOException {
        Batch last = read("--lines=1");
        return last.next();
    }

    @Override
    public Batch after(String position) throws IOException {
        // An empty journal has no cursor yet: then all that is there has come since.
        return position.isEmpty() ? read() : read("--after-cursor=" + position);
    }

    /** Entries of log-in programs (facilities auth and authpriv, RFC 5424) that run as root: others may write there what they like. */
    private static Batch read(String... where) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("/usr/bin/journalctl", "--quiet", "--no-pager", "--output=json"));
        command.addAll(List.of(where));
        command.addAll(List.of("SYSLOG_FACILITY=4", "SYSLOG_FACILITY=10", "_UID=0"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String next = position(where);
        List<LogIn> found = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            int entries = 0;
            String line = lines.readLine();
            while (line != null) {
                JsonNode entry = JSON.readTree(line);
                next = entry.path("__CURSOR").asString();
                logIn(entry).ifPresent(found::add);
                entries++;
                line = found.size() < MOST && entries < MOST_ENTRIES ? lines.readLine() : null;
            }
        } finally {
            process.destroy();
        }
        return new Batch(found, next);
    }

    private static String position(String... where) {
        String prefix = "--after-cursor=";
        return where.length == 1 && where[0].startsWith(prefix) ? where[0].substring(prefix.length()) : "";
    }

    private static Optional<LogIn> logIn(JsonNode entry) {
        return JournalLine.parse(
                        entry.path("SYSLOG_IDENTIFIER").asString(""),
                        entry.path("MESSAGE").asString(""))
                .map(line -> LogIn.newBuilder()
                        .setKey("journal/" + entry.path("__CURSOR").asString())
                        .setAtMillis(entry.path("__REALTIME_TIMESTAMP").asLong(0) / 1000)
                        .setUser(line.user())
                        .setFrom(line.from())
                        .setTerminal(line.by())
                        .build());
    }
}
