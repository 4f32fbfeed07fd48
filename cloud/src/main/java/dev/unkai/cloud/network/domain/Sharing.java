package dev.unkai.cloud.network.domain;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.cloud.network.store.RbacStore;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Opens objects to all projects and closes them again, and says who would lose what. */
@Component
public class Sharing {
    /** For an owner whose own use counts like that of others. */
    static final String NOBODY = "";

    private final RbacStore store;
    private final Ids ids;

    public Sharing(RbacStore store, Ids ids) {
        this.store = store;
        this.ids = ids;
    }

    /** Opens the object to everybody; nothing happens where it is open already. */
    void openToAll(Db db, String type, UUID object, String owner, String action) {
        store.insert(db, new RbacPolicy(ids.next(), owner, type, object, action, RbacPolicy.EVERYBODY));
    }

    /** Takes back what was said to everybody; what was said to single projects stays. */
    void closeToAll(Db db, String type, UUID object, String action) {
        store.of(db, type, object).stream()
                .filter(policy ->
                        policy.action().equals(action) && policy.target().equals(RbacPolicy.EVERYBODY))
                .forEach(policy -> store.delete(db, policy.id()));
    }

    /** Takes back what was said to everybody and to single projects. */
    void closeAll(Db db, String type, UUID object, String action) {
        store.of(db, type, object).stream()
                .filter(policy -> policy.action().equals(action))
                .forEach(policy -> store.delete(db, policy.id()));
    }

    /** The projects that use the object and could not any more if only these policies were left. */
    List<String> losers(Db db, String type, UUID object, String owner, String action, List<RbacPolicy> left) {
        Set<String> allowed = left.stream()
                .filter(policy -> policy.action().equals(action))
                .map(RbacPolicy::target)
                .collect(Collectors.toSet());
        if (allowed.contains(RbacPolicy.EVERYBODY)) {
            return List.of();
        }
        List<String> users =
                action.equals(RbacPolicy.EXTERNAL) ? store.outerUsers(db, object) : store.users(db, type, object);
        return users.stream()
                .filter(user -> !user.equals(owner) && !allowed.contains(user))
                .toList();
    }

    /** Like {@link #losers} if the object were no longer open to everybody. */
    List<String> losersWhenClosed(Db db, String type, UUID object, String owner, String action) {
        List<RbacPolicy> left = store.of(db, type, object).stream()
                .filter(policy -> !policy.target().equals(RbacPolicy.EVERYBODY))
                .toList();
        return losers(db, type, object, owner, action, left);
    }

    /** The object is gone, and with it all that was said about it. */
    void forget(Db db, String type, UUID object) {
        store.forget(db, type, object);
    }
}
