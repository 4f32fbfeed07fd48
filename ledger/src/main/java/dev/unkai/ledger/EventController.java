package dev.unkai.ledger;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.ledger.Search.Query;
import dev.unkai.ledger.Search.Stored;
import dev.unkai.web.Peer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The ledger's interface for the other processes. A process may only write events under its own name. */
@RestController
@RequestMapping("/internal/v1/events")
final class EventController {
    private static final int MOST = 1_000;

    private final EventLog events;
    private final Search search;

    EventController(EventLog events, Search search) {
        this.events = events;
        this.search = search;
    }

    /**
     * A batch from one source in the order of its positions.
     *
     * @param source {@code process/database id}
     * @param sent by the clock of who sends; null from one that does not say
     */
    record Incoming(
            String source,
            List<Positioned> events,
            @Nullable Instant sent) {}

    @Allow(
            value = Allow.PEERS,
            peers = {"cloud", "identity"})
    @PostMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void append(@RequestBody Incoming batch, HttpServletRequest request) {
        if (!batch.source().startsWith(Peer.process(request) + "/")) {
            throw Refusal.forbidden("A process writes only under its own name.");
        }
        events.append(batch.source(), batch.events(), batch.sent());
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping
    Map<String, List<Stored>> read(
            @RequestParam(required = false) @Nullable String project,
            @ModelAttribute Conditions conditions,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "100") int limit) {
        int bounded = Math.clamp(limit, 1, MOST);
        return Map.of("events", search.read(new Query(project, conditions, before, bounded)));
    }
}
