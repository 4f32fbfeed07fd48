package dev.unkai.node.login;

import dev.unkai.node.DurableFile;
import dev.unkai.wire.node.LogIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the cloud of each log-in on this machine from the first start of the node on. How far it came is kept in a file, written when the cloud has taken what was before: whoever dies
 * when, none is left out; the cloud takes each once.
 */
public final class LogInWatch {
    private static final Logger log = LoggerFactory.getLogger(LogInWatch.class);
    private static final int EVERY_SECONDS = 3;

    private final LogInRecords records;
    private final Path place;
    private final Consumer<LogIns> cloud;
    private boolean failing;

    /** @param cloud takes them; throws while it cannot */
    public LogInWatch(Path state, Consumer<LogIns> cloud) {
        this(Journal.isThere() ? new Journal() : new Wtmp(Path.of("/var/log/wtmp")), state, cloud);
    }

    LogInWatch(LogInRecords records, Path state, Consumer<LogIns> cloud) {
        this.records = records;
        this.place = state.resolve("log-ins");
        this.cloud = cloud;
    }

    /** @param worker a single thread */
    public void start(ScheduledExecutorService worker) {
        log.info("Log-ins on this machine are read from its {}", records.kind());
        worker.scheduleWithFixedDelay(this::stepOrSay, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Says once that it cannot, and that it can again: while records cannot be read nobody is watched. */
    void stepOrSay() {
        try {
            step();
            if (failing) {
                log.info("Log-ins on this machine are told again");
            }
            failing = false;
        } catch (IOException | RuntimeException | Error e) {
            if (!failing) {
                log.warn(
                        "Log-ins on this machine cannot be told; tried again every {} s: {}",
                        EVERY_SECONDS,
                        e.getMessage());
            }
            failing = true;
        }
    }

    void step() throws IOException {
        String position = position();
        LogInRecords.Batch batch = records.after(position);
        if (!batch.logIns().isEmpty()) {
            cloud.accept(LogIns.newBuilder().addAllLogIns(batch.logIns()).build());
        }
        if (!batch.next().equals(position)) {
            keep(batch.next());
        }
    }

    /** Of other records, or of none yet: from now on. */
    private String position() throws IOException {
        String prefix = records.kind() + " ";
        if (Files.exists(place)) {
            String kept = Files.readString(place).strip();
            if ((kept + " ").startsWith(prefix)) {
                return kept.substring(Math.min(prefix.length(), kept.length()));
            }
        }
        String end = records.end();
        keep(end);
        return end;
    }

    private void keep(String position) throws IOException {
        DurableFile.write(place, records.kind() + " " + position);
    }
}
