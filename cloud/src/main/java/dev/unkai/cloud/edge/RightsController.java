package dev.unkai.cloud.edge;

import dev.unkai.base.access.Allow;
import dev.unkai.web.Access;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a caller which actions of policy.conf it may do: by the same engine that decides when it does them. */
@RestController
@ServiceApi
public final class RightsController {
    private final Access access;

    public RightsController(Access access) {
        this.access = access;
    }

    /** Actions as in policy.conf, {@code service:resource:verb}, in alphabetical order. */
    public record Rights(List<String> actions) {}

    /** What the caller may do. */
    @Allow("session:rights")
    @GetMapping("/service/v1/rights")
    Rights list(Caller caller) {
        List<String> permitted = access.policy().permitted(caller.token().roles());
        return new Rights(
                caller.token().isView()
                        ? permitted.stream()
                                .filter(action -> access.policy().isViewed(action)
                                        || access.policy().isOfView(action))
                                .toList()
                        : permitted);
    }
}
