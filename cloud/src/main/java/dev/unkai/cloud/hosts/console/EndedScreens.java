package dev.unkai.cloud.hosts.console;

import dev.unkai.base.reconcile.Reconciler;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Screens that somebody looks at here and may not any more → closed. */
@Component
class EndedScreens implements Reconciler {
    private final ConsoleSessions sessions;
    private final ScreenRules rules;
    private final Relays relays;

    EndedScreens(ConsoleSessions sessions, ScreenRules rules, Relays relays) {
        this.sessions = sessions;
        this.rules = rules;
        this.relays = relays;
    }

    @Override
    public String name() {
        return "screens of ended sessions";
    }

    @Override
    public String channel() {
        return "console_session";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(2);
    }

    @Override
    public boolean step() {
        relays.screens()
                .filter(screen -> !rules.permit(screen.of(), screen.place()))
                .forEach(screen -> {
                    sessions.ended(screen.of(), screen.place());
                    screen.end();
                });
        return false;
    }
}
