package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.store.QosStore;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether something may be put under a QoS policy or taken from under one. */
@Component
public class QosUse {
    private final QosStore store;

    public QosUse(QosStore store) {
        this.store = store;
    }

    /** Who cannot see a policy cannot use it; and what an operator laid upon a customer's thing only an operator lifts. */
    void check(Db db, @Nullable UUID before, @Nullable UUID after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before != null && store.listing.find(db, before).isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "PolicyRemoveAuthorizationError",
                    "Failed to remove provided policy " + before + " because you are not authorized.");
        }
        if (after != null && store.listing.find(db, after).isEmpty()) {
            throw QosPolicies.notFound(after);
        }
    }

    /** The policy that the project's new networks are put under when the request does not say. */
    public Optional<UUID> defaultOf(Db db, String project) {
        return store.defaultOf(db, project);
    }
}
