package dev.unkai.cloud.follow;

import dev.unkai.base.access.Policy;
import dev.unkai.base.access.Role.Side;
import dev.unkai.wire.token.TokenClaims;
import java.util.EnumMap;
import java.util.Map;

/** Which changes somebody hears of: of kinds that the policy lets him list, and of those what his lists show. */
final class Sight {
    private final String project;
    private final Map<ChangeKind, Side> sides = new EnumMap<>(ChangeKind.class);

    Sight(Policy policy, TokenClaims token, String project) {
        this.project = project;
        for (ChangeKind kind : ChangeKind.values()) {
            if (!token.isView() || policy.isViewed(kind.action())) {
                policy.side(kind.action(), token.roles()).ifPresent(side -> sides.put(kind, side));
            }
        }
    }

    /** What is everybody's, one's own project's, and the provider's people's registers. */
    boolean shows(Change change) {
        Side side = sides.get(change.kind());
        if (side == null) {
            return false;
        }
        return change.project().equals(project)
                || change.project().equals(Change.EVERYBODYS)
                || (side == Side.PROVIDER
                        && (change.kind().isRegister() || change.project().equals(Change.PROVIDERS)));
    }
}
