package dev.unkai.identity.follow;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.web.Peer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The changes for cloud, which asks again and again and is answered when there are some; see dev.unkai.cloud.follow.IdentityChanges. */
@RestController
final class ChangesFeedController {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ToldChanges changes;

    ChangesFeedController(ToldChanges changes) {
        this.changes = changes;
    }

    /** Only for cloud, shown by its certificate; to anybody else it is not there. */
    @Allow(Allow.PUBLIC)
    @GetMapping("/identity/internal/v1/changes")
    ToldChanges.News after(
            @RequestParam(defaultValue = "") String epoch,
            @RequestParam(defaultValue = "0") long after,
            HttpServletRequest request)
            throws InterruptedException {
        if (!Peer.isCloud(request)) {
            throw Refusal.notFound("There is nothing at this address.");
        }
        return changes.after(epoch, after, PATIENCE);
    }
}
