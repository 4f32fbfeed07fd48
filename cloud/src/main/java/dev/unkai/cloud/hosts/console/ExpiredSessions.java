package dev.unkai.cloud.hosts.console;

import dev.unkai.base.reconcile.Reconciler;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Sessions nobody uses any more → deleted; those that somebody here looks at are prolonged. */
@Component
class ExpiredSessions implements Reconciler {
    private final ConsoleSessions sessions;
    private final Relays relays;

    ExpiredSessions(ConsoleSessions sessions, Relays relays) {
        this.sessions = sessions;
        this.relays = relays;
    }

    @Override
    public String name() {
        return "expired console sessions";
    }

    @Override
    public String channel() {
        return "console_session";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        sessions.tidy(relays.sessions());
        return false;
    }
}
