package dev.unkai.cloud.hosts.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.hosts.console.ConsoleSessions;
import dev.unkai.cloud.hosts.console.ConsoleVisit;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who looks at a server's consoles, and who has. */
@RestController
@ServiceApi
class ConsoleVisitsController {
    private static final int MOST = 200;

    private final ConsoleSessions sessions;

    ConsoleVisitsController(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    /** @param next the {@code after} of the following page, or null */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Visits(List<ConsoleVisit> visits, @Nullable UUID next) {}

    /** Newest first; for a year, also of a server that is gone. */
    @Allow("compute:console-visit:list")
    @GetMapping("/service/v1/servers/{server}/console-visits")
    Visits list(
            Caller caller,
            @PathVariable UUID server,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable UUID after) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("\"limit\" is a number from 1 to " + MOST + ".");
        }
        List<ConsoleVisit> found = sessions.visits(caller, server, after, limit + 1);
        List<ConsoleVisit> page = found.subList(0, Math.min(limit, found.size()));
        return new Visits(page, found.size() > limit ? page.getLast().id() : null);
    }
}
