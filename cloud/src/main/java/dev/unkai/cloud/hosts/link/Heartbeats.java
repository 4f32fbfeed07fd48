package dev.unkai.cloud.hosts.link;

import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.wire.node.HostReport;
import io.grpc.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Hosts that said that they are there → {@code last_seen}, those of a second together: a thousand hosts cost one transaction a second and not
 * two hundred. What is lost with the process is said again within seconds, long before a host counts as silent.
 */
@Component
class Heartbeats implements Reconciler {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /**
     * The newest that a host said over its link.
     *
     * @param report null when it has only said hello
     */
    record Heard(HostLink link, long attachment, @Nullable HostReport report) {}

    private final Map<UUID, Heard> heard = new ConcurrentHashMap<>();
    /** Hosts that wait for us, for their first plan or for what they said to be stored: if they say nothing more, it is our doing. */
    private final Map<UUID, Heard> waiting = new ConcurrentHashMap<>();

    private final Attachments attachments;
    private final Duration period;

    Heartbeats(Attachments attachments, @Value("${unkai.hosts.silence:15s}") Duration silence) {
        this.attachments = attachments;
        Duration wanted = silence.dividedBy(15);
        this.period = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    }

    /** The host is there, and is so while what it said is being stored, however long others keep that waiting. */
    void note(UUID host, Heard one, Runnable storing) {
        hold(host, one);
        try {
            heard.put(host, one);
            storing.run();
        } finally {
            release(host, one);
        }
    }

    /** The host waits for us from now on, and is there as long as its link is open. */
    void hold(UUID host, Heard one) {
        waiting.put(host, one);
    }

    /** The host has what it waited for. */
    void release(UUID host, Heard one) {
        waiting.remove(host, one);
    }

    @Override
    public String name() {
        return "hosts heard";
    }

    @Override
    public String channel() {
        return "host_heard";
    }

    @Override
    public Duration period() {
        return period;
    }

    @Override
    public boolean step() {
        Map<UUID, Heard> batch = new HashMap<>();
        waiting.forEach((host, one) -> {
            if (one.link().isOpen()) {
                batch.put(host, one);
            }
        });
        for (UUID host : heard.keySet()) {
            Heard one = heard.remove(host);
            if (one != null) {
                batch.put(host, one);
            }
        }
        if (batch.isEmpty()) {
            return false;
        }
        Attachments.Seen seen;
        try {
            seen = attachments.seen(batch);
        } catch (RuntimeException e) {
            batch.forEach(heard::putIfAbsent);
            throw e;
        }
        batch.forEach((host, one) -> {
            if (seen.returned().contains(host)) {
                one.link().forget();
            } else if (seen.later().contains(host)) {
                heard.putIfAbsent(host, one);
            } else if (seen.outdated().contains(host)) {
                one.link().end(Status.ABORTED.withDescription("The host has attached anew."));
            }
        });
        return false;
    }
}
