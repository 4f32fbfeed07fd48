package dev.unkai.identity.session;

import dev.unkai.base.access.Allow;
import dev.unkai.identity.token.InternalController;
import dev.unkai.web.Sightings.Sighting;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Hears from the other processes, once a minute, when sessions were last used. */
@RestController
public final class SightingController {
    private final SeenSessions seen;

    public SightingController(SeenSessions seen) {
        this.seen = seen;
    }

    /** Several sessions' last uses. */
    public record Told(List<Sighting> sightings) {}

    /** Only for our own processes, shown by their certificates; to anybody else it is not there. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/identity/internal/v1/sightings")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void hear(@RequestBody Told told, HttpServletRequest request) {
        InternalController.needProcess(request);
        seen.keep(told.sightings());
    }
}
