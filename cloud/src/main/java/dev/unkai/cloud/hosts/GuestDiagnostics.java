package dev.unkai.cloud.hosts;

import dev.unkai.cloud.hosts.console.ConsoleSessions;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.token.Caller;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a running guest has used so far, asked of its host at this moment; nothing is polled and nothing is kept. */
@Component
public class GuestDiagnostics {
    private final ConsoleSessions sessions;

    GuestDiagnostics(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    /** Empty when the guest does not run, or its host does not answer within 3 s or is of a version that does not know. */
    public Optional<GuestCounters> of(Caller caller, UUID server) {
        return sessions.counters(caller, server);
    }
}
