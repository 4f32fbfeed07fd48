package dev.unkai.cloud.breakglass;

import dev.unkai.base.data.Transactions;
import dev.unkai.wire.token.BreakGlassWord;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What identity, which has another database, is told of the grants here: asked of the database for each request, so that an ended one is worth nothing. */
@Component
public class BreakGlassWords {
    private final Transactions transactions;
    private final BreakGlassStore store;
    private final BreakGlassSetting setting;

    BreakGlassWords(Transactions transactions, BreakGlassStore store, BreakGlassSetting setting) {
        this.transactions = transactions;
        this.store = store;
        this.setting = setting;
    }

    /** Empty for a customer's people, whom no grant concerns. */
    public Optional<BreakGlassWord> about(TokenClaims token) {
        if (!BreakGlassGuard.isProviders(new Caller(token, "", "", ""))) {
            return Optional.empty();
        }
        return Optional.of(new BreakGlassWord(
                setting == BreakGlassSetting.REQUIRED,
                transactions.asSystem(db -> store.runningOf(db, token.userId()))));
    }
}
