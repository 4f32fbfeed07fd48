package dev.unkai.cloud.hosts.console;

import dev.unkai.cloud.hosts.ScreenGate;
import dev.unkai.cloud.hosts.console.SessionRows.Session;
import dev.unkai.web.SourceCheck;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.Bearer;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenClaims;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What holds for a token holds for the screen that was opened with it: it ends when the session is ended, its user disabled or the role taken
 * away, or a break-glass access is over, and it is seen only from where the token may be used. That the token's time is over does not end it, as it does not end the session.
 */
@Component
class ScreenRules {
    private final Revocations revocations;
    private final SourceRules sources;
    private final List<ScreenGate> gates;

    ScreenRules(Revocations revocations, SourceRules sources, List<ScreenGate> gates) {
        this.revocations = revocations;
        this.sources = sources;
        this.gates = List.copyOf(gates);
    }

    boolean permit(Session session, Place place) {
        @Nullable TokenClaims bearer = session.bearer();
        return bearer == null
                || (!revocations.covers(bearer)
                        && SourceCheck.permits(sources, Bearer.of(bearer), place.address(), place.local())
                        && gates.stream().allMatch(gate -> gate.permits(bearer, session.project())));
    }
}
