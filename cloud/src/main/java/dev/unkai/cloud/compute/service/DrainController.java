package dev.unkai.cloud.compute.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.compute.DrainGuest;
import dev.unkai.cloud.compute.DrainGuest.Obstacle;
import dev.unkai.cloud.compute.DrainGuest.State;
import dev.unkai.cloud.compute.DrainViews;
import dev.unkai.cloud.hosts.Drains.Drain;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a host is being emptied, server by server. Begun and ended by the host's maintenance. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/hosts/{id}/drain")
class DrainController {
    private final DrainViews drains;

    DrainController(DrainViews drains) {
        this.drains = drains;
    }

    /**
     * @param state {@code draining}, {@code drained} (nothing is there), or {@code ended} (the host may take servers again, or keeps
     *     those that it has)
     * @param longestStandstillMillis of all servers that went while they ran; null before the first
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record View(
            UUID host,
            @OneOf({"draining", "drained", "ended"}) String state,
            Instant startedAt,
            @Nullable Instant emptiedAt,
            @Nullable Instant endedAt,
            @Nullable Long longestStandstillMillis,
            List<Guest> servers) {}

    /**
     * @param state {@code waiting}, {@code moving}, {@code moved}, {@code stuck} or {@code gone} (it left by itself)
     * @param progress percent of the move under way, else null
     * @param target host that it goes or went to
     * @param standstillMillis how long it stood still at the end of its move; null when it did not run
     * @param obstacle why it is stuck, with what can be done; else null
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Guest(
            UUID id,
            String name,
            String project,

            @OneOf({"waiting", "moving", "moved", "stuck", "gone"})
            String state,

            int tries,
            @Nullable Integer progress,
            @Nullable String target,
            @Nullable Long standstillMillis,
            @Nullable Instant movedAt,
            @Nullable Obstacle obstacle) {
        static Guest of(DrainGuest guest) {
            return new Guest(
                    guest.serverId(),
                    guest.name(),
                    guest.projectId(),
                    guest.state().wireName(),
                    guest.tries(),
                    guest.progress(),
                    guest.target(),
                    guest.standstillMillis(),
                    guest.movedAt(),
                    guest.state() == State.STUCK ? guest.obstacle() : null);
        }
    }

    /** How the host was emptied last, or is being emptied. */
    @GetMapping
    @Allow("hosts:host:manage")
    View show(Caller caller, @PathVariable UUID id) {
        DrainViews.Shown shown = drains.newest(caller, id);
        Drain drain = shown.drain();
        Long longest = shown.guests().stream()
                .map(DrainGuest::standstillMillis)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
        return new View(
                drain.hostId(),
                drain.state(),
                drain.startedAt(),
                drain.emptiedAt(),
                drain.endedAt(),
                longest,
                shown.guests().stream().map(Guest::of).toList());
    }
}
