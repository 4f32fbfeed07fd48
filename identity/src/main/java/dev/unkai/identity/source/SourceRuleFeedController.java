package dev.unkai.identity.source;

import dev.unkai.base.access.Allow;
import dev.unkai.identity.token.InternalController;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The rules for the processes that keep them; see dev.unkai.web.SourceRuleFeed. */
@RestController
public final class SourceRuleFeedController {
    private final SourceRuleLog log;

    public SourceRuleFeedController(SourceRuleLog log) {
        this.log = log;
    }

    /** Several changes, and the number of the last there is. */
    public record Fresh(List<SourceRule> rules, long newest) {}

    /** Only for our own processes, shown by their certificates; to anybody else it is not there. */
    @Allow(Allow.PUBLIC)
    @GetMapping("/identity/internal/v1/source-rules")
    Fresh since(@RequestParam(defaultValue = "0") long since, HttpServletRequest request) {
        InternalController.needProcess(request);
        // The number first: a change between the two is only seen early.
        long newest = log.newest();
        return new Fresh(log.since(since), newest);
    }
}
