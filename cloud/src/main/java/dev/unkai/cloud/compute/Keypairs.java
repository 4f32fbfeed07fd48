package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.KeyMaterial.Generated;
import dev.unkai.cloud.compute.store.KeypairStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A user's key pairs. The provider may look after those of others, nobody else may. */
@Component
public class Keypairs {
    private final Transactions transactions;
    private final KeypairStore store;
    private final Quotas quotas;
    private final Clock clock;

    Keypairs(Transactions transactions, KeypairStore store, Quotas quotas, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** A new key pair; the private key only when it was made here, and only this once. */
    public record Created(Keypair keypair, @Nullable String privateKey) {}

    /** Makes a key pair and answers its private half. */
    public Created generate(Caller caller, String user, String name, String type) {
        Generated generated = KeyMaterial.generate(type, name, clock.instant()); // slow: before the transaction
        return create(caller, user, name, type, generated.publicKey(), generated.fingerprint(), generated.privateKey());
    }

    /** Takes a public key; refuses what is not one. */
    public Created take(Caller caller, String user, String name, String type, String publicKey) {
        String clean = publicKey.strip();
        return create(caller, user, name, type, clean, KeyMaterial.fingerprint(type, clean), null);
    }

    private Created create(
            Caller caller, String user, String name, String type, String key, String print, @Nullable String secret) {
        return inReach(caller, user, db -> {
            quotas.reserveKeypair(db, caller.project(), user);
            Keypair keypair =
                    new Keypair(0, user, name, type, print, key, clock.instant().truncatedTo(ChronoUnit.MICROS));
            if (!store.insert(db, keypair)) {
                throw Refusal.conflict("Key pair '" + name + "' already exists.");
            }
            record(db, caller, "create", keypair);
            return new Created(keypair, secret);
        });
    }

    public Keypair show(Caller caller, String user, String name) {
        return inReach(caller, user, db -> find(db, user, name));
    }

    public List<Keypair> list(Caller caller, String user, @Nullable String marker, int limit) {
        return inReach(
                caller,
                user,
                db -> store.list(db, user, marker, limit)
                        .orElseThrow(() -> Refusal.invalid("Marker " + marker + " could not be found.")));
    }

    public void delete(Caller caller, String user, String name) {
        inReach(caller, user, db -> {
            Keypair keypair = find(db, user, name);
            store.delete(db, user, name);
            record(db, caller, "delete", keypair);
            return true;
        });
    }

    private Keypair find(Db db, String user, String name) {
        return store.find(db, user, name)
                .orElseThrow(() -> Refusal.notFound("Keypair not found for user " + user + "."));
    }

    private <T> T inReach(Caller caller, String user, java.util.function.Function<Db, T> work) {
        if (!user.equals(caller.user()) && !caller.isAdmin()) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "AdminOnly",
                    "Policy doesn't allow you to look after another user's key pairs.");
        }
        return transactions.asCaller(caller, db -> {
            store.reach(db, user);
            return work.apply(db);
        });
    }

    private void record(Db db, Caller caller, String action, Keypair keypair) {
        CadfEvent.Target target =
                new CadfEvent.Target(keypair.name(), "compute/keypair", keypair.name(), caller.projectOrNull());
        db.record(CadfEvent.by(caller, action, target, clock.instant())
                .with(Map.of("fingerprint", keypair.fingerprint(), "owner", keypair.userId())));
    }
}
