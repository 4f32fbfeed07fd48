package dev.unkai.cloud.compute;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.compute.store.KeypairStore;
import dev.unkai.cloud.compute.store.ServerSearch;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a user made, which is the project's and stays when he leaves, and his key pairs, which are his and go with him. */
@Component
public class UserThings {
    private static final int MOST = 500;

    private final Transactions transactions;
    private final KeypairStore keypairs;
    private final Clock clock;

    UserThings(Transactions transactions, KeypairStore keypairs, Clock clock) {
        this.transactions = transactions;
        this.keypairs = keypairs;
        this.clock = clock;
    }

    /** A server that the user created. */
    @Shape(name = "MadeServer")
    public record Made(UUID id, String name) {}

    /** A key pair by name and fingerprint; servers that were made with it keep its public half. */
    @Shape(name = "OwnKeyPair")
    public record Key(String name, String fingerprint) {}

    /** Servers within the caller's reach, and key pairs: 500 of each at most. */
    public record Things(List<Made> servers, List<Key> keyPairs) {}

    /** @param user of whom identity has said that the caller may look after him */
    public Things of(Caller caller, String user) {
        return transactions.asCaller(caller, db -> {
            keypairs.reach(db, user);
            return new Things(
                    new ServerSearch()
                            .is(ServerSearch.Field.USER, user).page(null, MOST).run(db).stream()
                                    .map(server -> new Made(
                                            server.id(), server.naming().name()))
                                    .toList(),
                    keypairs.list(db, user, null, MOST).orElseThrow().stream()
                            .map(pair -> new Key(pair.name(), pair.fingerprint()))
                            .toList());
        });
    }

    /** The next users who have key pairs, by id. */
    public List<String> keyOwners(Db db, String after, int most) {
        return keypairs.owners(db, after, most);
    }

    /** Somebody is no more: his key pairs go. */
    public void forget(Db db, String user) {
        keypairs.list(db, user, null, Integer.MAX_VALUE).orElseThrow().forEach(pair -> {
            if (keypairs.delete(db, user, pair.name())) {
                db.record(CadfEvent.bySystem(
                                "cloud",
                                "delete",
                                new CadfEvent.Target(pair.name(), "compute/keypair", pair.name(), null),
                                clock.instant(),
                                null)
                        .with(Map.of(
                                "fingerprint", pair.fingerprint(), "owner", user, "reason", "its owner was removed")));
            }
        });
    }
}
