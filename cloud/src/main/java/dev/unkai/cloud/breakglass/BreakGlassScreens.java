package dev.unkai.cloud.breakglass;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.ScreenGate;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import org.springframework.stereotype.Component;

/**
 * Where a site requires break-glass, a screen in a customer's project that one of the provider's people has opened ends with his grant, and an address that he
 * was given while it ran opens nothing afterwards.
 */
@Component
class BreakGlassScreens implements ScreenGate {
    private final Transactions transactions;
    private final BreakGlassStore store;
    private final BreakGlassSetting setting;

    BreakGlassScreens(Transactions transactions, BreakGlassStore store, BreakGlassSetting setting) {
        this.transactions = transactions;
        this.store = store;
        this.setting = setting;
    }

    @Override
    public boolean permits(TokenClaims bearer, String project) {
        Caller caller = new Caller(bearer, "", "", "");
        if (bearer.isView()) {
            return false; // no grant is asked of the database for what has no screens
        }
        boolean own = project.equals(bearer.projectId())
                && (!bearer.userDomainId().equals(BreakGlassGuard.PROVIDER)
                        || BreakGlassGuard.PROVIDER.equals(bearer.projectDomainId()));
        if (setting == BreakGlassSetting.OPEN || own || !BreakGlassGuard.isProviders(caller)) {
            return true;
        }
        return transactions.<Boolean>asSystem(
                db -> store.running(db, bearer.userId(), project).isPresent());
    }
}
