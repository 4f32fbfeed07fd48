package dev.unkai.web;

import dev.unkai.wire.token.TokenClaims;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each session was last used and from where: noted in memory at every request, taken off now and then and told to identity. What is lost with
 * the process is a minute of that, nothing that anything depends on.
 */
public final class Sightings {
    /** More sessions than this are not noted between two takings. */
    private static final int MOST = 50_000;

    private final InstantSource clock;
    private final Map<String, Sighting> noted = new ConcurrentHashMap<>();

    public Sightings(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One session's last use.
     *
     * @param session the last audit id of its tokens
     */
    public record Sighting(String session, Instant at, String address) {}

    void note(TokenClaims claims, String address) {
        String session = claims.auditIds().getLast();
        if (noted.size() < MOST || noted.containsKey(session)) {
            noted.put(session, new Sighting(session, clock.instant(), address));
        }
    }

    /** What was noted since the last time. */
    public List<Sighting> take() {
        List<Sighting> taken = new ArrayList<>();
        for (String session : noted.keySet()) {
            Sighting sighting = noted.remove(session);
            if (sighting != null) {
                taken.add(sighting);
            }
        }
        return taken;
    }
}
