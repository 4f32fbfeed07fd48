package dev.unkai.identity.oauth;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.event.History;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Programs that users may give rights to, as operators admit them. */
@Component
public final class Consumers {
    private final Transactions transactions;
    private final ConsumerStore consumers;
    private final OauthTokenStore tokens;
    private final RevocationLog revocations;
    private final Rights rights;
    private final History history;
    private final Ids ids;

    Consumers(
            Transactions transactions,
            ConsumerStore consumers,
            OauthTokenStore tokens,
            RevocationLog revocations,
            Rights rights,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.consumers = consumers;
        this.tokens = tokens;
        this.revocations = revocations;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
    }

    /** A new consumer with its secret, which is shown this once. */
    public record Admitted(Consumer consumer, String secret) {
        @Override
        public String toString() {
            return consumer.toString();
        }
    }

    public List<Consumer> list(Caller caller) {
        return transactions.asCaller(caller, consumers::list);
    }

    public Consumer show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> present(db, id));
    }

    public Admitted create(Caller caller, @Nullable String description, Extra extra) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Admitted admitted = new Admitted(new Consumer(ids.nextHex(), description, extra), Ids.secret(32));
            consumers.insert(db, admitted.consumer(), admitted.secret());
            history.record(db, caller, "create", thing(admitted.consumer()));
            return admitted;
        });
    }

    public Consumer update(Caller caller, String id, UnaryOperator<Consumer> change) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Consumer old = present(db, id);
            Consumer fresh = change.apply(old);
            consumers.update(db, fresh);
            history.record(db, caller, "update", thing(fresh), Changes.between(old, fresh));
            return fresh;
        });
    }

    /** With what users have let it have, and every token that was made with that. */
    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            history.record(db, caller, "delete", thing(present(db, id)));
            List<AccessToken> given = tokens.ofConsumer(db, id);
            consumers.delete(db, id);
            given.forEach(token -> revocations.revoke(db, Subject.CHAIN, token.id()));
        });
    }

    private Consumer present(Db db, String id) {
        return consumers.byId(db, id).orElseThrow(() -> ApiErrors.absent("consumer", id));
    }

    private static History.Thing thing(Consumer consumer) {
        return new History.Thing("consumer", consumer.id(), consumer.description(), null, null);
    }
}
