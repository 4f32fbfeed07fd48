package dev.unkai.identity.policy;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Documents of rules that operators keep here for services beside ours. */
@Component
public final class Policies {
    private final Transactions transactions;
    private final PolicyStore policies;
    private final Rights rights;
    private final History history;
    private final Ids ids;

    Policies(Transactions transactions, PolicyStore policies, Rights rights, History history, Ids ids) {
        this.transactions = transactions;
        this.policies = policies;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
    }

    public List<Policy> list(Caller caller, @Nullable String type) {
        return transactions.asCaller(caller, db -> policies.list(db, type));
    }

    public Policy show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> present(db, id));
    }

    public Policy create(Caller caller, String type, String blob, Extra extra) {
        return transactions.asCaller(caller, db -> put(db, caller, null, new Policy(ids.nextHex(), type, blob, extra)));
    }

    public Policy update(Caller caller, String id, UnaryOperator<Policy> change) {
        return transactions.asCaller(caller, db -> {
            Policy old = present(db, id);
            return put(db, caller, old, change.apply(old));
        });
    }

    private Policy put(Db db, Caller caller, @Nullable Policy old, Policy policy) {
        rights.of(db, caller).toChange();
        policies.put(db, policy);
        history.record(
                db,
                caller,
                old == null ? "create" : "update",
                thing(policy),
                old == null ? Changes.made(policy) : Changes.between(old, policy));
        return policy;
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            history.record(db, caller, "delete", thing(present(db, id)));
            policies.delete(db, id);
        });
    }

    private Policy present(Db db, String id) {
        return policies.byId(db, id).orElseThrow(() -> ApiErrors.absent("policy", id));
    }

    private static History.Thing thing(Policy policy) {
        return new History.Thing("policy", policy.id(), policy.type(), null, null);
    }
}
