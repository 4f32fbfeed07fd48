package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who wants to know of log-ins on the machines of hosts. */
public interface LogInObserver {
    /**
     * One log-in.
     *
     * @param key names it among all of the host; the same one may be told again
     * @param from address or name; empty: at the machine itself
     */
    record Seen(String key, Instant at, String user, String from, String terminal) {}

    void seen(Db db, UUID host, List<Seen> logIns);
}
