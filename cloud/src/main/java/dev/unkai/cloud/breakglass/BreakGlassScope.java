package dev.unkai.cloud.breakglass;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.web.ScopeGate;
import dev.unkai.wire.token.Caller;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Where a site requires break-glass, a role on a customer's project does not help one of the provider's people: with a token for such a project he may do
 * something, reading too, only while a grant runs. A view as customer is no such role: it only looks, and is recorded by itself.
 */
@Component
class BreakGlassScope implements ScopeGate {
    private final Transactions transactions;
    private final BreakGlassStore store;
    private final BreakGlassSetting setting;

    BreakGlassScope(Transactions transactions, BreakGlassStore store, BreakGlassSetting setting) {
        this.transactions = transactions;
        this.store = store;
        this.setting = setting;
    }

    @Override
    public Optional<Refusal> refusal(Caller caller) {
        if (setting == BreakGlassSetting.OPEN
                || caller.token().isView()
                || !caller.token().userDomainId().equals(BreakGlassGuard.PROVIDER)
                || BreakGlassGuard.PROVIDER.equals(caller.token().projectDomainId())) {
            return Optional.empty();
        }
        boolean granted = transactions.<Boolean>asCaller(
                caller, db -> store.running(db, caller.user(), caller.project()).isPresent());
        return granted ? Optional.empty() : Optional.of(BreakGlassGuard.refusal());
    }
}
