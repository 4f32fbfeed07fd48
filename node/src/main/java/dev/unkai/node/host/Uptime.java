package dev.unkai.node.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/** How long this host has been up and how busy it is, in the words of uptime(1), which operators' tools read. */
public final class Uptime {
    private static final int RECORD = 384; // bytes, utmp(5)
    private static final short USER_PROCESS = 7;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Path proc;
    private final Path logins;
    private final Supplier<LocalTime> clock;

    public Uptime() {
        this(Path.of("/proc"), Path.of("/run/utmp"), LocalTime::now);
    }

    Uptime(Path proc, Path logins, Supplier<LocalTime> clock) {
        this.proc = proc;
        this.logins = logins;
        this.clock = clock;
    }

    /** One line; empty when the kernel does not tell. */
    public String line() {
        try {
            long seconds = (long) Double.parseDouble(first(proc.resolve("uptime")));
            String[] loads = Files.readString(proc.resolve("loadavg")).split(" ");
            int users = users();
            return " %s up %s,  %d user%s,  load average: %s, %s, %s"
                    .formatted(
                            clock.get().format(TIME),
                            duration(seconds),
                            users,
                            users == 1 ? "" : "s",
                            loads[0],
                            loads[1],
                            loads[2]);
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    private static String first(Path file) throws IOException {
        return Files.readString(file).split(" ", 2)[0];
    }

    private static String duration(long seconds) {
        long days = seconds / 86_400;
        long hours = seconds / 3_600 % 24;
        long minutes = seconds / 60 % 60;
        String begin = days == 0 ? "" : days + (days == 1 ? " day, " : " days, ");
        return begin + (hours == 0 ? minutes + " min" : "%2d:%02d".formatted(hours, minutes));
    }

    /** Log-ins, as the system notes them; none where it does not. */
    private int users() throws IOException {
        if (!Files.isReadable(logins)) {
            return 0;
        }
        ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(logins)).order(ByteOrder.nativeOrder());
        int users = 0;
        for (int at = 0; at + RECORD <= records.limit(); at += RECORD) {
            if (records.getShort(at) == USER_PROCESS) {
                users++;
            }
        }
        return users;
    }
}
