package dev.unkai.cloud.follow;

import dev.unkai.base.access.Policy;
import dev.unkai.base.access.Role.Side;
import dev.unkai.cloud.follow.Change.Owner;
import dev.unkai.wire.token.TokenClaims;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which changes somebody hears of: of kinds that the policy lets him list, and of those what his lists show. */
final class Sight {
    /** Who may do this sees what belongs to the accounts of his domain. */
    private static final String LOOKS_AFTER_USERS = "user:list";

    private final String project;
    private final String user;
    private final @Nullable String domain;
    private final Map<ChangeKind, Side> sides = new EnumMap<>(ChangeKind.class);

    Sight(Policy policy, TokenClaims token, String project) {
        this.project = project;
        this.user = token.userId();
        this.domain = policy.permits(LOOKS_AFTER_USERS, token.roles()) ? token.projectDomainId() : null;
        for (ChangeKind kind : ChangeKind.values()) {
            if (!token.isView() || policy.isViewed(kind.action())) {
                policy.side(kind.action(), token.roles()).ifPresent(side -> sides.put(kind, side));
            }
        }
    }

    /** What is everybody's, one's own project's or account's, one's own domain's for who looks after it, and the provider's people's registers. */
    boolean shows(Change change) {
        Side side = sides.get(change.kind());
        if (side == null) {
            return false;
        }
        boolean register = side == Side.PROVIDER && change.kind().isRegister();
        return switch (change.owner()) {
            case Owner.Everybody() -> true;
            case Owner.Provider() -> side == Side.PROVIDER;
            case Owner.Project(String id) -> register || id.equals(project);
            case Owner.Account(String whose, String of) -> register || whose.equals(user) || of.equals(domain);
        };
    }
}
